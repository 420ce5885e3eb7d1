"""What the training minimises."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


def chain(scores: Tensor, transitions: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
    """Negative log-likelihood of each gold role sequence under a linear-chain CRF, [K].

    scores: [K, N, R]; transitions: [R, R]; roles: [K, N]; mask: [K, N], true words first.
    """
    gold = scores.gather(2, roles[..., None])[..., 0]
    moves = transitions[roles[:, :-1], roles[:, 1:]] * mask[:, 1:]
    total = (gold * mask).sum(1) + moves.sum(1)
    return partition(scores, transitions, mask) - total


def partition(scores: Tensor, transitions: Tensor, mask: Tensor) -> Tensor:
    """Log of the sum over all role sequences, [K]: a product of N matrices in log space, taken pairwise."""
    k, n, r = scores.shape
    same = torch.full((r, r), -1e4).fill_diagonal_(0.0)
    steps = torch.where(mask[:, 1:, None, None] > 0, transitions + scores[:, 1:, None, :], same)
    length = 1 << max(n - 2, 0).bit_length()
    steps = torch.cat([steps, same.expand(k, length - (n - 1), r, r)], dim=1)
    while steps.shape[1] > 1:
        left, right = steps[:, 0::2], steps[:, 1::2]
        steps = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], dim=-2)
    return torch.logsumexp(scores[:, 0, :, None] + steps[:, 0], dim=(1, 2))


def cues(logits: Tensor, bio: Tensor) -> Tensor:
    """Cross-entropy of the cue head over the labelled words."""
    return F.cross_entropy(logits.flatten(0, 1), bio.flatten(), ignore_index=-100, label_smoothing=0.02)

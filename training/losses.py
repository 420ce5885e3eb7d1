"""What the training minimises."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.batches import collate, labels
from training.data import SOURCE, Sample
from training.network import Network, drop

NEGATIVES = 5
"""Hard negatives a window: words that the cue head likes and that begin no cue; they teach the second look."""
LIKED = -4.0
"""Log-odds from which the cue head likes a word."""
CUES, ROLES, IS_CUE, HAS_SOURCE = 20.0, 0.25, 1.0, 0.5
"""Weights of the four losses: the cue loss is a mean over words, few of which are cues, the roles' a sum over words."""


@dataclass(frozen=True, slots=True)
class Targets:
    """K anchors, gold ones and hard negatives: window [K], word [K], is it a cue [K], roles [K, N]."""

    window: Tensor
    anchor: Tensor
    real: Tensor
    roles: Tensor


def loss(network: Network, items: list[Sample], dropout: float) -> Tensor:
    """The loss of one batch: cues, then for each anchor roles, is it a cue, has it a source."""
    batch = collate(items)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = network.encoder(batch, dropout)
    x = x.float()
    logits = network.cue(drop(x, dropout, network.training))
    total = CUES * F.cross_entropy(
        logits.flatten(0, 1), labels(items).flatten(), ignore_index=-100, label_smoothing=0.02
    )
    t = targets(items, hard_negatives(logits, items), x.shape[1])
    if not len(t.window):
        return total
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, second = network.linker(x, t.window, t.anchor, batch.word_mask, dropout)
    return total + _linking(scores.float(), second.float(), t, network.linker.transitions, batch.word_mask)


def _linking(scores: Tensor, second: Tensor, t: Targets, transitions: Tensor, word_mask: Tensor) -> Tensor:
    gold = t.real.bool()
    total = IS_CUE * F.binary_cross_entropy_with_logits(second[:, 0], t.real * 0.96 + 0.02)
    if gold.any():
        roles = t.roles[gold]
        total = total + ROLES * chain(scores[gold], transitions, roles, word_mask[t.window[gold]]).mean()
        named = (roles == SOURCE).any(dim=1).float()
        total = total + HAS_SOURCE * F.binary_cross_entropy_with_logits(second[gold, 1], named)
    return total


def hard_negatives(logits: Tensor, items: list[Sample]) -> list[np.ndarray]:
    """For each window, up to NEGATIVES words that look like a cue's first and are not."""
    odds = (logits[..., 1] - torch.logsumexp(logits[..., [0, 2]], dim=-1)).detach().numpy()
    chosen = []
    for row, s in zip(odds, items, strict=True):
        able = np.flatnonzero((s.bio == 0) | (s.bio == 2))
        able = able[row[able] > LIKED]
        chosen.append(able[np.argsort(-row[able])[:NEGATIVES]])
    return chosen


def targets(items: list[Sample], negatives: list[np.ndarray], width: int) -> Targets:
    """Gold anchors with their roles, and hard negatives with none."""
    rows = [(i, a, 1.0, r) for i, s in enumerate(items) for a, r in zip(s.anchors, s.roles, strict=True)]
    nothing = np.zeros(0, dtype=np.int8)
    rows += [(i, a, 0.0, nothing) for i, wrong in enumerate(negatives) for a in wrong]
    window, anchor = (torch.tensor([int(row[i]) for row in rows], dtype=torch.long) for i in (0, 1))
    roles = np.zeros((len(rows), width), dtype=np.int64)
    for k, row in enumerate(rows):
        roles[k, : len(row[3])] = row[3]
    return Targets(window, anchor, torch.tensor([row[2] for row in rows]), torch.from_numpy(roles))


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

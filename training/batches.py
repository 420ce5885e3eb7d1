"""Windows -> padded batches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from training.data import Document, Sample, samples
from training.network import Batch

PIECES_A_BATCH = 2600
"""About nine full windows; chosen, not compared with other sizes."""


def epoch(docs: list[Document], rng: np.random.Generator) -> Iterator[list[Sample]]:
    """Every document once: windows of like length together, batches in random order."""
    shuffled = [docs[i] for i in rng.permutation(len(docs))]
    groups: list[list[Sample]] = [[]]
    for s in sorted(samples(shuffled, rng), key=lambda s: len(s.pieces) + rng.normal() * 8):
        if groups[-1] and (len(groups[-1]) + 1) * len(s.pieces) > PIECES_A_BATCH:
            groups.append([])
        groups[-1].append(s)
    for i in rng.permutation(len(groups)):
        yield groups[i]


def collate(items: list[Sample]) -> Batch:
    """Samples padded to one batch."""
    return Batch(
        pieces=_padded([s.pieces for s in items]),
        piece_mask=_padded([np.ones(len(s.pieces), dtype=np.int64) for s in items]).bool(),
        word_of=_padded([np.searchsorted(s.first, np.arange(len(s.pieces)), side="right") - 1 for s in items]),
        first=_padded([s.first for s in items]),
        features=torch.stack([_padded([s.features[:, i] for s in items]) for i in range(3)], dim=-1),
        word_mask=_padded([np.ones(len(s.first), dtype=np.int64) for s in items]).float(),
    )


def labels(items: list[Sample]) -> Tensor:
    """Cue labels [B, N]: 0 none, 1 first word, 2 later word; -100 outside the core and in the padding."""
    return _padded([s.bio for s in items], fill=-100)


def _padded(rows: list[np.ndarray], fill: int = 0) -> Tensor:
    width = max(len(r) for r in rows)
    return torch.from_numpy(np.stack([np.pad(r, (0, width - len(r)), constant_values=fill) for r in rows]))

"""Train the probe that says which contents may hold an attribution of their own: python -m training.heads_nested.

Its teacher is the tagger itself, reading every content by itself; its texts are those of PolNeAR train.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from bench.gold import articles
from firsthand.attribution import nested
from firsthand.attribution.decode import Floats
from firsthand.attribution.tagger import Tagged, Tagger
from firsthand.attribution.tokens import tokens
from training.heads_sources import save

RECALL = 0.8
"""Share of the contents with an attribution inside that the probe has to let through."""
APART = 5
"""One article in so many is kept for the threshold."""

Example = tuple[Floats, Floats]
"""A content's words: [N, WIDTH] vectors, and [N] whether a cue begins there."""


def main() -> None:
    """Train, set the threshold on articles kept apart, tell what it lets through, and write."""
    torch.set_num_threads(1)
    tagger, rest, apart = Tagger.load(), list[Example](), list[Example]()
    for number, record in enumerate(articles("polnear-train").values()):
        for tagged in tagger.tag(record["text"]):
            (rest if number % APART else apart).extend(_contents(tagger, tagged))
    weights = _fit(rest)
    best = np.array([(vectors @ weights).max() for vectors, _ in apart])
    holds = np.array([right.any() for _, right in apart])
    print(f"{holds.mean():.3f} of {len(best)} contents with a reporting word hold an attribution")
    for recall in (0.8, 0.85, 0.9, 0.95):
        through = (best >= np.quantile(best[holds], 1 - recall)).mean()
        print(f"recall {recall}: {through:.3f} of them let through")
    least = np.quantile(best[holds], 1 - RECALL)
    save(nested.FILE, {"weights": weights, "bias": np.array(-least, np.float32)})


def _contents(tagger: Tagger, tagged: Tagged) -> Iterator[Example]:
    """The contents with a reporting word."""
    toks = tokens(tagged.text, tagged.offset)
    for outer in tagged.attributions if tagged.words is not None else ():
        for span in outer.content:
            part = nested.core(tagged, toks, span)
            if part is None or tagged.words is None:
                continue
            first, end = np.searchsorted(tagged.words.starts, part)
            if not nested.reporting(toks, part):
                continue
            found = [a for a in nested.read(tagger, tagged, part) if nested.chief(toks, a, part)]
            cues = np.searchsorted(tagged.words.starts, [a.cue[0][0] for a in found]) - first
            right = np.zeros(end - first, np.float32)
            right[cues[cues < len(right)]] = 1
            yield tagged.vectors[first:end], right


def _fit(parts: list[Example]) -> Floats:
    """[WIDTH] weights; the bias that was learnt beside them gives way to the threshold that `main` sets."""
    rows, right = (torch.tensor(np.concatenate(column)) for column in zip(*parts, strict=True))
    weights = torch.zeros(rows.shape[1] + 1, requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=0.02)
    for _ in range(150):
        optimizer.zero_grad()
        _loss(rows, right, weights).backward()
        optimizer.step()
    return np.asarray(weights[:-1].detach().numpy(), np.float32)


def _loss(rows: Tensor, right: Tensor, weights: Tensor) -> Tensor:
    scores = rows @ weights[:-1] + weights[-1]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, right, pos_weight=torch.tensor(10.0))
    return loss + 1e-4 * (weights[:-1] ** 2).sum()


if __name__ == "__main__":
    main()

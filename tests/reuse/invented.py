"""Articles about invented places, in words of invented syllables, so that each has wording of its own."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from firsthand.model import Article

START = datetime(2031, 4, 8, 9, 30, tzinfo=UTC)

SYLLABLES = (
    *("lark", "moor", "ver", "ran", "os", "trel", "sel", "by", "thor", "ham"),
    *("quill", "wick", "nor", "ley", "bel", "cor", "dun", "fen", "gar", "hol"),
)
SMALL = ("the", "of", "and", "in", "to", "a", "was", "for", "on", "that")


def sentence(seed: object) -> str:
    """A sentence of fourteen words, the same for the same seed."""
    rng = random.Random(f"sentence {seed}")
    words = [rng.choice(SMALL) if at % 4 == 1 else "".join(rng.choices(SYLLABLES, k=3)) for at in range(14)]
    return f"{' '.join(words).capitalize()}."


def text(seed: object, sentences: int = 24) -> str:
    """Paragraphs of three sentences."""
    lines = [sentence(f"{seed}/{number}") for number in range(sentences)]
    return "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, sentences, 3))


def article(name: str, body: str, minutes: float | None = None, outlet: str | None = None) -> Article:
    """Published so many minutes after `START`; without a time if None."""
    published = None if minutes is None else START + timedelta(minutes=minutes)
    return Article(name, body, outlet=outlet, published=published)


def reworded(body: str, rate: float, seed: object) -> str:
    """With that share of the words dropped, replaced, or given another before them."""
    rng, out = random.Random(f"reworded {seed}"), []
    for word in body.split(" "):
        deed = rng.choice(("drop", "replace", "insert")) if rng.random() < rate else "keep"
        out += {"keep": [word], "drop": [], "replace": [f"x{rng.randint(1, 9999)}"], "insert": ["then", word]}[deed]
    return " ".join(out)

"""What kind of source a party is: from the encoder's vectors of its fullest mention, and from its words."""

from __future__ import annotations

from typing import cast, get_args

import numpy as np

from firsthand.model import Kind

from . import heads, lexicons
from .decode import Floats
from .names import noun_class, plural, singular
from .parties import NAMED, Party
from .phrases import head_of
from .pool import Pool
from .tagger import WIDTH
from .tokens import Tokens

FILE = "sources.npz"
KINDS: tuple[Kind, ...] = get_args(Kind)
_CLASSES = ("person", "group", "document")
_FIRST = (
    "a an one another",
    "the this that",
    "some many several most few all other no any",
    "his her their its our my",
)
_DETERMINERS = {word: i for i, words in enumerate(_FIRST) for word in words.split()}


def traits(toks: Tokens, spot: tuple[int, int], party: Party | None, pool: Pool) -> Floats:
    """[2 * WIDTH + T]: the mean vector of a mention, its head's vector, and what its words tell."""
    span = toks.span(*spot)
    head = head_of(toks, span)
    head = spot[1] - 1 if head is None else head
    vectors = (pool.mean(span), pool.mean(toks.span(head, head + 1)))
    return np.concatenate([*vectors, np.array(_words(toks, spot, head, party), np.float32)])


def _words(toks: Tokens, spot: tuple[int, int], head: int, party: Party | None) -> list[float]:
    word, first = toks.low[head], toks.low[spot[0]]
    listed, sort = told(toks, spot, head), noun_class(word)
    named = toks.capital(head) and head > spot[0] - 1
    return [
        *(float(listed == kind) for kind in KINDS),
        *(float(sort == name) for name in _CLASSES),
        *(float(_DETERMINERS.get(first) == i) for i in range(len(_FIRST))),
        float(plural(word)),
        float(named),
        float(toks.words[head].isupper() and len(word) > 1),
        float(any(toks.words[i][0].isdigit() for i in range(*spot))),
        float(spot[1] - spot[0] == 1),
        float(first in lexicons.table("names")),
        float(sort == "person" and not plural(word) and _DETERMINERS.get(first) == 0),
        float(party is not None and party.sort == NAMED),
        float(party is not None and party.person),
        float(party is not None and bool(party.sex)),
        float(party is not None and len(party.mentions) > 2),
        1.0,
    ]


def told(toks: Tokens, spot: tuple[int, int], head: int) -> Kind | None:
    """What the list of nouns says of the mention's last two words, or of its head."""
    table = lexicons.table("kinds")
    pair = " ".join(toks.low[max(spot[0], head - 1) : head + 1])
    word = toks.low[head]
    if toks.capital(head) and outlet(toks.low[spot[0] : head + 1]):
        return "outlet"
    if head > spot[0] and toks.capital(head) and toks.low[spot[0]] in lexicons.table("names"):
        return None  # "Liam Fox"
    return cast("Kind | None", table.get(pair) or table.get(word) or table.get(singular(word)))


def outlet(words: list[str]) -> bool:
    """Whether words in lower case are the name of a known medium, with or without an article."""
    bare = words[1:] if words[:1] == ["the"] else words
    if len(bare) > 1 and (bare[-1] in lexicons.closed("papers") or bare[0] in lexicons.closed("stations")):
        return True  # "Larkmoor Gazette", "Radio Verran"
    return " ".join(bare) in lexicons.words("outlets")


def kinds(rows: Floats) -> Floats:
    """[M, 7] probabilities for [M, 2 * WIDTH + T] traits."""
    weights = heads.arrays(FILE)
    words = rows[:, 2 * WIDTH :]
    hidden = np.maximum(rows @ weights["kinds.traits"] + weights["kinds.bias"], 0)
    scores = hidden @ weights["kinds.out"] + words @ weights["kinds.direct"]
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)

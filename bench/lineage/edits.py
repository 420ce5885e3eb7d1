"""What a desk does to somebody else's text: other words, other order, fewer paragraphs, other quotation marks."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from bench.lineage.page import Draft, Paragraph, Sentence, Word

SWAPPED = 0.08
"""Share of sentences that change places with the next one, in a rewrite."""
SPLIT = 0.10
"""Share of sentences with a comma that are split at one."""
MERGED = 0.06
"""Share of sentences that are joined to the next one."""
RESTYLED = 0.5
"""Share of rewrites whose quotation marks and dashes change."""
EXCERPT = (3, 8)
"""How many paragraphs stand inside another article."""
EXCERPT_WORDS = 40
"""An excerpt has at least so many words: three paragraphs can be three short lines."""

_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "–": "-", "…": "..."})
_OPENING = re.compile(r'(?:(?<=^)|(?<=[(\[—]))"')


class Words:
    """Words to put in, as often as articles use them."""

    def __init__(self, texts: Sequence[str]) -> None:
        bare = (_EDGES.match(word) for text in texts for word in text.split(" "))
        self._words = [match.group(2) for match in bare if match and match.group(2)]

    def one(self, rng: random.Random) -> str:
        """A word."""
        return self._words[int(rng.random() * len(self._words))]

    def line(self, rng: random.Random, length: int) -> str:
        """So many words, as a headline."""
        return " ".join(self.one(rng) for _ in range(length)).capitalize()


def rewritten(draft: Draft, rate: float, words: Words, rng: random.Random) -> Draft:
    """With `rate` of the words dropped, replaced or joined by another, and sentences moved, split and merged."""
    changed = tuple(_rewritten(paragraph, rate, words, rng) for paragraph in draft)
    return restyled(changed, rng) if rng.random() < RESTYLED else changed


def _rewritten(paragraph: Paragraph, rate: float, words: Words, rng: random.Random) -> Paragraph:
    sentences = [reworded(sentence, rate, words, rng) for sentence in paragraph.sentences]
    sentences = _merged([_split(sentence, rng) for sentence in _swapped(sentences, rng)], rng)
    return replace(paragraph, sentences=tuple(sentence for sentence in sentences if sentence.words))


def lightly(draft: Draft, rate: float, words: Words, rng: random.Random) -> Draft:
    """With `rate` of the words changed, and nothing else."""
    return tuple(
        replace(paragraph, sentences=tuple(reworded(sentence, rate, words, rng) for sentence in paragraph.sentences))
        for paragraph in draft
    )


def reworded(sentence: Sentence, rate: float, words: Words, rng: random.Random) -> Sentence:
    """With each word, at `rate`, dropped, replaced, or given a new one before it."""
    out: list[Word] = []
    for word, source in sentence.words:
        if rng.random() >= rate:
            out.append((word, source))
            continue
        head, core, tail = _EDGES.match(word).groups()  # type: ignore[union-attr] # it matches anything
        deed = rng.choice(("drop", "replace", "insert"))
        if deed == "insert":
            out += [(words.one(rng), None), (word, source)]
        elif deed == "replace" or head or tail:  # its punctuation must stay
            out.append((head + _other_than(core, words, rng) + tail, None))
    return replace(sentence, words=tuple(out))


def _other_than(word: str, words: Words, rng: random.Random) -> str:
    found = words.one(rng)
    return found if found.lower() != word.lower() else _other_than(word, words, rng)


def _swapped(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    order, at = list(sentences), 0
    while at < len(order) - 1:
        if rng.random() < SWAPPED:
            order[at : at + 2] = order[at + 1], order[at]
            at += 1
        at += 1
    return order


def _split(sentence: Sentence, rng: random.Random) -> Sentence:
    commas = [at for at, (word, _) in enumerate(sentence.words[:-1]) if word.endswith(",") and at > 2]
    if not commas or rng.random() >= SPLIT:
        return sentence
    words, at = list(sentence.words), rng.choice(commas)
    words[at] = (words[at][0][:-1] + ".", words[at][1])
    words[at + 1] = (_capital(words[at + 1][0]), words[at + 1][1])
    return replace(sentence, words=tuple(words))


def _merged(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    for at in range(len(sentences) - 1):
        one, two = sentences[at].words, sentences[at + 1].words
        if one and two and one[-1][0].endswith(".") and rng.random() < MERGED:
            joint: tuple[Word, ...] = ((one[-1][0][:-1] + ",", one[-1][1]), ("and", None))
            sentences[at] = replace(sentences[at], words=(*one[:-1], *joint))
            sentences[at + 1] = replace(sentences[at + 1], words=((two[0][0].lower(), two[0][1]), *two[1:]))
    return sentences


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def restyled(draft: Draft, rng: random.Random) -> Draft:
    """With straight quotation marks and typed dashes for curly and long ones; in texts without any, the reverse."""
    style = _straight if rng.random() < 0.7 else _curly
    return tuple(
        replace(paragraph, sentences=tuple(_styled(sentence, style) for sentence in paragraph.sentences))
        for paragraph in draft
    )


def _styled(sentence: Sentence, style: object) -> Sentence:
    assert callable(style)
    return replace(sentence, words=tuple((style(word), source) for word, source in sentence.words))


def _straight(word: str) -> str:
    return word.translate(_CURLY)


def _curly(word: str) -> str:
    return _OPENING.sub("“", word).replace('"', "”").replace("'", "’").replace("--", "—")


def body(draft: Draft) -> list[Paragraph]:
    """The paragraphs of the body."""
    return [paragraph for paragraph in draft if paragraph.role == "body"]


def shortened(draft: Draft, rng: random.Random) -> Draft:
    """The headline, the first 40 to 80 per cent of the paragraphs, and of those up to two left out in the middle."""
    paragraphs = body(draft)
    kept = paragraphs[: max(3, round(len(paragraphs) * rng.uniform(0.4, 0.8)))]
    for _ in range(rng.randint(0, 2)):
        if len(kept) > 4:
            kept.pop(rng.randrange(1, len(kept) - 1))
    return (*(paragraph for paragraph in draft if paragraph.role == "headline"), *kept)


def excerpt(draft: Draft, rng: random.Random) -> Draft:
    """Three to eight paragraphs that follow each other; more where they are too short to be an excerpt."""
    paragraphs = body(draft)
    length = min(rng.randint(*EXCERPT), len(paragraphs))
    start = rng.randrange(len(paragraphs) - length + 1)
    while count(paragraphs[start : start + length]) < EXCERPT_WORDS and length < len(paragraphs):
        start, length = max(0, start - 1), length + 1
    return tuple(paragraphs[start : start + length])


def count(paragraphs: Sequence[Paragraph]) -> int:
    """How many words they have."""
    return sum(len(sentence.words) for paragraph in paragraphs for sentence in paragraph.sentences)

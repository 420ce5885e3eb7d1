"""An article in the making: paragraphs of sentences of words, each of which knows where its parent has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Role = Literal["headline", "body", "furniture", "credit"]
"""furniture: what the outlet prints around its articles; credit: a line that names a wire agency."""

Word = tuple[str, Span | None]
"""A word with its punctuation, and its characters in the parent's text; None for a word that is new."""

_SENTENCE_END = re.compile(r"(?:(?<=[a-z0-9%]{3}[.!?])|(?<=[.!?][\"”’)])) (?=[A-Z“\"‘])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, and which sentence of which parent they are from: (parent's id, number), None for a new one."""

    words: tuple[Word, ...]
    origin: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences, and what they are for."""

    sentences: tuple[Sentence, ...]
    role: Role = "body"


Draft = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A stretch of a parent's text and the stretch of this page's text that came from it."""

    parent: str
    earlier: Span
    later: Span


@dataclass(frozen=True, slots=True)
class Page:
    """A finished article: its id, its text, and where in the text each word of `draft` stands.

    `spans` are, for each sentence in reading order, the spans of its words.
    """

    id: str
    draft: Draft
    text: str
    spans: tuple[tuple[Span, ...], ...]


def new(text: str, role: Role = "body") -> Paragraph:
    """A paragraph of words that come from nowhere."""
    sentences = (tuple((word, None) for word in part.split(" ") if word) for part in _SENTENCE_END.split(text))
    return Paragraph(tuple(Sentence(words) for words in sentences if words), role)


def page(name: str, draft: Draft) -> Page:
    """Set a draft: words one space apart, paragraphs one blank line."""
    draft = tuple(paragraph for paragraph in draft if paragraph.sentences)
    text, spans = "", []
    for paragraph in draft:
        text += "\n\n" if text else ""
        lines = [" ".join(word for word, _ in sentence.words) for sentence in paragraph.sentences]
        for sentence, line in zip(paragraph.sentences, lines, strict=True):
            text += "" if not text or text.endswith("\n") else " "
            spans.append(tuple(_placed(sentence, len(text))))
            text += line
    return Page(name, draft, text, tuple(spans))


def _placed(sentence: Sentence, start: int) -> Iterator[Span]:
    for word, _ in sentence.words:
        yield start, start + len(word)
        start += len(word) + 1


def derived(parent: Page) -> Draft:
    """The parent's headline and body, every word from the parent; its furniture and credits stay behind."""
    numbered, paragraphs = iter(enumerate(parent.spans)), []
    for paragraph in parent.draft:
        sentences = []
        for _ in paragraph.sentences:
            number, spans = next(numbered)
            sentences.append(Sentence(tuple((parent.text[s:e], (s, e)) for s, e in spans), (parent.id, number)))
        paragraphs.append(Paragraph(tuple(sentences), paragraph.role))
    return tuple(paragraph for paragraph in paragraphs if paragraph.role in {"headline", "body"})


def shared(of: Page) -> tuple[Shared, ...]:
    """What `of` has from its parents, from the first to the last word that each stretch kept.

    A stretch goes on from sentence to sentence for as long as both texts do: it ends where one of them has a sentence
    more, and where sentences changed places.
    """
    found: list[Shared] = []
    last: tuple[str, int] | None = None
    sentences = (sentence for paragraph in of.draft for sentence in paragraph.sentences)
    for sentence, spans in zip(sentences, of.spans, strict=True):
        kept = [(source, span) for (_, source), span in zip(sentence.words, spans, strict=True) if source]
        if sentence.origin and kept:
            earlier, later = (kept[0][0][0], kept[-1][0][1]), (kept[0][1][0], kept[-1][1][1])
            if last == (sentence.origin[0], sentence.origin[1] - 1):
                before = found.pop()
                earlier, later = (before.earlier[0], earlier[1]), (before.later[0], later[1])
            found.append(Shared(sentence.origin[0], earlier, later))
        last = sentence.origin if kept else None
    return tuple(found)


def furniture(of: Page) -> tuple[Span, ...]:
    """Where the outlet's furniture stands in the text."""
    numbered = iter(of.spans)
    spans = [(paragraph.role, [next(numbered) for _ in paragraph.sentences]) for paragraph in of.draft]
    return tuple((lines[0][0][0], lines[-1][-1][1]) for role, lines in spans if role == "furniture")


def own_text(of: Page) -> str:
    """Headline and body alone: what another article can have from this one."""
    lines = [line for p in of.draft if p.role in {"headline", "body"} for line in p.sentences]
    return " ".join(word for line in lines for word, _ in line.words)

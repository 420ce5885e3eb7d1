"""What stands in the margin of an article: each thing that was read in it, in a line or two, with where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from firsthand.library.showing import Carried, Shown
from firsthand.model import Attribution, Credit, Source, Span, Spans, Statement
from firsthand.share.plain import one_line, words_of
from firsthand.share.wording import Detail, Part, certainty_words, chain, details, quoted, wording
from firsthand.web.reading_marks import keys

ASSERTS = "asserts"
"""What a note says of somebody who says something and of whose wording nothing else is to be told."""


_UNNAMED = " (unnamed: "


@dataclass(frozen=True, slots=True)
class Note:
    """One note: of `kind` "said", "own" (the outlet itself says it) or "credit".

    `at` is where its statement begins, `spans` where it stands. `chain` leads from the outermost to whose word it is;
    `named` is False where that is nobody. `findings` are how sure the wording is, the stance, the evidence; `strong`
    where it is denied or doubted. `carried` is the claim that its statement belongs to, where it belongs to one.
    """

    key: str
    kind: str
    at: int
    spans: Spans
    chain: tuple[Part, ...]
    named: bool
    findings: tuple[str, ...]
    strong: bool
    details: tuple[Detail, ...]
    carried: Carried | None

    @property
    def name(self) -> str:
        """Whose word it is."""
        return next((words for role, words in self.chain if role == "source"), "")


@dataclass(frozen=True, slots=True)
class Group:
    """Notes that follow each other and are of the same person by the same way: what they have in common stands once."""

    first: Note
    notes: tuple[Note, ...]


def grouped(found: Iterable[Note]) -> tuple[Group, ...]:
    """The notes of a paragraph, in its order."""
    runs = (tuple(run) for _, run in groupby(found, key=lambda note: (note.kind, note.chain)))
    return tuple(Group(run[0], run) for run in runs)


def notes(shown: Shown) -> dict[str, Note]:
    """The notes of what was read in a part of an article, by their keys, in the order of the keys."""
    if shown.read is None:
        return {}
    text, claims = shown.stored.article.text, {one.span: one for one in shown.carried}
    return {note.key: note for note in _notes(shown, text, claims)}


def _notes(shown: Shown, text: str, claims: Mapping[Span, Carried]) -> Iterator[Note]:
    assert shown.read is not None
    marks, outlet = shown.read.marks, shown.stored.article.outlet
    names = iter(keys(shown.read))
    yield from (_said(next(names), one, text, claims) for one in marks.attributions)
    yield from (_own(next(names), one, text, outlet, claims) for one in marks.statements)
    yield from (_credit(next(names), one) for one in marks.credits if one.spans)


def _said(key: str, one: Attribution, text: str, claims: Mapping[Span, Carried]) -> Note:
    worded, content = wording(one, text), one.innermost.content
    findings = tuple(words for words in (worded.stance, worded.certainty, worded.evidence) if words)
    return Note(
        key=key,
        kind="said",
        at=(content or one.content or one.cue)[0][0],
        spans=content or one.content or one.cue,
        chain=tuple(_short(chain(worded), one)),
        named=worded.named,
        findings=findings or (ASSERTS,),
        strong=bool(one.stance and one.stance.value in ("denies", "doubts")),
        details=tuple(details(one, text)),
        carried=claims.get(_extent(content)) if content else None,
    )


def _short(parts: Iterable[Part], one: Attribution) -> Iterator[Part]:
    """A chain where there is little room: that somebody is not named, and not why, which `details` tell."""
    for role, words in parts:
        if role == "about":
            if short := _about(one.who):
                yield role, short
        else:
            name, unnamed, _ = words.partition(_UNNAMED)
            yield role, f"{name} (unnamed)" if unnamed and role == "link" else words


def _about(who: Source | None) -> str:
    if who is None:
        return ""
    position = one_line(who.position or "")
    before = f", {position}" if position.casefold() not in who.name.casefold() else ""
    return before + (" (unnamed)" if who.anonymity or who.kind == "unnamed" else "")


def _own(key: str, one: Statement, text: str, outlet: str | None, claims: Mapping[Span, Carried]) -> Note:
    certainty = one.certainty
    by = quoted(words_of(text, certainty.spans)) if certainty.spans else ""
    found = certainty_words(certainty)
    return Note(
        key=key,
        kind="own",
        at=one.span[0],
        spans=(one.span,),
        chain=(("source", one_line(outlet or "the outlet")),),
        named=True,
        findings=(found,),
        strong=False,
        details=(Detail("certainty", found, by),) if by else (),
        carried=claims.get(one.span),
    )


def _credit(key: str, one: Credit) -> Note:
    return Note(
        key=key,
        kind="credit",
        at=one.spans[0][0],
        spans=one.spans,
        chain=(("link", one_line(one.agency)),),
        named=True,
        findings=(f"credited: {one_line(one.how)}",),
        strong=False,
        details=(),
        carried=None,
    )


def _extent(spans: Spans) -> Span:
    return spans[0][0], spans[-1][1]

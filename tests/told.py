"""A reading made by hand, of an invented report, with all that can be found out about an attribution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from firsthand.model import (
    DENIED,
    STATED_AS_FACT,
    Article,
    Attribution,
    Certainty,
    ChainLink,
    Credit,
    Evidence,
    Reading,
    Source,
    Spans,
    Stance,
    Statement,
)

TEXT = """\
Brennmark may flood border valley, Ostrel warns

SELLENBY (NPA) — Brennmark would possibly use a staged dam failure as a pretext to move troops into the Ulm valley, a \
senior administration official of Ostrel told reporters on Tuesday. The official, who was not authorised to comment, \
did not provide any evidence for the allegation.

Water levels at the Karst dam rose by two metres overnight.

“We see trucks, we see explosives, and we draw our conclusions,” Ilva Renn, the defence minister, said in an interview \
with Radio Ulm. She believes that the charges are already in place.

Brennmark rejected the accusation. “There is no truth in it,” said Tomas Ek, a spokesman for its foreign ministry. \
He accused Ostrel of inventing a threat.

The Ulm Gazette reported, citing two engineers, that cracks had been found in the dam wall, as photographs obtained by \
the newspaper show. The Gazette could not be reached for comment, and the Ledger was unable to confirm the report.

It was feared that the valley would have to be cleared. Renn urged its people to stay calm.

Reporting by Ada Quill; editing by Jon Marrow, Northern Press Agency
"""

OFFICIAL = "a senior administration official of Ostrel"
LEDGER = ChainLink("The Sellenby Ledger", "outlet", "outlet")


@dataclass(frozen=True, slots=True)
class Found:
    """Finds words in the text: the first time that they stand there, or after other words."""

    text: str = TEXT

    def __call__(self, *words: str, after: str = "") -> Spans:
        begin = self.text.index(after)
        starts = ((self.text.index(part, begin), part) for part in words)
        return tuple((start, start + len(part)) for start, part in starts)


at = Found()
NPA = ChainLink("Northern Press Agency", "outlet", "wire credit", at("(NPA)"))


def said(
    source: Spans,
    cue: Spans,
    content: Spans,
    who: Source,
    how: str,
    sure: Certainty | None,
    *links: ChainLink,
    **more: Any,
) -> Attribution:
    """An attribution whose chain ends with its own source, unless nobody is named."""
    own = (ChainLink(who.name, who.kind, "source", source),) if source else ()
    more = {"evidence": Evidence("none"), "stance": Stance(how, cue)} | more  # type: ignore[arg-type]
    chain = (LEDGER, NPA, *links, *own, *more.pop("inner", ()))
    return Attribution(source, cue, content, 0.9, who, chain, sure, **more)


def fact(*words: str) -> Certainty:
    return Certainty(STATED_AS_FACT, STATED_AS_FACT, at(*words))


RENN = Source("Ilva Renn", "person", at("Ilva Renn"), "defence minister", None, at("the defence minister"))
EK = Source(
    "Tomas Ek",
    "person",
    at("Tomas Ek"),
    "a spokesman for its foreign ministry",
    None,
    at("a spokesman for its foreign ministry"),
)
OSTREL = Source("Ostrel", "government", at("Ostrel"))
BRENNMARK = Source("Brennmark", "government", at("Brennmark", after="Brennmark rejected"))
GAZETTE = Source("The Ulm Gazette", "outlet", at("The Ulm Gazette"))
ENGINEERS = Source("two engineers", "unnamed", at("two engineers"))
SOMEBODY = Source(
    OFFICIAL,
    "unnamed",
    at(OFFICIAL),
    "senior administration official",
    "not authorised to comment",
    at("senior administration official"),
    at("was not authorised to comment"),
)
NOBODY = Source("unattributed", None)
CRACKS = at("that cracks had been found in the dam wall")
SHOWN = Evidence("shown", at("photographs obtained by the newspaper show"))


def _attributions() -> tuple[Attribution, ...]:
    return (
        said(at("Ostrel"), at("warns"), at("Brennmark may flood border valley"), OSTREL, "asserts",
             Certainty(3, 5, at("may"))),
        said(at(OFFICIAL), at("told reporters"),
             at("Brennmark would possibly use a staged dam failure as a pretext to move troops into the Ulm valley"),
             SOMEBODY, "asserts", Certainty(3, 5, at("possibly")),
             evidence=Evidence("withheld", at("did not provide any evidence"))),
        said(at("Ilva Renn, the defence minister"), at("said", after="defence minister"),
             at("“We see trucks, we see explosives, and we draw our conclusions,”"), RENN, "asserts", fact(),
             ChainLink("Radio Ulm", "outlet", "medium", at("in an interview with Radio Ulm")),
             evidence=Evidence("eyewitness", at("We see"))),
        said(at("She"), at("believes"), at("that the charges are already in place"), RENN, "asserts",
             Certainty(5, 5, at("believes"))),
        said(at("Brennmark", after="Brennmark rejected"), at("rejected"), at("the accusation"), BRENNMARK, "denies",
             Certainty(DENIED, DENIED, at("rejected"))),
        said(at("Tomas Ek, a spokesman for its foreign ministry"), at("said", after="in it"),
             at("“There is no truth in it,”"), EK, "asserts", fact()),
        said(at("He", after="He accused"), at("accused"), at("Ostrel of inventing a threat"), EK, "asserts",
             Certainty(5, 5, at("accused"))),
        said(at("The Ulm Gazette"), at("reported"), CRACKS, GAZETTE, "reports", fact(), evidence=SHOWN,
             inner=(ChainLink("two engineers", "unnamed", "inner", at("citing two engineers")),)),
        said(at("the Ledger"), at("was unable to confirm"), at("the report"),
             Source("The Sellenby Ledger", "outlet", at("the Ledger")), "doubts", None,
             evidence=Evidence("unverified", at("was unable to confirm"))),
        said((), at("It was feared"), at("that the valley would have to be cleared"), NOBODY, "asserts",
             Certainty(5, 5, at("feared"))),
        said(at("Renn", after="Renn urged"), at("urged"), at("its people to stay calm"), RENN, "orders", None),
    )  # fmt: skip


def with_all(reading: Reading, words: str) -> Reading:
    """The reading with everything that can be found out, in words that are given."""
    text = reading.article.text
    spans = ((text.rindex(words), text.rindex(words) + len(words)),)
    who = Source(words, "unnamed", spans, words, words, spans, spans)
    chain = (
        ChainLink(words, "outlet", "outlet"),
        ChainLink(words, None, "cites", spans),
        ChainLink(words, "unnamed", "source"),
    )
    sure = Certainty(3, 5, spans)
    found = {"stance": Stance("doubts", spans), "evidence": Evidence("withheld", spans)}
    attributions = tuple(
        replace(one, who=who, chain=chain, certainty=sure, **found)  # type: ignore[arg-type]
        for one in reading.attributions
    )
    own = (Statement(spans[0], sure),)
    return replace(reading, attributions=attributions, credits=(Credit(words, words, spans),), statements=own)


def told_reading() -> Reading:
    """The reading."""
    known = Article(
        id="ledger-1",
        text=TEXT,
        title="Brennmark may flood border valley, Ostrel warns",
        outlet="The Sellenby Ledger",
        byline="Ada Quill",
        published=datetime(2031, 4, 8, 9, 30, tzinfo=UTC),
        language="en",
        url="https://ledger.example/valley",
        origin="valley.html",
    )
    sign_off = at("Reporting by Ada Quill; editing by Jon Marrow, Northern Press Agency")
    credits = (
        Credit("Northern Press Agency", "dateline", at("(NPA)")),
        Credit("Northern Press Agency", "sign-off", sign_off),
    )
    (title,), (level,) = (
        at("Brennmark may flood border valley, Ostrel warns"),
        at("Water levels at the Karst dam rose by two metres overnight."),
    )
    statements = Statement(title, Certainty(3, 5, at("may"))), Statement(level, fact())
    return Reading(known, _attributions(), "given 1", (), credits, statements)

"""An attribution in English: through whom, whose word, how sure, on what evidence.

Whatever comes from an article is on one line and safe to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.model import Attribution, Certainty, ChainLink, Credit, Source, Spans, Stance
from firsthand.share.plain import one_line, words_of

STEPS = (
    "denied",
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
    "stated as fact",
)
"""What `Certainty.least` and `most` are called, from DENIED to STATED_AS_FACT; between them the words of ICD 203."""

STANCES = {
    "asserts": "asserts",
    "denies": "denies",
    "doubts": "doubts",
    "asks": "asks",
    "orders": "orders, wishes or promises",
    "reports": "takes no side",
}

EVIDENCE = {
    "none": "no evidence mentioned",
    "withheld": "evidence withheld",
    "described": "evidence described",
    "shown": "evidence shown",
    "eyewitness": "eyewitness",
    "unverified": "unverified by the outlet",
}

KINDS = {
    "person": "a person",
    "organisation": "an organisation",
    "government": "a government body",
    "outlet": "a medium",
    "document": "a document",
    "unnamed": "not named",
    "crowd": "a class of people",
}

HOW = {
    "outlet": "published it",
    "wire credit": "credited for the text",
    "link": "linked to",
    "medium": "said to it or in it",
    "cites": "cites it",
    "source": "",
    "inner": "within the content",
}

UNATTRIBUTED = "unattributed"
"""The name of a source where the text names nobody."""

ARROW = " <- "

Part = tuple[str, str]
"""What some words are ("link", "source", "about", "cue", "content", "finding", or "" between them), and the words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An attribution in English, part by part; "" where there is nothing to say.

    `links` are the names of its chain without the outlet, the one at `own` being its own source, which `about`
    describes. `named` tells whether that one is anybody. Of `evidence` nothing is said where the article says nothing.
    """

    links: tuple[str, ...]
    own: int
    named: bool
    about: str
    cue: str
    content: str
    stance: str
    certainty: str
    evidence: str

    @property
    def source(self) -> str:
        """Whose word it is."""
        return self.links[self.own]

    @property
    def findings(self) -> tuple[Part, ...]:
        """What the cue does, how sure the wording is, unless the cue says the same, and the evidence."""
        certainty = self.certainty if self.certainty not in self.cue.casefold().split() else ""
        return tuple(("finding", words) for words in (self.stance, certainty, self.evidence) if words)


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that was found out about an attribution: what it is, and the article's words that decided, if any."""

    name: str
    value: str
    by: str = ""


def wording(attribution: Attribution, text: str) -> Wording:
    """`attribution` of an article's `text`, in English. What was not looked for is as if there were nothing to say."""
    links, own = _links(attribution, text)
    who, evidence = attribution.who, attribution.evidence
    return Wording(
        links=links,
        own=own,
        named=bool(attribution.source) and links[own] != UNATTRIBUTED,
        about=_about(who, words_of(text, attribution.source)) if who else "",
        cue=words_of(text, attribution.cue),
        content=words_of(text, attribution.content),
        stance=_stance_to_tell(attribution.stance, attribution.certainty),
        certainty=certainty_words(attribution.certainty) if attribution.certainty else "",
        evidence=EVIDENCE[evidence.value] if evidence and evidence.value != "none" else "",
    )


def line(worded: Wording) -> Iterator[Part]:
    """The attribution in one line of English, part by part."""
    yield from chain(worded)
    for part in (("cue", worded.cue), ("content", quoted(worded.content)), *worded.findings):
        yield "", " · "
        yield part


def chain(worded: Wording) -> Iterator[Part]:
    """Through whom, outermost first, without the outlet."""
    for place, name in enumerate(worded.links):
        if place:
            yield "", ARROW
        yield ("source" if place == worded.own else "link"), name
        if place == worded.own and worded.about:
            yield "about", worded.about


def certainty_words(certainty: Certainty) -> str:
    """A step by its name ("likely", "stated as fact"), a range as "unlikely to likely"."""
    least, most = STEPS[certainty.least], STEPS[certainty.most]
    return least if least == most else f"{least} to {most}"


def quoted(words: str) -> str:
    """In quotation marks, unless the words bring their own."""
    return words if words.startswith(("“", '"', "‘", "«", "„")) else f"“{words}”"


def details(attribution: Attribution, text: str) -> Iterator[Detail]:
    """All that was found out about an attribution; nothing of what was not looked for."""
    yield from _of_source(attribution.who, text) if attribution.who else ()
    if attribution.chain:
        yield Detail("through", " ← ".join(map(_station, attribution.chain)))
    if stance := attribution.stance:
        yield Detail("stance", STANCES[stance.value], _by(text, stance.spans))
        yield _of_certainty(attribution.certainty, text)
    if evidence := attribution.evidence:
        yield Detail("evidence", EVIDENCE[evidence.value], _by(text, evidence.spans))


def _of_source(who: Source, text: str) -> Iterator[Detail]:
    kind = f", {KINDS[who.kind]}" if who.kind else ""
    yield Detail("source", f"{one_line(who.name)}{kind}")
    if who.position:
        yield Detail("position", one_line(who.position))
    if who.anonymity:
        yield Detail("why unnamed", one_line(who.anonymity))
    elif who.kind == "unnamed":
        yield Detail("why unnamed", "no reason is given")


def _of_certainty(certainty: Certainty | None, text: str) -> Detail:
    if certainty is None:
        return Detail("certainty", "nothing that could be true or false")
    return Detail("certainty", certainty_words(certainty), _by(text, certainty.spans))


def _station(link: ChainLink) -> str:
    how = HOW[link.how]
    return _named(link) + (f" ({how})" if how else "")


def _by(text: str, spans: Spans) -> str:
    return quoted(words_of(text, spans)) if spans else ""


def _links(attribution: Attribution, text: str) -> tuple[tuple[str, ...], int]:
    """Names without the outlet's, and which of them is the attribution's own source; added where it is not there."""
    chain = [link for link in attribution.chain if link.how != "outlet"]
    plain, names = [one_line(link.name) for link in chain], tuple(map(_named, chain))
    for place, link in enumerate(chain):
        if link.how == "source":
            return names, place
    own = one_line(attribution.who.name) if attribution.who else words_of(text, attribution.source)
    if own in plain:
        place = plain.index(own)
        return (*names[:place], own, *names[place + 1 :]), place
    return ((*names, own or UNATTRIBUTED), len(names))


def _named(link: ChainLink) -> str:
    """A link's name; of somebody unnamed also that, and why; of the source itself `_about` tells it."""
    name = one_line(link.name)
    if link.kind != "unnamed" or link.how == "source":
        return name
    return f"{name} (unnamed: {one_line(link.anonymity)})" if link.anonymity else f"{name} (unnamed)"


def _about(who: Source, written: str) -> str:
    """Position; and in brackets that and why nobody is named, and how the source is written, where that says more."""
    notes = []
    if who.anonymity or who.kind == "unnamed":
        notes.append(f"unnamed: {one_line(who.anonymity)}" if who.anonymity else "unnamed")
    if written and not _same_words(written, one_line(who.name)):
        notes.append(f"“{written}”")
    position = one_line(who.position or "")
    before = f", {position}" if position.casefold() not in who.name.casefold() else ""
    return before + (f" ({'; '.join(notes)})" if notes else "")


def _same_words(one: str, other: str) -> bool:
    """Whether all words of one are in the other."""
    first, second = (set(words.casefold().replace(",", " ").split()) for words in (one, other))
    return first <= second or second <= first


def _stance_to_tell(stance: Stance | None, certainty: Certainty | None) -> str:
    """That somebody asserts goes without saying, and a content that is "denied" says what the source does."""
    said = stance is None or stance.value == "asserts" or (stance.value == "denies" and certainty is not None)
    return "" if said or stance is None else STANCES[stance.value]


def agencies(credits: Sequence[Credit]) -> str:
    """The wire agencies that are credited for a text, each once."""
    return " and ".join(dict.fromkeys(one_line(credit.agency) for credit in credits))

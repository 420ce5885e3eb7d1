"""What was found in a media file -> one self-contained HTML page that can be sent to an editor, read and printed.

Made as `page` makes its own: nothing of a file is trusted, its pictures stand in the page, and nothing is fetched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from jinja2 import Environment
from markupsafe import Markup

from firsthand.model.media import APART, Answer, Finding, MediaReport, Position, Question, Standing
from firsthand.share.assets import asset, pages, policy
from firsthand.share.media_matches import NUMBERED, Reference, bounded, references
from firsthand.share.media_timeline import alike, timeline
from firsthand.share.media_times import moment_of
from firsthand.share.media_words import (
    CHECKS,
    STANDINGS,
    STATES,
    TRUSTED,
    UNREAD_NEXT,
    cleaned,
    clock,
    is_unread,
    more_matches,
    signer,
    size,
    summary,
)

TAGS_OPEN = 12
"""Further fields that are shown without being asked for."""

FACTS, SHORT_FACT = 4, 50
"""Facts that stand with a finding, and the characters that each may have: a line. Chosen by eye."""

Facts = tuple[tuple[str, str], ...]

GIVES_NO_VERDICT = "It says what the file says and where it was seen before; what that means, a person judges."


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one standing, each with what the page calls its match, and the archived file's name."""

    standing: Standing
    heading: str
    findings: tuple[tuple[Finding, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the checklist, and what was answered to it so far."""

    question: Question
    answers: tuple[Answer, ...]


def page(
    report: MediaReport,
    answers: Sequence[Answer] = (),
    questions: Sequence[Question] = (),
    choices: Sequence[str] = (),
) -> str:
    """The whole page.

    `questions`: of the checklist, printed with lines where nobody has answered them, and boxes to tick for `choices`.
    """
    css = asset("paper.css", "media.css")
    return (
        _environment()
        .get_template("media.html.jinja")
        .render(
            title=cleaned(report.file.name),
            body=body(report, answers, questions, choices),
            version=version("firsthand"),
            css=Markup(css),
            policy=f"{policy(css, '')}; img-src data:",
        )
    )


def body(
    report: MediaReport,
    answers: Sequence[Answer] = (),
    questions: Sequence[Question] = (),
    choices: Sequence[str] = (),
    archive: str = "",
) -> Markup:
    """What stands in the page, for another page to hold it. `archive`: what leads to an archived file, by its SHA-256.

    It needs the style sheets paper.css and media.css, and pictures from data: addresses.
    """
    whole: MediaReport = cleaned(report)
    found, left = bounded(whole)
    matched = references(found, whole)
    shown = {
        "report": found,
        "summary": summary(whole),
        "more": more_matches(left),
        "unread": is_unread(found),
        "groups": _groups(found, matched),
        "unmeasured": [one for one in found.findings if one.standing == "unmeasured"],
        "remarks": found.metadata.remarks if found.metadata else (),
        "timeline": timeline(found),
        "dates": alike(found.metadata.dates) if found.metadata else (),
        "references": matched,
        "asked": to_ask(report, questions, answers),
        "choices": choices,
        "archive": archive,
    }
    return Markup(_environment().get_template("media_body.html.jinja").render(shown))


def to_ask(report: MediaReport, questions: Sequence[Question], answers: Sequence[Answer]) -> list[Asked]:
    """The checklist of a file; of one that nobody could see or hear here, only what was answered all the same."""
    return [one for one in checklist(questions, answers) if one.answers or not is_unread(report)]


def checklist(questions: Sequence[Question], answers: Sequence[Answer]) -> Iterator[Asked]:
    """Each question with its answers, safe to show; of one person's several, the last."""
    given: Mapping[str, dict[str, Answer]] = defaultdict(dict)
    for answer in sorted(answers, key=lambda one: one.at):
        given[answer.question][answer.who] = cleaned(answer)
    for question in questions:
        yield Asked(question, tuple(given[question.key].values()))


def _groups(report: MediaReport, matched: Sequence[Reference]) -> list[Group]:
    keys = {one.match: one.key for reference in matched for one in reference.matches}

    def group(standing: Standing) -> Group:
        own = [one for one in report.findings if one.standing == standing]
        return Group(standing, STANDINGS[standing], tuple((one, keys[one.match] if one.match else "") for one in own))

    return [found for standing in STANDINGS if standing != "unmeasured" and (found := group(standing)).findings]


def _folded(facts: Facts) -> tuple[Facts, Facts]:
    """The first facts that are short, and the others, which are shown where they are asked for."""
    facts = tuple(fact for fact in facts if fact[0] != APART)  # the finding's own words
    short = [fact for fact in facts if len(fact[0]) + len(fact[1]) <= SHORT_FACT][:FACTS]
    return tuple(short), tuple(fact for fact in facts if fact not in short)


def _when(at: str | None) -> str:
    """A date in words, with its zone or that it has none; as it is where it is none."""
    moment = moment_of(at)
    return f"{moment.shown} ({moment.zone})" if moment else at or ""


def _position(found: Position) -> str:
    """In degrees, to about a metre."""
    places = ((found.latitude, "N", "S"), (found.longitude, "E", "W"))
    said = ", ".join(f"{abs(degrees):.5f}° {north if degrees >= 0 else south}" for degrees, north, south in places)
    return said if found.altitude is None else f"{said}, {found.altitude:.0f} m"


@cache
def _environment() -> Environment:
    environment = pages()
    environment.globals.update(
        CHECKS=CHECKS,
        STATES=STATES,
        TRUSTED=TRUSTED,
        TAGS_OPEN=TAGS_OPEN,
        NUMBERED=NUMBERED,
        UNREAD_NEXT=UNREAD_NEXT,
        NO_VERDICT=GIVES_NO_VERDICT,
    )
    environment.filters.update(clock=clock, size=size, when=_when, position=_position, folded=_folded, signer=signer)
    return environment

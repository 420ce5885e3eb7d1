"""Which paragraphs of an extracted page are not the article: what trafilatura lets through.

trafilatura finds the block that holds the article. What stands inside that block and is still no part of
the text (byline, date, copyright notice, a comment form's first lines) is told here by its words, and only
for short paragraphs in the place where such things stand. A paragraph in which anyone may be speaking stays:
a notice among the text does little harm, a quotation that is missing much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import dropwhile

from firsthand.ingest.flow import Paragraph
from firsthand.ingest.times import moment

LONGEST = 300
"""Characters of the longest paragraph that can be furniture. This and the next two are chosen, on pages we wrote."""

HEAD = 8
"""Paragraphs at the top among which title, byline and date are looked for."""

KICKER = 120
"""Characters of the longest line that may stand above a headline (section, slogan, the menu of an old page)."""

OLDEST_PAGE = 1900
"""The year before which a date that is merely shown is taken for something else than the page's own."""

FEW_WORDS = 12
"""Words of the longest invitation ("Sign up for our newsletter"), and of the longest line that begins a form."""

LAST = 2 / 3
"""Share of a page's characters behind which a comment form ends the article."""

_NOTICE = re.compile(
    r"copyright\s*(?:©|\(c\))?\s*\d{4}|©|\(c\)\s*\d{4}|.{0,100}\ball rights reserved\b"
    r"|(?:this (?:material|content|article|story|report|page|work)|no part of this \w+|(?:all )?(?:material|content)s?)"
    r"\b.{0,60}\bmay not be (?:published|reproduced|copied|used|re)"
    r"|(?:any |unauthori[sz]ed )?(?:use,? (?:or |and )?)?reproduction\b"
    r".{0,40}(?:strictly prohibited|without .{0,30}permission)",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"share (?:this (?:story|article|page|post|news|on|via)|this\W*$|on|via)\b"
    r"|(?:follow|like|find) us(?:\W*$| (?:on|at) (?:@|(?:facebook|twitter|x|instagram|youtube|linkedin|tiktok|telegram"
    r"|whatsapp|threads|bluesky|mastodon|google|flipboard|social)\b))"
    r"|(?:read|see) (?:also|more|next)(?::| about| on|\W*$)"
    r"|related(?: \w+)?:|(?:click|tap) here to\b"
    r"|sign up (?:for|to) (?:our|the .{0,40}\b(?:newsletter|alerts?|briefing|e-?mails?)|receive|get)\b"
    r"|subscribe (?:to|now|for)\b"
    r"|(?:get|download) (?:the|our) app\b|advertisements?\W*$|loading\W*$"
    r"|watch(?: (?:now|live|more|video|the video))?:|listen(?: (?:now|live|here|to this (?:story|article)))?:"
    r"|(?:photo|image|picture)s?:|(?:most (?:read|popular|viewed)|recommended|trending)\W*$"
    r"|you (?:may|might) (?:also )?like\W*$|more (?:from|on|in)\b[^.!?]{0,40}$"
    r"|(?:story|article) continues (?:below|after)"
    r"|this (?:story|article) (?:was|has been) (?:last )?updated\b|(?:email|print|tweet|share|save|(?:\d+ )?comments?)$"
    r"|(?:tags?|topics?|filed under|categories):",
    re.IGNORECASE,
)
_COMMENT_FORM = re.compile(
    r"(?:(?:leave|post|add|write|submit) a (?:reply|comment)(?: below| here)?\W*$|comments? ?\(\d+\)"
    r"|leave a (?:reply|comment) (?:cancel|to)\b|join the (?:conversation|discussion)\W*$"
    r"|your email address will not be published|required fields are marked|you must be logged in to|log in to comment"
    r"|save my name, email|(?:view (?:all )?|show |reader )comments\W*$)",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|wr(?:ote|ites?)|repl(?:ied|ies)|den(?:ied|ies)|according to|thinks?"
    r"|thought|(?:urg|argu|announc|declar|promis|pledg|stat|believ|describ|acknowledg)(?:ed|ing)"
    r"|(?:urg|argu|announc|declar|promis|pledg|believ)es|admit(?:s|ted)"
    r"|(?:ask|add|warn|claim|insist|demand|vow|confirm|explain|complain|order|call|shout|report|suggest|hint|predict)"
    r"(?:ed|s|ing))\b",
    re.IGNORECASE,
)
"""Words with which someone may be reported to speak. Too many rather than too few: what they mark is kept."""

_BYLINE = re.compile(r"(?:by|von|par|por)\s+(?=\S)[^.!?\"“”]{2,80}$", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|created|date)(?: (?:on|at))?\s*:?\s*)+", re.IGNORECASE
)
_CLOCK = re.compile(r"\s*(?:at|\||•|·|-|–|—|,)\s+(?=\d)")
_SEPARATOR = re.compile(
    r"\s[-–—]\s|[|•·()]|\bby\b|(?=\b(?:last )?(?:published|posted|updated|modified)\b)", re.IGNORECASE
)
_CHANGED = re.compile(r"(?:last )?(?:updated|modified)", re.IGNORECASE)
_UNWORDED = re.compile(r"\W+")


def without(parts: Sequence[Paragraph], title: str | None, byline: str | None) -> list[Paragraph]:
    """The article's own paragraphs: without a repeated title, byline, date, notices and all from a comment form on."""
    kept = [part for part in _above_form(_below(parts, title)) if not (_notice(part) or _form(part))]
    names = _key(byline or "")
    top = [part for part in kept[:HEAD] if not (_byline(part, names) or _dated(part))]
    return _ended([*top, *kept[HEAD:]])


def _above_form(parts: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The paragraphs above a comment form near the page's end, where it has one."""
    total, above = sum(len(part.text) for part in parts), 0
    for place, part in enumerate(parts):
        if above >= LAST * total and _form(part):
            return parts[:place]
        above += len(part.text)
    return parts


def stamp(parts: Sequence[Paragraph], title: str | None) -> datetime | None:
    """The time that a page shows above its text, where that can be the day of a page."""
    return _possible(map(_time, _below(parts, title)[:HEAD]))


def byline_stamp(page: Sequence[Paragraph], title: str | None) -> datetime | None:
    """The time that stands in a line with the authors, right below the headline, among all that a page shows."""
    headline = next((place for place, part in enumerate(page) if same(part.text, title or "")), None)
    if headline is None:
        return None
    return _possible(map(_time_within, _above_text(page[headline + 1 : headline + 1 + HEAD])))


def _above_text(parts: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs before the text, which the second long one belongs to: the first may be a standfirst."""
    long = 0
    for part in parts:
        long += len(part.text) > KICKER
        if long > 1:
            return
        yield part


def _possible(times: Iterable[datetime | None]) -> datetime | None:
    return next((time for time in times if time and time.year >= OLDEST_PAGE), None)


def _time_within(part: Paragraph) -> datetime | None:
    """The first time among what a line tells of authors, place and time; that of a change only if it is alone."""
    if len(part.text) > KICKER:
        return None
    pieces = [Paragraph(piece.strip(" ,.;")) for piece in _SEPARATOR.split(part.text)]
    pieces.sort(key=lambda piece: _CHANGED.match(piece.text) is not None)
    return _time(part) or next(filter(None, map(_time, pieces)), None)


def same(one: str, other: str) -> bool:
    """Whether two lines say the same, punctuation, case and spacing apart."""
    return _key(one) == _key(other) != ""


def _below(parts: Sequence[Paragraph], title: str | None) -> list[Paragraph]:
    """The paragraphs below the headline, where it is found near the top with only short lines above it."""
    for place, part in enumerate(parts[:HEAD]):
        if title and same(part.text, title):
            return list(parts[place + 1 :])
        if len(part.text) > KICKER:
            break
    return list(parts)


def _ended(parts: list[Paragraph]) -> list[Paragraph]:
    """Without headings that nothing follows ("Leave a reply", "More on this story")."""
    return list(dropwhile(lambda part: part.heading, reversed(parts)))[::-1]


def _notice(part: Paragraph) -> bool:
    if _speaks(part.text):
        return not _quotes(part.text) and _teaser(part)
    return _is(_NOTICE, part) or (_few_words(part.text) and _is(_INVITATION, part)) or _teaser(part)


def _form(part: Paragraph) -> bool:
    """Whether a paragraph belongs to a form for comments."""
    return _few_words(part.text) and _is(_COMMENT_FORM, part) and not _speaks(part.text)


def _few_words(text: str) -> bool:
    return len(text) <= LONGEST and len(text.split()) <= FEW_WORDS


def _speaks(text: str) -> bool:
    """Whether someone may be speaking in a text."""
    return _quotes(text) or _REPORTS.search(text) is not None


def _teaser(part: Paragraph) -> bool:
    """Whether a paragraph is nothing but a link to another article; the address of a post (@name) is its source."""
    linked = sum(link.end - link.start for link in part.links)
    return linked == len(part.text) <= LONGEST and not part.text.startswith(("@", "—")) and part.text[-1] not in ".:"


def _quotes(text: str) -> bool:
    return any(mark in text for mark in '"“”„«»‘')


def _is(pattern: re.Pattern[str], part: Paragraph) -> bool:
    return len(part.text) <= LONGEST and pattern.match(part.text) is not None


def _byline(part: Paragraph, names: str) -> bool:
    """Whether a line names the authors, and says nothing."""
    if part.heading or len(part.text) > KICKER or _quotes(part.text) or part.text.endswith((".", "!", "?")):
        return False
    return _BYLINE.match(part.text) is not None or bool(names and names in _key(part.text))


def _dated(part: Paragraph) -> bool:
    """Whether a line says when, and nothing else."""
    return len(part.text) <= KICKER and (not _bare(part.text) or _time(part) is not None)


def _time(part: Paragraph) -> datetime | None:
    return moment(_CLOCK.sub(" ", _bare(part.text))) if len(part.text) <= KICKER else None


def _bare(text: str) -> str:
    """A line of a date without "Published:" and the like."""
    return _STAMP.sub("", text, count=1).strip(" |•·-–—,")


def _key(text: str) -> str:
    return _UNWORDED.sub(" ", text).strip().casefold()

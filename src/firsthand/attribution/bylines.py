"""Whether a line that names an agency is a byline: "By Reuters", "Ilva Renn, Associated Press", "AFP" alone."""

from __future__ import annotations

import re

from firsthand.attribution import lexicons
from firsthand.attribution.agencies import Mention, mentions
from firsthand.attribution.spots import Spot
from firsthand.model import Span

# Chosen: twice the longest line with a byline (107 characters) found in the build half and in Emergent.
_LONGEST = 220
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTH})"
_DATED = re.compile(
    r"(?:(?:originally |first |last )?(?:published|posted|updated|created))?:?,? ?(?:on:? |at )?"
    rf"(?:{_DAY}[ \xa0.]{{1,2}}\d|{_DAY},|\d{{1,2}}(?:st|nd|rd|th)? {_DAY}|\d{{1,4}}[:./-]\d\d"
    r"|\d+ (?:min|hour|hr|day)s?\b)|(?:originally |first |last )?(?:published|posted|updated)\b",
    re.IGNORECASE,
)
_DATELINED = re.compile(r"[A-Z][A-Z.'’/ -]{2,}(?:,? [^—–()]{0,40})?\s*(?:\([\w/ ]+\)\s*)?(?:--|[—–])\s?")
_PHOTO = re.compile(
    r"\b(?:photos?|photographs?|photographer|images?|pictures?|credit|via|getty|file|pool|media|video|caption|graphic"
    r"|shutterstock|lehtikuva|scanpix|epa|modal trigger|more_vert|courtesy|handout)\b",
    re.IGNORECASE,
)
# What a page prints above or below a photograph; a headline may hold these words, but does not begin with them.
_FURNITURE = re.compile(r"(?i:photo|image|picture|credit|getty|video|media:|file|caption|modal trigger|more_vert)")
_ROLE = re.compile(
    r"\s*,?\s*(?:[A-Z][\w&’'-]*\s+){0,4}(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Ee]ditor-at-[Ll]arge|[Ss]taff"
    r"|[Nn]ews|[Ss]ervice|[Bb]ureau|[Cc]hief|[Cc]olumnist|[Aa]nalyst|[Dd]esk)s?\b|\s+in [A-Z][\w ,-]{0,60}|"
)
_BY = re.compile(
    r"(?:.{0,100}[^\w\s]\s*)?(?:(?:[Aa]nalysis|[Ss]tory|[Tt]ext|[Ww]ritten|[Pp]osted|[Pp]ublished|[Uu]pdated|[Oo]pinion"
    r"|[Rr]eporting|[Cc]ompiled|[Pp]rovided) )?(?:[Bb]y|BY)(?:\W|$)\s*"
)
_WORD = re.compile(r"[^\W_][\w.’']*")
_JOINTS = ",/|•·-–— \xa0"
_SEPARATORS = ",|/-–—•·:(\xa0 "
# A headline, a name or a button above a byline is short or ends without a full stop; a caption is a sentence.
_CAPTION = 50


def byline(spot: Spot, mention: Mention) -> Span | None:
    """The line of `spot` up to the agency, which stands there, where its form and its place make it a byline."""
    return (spot.start - len(spot.head.lstrip()), spot.end) if _is_byline(spot, mention) else None


def _is_byline(spot: Spot, mention: Mention) -> bool:
    if mention.vague or not spot.whole or len(" ".join(spot.line.split())) > _LONGEST or _PHOTO.search(spot.line):
        return False
    signed = _BY.match(spot.head)
    names = spot.head[signed.end() :] if signed else spot.head
    if not (_names(names, mention) and _ended(spot.tail)):
        return False
    return _placed_by(spot) if signed else _placed(spot, mention)


def named(field: str, mention: Mention) -> bool:
    """Whether `mention` stands in an article's byline field as an agency, not as part of a person's name."""
    signed = _BY.match(field[: mention.start])
    return _names(field[signed.end() if signed else 0 : mention.start], mention) and not _PHOTO.search(field)


def _names(before: str, mention: Mention) -> bool:
    """Whether what stands before the agency is nothing, or names that are set off from it."""
    names = before.strip().removesuffix("The").removesuffix("the").rstrip()
    if not names or names[-1] in _SEPARATORS or names.endswith((" and", " AND")):
        return _titled(names)
    return _titled(names) and len(names.split()) > 1 and not mention.surname


def _titled(words: str) -> bool:
    """Whether every word begins with a capital or is a particle, and none with a digit."""
    small = lexicons.words("particles")
    return all(word[0].isupper() or word.lower() in small for word in _WORD.findall(words))


def _ended(after: str) -> bool:
    """Whether the agency ends the byline: a role, a date, a separator or nothing follows."""
    rest = after[_ROLE.match(after).end() :].strip(" \xa0)")  # type: ignore[union-attr] # it matches the empty string
    if not rest or _DATED.match(rest):
        return True
    joined = rest[0] in _SEPARATORS or rest.lower().startswith("and ")
    return joined and after[:1] != "/" and (_titled(rest) or bool(_DATED.match(_bare(rest))))


def _bare(words: str) -> str:
    return words.strip(_JOINTS)


def _placed_by(spot: Spot) -> bool:
    """A signed line stands above the text or is its last."""
    return spot.opens_prose or not spot.below


def _placed(spot: Spot, mention: Mention) -> bool:
    """An unsigned line looks like a photo's credit, so it must stand where a byline stands."""
    if not spot.opens_prose or _FURNITURE.match(spot.above):
        return False
    if _DATED.match(_bare(spot.tail)) or _is_start(spot.below) or _several(spot, mention):
        return True
    if _is_caption(spot.above) or spot.head.rstrip().endswith("/"):
        return False
    return not (mention.terse and (spot.head.strip() or _DATED.match(spot.above)))


def _is_start(line: str) -> bool:
    """Whether a line stands between a byline and the text, or begins the text: a date, a dateline."""
    return bool(_DATED.match(line) or _DATELINED.match(line))


def _several(spot: Spot, mention: Mention) -> bool:
    """Whether several people share the line, or it names the agency twice: photographs are credited to one, once."""
    same = [other for other in mentions(spot.line) if other.agency == mention.agency]
    return bool(re.search(r"\b(?:and|AND)\b|&", spot.head)) or len(same) > 1


def _is_caption(line: str) -> bool:
    sentence = line.rstrip("\"”’')").endswith((".", "…"))
    return (sentence and len(line) >= _CAPTION) or line.endswith(")")

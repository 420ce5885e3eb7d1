"""Whether an agency stands in a dateline: "HELSINKI (AP) —", "LONDON, July 15. /TASS/.", "(CNN) - "."""

from __future__ import annotations

import re

from firsthand.attribution import lexicons
from firsthand.attribution.agencies import Mention
from firsthand.attribution.spots import Spot
from firsthand.model import Span

_CLOSING = ")]/"
# "(AP/WJZ)", "(Reuters, AFP)": others may share the brackets; a photographer's name after a slash has a space.
_OTHERS_BEFORE = re.compile(r"(?:[A-Z][\w.]*(?: [A-Z][\w.]*)?\s*[/,&]\s*|[A-Z][\w.]* and )*")
_OTHERS_AFTER = re.compile(r"(?:\s*[/,&]\s*[A-Z][\w.]*| and [A-Z][\w.]*)*\s*")
_DASH = re.compile(r"\s*[.,]?\s*[-–—]|\s*[.:]\s*")
_OPEN = re.compile(r"[A-Z][A-Z.'’/ -]{2,}(?:[,.].*)?[,.–—-]\s*$")
_OPEN_END = re.compile(r"\.?\s*(?:--|[–—-])\s|\.\s+[A-Z]")
_PLACE_AFTER = re.compile(r"\s+[A-Z][A-Z.'’/ -]{2,}(?:,? [^—–()]{0,40})?\s*(?:--|[—–])\s?")
_WORD = re.compile(r"[^\W_][\w.’']*")
# Chosen: three times the longest place and date (28 characters) found in the build half and in Emergent.
_LONGEST_PLACE = 90
# "... Posted by WDNA ORVAL (AP) —": on a page run together, only a place in capitals, or a date, shows where it begins.
_RUN_IN = re.compile(
    r"(?:[A-Z][A-Z.'’/-]{2,}|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2})$"
)


def dateline(spot: Spot, mention: Mention) -> Span | None:
    """The agency at `spot` with its brackets or slashes, where they stand after a place or begin a paragraph."""
    if _is_open(spot, mention):
        return spot.start, spot.end
    return _bracketed(spot) if _is_dateline(spot, mention) else None


def _is_open(spot: Spot, mention: Mention) -> bool:
    """As in "ORVAL, July 3, SPA -- ": no brackets, but a place in capitals and a dash or a full stop."""
    if len(spot.head) > _LONGEST_PLACE:  # also keeps the pattern from long heads, where it would go back and forth
        return False
    lead = _OPEN.match(spot.head)
    told = not mention.vague or bool(re.search(r"\d", spot.head))
    return bool(told and lead and _place(spot.head, spot.whole) and _OPEN_END.match(spot.tail)) and not _teaser(spot)


def _is_dateline(spot: Spot, mention: Mention) -> bool:
    lead, rest = _lead(spot.head), _rest(spot.tail)
    if lead is None or rest is None or _teaser(spot):
        return False
    dash = _DASH.match(rest)
    if dash:
        return (_place(lead, spot.whole) and bool(lead or not mention.vague)) or bool(_RUN_IN.search(lead))
    if not lead:
        return spot.whole and not mention.vague and bool(_PLACE_AFTER.match(rest))
    return not mention.vague and _place(lead, spot.whole) and _begins(rest, lead, spot)


def _opening(head: str) -> int:
    """Where the bracket that holds the agency opens; a slash counts where there is no bracket; else -1."""
    at = max(head.rfind("("), head.rfind("["))
    return at if at >= 0 else head.rfind("/")


def _bracketed(spot: Spot) -> Span:
    closing = len(spot.tail) - len(_rest(spot.tail) or "")
    return spot.start - len(spot.head) + _opening(spot.head), spot.end + closing


def _lead(head: str) -> str | None:
    """What stands before the bracket that holds the agency; None where it stands in none."""
    at = _opening(head)
    if at < 0 or not _OTHERS_BEFORE.fullmatch(head[at + 1 :]):
        return None
    return head[:at].strip()


def _rest(tail: str) -> str | None:
    """What stands behind that bracket."""
    closing = _OTHERS_AFTER.match(tail).end()  # type: ignore[union-attr] # it matches the empty string
    return tail[closing + 1 :] if tail[closing : closing + 1] in _CLOSING and closing < len(tail) else None


def _place(lead: str, whole: bool) -> bool:
    """Whether `lead` can be a place and a date: short, each word with a capital or a digit, or small."""
    if not whole or len(lead) > _LONGEST_PLACE:
        return False
    small, words = lexicons.words("particles"), _WORD.findall(lead)
    return all(word[0].isupper() or word[0].isdigit() or word in small or _month(word, lead) for word in words)


def _month(word: str, lead: str) -> bool:
    """A word in small letters beside a number is a month, in most languages."""
    return bool(re.search(rf"\d\.?º? (?:de )?{re.escape(word)}|{re.escape(word)} \d", lead))


def _begins(rest: str, lead: str, spot: Spot) -> bool:
    """Without a dash, a sentence must follow on the line; or the line is a place in capitals, and prose is next."""
    if rest.strip():
        return bool(re.match(r"\s+[^\W\d_a-z]", rest)) and len(rest) > _LONGEST_PLACE
    return lead.isupper() and spot.opens_prose


def _teaser(spot: Spot) -> bool:
    """Whether the paragraph breaks off: the beginning of another story."""
    return spot.tail.rstrip().endswith(("...", "…"))

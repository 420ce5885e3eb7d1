"""Where an article takes back or corrects what was said: notices, which are written alike everywhere."""

from __future__ import annotations

import re

from firsthand.model import Span, Spans

_NOTICE = re.compile(
    r"""^[^\w\n]*corrections?\b[^.!?\n]{0,30}:|\bcorrects?\s+(?:an?|the)\s+(?:earlier|previous)\s+(?:version|story|report)
    |\b(?:article|story|report|headline|post)\s+(?:has\s+been|was)\s+(?:corrected|withdrawn|retracted)
    |\b(?:earlier|previous|original|prior)\s+versions?\s+of\s+(?:this|the|our)\s
    |\b(?:this|our)\s+(?:article|story|report|headline|post)\s+(?:\w+\s+){0,3}?(?:incorrectly|wrongly|mistakenly
      |erroneously|misstated|misidentified|misquoted)
    |\bwe\s+(?:now\s+|hereby\s+)?(?:withdraw|retract|regret\s+the\s+error)""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_WHOLE = re.compile(
    r"\b(?:this|the)\s+(?:article|story|report|post)\s+(?:has\s+been|was|is)\s+(?:withdrawn|retracted)", re.IGNORECASE
)
_END = re.compile(r"[.!?][\"”’)]?\s|\n")
_THAT = re.compile(
    r"\b(?:said|stated|reported|wrote|claimed|report|story|statement|claim|article)\s+that\s+", re.IGNORECASE
)


def notices(text: str) -> Spans:
    """The sentences that say that something is corrected or withdrawn."""
    found: dict[Span, None] = {}
    for match in _NOTICE.finditer(text):
        found[_sentence(text, match.start())] = None
    return tuple(found)


def withdrawn(text: str) -> bool:
    """Whether the article says that it is withdrawn as a whole."""
    return bool(_WHOLE.search(text))


def taken_back(text: str, notice: Span) -> Span | None:
    """What a notice takes back, where it says so in a clause: "An earlier version said that ..."."""
    start, end = notice
    match = _THAT.search(text, start, end)
    return (match.end(), end) if match and end - match.end() > 1 else None


def _sentence(text: str, place: int) -> Span:
    """The sentence around a place, without the mark that ends it."""
    start = max((match.end() for match in _END.finditer(text, max(place - 600, 0), place)), default=max(place - 600, 0))
    after = _END.search(text, place)
    end = after.start() if after else len(text.rstrip().rstrip(".!?"))
    return start, max(end, place)

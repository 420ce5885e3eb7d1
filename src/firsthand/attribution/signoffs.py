"""Where running words credit an agency: it contributed, lent its files, provided the text, holds the copyright."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from firsthand.attribution import lexicons
from firsthand.attribution.agencies import Agency, Mention, called, mentions, signer
from firsthand.attribution.spots import REACH, Spot
from firsthand.model import Span

Place = tuple[Agency, str, Span]
"""An agency, how it is credited, and the words that do."""

# The credits at the foot of a text: what still follows is a notice of rights, a menu, a tag. Chosen: four times the
# most that followed one (93 characters) in the build half and in Emergent.
_FOOT = 400
_WORD = re.compile(r"[^\W\d_][\w.]*")
_CONTRIBUTED = re.compile(
    r"contributed(?: (?:additional )?(?:reporting|research|material|information))?"
    r"(?: (?:to|for) (?:this|the) (?:news )?(?:report|story|article|dispatch|piece|post)\b| to this\b| from [A-Z]"
    r"| in [A-Z]|\s*[.;,)]|\s*$)"
)
_REPORTED = re.compile(r"reported from [A-Z]")
_STAFF = re.compile(r"\b(?:writer|reporter|journalist|correspondent|staffer|photographer)s?\b")
_LENT = re.compile(
    r"(?P<with>\b(?:[Ww]ith|WITH|[Ii]ncludes|[Aa]ddit?i?onal|[Bb]ased on) )?(?:[Aa]dditional )?\b"
    r"(?:(?P<sure>[Cc]ontributing:|[Rr]eporting by|[Ff]iles from|[Ii]nputs? from)|(?:[Rr]eporting|[Rr]eports?"
    r"|[Mm]aterial|[Ii]nformation|[Cc]ontributions?|[Dd]ispatches|[Aa]ssistance) (?:by|from|of)) "
)
_USED = re.compile(r"[^.\n]{0,120}\b(?:was|were) (?:also )?used\b|[^.\n]{0,120}\bcontributed to this\b")
_LENDER_ENDS = re.compile(r"\s*(?:[.;,)\]|/]|$|(?:and|was|were|in|staff|writers?|reporters?)\b)")
_WITH = re.compile(r"\b[Ww]ith ")
_PROVIDED = re.compile(
    r"\b(?:[Tt]his|The above) (?:article|story|report|piece|post|content|material|text)\b[^.!?]{0,60}"
    r"\b(?:appeared|published|provided|distributed|syndicated|supplied|produced|written|reported)"
    r" (?:\w+ )?(?:at|by|on|in|from)(?: the| The)?\s?$"
    r"|\b(?:[Ii]nformation|[Mm]aterial) (?:\w+ )?(?:for|in) this (?:report|story|article)\b[^.!?]{0,40}"
    r"\b(?:came from|(?:was|were) (?:provided|contributed|supplied) by)(?: the| The)?\s?$"
    r"|\b[Tt]his (?:report|story|article) (?:includes|contains) (?:\w+ )?(?:from|by)(?: the| The)?\s?$"
    r"|(?:^|[.©|]\s?)(?:[Dd]istributed|[Pp]rovided|[Ss]yndicated) by(?: the| The)?\s?$"
)
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|\b[Cc]opyright|\bCOPYRIGHT)[\s:,©™&-]{0,4}(?:\([cC]\)|©)?\s?"
    r"(?P<year>(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?)?,?\s?(?:[Bb]y )?(?:[Tt]he )?$"
)
_PHOTO_BEFORE = re.compile(r"\b(?:image|photo|photograph|picture|video|credit|via)s?\b[^.]*$", re.IGNORECASE)
_PHOTO_AFTER = re.compile(
    r"\s*(?:(?:19|20)\d\d\s*)?[/|]|\s*(?:via|images?|photos?|pictures?|getty)\b|\s*[-–—] Getty", re.IGNORECASE
)
_RIGHTS = re.compile(r"[^\n]{0,80}rights reserved|\s*(?:19|20)\d\d\b", re.IGNORECASE)
_DASHED = re.compile(r"(?:^|[.!?”\"’)]\s*)(?:[-–—]{1,2}\s?|(?:[Ss]ources?|SOURCE|Text): ?)(?:the |The )?$")
_INITIALS = re.compile(r"\b[a-z]{2,3}/[a-z]{2,3}$")
# A line above that is shorter is a heading or a menu, not the last sentence.
_SENTENCE = 80
_ROLE = re.compile(r"\b(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled) [Bb]y (?=[A-Z])")
_SECOND_ROLE = re.compile(
    r"[;,.:]\s*(?:and )?(?:[Aa]ddit?i?onal )?(?:[Ww]riting|[Ee]diting|[Rr]eporting) [Bb]y [^;()\n]{2,80}"
)
_ADDITIONAL = re.compile(r"[Aa]ddit?i?onal $")
_CONTACT = re.compile(r"To contact the (?:reporter|editor)s?\b[^\n]{0,200}?@(\w+)")
_SENTENCE_ENDS = '.!?”")([—–-•|:_'


def signoff(spot: Spot, mention: Mention) -> tuple[str, Span] | None:
    """How the words around the agency at `spot` credit it ("contributed", "copyright", "sign-off"), and those words."""
    for how, find in _WAYS:
        span = find(spot, mention)
        if span:
            return how, span
    return None


def house_forms(text: str) -> Iterator[Place]:
    """Sign-offs of `text` that name no agency, but are one's own form."""
    end = 0
    for role in _ROLE.finditer(text):
        span = _house_form(text, role.start()) if role.start() >= end else None
        end = span[1] if span else end
        if span and not any(True for _ in mentions(text[slice(*span)])):
            yield signer(), "sign-off", span
    for contact in _CONTACT.finditer(text):
        agency = called(contact[1])
        if agency:
            yield agency, "sign-off", contact.span()


def _contributed(spot: Spot, mention: Mention) -> Span | None:
    """As in "AP writers Ilva Renn and Tomas Ek contributed to this report"."""
    at = spot.tail.find("contributed")
    done = _CONTRIBUTED.match(spot.tail, at) if at >= 0 else None
    if done is None:
        at = spot.tail.find("reported from")
        done = _REPORTED.match(spot.tail, at) if at >= 0 and _STAFF.search(spot.tail, 0, at) else None
    if done is None or mention.vague or not _names(spot.tail[:at]):
        return None
    return spot.start, spot.end + done.end()


def _lent(spot: Spot, mention: Mention) -> Span | None:
    """As in "Additional reporting by Reuters", "With files from AFP", "Information from UPI was used"."""
    found = _last(_LENT, spot.head, "by ", "from ", "of ", "g: ") if _LENDER_ENDS.match(spot.tail) else None
    if not found or not _set_off(spot.head, found, spot.whole):
        return None
    sure = found["sure"] or found["with"] or _USED.match(spot.tail)
    return _from(spot, found.start()) if sure and _names(spot.head[found.end() :]) else None


def _with(spot: Spot, mention: Mention) -> Span | None:
    """As in "(With AFP, AP)", "— With Reuters": nothing else on the rest of the line."""
    found = _last(_WITH, spot.head, "ith ")
    if not found or mention.vague or not _names(spot.tail) or spot.tail.strip(" ).]")[-1:].islower():
        return None
    bracket = max(spot.head.rfind("(", 0, found.start()), spot.head.rfind("[", 0, found.start()))
    inside = bracket >= 0 and _names(spot.head[bracket + 1 : found.start()]) and ")" not in spot.head[bracket:]
    dashed = spot.head[: found.start()].rstrip()[-1:] in ("—", "–", "-")
    return _from(spot, found.start()) if (inside or dashed) and _names(spot.head[found.end() :]) else None


def _copyright(spot: Spot, mention: Mention) -> Span | None:
    """As in "© 2018 AFP"; without a year at the foot only, since "© AFP" elsewhere is a photo's."""
    head = spot.head[-REACH // 6 :]
    found = _COPYRIGHT.search(head)
    if not found or _PHOTO_AFTER.match(spot.tail) or _PHOTO_BEFORE.search(head, 0, found.start()):
        return None
    sure = found["year"] or _RIGHTS.match(spot.tail) or spot.left <= _FOOT
    return _from(spot, len(spot.head) - len(head) + found.start()) if sure else None


def _provided(spot: Spot, mention: Mention) -> Span | None:
    """As in "This story was originally published by Reuters", "Distributed by Tribune Content Agency"."""
    head = spot.head[-REACH // 3 :]
    found = None if mention.vague else _PROVIDED.search(head)
    return _from(spot, len(spot.head) - len(head) + found.start()) if found else None


def _listed(spot: Spot, mention: Mention) -> Span | None:
    """As in "... he said. (AP, AFP, Reuters)" at the end of a paragraph; one agency alone only at the foot."""
    start, closing = max(spot.head.rfind("("), spot.head.rfind("[")), re.search(r"[)\]]", spot.tail)
    if start < 0 or not closing or spot.tail[closing.end() :].strip(" ."):
        return None
    span = spot.start - len(spot.head) + start, spot.end + closing.end()
    listed = _listed_agencies(spot.text[span[0] + 1 : span[1] - 1])
    sure = listed > 1 or (listed and spot.left <= _FOOT and not mention.vague)
    return span if sure and _after_sentence(spot.head[:start]) else None


def _listed_agencies(inner: str) -> int:
    """How many agencies a bracket lists; none where it holds more than names, or a photographer beside a slash."""
    named = list(mentions(inner))
    others = _outside(inner, named)
    photographed = _PHOTO_BEFORE.search(inner) or ("/" in others and _WORD.search(others))
    return len(named) if _names(others) and not photographed else 0


def _outside(words: str, named: list[Mention]) -> str:
    """`words` without the agencies named in them."""
    ends = [0, *(mention.end for mention in named)]
    starts = [*(mention.start for mention in named), len(words)]
    return "".join(words[end:start] for end, start in zip(ends, starts, strict=True))


def _after_sentence(before: str) -> bool:
    """Whether a sentence ends there, or initials such as "bt/ir" stand there, or nothing does."""
    before = before.rstrip()
    return not before or before[-1] in '.!?”"’' or bool(_INITIALS.search(before))


def _signed(spot: Spot, mention: Mention) -> Span | None:
    """As in "— AP", "Source: Xinhua" as the last words, or the agency alone below the last sentence."""
    if spot.tail.removesuffix("news agency").strip(" ./)]") or spot.left > _FOOT or mention.vague:
        return None
    last = not spot.head.strip() and not spot.below and _after_sentence(spot.above) and len(spot.above) > _SENTENCE
    return _from(spot, len(spot.head)) if last or _DASHED.search(spot.head[-REACH // 6 :]) else None


_WAYS: tuple[tuple[str, Callable[[Spot, Mention], Span | None]], ...] = (
    ("contributed", _contributed),
    ("contributed", _lent),
    ("contributed", _with),
    ("copyright", _copyright),
    ("sign-off", _provided),
    ("sign-off", _listed),
    ("sign-off", _signed),
)


def _house_form(text: str, start: int) -> Span | None:
    """As in "(Reporting by Ilva Renn; editing by Tomas Ek)"; in brackets one role is enough."""
    more = _ADDITIONAL.search(text, max(0, start - 12), start)
    start = more.start() if more else start
    window = text[start : start + REACH].partition("\n")[0]
    second = _last(_SECOND_ROLE, window, " by ", " By ")
    if start and text[start - 1] in "([":
        closing = window.find(")")
        rest = window[closing + 1 :].strip(" .")
        return (start - 1, start + closing + 1) if closing > 0 and (second or not rest) else None
    opens = text[max(0, start - 3) : start].rstrip(" \xa0")[-1:]
    if not second or "diting by" not in window.lower() or not (opens in ("", "\n") or opens in _SENTENCE_ENDS):
        return None
    return start, start + second.end()


def _names(words: str) -> bool:
    """Whether `words` are names, offices and what joins them."""
    small = lexicons.words("newsroom") | lexicons.words("particles")
    return all(word[0].isupper() or word.rstrip(".") in small for word in _WORD.findall(words))


def _set_off(head: str, found: re.Match[str], whole: bool) -> bool:
    """Whether what was found begins a line, a sentence or a bracket."""
    before = head[: found.start()].rstrip()
    return before[-1:] in _SENTENCE_ENDS if before else whole


def _last(pattern: re.Pattern[str], text: str, *hints: str) -> re.Match[str] | None:
    """The last match in `text`, which holds one of `hints` wherever the pattern matches: those are found faster."""
    found = None
    if any(hint in text for hint in hints):
        for found in pattern.finditer(text):  # noqa: B007 # the last one is wanted
            pass
    return found


def _from(spot: Spot, at: int) -> Span:
    """From character `at` of the head up to the end of the agency's name."""
    return spot.start - len(spot.head) + at, spot.end

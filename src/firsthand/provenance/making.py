"""Of what an article's text is made: its own, copied with credit, copied without; and whom it relies on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from firsthand.model import Article, Attribution, Credit, Derivation, Make, Reading, Relied, Span, straight

from .outlets import Houses, usual
from .parties import is_outlet
from .words import folded

WHOLE = frozenset(["dateline", "byline", "sign-off", "copyright"])
"""Credits by which a text is the agency's; one that only says that the agency contributed leaves it the outlet's."""


def make(reading: Reading, derivations: Sequence[Derivation], outlets: Mapping[str, str]) -> Make:
    """Of what an article's text is made.

    `derivations` are all in which it is the later one, and those in which nothing tells which is; `outlets` are the
    outlets of the other articles, by id. Where the whole text is credited to an agency, all of it counts as credited,
    also where nothing of the agency's is here to be compared with.
    """
    article = reading.article
    cited = [link for one in reading.attributions for link in _cited(one)]
    houses = Houses(filter(None, (article.outlet, *cited, *outlets.values(), *(c.agency for c in reading.credits))))
    named = {houses.key(name) for name in (*cited, *(one.agency for one in reading.credits))}
    parts = _Parts(article, named, houses, outlets)
    sizes = parts.sizes(derivations)
    if any(one.how in WHOLE for one in reading.credits):
        sizes = len(article.text), 0, 0
    credited, copied, opened = sizes
    counts = Counter(_who(one.innermost) for one in reading.attributions)
    return Make(
        size=len(article.text),
        own=len(article.text) - sum(sizes),
        credited=credited,
        copied=copied,
        open=opened,
        named=counts["named"],
        unnamed=counts["unnamed"],
        nobody=counts["nobody"],
        outlet=usual(article.outlet) if article.outlet else None,
        relies=tuple(_relied(parts, reading.credits, cited, houses)),
    )


_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+)(?:\.[\w-]+)+(?:/.*)?$")
_USUAL = re.compile(r"(?:\s+(?:News|Agency|Press|Wire|Service|Media|Online|Network))+$")


class _Parts:
    """The places of a text that other outlets' texts have too."""

    def __init__(self, article: Article, named: set[str], houses: Houses, outlets: Mapping[str, str]) -> None:
        self.house = houses.key(article.outlet) if article.outlet else None
        self._outlet = article.outlet or ""
        self.lengths, self.credited = Counter[str](), set[str]()
        self._article, self._text = article.id, straight(f"{article.byline or ''}\n{article.text}")
        self._named, self._houses, self._outlets = named, houses, outlets

    def sizes(self, derivations: Iterable[Derivation]) -> tuple[int, int, int]:
        """How many characters are copied with credit, how many else without, how many else may have been copied."""
        credited, copied, opened = list[Span](), list[Span](), list[Span]()
        for one in derivations:
            outlet = self._outlets.get(one.earlier if one.later == self._article else one.later)
            if outlet and self._houses.key(outlet) == self.house:
                continue  # an outlet's own text, told again
            spans = list(self._spans(one))
            if one.direction == "undetermined":
                opened += spans
                continue
            is_credited = self._is_credited(one)
            (credited if is_credited else copied).extend(spans)
            if outlet:
                self.lengths[outlet] += _covered(spans)
                self.credited |= {outlet} if is_credited else set()
        first, second, third = _covered(credited), _covered(credited + copied), _covered(credited + copied + opened)
        return first, second - first, third - second

    def is_own(self, name: str) -> bool:
        """Whether a name is all in the outlet's own: the town of "HARROWMOUTH, June 4" may be read as an outlet."""
        return set(folded(name)) <= set(folded(self._outlet))

    def _spans(self, one: Derivation) -> Iterator[Span]:
        for passage in one.passages:
            yield passage.later if one.later == self._article else passage.earlier

    def _is_credited(self, one: Derivation) -> bool:
        """Whether the article names the outlet that it has this from, or the one that had it first."""
        from_whom = {self._outlets.get(name) for name in (one.earlier, one.origin)} - {None}
        return any(self._houses.key(name) in self._named or self._is_written(name) for name in from_whom if name)

    def _is_written(self, outlet: str) -> bool:
        """Whether its text or byline names an outlet anywhere, in full or without "News Agency" and the like."""
        return any(re.search(rf"(?<!\w){re.escape(straight(form))}(?!\w)", self._text) for form in forms(outlet))


def forms(outlet: str) -> Iterator[str]:
    """How an outlet may be named in running text: as it is called, of a site its name, and both in short.

    To say of somebody that they copied without credit is grave: what may be a credit counts as one.
    """
    site = _SITE.match(outlet.strip().lower())
    names = (outlet.strip().removeprefix("The ").removeprefix("the "), usual(outlet), *(site.groups() if site else ()))
    for name in dict.fromkeys(filter(None, names)):
        yield from dict.fromkeys((name, name.upper(), name.title() if name.islower() else name))
        if (short := _USUAL.sub("", name)) and short != name:
            yield from (short, short.upper())


def _covered(spans: Iterable[Span]) -> int:
    """How many characters lie in any of the spans."""
    total = reached = 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _cited(one: Attribution) -> Iterator[str]:
    """The outlets through which it came, but for the one that published it, as they are usually called."""
    for link in one.chain:
        if link.kind == "outlet" and link.how not in ("outlet", "wire credit") and is_outlet(link.name):
            yield usual(link.name)


def _who(one: Attribution) -> str:
    if one.who is None or one.who.kind in (None, "crowd") or one.who.name == "unattributed":
        return "nobody"
    return "unnamed" if one.who.kind == "unnamed" else "named"


def _relied(parts: _Parts, credits: Sequence[Credit], cited: Sequence[str], houses: Houses) -> Iterator[Relied]:
    yield from (Relied(usual(name), "copied", count) for name, count in sorted(parts.lengths.items()))
    credited = {one.agency for one in credits} | {usual(name) for name in parts.credited}
    yield from (Relied(name, "credited", 1) for name in sorted(credited))
    for name, count in sorted(Counter(cited).items()):
        if houses.key(name) != parts.house and not parts.is_own(name):
            yield Relied(name, "cited", count)

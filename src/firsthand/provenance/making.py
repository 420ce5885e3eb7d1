"""Of what an article's text is made: its own, copied with credit, copied without; and whom it relies on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from firsthand.model import Attribution, Credit, Derivation, Make, Reading, Relied, Span

from .outlets import Houses, usual
from .parties import is_outlet

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
    parts = _Parts(article.id, houses.key(article.outlet) if article.outlet else None, named, houses, outlets)
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
        relies=tuple(_relied(parts.lengths, reading.credits, cited, parts.house, houses)),
    )


class _Parts:
    """The places of a text that other outlets' texts have too."""

    def __init__(
        self, article: str, house: str | None, named: set[str], houses: Houses, outlets: Mapping[str, str]
    ) -> None:
        self.house, self.lengths = house, Counter[str]()
        self._article, self._named, self._houses, self._outlets = article, named, houses, outlets

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
            (credited if self._is_credited(one) else copied).extend(spans)
            if outlet:
                self.lengths[outlet] += _covered(spans)
        first, second, third = _covered(credited), _covered(credited + copied), _covered(credited + copied + opened)
        return first, second - first, third - second

    def _spans(self, one: Derivation) -> Iterator[Span]:
        for passage in one.passages:
            yield passage.later if one.later == self._article else passage.earlier

    def _is_credited(self, one: Derivation) -> bool:
        """Whether the article names the outlet that it has this from, or the one that had it first."""
        from_whom = (self._outlets.get(name) for name in (one.earlier, one.origin))
        return any(name and self._houses.key(name) in self._named for name in from_whom)


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


def _relied(
    lengths: Mapping[str, int], credits: Sequence[Credit], cited: Sequence[str], house: str | None, houses: Houses
) -> Iterator[Relied]:
    yield from (Relied(usual(name), "copied", count) for name, count in sorted(lengths.items()))
    yield from (Relied(usual(name), "credited", 1) for name in sorted({one.agency for one in credits}))
    for name, count in sorted(Counter(cited).items()):
        if houses.key(name) != house:
            yield Relied(name, "cited", count)

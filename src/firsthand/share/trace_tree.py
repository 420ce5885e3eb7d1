"""What a claim rests on as a tree of text: roots, and the articles that hang on them, that can be read aloud."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from firsthand.model import ClaimLink, Edge, Provenance, Root
from firsthand.share.plain import one_line
from firsthand.share.trace_branches import Branches, Twig
from firsthand.share.trace_quotes import words_for
from firsthand.share.trace_words import (
    ACTIVE,
    CORRECTED,
    SHOWN,
    Known,
    Names,
    count,
    hanging,
    happened,
    hardened,
    heading,
    root_words,
    shortened,
    some,
)
from firsthand.share.wording import quoted

NO_MORE = "says something else"
"""How the reason of a neighbour begins that says only that it is one."""

STEPS = 40
"""Steps of hardening that are told; a claim that hundreds carry has as many, and most say the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree, `depth` steps to the right.

    `kind` is "title", "summary", "heading", "note" or "", for how to set it; "heading" begins a part. `article` is
    the id of the article that the line is about, `root` that of the root that a heading is. `quote` is what the
    article says, and `by` whose word that is and how sure: for where there is room to check it.
    """

    text: str = ""
    depth: int = 0
    kind: str = ""
    article: str | None = None
    root: str | None = None
    quote: str = ""
    by: str = ""


def tree(
    found: Provenance, known: Known, article: str | None = None, others: Mapping[str, str] | None = None
) -> Iterator[Line]:
    """The lines of the tree.

    `article`: the id of one whose way to the roots is told first. `others`: the texts of other claims by id.
    """
    names = Names(found, known)
    yield Line(quoted(one_line(found.claim.text)), kind="title")
    yield from (Line(sentence, kind="summary") for sentence in heading(found))
    if article is not None:
        yield from _part("How it came here", way(found, article, names))
    branches = Branches(found)
    for title, roots in (("Root", found.roots), ("Denial", found.denials), ("Doubt", found.doubts)):
        for number, root in enumerate(roots, 1):
            yield from _root(f"{title} {number}", root, branches, names)
    yield from _part(_why(found), (Line(one_line(reason), 1) for reason in found.corroboration.reasons))
    yield from _part("How the wording hardened", _hardening(found, names))
    yield from _part("Over time", _events(found, names))
    yield from _part("Other claims", _links(found, others or {}))


def text(lines: Iterator[Line]) -> Iterator[str]:
    """The lines as plain text, two spaces a step."""
    return (f"{'  ' * line.depth}{line.text}".rstrip() + "\n" for line in lines)


def way(found: Provenance, article: str, names: Names) -> Iterator[Line]:
    """From an article, edge by edge, back to the roots: each step once."""
    articles = {one.id: one.article for one in found.claim.appearances}
    roots = {root.id: root for root in (*found.roots, *found.denials, *found.doubts)}
    above: dict[str, list[Edge]] = defaultdict(list)
    for edge in found.edges:
        above[edge.later].append(edge)
    waiting, seen = [one.id for one in found.claim.appearances if one.article == article], set[str]()
    told: set[str] = set()
    while waiting:
        here = waiting.pop(0)
        if here not in seen:
            seen.add(here)
            steps = dict.fromkeys(_step(edge, articles, roots, names) for edge in above[here])
            yield from (Line(step, 1) for step in steps if step not in told)
            told.update(steps)
            waiting += [edge.earlier for edge in above[here]]


def _step(edge: Edge, articles: Mapping[str, str], roots: Mapping[str, Root], names: Names) -> str:
    later = names.outlet(articles[edge.later])
    if edge.earlier in roots:
        root, reason = roots[edge.earlier], one_line(edge.reason)
        why = "" if reason.endswith(one_line(root.name)) else f": {reason}"
        return f"{later} rests on {root_words(root)}{why}."
    if articles[edge.earlier] == articles[edge.later]:
        return f"{later} says it in its own name, and {one_line(edge.reason)}."
    how = "tells again what was told in" if names.again(edge) else ACTIVE[edge.kind]
    how = "corrects what was told in" if names.corrects(articles[edge.later]) else how
    return f"{later} {how} {names.article(articles[edge.earlier])}: {one_line(edge.reason)}."


def _part(title: str, lines: Iterator[Line]) -> Iterator[Line]:
    """A part with its title, unless it is empty."""
    found = list(lines)
    if found:
        yield Line()
        yield Line(f"{title}:", kind="heading")
        yield from found


def _root(title: str, root: Root, branches: Branches, names: Names) -> Iterator[Line]:
    yield Line()
    yield Line(f"{title}: {root_words(root)}; {hanging(root, names)}", kind="heading", root=root.id)
    yield Line(f"{_sentence(root.reason)}.", 1, "note")
    below = branches.resting(root)
    for twig in branches.twigs(root):
        yield from _twig(twig, root, names, below, 1)


def _sentence(words: str) -> str:
    line = one_line(words)
    return line[:1].upper() + line[1:]


def how(edge: Edge, root: Root, names: Names) -> str:
    """How an article came by it: what names a root tells of it, unless the root is an outlet, which it cites."""
    told = names.passive(edge)
    tells = edge.earlier == root.id and root.kind != "outlet not here"
    return "told by" if tells and told != CORRECTED else told


def _twig(twig: Twig, root: Root, names: Names, below: set[str], depth: int) -> Iterator[Line]:
    """By a stack of our own: chains of copies can be longer than Python lets functions call each other."""
    waiting = [(twig, depth)]
    while waiting:
        one, deep = waiting.pop()
        lost = f" (drops the {' and the '.join(one.lost)})" if one.lost else ""
        quote, by = words_for(names.stated(one.article), below)
        told = f"{how(one.edge, root, names)} {names.article(one.article)}{lost}"
        yield Line(told, deep, article=one.article, quote=quote, by=by)
        waiting += [(after, deep + 1) for after in reversed(one.twigs)]


def _why(found: Provenance) -> str:
    least, most = found.corroboration.least, found.corroboration.most
    return f"Why {least} to {most}" if least != most else f"Why {least}"


def _hardening(found: Provenance, names: Names) -> Iterator[Line]:
    """The steps between articles, and within one that hedges elsewhere; then who drops the source that it names.

    Last, if so, that not all could be looked for.
    """
    of = {one.id: one.article for one in found.claim.appearances}
    own = [step for step in found.hardening if step.lost == "source" and of[step.earlier] == of[step.later]]
    steps = [step for step in found.hardening if step not in own]
    yield from (Line(hardened(step, found, names), 1) for step in steps[:STEPS])
    if len(steps) > STEPS:
        yield Line(f"And {count(len(steps) - STEPS, 'more step')}.", 1)
    if own:
        outlets = dict.fromkeys(names.outlet(of[step.later]) for step in own)
        where = "In its headline or lead" if len(own) == 1 else "In their headlines or leads"
        yield Line(f"{where} {some([*outlets])} {'says' if len(outlets) == 1 else 'say'} it without the source.", 1)
    if len(set(of.values())) > 1 and any(one.published is None for one in found.claim.appearances):
        yield Line("Between articles of which one has no time it cannot be told.", 1, "note")


def _events(found: Provenance, names: Names) -> Iterator[Line]:
    of = {one.id: one.article for one in found.claim.appearances}
    return (
        Line(happened(event, of[event.appearance], names), 1, article=of[event.appearance]) for event in found.events
    )


def _links(found: Provenance, others: Mapping[str, str]) -> Iterator[Line]:
    """What contradicts the claim, then what is of the same event: the first of each, and why where that says more."""
    for kind, words in _LINKS.items():
        links = [link for link in found.claim.links if link.kind == kind]
        for link in links[:SHOWN]:
            said = f" {quoted(shortened(others[link.claim]))}" if link.claim in others else ""
            yield Line(f"{words}{said} ({one_line(link.claim)}){_which(link)}.", 1)
        if len(links) > SHOWN:
            yield Line(f"And {len(links) - SHOWN:,} more {_MORE[kind]}.", 1, "note")


def _which(link: ClaimLink) -> str:
    """Why it is linked; of a neighbour only what is more than that it is one."""
    reason = one_line(link.reason).rstrip(".")
    empty = not reason or (link.kind == "neighbour" and reason.startswith(NO_MORE))
    return "" if empty else f", which {reason}"


_MORE = {"contradicts": "that contradict it", "neighbour": "of the same event"}
_LINKS = {"contradicts": "Contradicted by", "neighbour": "Of the same event is"}

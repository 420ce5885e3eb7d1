"""What a claim rests on in Graphviz's language: articles and roots as nodes, what rests on what as edges."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Appearance, Provenance, Root
from firsthand.share.plain import one_line
from firsthand.share.trace_words import Known, Names, root_words, shortened

_SHAPES = {"root": "box", "denial": "octagon", "doubt": "diamond"}
_STYLES = {"copied": "solid", "rewritten": "dashed", "excerpted": "dotted"}


def dot(found: Provenance, known: Known) -> Iterator[str]:
    """A directed graph, line by line; edges lead from what came first to what rests on it."""
    names = Names(found, known)
    yield "digraph claim {\n"
    yield f"  graph [rankdir=LR, labelloc=t, label={_quoted(shortened(found.claim.text))}];\n"
    yield '  node [fontname="sans-serif", fontsize=11]; edge [fontname="sans-serif", fontsize=9];\n'
    for kind, roots in (("root", found.roots), ("denial", found.denials), ("doubt", found.doubts)):
        yield from (_root(kind, root) for root in roots)
    for article in dict.fromkeys(one.article for one in found.claim.appearances):
        yield f"  {_quoted('article ' + article)} [shape=ellipse, label={_quoted(names.article(article))}];\n"
    yield from _edges(found)
    yield "}\n"


def _root(kind: str, root: Root) -> str:
    return f"  {_quoted(_node(kind, root.id))} [shape={_SHAPES[kind]}, label={_quoted(root_words(root))}];\n"


def _node(kind: str, root: str) -> str:
    """Who both supports and denies is two nodes."""
    return f"{kind} {root.removeprefix('root:')}"


def _edges(found: Provenance) -> Iterator[str]:
    """Each once between two articles, or a root and an article."""
    of = {one.id: one for one in found.claim.appearances}
    seen: set[tuple[str, str]] = set()
    for edge in found.edges:
        later, earlier = of[edge.later], of.get(edge.earlier)
        start = f"article {earlier.article}" if earlier else _node(_kind(later), edge.earlier)
        ends = (start, f"article {later.article}")
        if ends[0] != ends[1] and ends not in seen:
            seen.add(ends)
            style = _STYLES.get(edge.kind, "solid")
            yield f"  {_quoted(start)} -> {_quoted(ends[1])} [label={_quoted(edge.kind)}, style={style}];\n"


def _kind(one: Appearance) -> str:
    return {"denies": "denial", "doubts": "doubt"}.get(one.stance, "root")


def _quoted(text: str) -> str:
    """A string of the language: on one line, quotation marks and backslashes escaped, so that nothing ends it early."""
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'

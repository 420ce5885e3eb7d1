"""The action of `firsthand trace`: of articles here, of a library in `trace_library`."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from firsthand.cli.output import Output
from firsthand.cli.overwriting import refuse_to_overwrite
from firsthand.cli.shape import WIDEST, width_of
from firsthand.model import Article, Provenance
from firsthand.share.trace_tree import Line, tree

INDENT = 2
"""Columns of a step to the right."""

DEEPEST = 30
"""Steps to the right; deeper lines stand below each other, or a chain of 3,000 copies were 9 MB of blanks. A choice."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A claim and what it rests on; `known` are its articles by id, `article` the one that was asked for, if any.

    `others` are the texts of the claims that it is linked with, by id.
    """

    found: Provenance
    known: dict[str, Article]
    article: str | None = None
    others: dict[str, str] = field(default_factory=dict)


def run(asked: argparse.Namespace) -> int:
    """Show what a claim rests on; 1 if an input failed. Raises FirsthandError, BrokenPipeError."""
    refuse_to_overwrite(asked.inputs, asked.output)
    with Output(asked.output, keep_encoding=asked.format == "table") as output:
        if asked.inputs:
            from firsthand.cli.trace_files import traced

            answer, failed = traced(asked, output)
        else:
            from firsthand.cli.trace_library import traced as kept

            answer, failed = kept(asked)
        output.write_all(written(answer, asked.format, width_of(output)))
    return 1 if failed else 0


def written(answer: Traced, form: str, width: int | None = None) -> Iterable[str]:
    """What is asked for in one of `trace_options.FORMATS`, part by part. `width`: columns of the screen, if any."""
    if form == "json":
        from firsthand.share.trace_record import json_text

        return (json_text(answer.found),)
    if form == "dot":
        from firsthand.share.trace_dot import dot

        return dot(answer.found, answer.known)
    if form == "html":
        from firsthand.share.trace_page import trace_page

        return trace_page(answer.found, answer.known, answer.article, answer.others)
    return _lines(tree(answer.found, answer.known, answer.article, answer.others), width)


def _lines(lines: Iterable[Line], width: int | None) -> Iterator[str]:
    """The tree as plain text; on a screen broken between words, what is broken two columns further to the right."""
    for line in lines:
        indent = " " * INDENT * min(line.depth, DEEPEST)
        if width is None:
            yield f"{indent}{line.text}".rstrip() + "\n"
        else:
            most, further = max(min(width, WIDEST), len(indent) + 30), indent + " " * INDENT
            shown = textwrap.wrap(
                line.text, most, initial_indent=indent, subsequent_indent=further, break_on_hyphens=False
            )
            yield "\n".join(shown) + "\n"

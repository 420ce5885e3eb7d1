"""What `firsthand trace` can be asked, apart from its action."""

from __future__ import annotations

import argparse
from pathlib import Path

from firsthand.cli import library_options

FORMATS = ("table", "json", "html", "dot")
_BY_ENDING = {".json": "json", ".html": "html", ".htm": "html", ".dot": "dot", ".gv": "dot", ".txt": "table"}

_TRACE = """\
Show what a claim rests on: who said it first, who has it from whom, who denied it. From each root (a person on the
record, somebody unnamed, a document, an eyewitness, an outlet) hang the articles that have it from there, and below
each those that copied, rewrote or cited it. How many roots are independent is told as a range, with the reason for
each that may be one with another; and where on the way "may" became "will", or "officials said" fell away.

No verdict is given. What an outlet that is not here rests on is unmeasured, and said to be so.

WHAT is a claim's id, an article's id or file, whose headline's claim it is then, or words: then it is the claim that
most statements with all of these words make. ARTICLES are files, folders, patterns, URLs or "-", as for `firsthand
read`; without --in it is a claim of the library.
"""
_TRACE_END = """\
examples:
  firsthand trace "dam pretext" --in examples/dam/
  firsthand trace 43cba0b5
  firsthand trace "staged attack" --output attack.html

exit status: 0 the claim was traced, 1 there is none, or an input or the output failed, 2 wrong usage
"""


def describe(name: str, commands: library_options.Commands) -> None:
    """The command, its arguments and options."""
    trace = library_options.command(name, commands, "show what a claim rests on", _TRACE, _TRACE_END)
    trace.set_defaults(complete=_complete)
    trace.add_argument("what", metavar="WHAT", help="a claim's id, an article's id or file, or words")
    trace.add_argument(
        "--in", nargs="+", dest="inputs", metavar="ARTICLES", default=[], help="the articles, instead of the library"
    )
    trace.add_argument(
        "-f",
        "--format",
        choices=FORMATS,
        help="table a tree for people (default), html a page with a drawing, json, dot",
    )
    trace.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whose ending may tell the format")
    library_options.describe_library(trace)
    library_options.describe_fetching(trace)


def _complete(asked: argparse.Namespace) -> None:
    """The format. Raises ValueError where options do not agree."""
    ending = Path(asked.output or "").suffix.lower()
    told = _BY_ENDING.get(ending)
    if asked.format and told and asked.format != told:
        raise ValueError(f"--format {asked.format} does not fit a file that ends in {ending}, which is for {told}")
    if ending and not told and not asked.format:
        raise ValueError(f"cannot tell a format from {ending}; say --format or end the name in .html, .json or .dot")
    if asked.inputs and asked.library:
        raise ValueError("--in and --library are two places to look in; give one")
    asked.format = asked.format or told or "table"

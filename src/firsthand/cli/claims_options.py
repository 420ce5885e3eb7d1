"""What `firsthand claims` can be asked, apart from its action."""

from __future__ import annotations

import argparse
from pathlib import Path

from firsthand.cli import library_options

FORMATS = ("table", "jsonl")
_BY_ENDING = {".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "table", "": "table"}

SHOWN = 20
"""Claims of the table, unless --limit says another number."""

_CLAIMS = """\
Show what is claimed in several articles, and what each claim rests on, most-carried first: the claim in the words of
its clearest statement, how many articles of how many outlets carry it, on how many independent roots it rests (at
least, and at most), who denies it, what evidence is told of, and who reported it first.

A claim is what statements say in any words: what a source is cited for, and what an outlet says in its headline and
lead. What is merely near it, or contradicts it, is another claim. No verdict is given, and mistakes are made: look at
`firsthand trace CLAIM` before you rely on a number.

ARTICLES are files, folders, patterns, URLs or "-", as for `firsthand read`; without any, it is the library.
"""
_CLAIMS_END = """\
examples:
  firsthand claims examples/ferry/
  firsthand claims --format jsonl archive/*.html > claims.jsonl
  firsthand claims --leads articles.jsonl > leads.jsonl
  firsthand claims --stances headlines.jsonl

exit status: 0 all was compared, 1 an input or the output failed, 2 wrong usage
"""


def describe(name: str, commands: library_options.Commands) -> None:
    """The command, its arguments and options."""
    help_ = "show what articles claim, and on how few roots it rests"
    made = library_options.command(name, commands, help_, _CLAIMS, _CLAIMS_END)
    made.set_defaults(complete=_complete)
    made.add_argument(
        "inputs", nargs="*", metavar="ARTICLE", help="file, folder, pattern, URL, or - for standard input"
    )
    made.add_argument("-f", "--format", choices=FORMATS, help="table for people (default), jsonl for programs: all")
    made.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whose ending may tell the format")
    made.add_argument("-n", "--limit", type=_number, metavar="N", help=f"show N claims (table: {SHOWN}; jsonl: all)")
    leads = "a line of JSON for each article: its id, and what it is mainly about: in the library the claim's id, of "
    leads += "ARTICLES, whose claims are not made for that, the id of the first of those about the same"
    made.add_argument("--leads", action="store_true", help=leads)
    stances = "JSON Lines of claim_text and headline: print for each line for, against or observing"
    made.add_argument("--stances", metavar="FILE", help=stances)
    made.add_argument("--history", metavar="CLAIM", help="what became of a claim of the library, and who decided it")
    library_options.describe_library(made)
    library_options.describe_fetching(made)


def _number(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _complete(asked: argparse.Namespace) -> None:
    """The format. Raises ValueError where options do not agree."""
    ending = Path(asked.output or "").suffix.lower()
    told = _BY_ENDING.get(ending)
    if told is None and not asked.format:
        raise ValueError(f"cannot tell a format from {ending}; say --format or end the name in .jsonl or .txt")
    if asked.format and ending and told and asked.format != told:
        raise ValueError(f"--format {asked.format} does not fit a file that ends in {ending}, which is for {told}")
    if asked.inputs and asked.library:
        raise ValueError("articles and --library are two places to look in; give one")
    if asked.history and (asked.inputs or asked.leads):
        raise ValueError("--history is of the library, and alone")
    if asked.stances and (asked.inputs or asked.leads or asked.history or asked.library or asked.format or asked.limit):
        raise ValueError("--stances is of one file, and goes with --output alone")
    asked.format = "jsonl" if asked.leads else asked.format or told or "table"

"""What `firsthand` can be asked: the description of each command, apart from its action."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from dataclasses import replace
from pathlib import Path

from firsthand import __version__
from firsthand.cli import (
    account_options,
    claims_options,
    decide_options,
    library_options,
    media_options,
    serve_options,
    trace_options,
)
from firsthand.config import MOST_PROCESSES, Settings, from_environment, processes_in

FORMATS = ("table", "json", "jsonl", "html")
_BY_ENDING = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html"}
_OF_TABLES = ("", ".txt")

_READ = """\
Show who says what in news articles. For every attribution: whose word it is (who "he" and "the official" are), why
somebody is not named, through whom it came, the words that attribute and what is attributed, whether the source
asserts, denies, doubts, asks or orders it, how sure the wording is on the steps of ICD 203, and what the article has
of evidence. Also the wire agencies that the article credits, and what the outlet says in its own name. The table
leaves out that somebody plainly asserts, and that no evidence is mentioned; json and jsonl have everything.

No verdict is given, and mistakes are made: check a row against the article before you rely on it.

ARTICLE is a file, a folder, a pattern ("news/*.html"), a URL, or "-" for standard input. Read are plain text,
Markdown, HTML, PDF, JSON Lines, CSV, Parquet, RSS and Atom feeds, WARC and WACZ archives. Articles must be in
English. Nothing but the given URLs is fetched.
"""
_READ_END = """\
examples:
  firsthand read article.html
  firsthand read https://news.example/article --output article.page.html
  firsthand read --format jsonl archive/ > readings.jsonl

exit status: 0 all was read, 1 an input or the output failed, 2 wrong usage
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line.

    `action` names the module of firsthand.cli that acts; `complete` finishes what is asked, or raises ValueError.
    """
    whole = argparse.ArgumentParser(
        prog="firsthand", description="Trace what the news says back to who actually knows it.", allow_abbrev=False
    )
    whole.add_argument("--version", action="version", version=f"firsthand {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    for name, describe in _COMMANDS.items():
        describe(name, commands)
    return whole


def parse(arguments: list[str] | None = None) -> argparse.Namespace | None:
    """What is asked; None where nothing is. Exits with status 2 on wrong usage, 0 after help."""
    whole, given = parser(), sys.argv[1:] if arguments is None else arguments
    if given and given[0] not in _COMMANDS and _seems_an_article(given[0]):
        whole.error(f"a command is missing; did you mean `{shlex.join(['firsthand', 'read', *given])}`?")
    asked = whole.parse_args(given)
    if "action" not in asked:
        whole.print_help()
        return None
    try:
        asked.complete(asked)
    except ValueError as error:
        whole.error(str(error))
    return asked


def _complete_read(asked: argparse.Namespace) -> None:
    """The format. Raises ValueError where options do not agree."""
    asked.format = _format_of(asked.output or "", asked.format)
    if asked.offsets and asked.format != "table":
        raise ValueError(f"--offsets is for the table; {asked.format} {_OFFSETS_IN[asked.format]}")


_OFFSETS_IN = {"json": "always has them", "jsonl": "always has them", "html": "has none"}


_SETTINGS = ("allow_private", "library", "processes", "timeout")


def settings(asked: argparse.Namespace) -> Settings:
    """The options that are settings, over those of the environment."""
    given = {name: value for name, value in vars(asked).items() if name in _SETTINGS and value is not None}
    return replace(from_environment(), **given)


def _describe_read(name: str, commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    help_ = "show who says what in news articles, through whom, how surely, on what evidence"
    read = library_options.command(name, commands, help_, _READ, _READ_END)
    read.set_defaults(complete=_complete_read)
    read.add_argument(
        "inputs", nargs="+", metavar="ARTICLE", help="file, folder, pattern, URL, or - for standard input"
    )
    _describe_result(read.add_argument_group("result"))
    _describe_reading(read.add_argument_group("reading"))


_COPIES = """\
Show which articles have their wording from which others: copies, rewrites, excerpts, with the stretches they share. The
same quotation in two articles is no copying, nor is what an outlet prints under all of its articles.

ARTICLES is a file of JSON Lines, or "-" for standard input: an article a line, with "id" and "text", and where they are
known "outlet", "published" or "fetched", "title". All are compared with each other, and each is shown with those that
it has its wording from directly. Or it is the ID of an article of the library, which is compared with the others there.
"""
_COPIES_END = """\
examples:
  firsthand copies articles.jsonl
  firsthand copies --format jsonl articles.jsonl > copies.jsonl
  firsthand copies 43cba0b5 --output copies.html

exit status: 0 all was compared, 1 an input or the output failed, 2 wrong usage
"""


def _describe_copies(name: str, commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    help_ = "show which articles are copies, rewrites or excerpts of which"
    copies = library_options.command(name, commands, help_, _COPIES, _COPIES_END)
    copies.set_defaults(complete=_complete_copies)
    copies.add_argument("input", metavar="ARTICLES|ID", help="file of JSON Lines, -, or an article of the library")
    copies.add_argument("-f", "--format", choices=("table", "jsonl", "html"), help="default: table; html is for an ID")
    copies.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whose ending may tell the format")
    copies.add_argument("--all", action="store_true", help="of ARTICLES, also pairs that share only a quotation")
    library_options.describe_library(copies)


def _complete_copies(asked: argparse.Namespace) -> None:
    """The format, and whether it is a file. Raises ValueError where options do not agree."""
    asked.format = _format_of(asked.output or "", asked.format)
    asked.is_file = asked.input == "-" or os.path.lexists(asked.input) or Path(asked.input).suffix in _LINES
    if asked.format == "json":
        raise ValueError("copies are written as a table, as jsonl, or, of an article of the library, as html")
    if asked.is_file and asked.format == "html":
        raise ValueError("a page shows the copies of one article of the library; name it by its id")
    if asked.all and not asked.is_file:
        raise ValueError("--all is for a file of articles")


_LINES = (".jsonl", ".ndjson")

_COMMANDS = {
    "read": _describe_read,
    "copies": _describe_copies,
    "claims": claims_options.describe,
    "trace": trace_options.describe,
    **library_options.COMMANDS,
    "decide": decide_options.describe_decide,
    "media": media_options.describe,
    "serve": serve_options.describe_serve,
    "account": account_options.describe_account,
}


def _describe_result(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "-f", "--format", choices=FORMATS, help="table for people (default), html a page, json or jsonl for programs"
    )
    group.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whose ending may tell the format")
    group.add_argument("--offsets", action="store_true", help="show in the table where each part stands in the text")


def _describe_reading(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--processes", type=_count, metavar="N", help="how many processes read (default: one a core)")
    library_options.describe_fetching(group)


def _seems_an_article(word: str) -> bool:
    """Whether what stands where a command should is rather something to read: a path, a URL, or "-"."""
    return word == "-" or (not word.startswith("-") and ("." in word or "/" in word or os.path.lexists(word)))


def _format_of(output: str, asked: str | None) -> str:
    """The format that is asked for, or that the output's ending tells. Raises ValueError where they do not agree."""
    ending = Path(output).suffix.lower()
    told = _BY_ENDING.get(ending)
    if asked and told and asked != told:
        raise ValueError(f"--format {asked} does not fit a file that ends in {ending}, which is for {told}")
    if not asked and not told and ending not in _OF_TABLES:
        raise ValueError(
            f"cannot tell a format from {ending}; say --format or end the name in .html, .json, .jsonl or .txt"
        )
    return asked or told or "table"


def _count(text: str) -> int:
    count = processes_in(text)
    if count is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_PROCESSES}")
    return count

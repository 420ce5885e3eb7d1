"""What `firsthand` can be asked of a library: the description of each command, apart from its action."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

SHOWN = 20
"""Articles that a search shows."""

_LIBRARY = """\
The library is one file, in the data folder of your system or where --library or FIRSTHAND_LIBRARY says.
"""
_ADD = f"""\
Put articles in the library, with the bytes that they were read from, as evidence. What is there already is left as it
is; a page that has changed becomes a new version of its article, and the old one stays. It can be stopped at any time
and run again: nothing is lost, nothing doubled.

ARTICLE is a file, a folder, a pattern ("news/*.html"), a URL, or "-" for standard input, of the kinds that `firsthand
read` reads, or what `firsthand export` wrote. Nothing but the given URLs is fetched.

{_LIBRARY}"""
_ADD_END = """\
examples:
  firsthand add archive/ https://news.example/article
  firsthand add --library flood.db crawl.warc.gz

exit status: 0 all was added, 1 an input or the library failed, 2 wrong usage
"""
_LIST = f"""\
List the articles of the library, newest first: by when they were published, or else fetched, or else added.

{_LIBRARY}"""
_SEARCH = f"""\
Find the articles that hold all of the words, in their title, their text or their outlet's name, in any of their
versions, best first. Words within quotation marks must stand together, a word that ends in * may go on; case and
accents do not count.

{_LIBRARY}"""
_SEARCH_END = """\
examples:
  firsthand search dam "staged attack"
  firsthand search "flood*" --outlet ledger --since 2031-04-01
"""
_SHOW = f"""\
Show one article: its text, where it came from, its versions. ID is its id or the beginning of it, the id that its
input gave it, or its address.

{_LIBRARY}"""
_SHOW_END = """\
examples:
  firsthand show 43cba0b5
  firsthand show 43cba0b5 --version 1
  firsthand show 43cba0b5 --original -o flood.html
"""
_REMOVE = f"""\
Remove articles with all their versions, and the bytes that they were read from unless another article needs them. The
log keeps their ids, who removed them and when.

{_LIBRARY}"""
_EXPORT = f"""\
Write the articles of the library as JSON Lines or Parquet, oldest addition first. `firsthand add` reads them back, with
the same ids. The original bytes are not in it: `firsthand show ID --original` writes those of one article, and a copy
of the library's file has all.

{_LIBRARY}"""
_EXPORT_ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}

Commands = Any
"""What argparse calls _SubParsersAction[ArgumentParser]."""


def describe_fetching(group: argparse._ActionsContainer) -> None:
    """The options of what may fetch."""
    group.add_argument("--timeout", type=_seconds, metavar="SECONDS", help="longest wait for one URL (default: 30)")
    group.add_argument(
        "--allow-private", action="store_true", help="fetch from private, loopback and link-local addresses too"
    )


def _describe_add(name: str, commands: Commands) -> None:
    add = _command(name, commands, "put articles in the library, with their original bytes", _ADD, _ADD_END)
    add.add_argument("inputs", nargs="+", metavar="ARTICLE", help="file, folder, pattern, URL, or - for standard input")
    describe_fetching(add)


def _describe_list(name: str, commands: Commands) -> None:
    listing = _command(name, commands, "list the articles of the library, newest first", _LIST)
    listing.set_defaults(complete=_complete_list)
    _describe_filter(listing)
    _describe_result(listing, ("table", "jsonl"))
    listing.add_argument("-n", "--limit", type=_number, metavar="N", help="list no more than N articles")


def _describe_search(name: str, commands: Commands) -> None:
    search = _command(name, commands, "find articles of the library by their words", _SEARCH, _SEARCH_END)
    search.set_defaults(complete=_complete_list)
    search.add_argument("words", nargs="+", metavar="WORDS", help="what to look for")
    _describe_filter(search)
    _describe_result(search, ("table", "jsonl"))
    help_ = f"show no more than N articles (default: {SHOWN})"
    search.add_argument("-n", "--limit", type=_number, metavar="N", default=SHOWN, help=help_)


def _describe_show(name: str, commands: Commands) -> None:
    show = _command(name, commands, "show one article of the library, or its original bytes", _SHOW, _SHOW_END)
    show.set_defaults(complete=_complete_show)
    show.add_argument("id", metavar="ID", help="which article")
    show.add_argument("--version", type=_number, metavar="N", help="its N-th version (default: the newest)")
    show.add_argument("--original", action="store_true", help="write the bytes that it was read from, to --output")
    _describe_result(show, ("table", "json"))


def _describe_remove(name: str, commands: Commands) -> None:
    remove = _command(name, commands, "remove articles from the library", _REMOVE)
    remove.add_argument("ids", nargs="+", metavar="ID", help="which articles, as for `firsthand show`")
    remove.add_argument("-y", "--yes", action="store_true", help="do not ask")


def _describe_export(name: str, commands: Commands) -> None:
    export = _command(name, commands, "write the articles of the library to a file", _EXPORT)
    export.set_defaults(complete=_complete_export)
    _describe_filter(export)
    _describe_result(export, ("jsonl", "parquet"))
    export.add_argument("--all-versions", action="store_true", help="every version, not only each article's newest")


COMMANDS: dict[str, Callable[[str, Commands], None]] = {
    "add": _describe_add,
    "list": _describe_list,
    "search": _describe_search,
    "show": _describe_show,
    "remove": _describe_remove,
    "export": _describe_export,
}


def command(name: str, commands: Commands, help_: str, description: str, end: str = "") -> argparse.ArgumentParser:
    """A command whose action has its name."""
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_,
        description=description,
        epilog=end,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.set_defaults(action=name, complete=lambda asked: None)
    return made


def describe_library(made: argparse.ArgumentParser) -> None:
    """The option of what uses a library."""
    made.add_argument("--library", metavar="FILE", help="the library (default: FIRSTHAND_LIBRARY, or your data folder)")


def _command(name: str, commands: Commands, help_: str, description: str, end: str = "") -> argparse.ArgumentParser:
    """A command of the library."""
    made = command(name, commands, help_, description, end)
    describe_library(made)
    return made


def _describe_filter(command: argparse.ArgumentParser) -> None:
    command.add_argument("--outlet", metavar="NAME", help="only of outlets whose name holds NAME")
    command.add_argument("--since", type=_since, metavar="DATE", help="only from DATE on (2031-04-08, or with a time)")
    command.add_argument("--until", type=_until, metavar="DATE", help="only up to DATE, that day included")


def _describe_result(command: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    command.add_argument("-f", "--format", choices=formats, help=f"default: {formats[0]}")
    command.add_argument("-o", "--output", metavar="FILE", help="write to FILE")


def _complete_list(asked: argparse.Namespace) -> None:
    """The format, by the output's ending where none is asked for."""
    told = "jsonl" if Path(asked.output or "").suffix.lower() in (".jsonl", ".ndjson") else "table"
    asked.format = asked.format or told


def _complete_show(asked: argparse.Namespace) -> None:
    """As `_complete_list`. Raises ValueError where the bytes would go to a screen."""
    if asked.original and not asked.output:
        raise ValueError("--original needs --output FILE to write to")
    if asked.original and asked.format:
        raise ValueError("--original writes the bytes as they are; it has no --format")
    asked.format = asked.format or ("json" if Path(asked.output or "").suffix.lower() == ".json" else "table")


def _complete_export(asked: argparse.Namespace) -> None:
    """As `_complete_list`. Raises ValueError where Parquet would go to standard output, or under another's name."""
    told = _EXPORT_ENDINGS.get(Path(asked.output or "").suffix.lower())
    if asked.format and told and asked.format != told:
        raise ValueError(f"--format {asked.format} does not fit a file that is named like {told}")
    ending = Path(asked.output or "").suffix
    if not asked.format and not told and ending:
        raise ValueError(f"cannot tell a format from {ending}; say --format or end the name in .jsonl or .parquet")
    asked.format = asked.format or told or "jsonl"
    if asked.format == "parquet" and not asked.output:
        raise ValueError("Parquet needs --output FILE to be written to")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _since(text: str) -> datetime:
    return _time(text)


def _until(text: str) -> datetime:
    """The moment before which: the day's end, where only a day is given."""
    moment = _time(text)
    return moment + timedelta(days=1) if len(text) <= len("2031-04-08") and moment < _LAST_DAY else moment


_LAST_DAY = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2031-04-08") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0, up to a day")
    return seconds

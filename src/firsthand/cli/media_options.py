"""What `firsthand media` can be asked, apart from its actions."""

from __future__ import annotations

import argparse
from pathlib import Path

from firsthand.cli.library_options import Commands, command, describe_library

Group = argparse._ArgumentGroup

CHECK_FORMATS = ("text", "json", "jsonl", "html")
_BY_ENDING = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html", ".txt": "text"}

LONGEST_PLACE = 200
"""Characters of a place's name."""

_MEDIA = """\
Check pictures, videos and sounds: what a file says of itself, and where its pictures and its sound were seen before.
Files are kept in the archive of the library, with which later checks compare.

  check FILE...   what is found in a file, against what is claimed of it and against the archive
  add FILE...     put files in the archive
  list            the files of the archive
  remove ID...    take files out of the archive

`firsthand media check --help` and the like tell more. No verdict is given.
"""
_CHECK = """\
Show what is found in pictures, videos and sounds: every date that the file carries, its editing history, traces of the
programs that wrote it, where it was taken; whether all of that fits what is claimed; and which stretches of its
pictures and its sound are also in files of the archive, mirrored, cut, slowed down or inside a longer edit.

No verdict is given. That nothing was found does not mean that there is nothing, and what could not be looked at is
said to be unmeasured. FILE is a file, or "-" for standard input; it is only read, in a process with strict limits, and
it is not added to the archive. Nothing is fetched.

T is a day (2031-04-08) or a time of day (2031-04-08T18:30, 2031-04-08T18:30+02:00); without a zone, any is possible.
P is a place's name, or "latitude, longitude". With --claim, the file is tied to that claim of the library, and the
report is kept.
"""
_CHECK_END = """\
examples:
  firsthand media check address.mp4 --claimed-time 2031-04-08 --claimed-place Larkmoor
  firsthand media check --claim 43cba0b5 --output address.html address.mp4
  firsthand media check --format jsonl *.mp4 > findings.jsonl

exit status: 0 all was checked, 1 a file, the library or the output failed, 2 wrong usage
"""
_ADD = """\
Put pictures, videos and sounds in the archive of the library, with who added them and when. Later checks compare files
with them. The bytes are kept as they are, by their SHA-256, in a folder beside the library's file: LIBRARY.media. What
is there already is left as it is, and the addition is noted.

With --claimed-time, checks of the outlet's later files can tell that its clocks run off what is claimed of them, and
by how much; that takes a time of day with its zone (2031-04-08T18:30+02:00).

It can be stopped at any time and run again: nothing is lost, nothing doubled.
"""
_ADD_END = """\
examples:
  firsthand media add --outlet "Larkmoor Post" --origin https://post.example/flood flood.mp4
  firsthand media add archive/*.mp4

exit status: 0 all was added, 1 a file or the library failed, 2 wrong usage
"""
_LIST = """\
List the files of the archive, those first that were added last: what each is called, whose it is said to be, the first
date that its own record gives, when it is said to be taken, how long it is, who added it and when, the beginning of
its SHA-256.
"""
_REMOVE = """\
Take files out of the archive: the original's bytes, its entry, and what others are compared with. The log keeps who
removed what, when and why.

A file on which something rests (reports on it or on others that it matches, answers of people, ties to claims and
articles) is refused, unless --yes is given; all of that stays, with the frames that the reports hold.
"""
_REMOVE_END = """\
examples:
  firsthand media remove 43cba0b5 --why "Larkmoor Post asked for it, 8 April"

exit status: 0 all were removed, 1 nothing was, or the library failed, 2 wrong usage
"""


def describe(name: str, commands: Commands) -> None:
    """The command, and what it can be asked to do."""
    help_ = "check pictures, videos and sounds, and keep an archive of them"
    media = command(name, commands, help_, _MEDIA)
    acts = media.add_subparsers(title="what to do", metavar="check|add|list|remove", required=True)
    _describe_check(acts)
    _describe_add(acts)
    _describe_list(acts)
    _describe_remove(acts)


def _describe_check(acts: Commands) -> None:
    check = command("check", acts, "what is found in files, and where they were seen before", _CHECK, _CHECK_END)
    check.set_defaults(action="media_check", complete=_complete_check)
    check.add_argument("files", nargs="+", metavar="FILE", help="picture, video or sound, or - for standard input")
    claimed = _describe_claimed(check)
    claimed.add_argument("--claim", metavar="ID", help="tie the file to this claim of the library, and keep the report")
    claimed.add_argument("--outlet", metavar="NAME", help="compare its record with that of this outlet's other files")
    check.add_argument("--trust", metavar="FILE", type=Path, help="certificates, in PEM, of signers that are trusted")
    check.add_argument(
        "-f", "--format", choices=CHECK_FORMATS, help="text for people (default), html a page with the matched frames"
    )
    check.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whose ending may tell the format")
    describe_library(check)


def _describe_add(acts: Commands) -> None:
    add = command("add", acts, "put files in the archive", _ADD, _ADD_END)
    add.set_defaults(action="media_add")
    add.add_argument("files", nargs="+", metavar="FILE", help="picture, video or sound, or - for standard input")
    add.add_argument("--outlet", metavar="NAME", help="whose they are said to be")
    add.add_argument("--origin", metavar="WHERE", help="where they are from: an address, a person")
    _describe_claimed(add)
    describe_library(add)


def _describe_claimed(parser: argparse.ArgumentParser) -> Group:
    claimed = parser.add_argument_group("what is claimed")
    claimed.add_argument("--claimed-time", type=_time, metavar="T", help="when it is said to be taken")
    claimed.add_argument("--claimed-place", type=_place, metavar="P", help="where it is said to be taken")
    return claimed


def _describe_list(acts: Commands) -> None:
    listing = command("list", acts, "list the files of the archive", _LIST)
    listing.set_defaults(action="media_list", complete=_complete_list)
    listing.add_argument("--outlet", metavar="NAME", help="only of the outlet of this name")
    listing.add_argument("-f", "--format", choices=("table", "json", "jsonl"), help="default: table")
    listing.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whose ending may tell the format")
    describe_library(listing)


def _describe_remove(acts: Commands) -> None:
    remove = command("remove", acts, "take files out of the archive", _REMOVE, _REMOVE_END)
    remove.set_defaults(action="media_remove")
    remove.add_argument("ids", nargs="+", metavar="ID", help="SHA-256 of a file, or its first digits, as listed")
    remove.add_argument("--why", required=True, type=_why, metavar="TEXT", help="why, for the log")
    remove.add_argument("-y", "--yes", action="store_true", help="do not ask, though something rests on it")
    describe_library(remove)


def _complete_check(asked: argparse.Namespace) -> None:
    """The format. Raises ValueError where options do not agree."""
    asked.format = _format(asked, "text")
    if asked.format == "html" and len(asked.files) > 1:
        raise ValueError("a page shows what was found in one file; check them one after another")


def _complete_list(asked: argparse.Namespace) -> None:
    """The format. Raises ValueError where the name of the output tells another."""
    asked.format = _format(asked, "table")


def _format(asked: argparse.Namespace, usual: str) -> str:
    ending = Path(asked.output or "").suffix.lower()
    told = _BY_ENDING.get(ending)
    told = usual if told == "text" else told
    if asked.format and told and asked.format != told:
        raise ValueError(f"--format {asked.format} does not fit a file that ends in {ending}, which is for {told}")
    if ending and not told and not asked.format:
        raise ValueError(f"cannot tell a format from {ending}; say --format")
    if usual == "table" and told == "html":
        raise ValueError("the list is written as a table, as json or as jsonl")
    return asked.format or told or usual


def _time(text: str) -> str:
    """ISO 8601, as it was given."""
    from firsthand.share.media_times import moment_of

    if moment_of(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 2031-04-08 or 2031-04-08T18:30+02:00")
    return text.strip()


def _why(text: str) -> str:
    why = " ".join(text.split())
    if not why:
        raise argparse.ArgumentTypeError("a reason needs words")
    return why


def _place(text: str) -> str:
    place = " ".join(text.split())
    if not 0 < len(place) <= LONGEST_PLACE:
        raise argparse.ArgumentTypeError(f"a place has 1 to {LONGEST_PLACE} characters")
    return place

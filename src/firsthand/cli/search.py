"""The action of `firsthand search`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence

from rich.padding import Padding
from rich.text import Text

from firsthand.cli.library import filter_of, found, opened, title
from firsthand.cli.main import complain
from firsthand.cli.output import Output
from firsthand.cli.shape import Paper, console_on, print_on
from firsthand.library.records import Found
from firsthand.share.lines import line
from firsthand.share.plain import one_line, plain

_QUOTES = re.compile('["“”„«»]')


def run(asked: argparse.Namespace) -> int:
    """Show what holds the words. Raises FirsthandError, BrokenPipeError."""
    table = asked.format == "table"
    with opened(asked) as library, Output(asked.output, keep_encoding=table) as output:
        hits = library.search(query_of(asked.words), filter_of(asked), asked.limit)
        output.write_all(_shown(hits, output) if table else (line(found(hit)) for hit in hits))
    if not hits:
        complain("no article of the library has all of these words")
    return 0


def query_of(words: Sequence[str]) -> str:
    """One search: an argument of several words stood in quotation marks, which the shell has taken off."""
    phrases = (" " in word.strip() and not _QUOTES.search(word) for word in words)
    return " ".join(f'"{word}"' if phrase else word for word, phrase in zip(words, phrases, strict=True))


def _shown(hits: Iterable[Found], output: Output) -> Iterator[str]:
    paper = Paper(output.stream)
    console = console_on(paper)
    for number, hit in enumerate(hits):
        print_on(console, Text(title(hit.entry), style="bold"))
        print_on(console, Text(" · ".join(_facts(hit)), style="dim"))
        print_on(console, Padding(_snippet(hit, coloured=console.color_system is not None), (0, 0, 0, 2)))
        yield ("\n" if number else "") + "\n".join(row.rstrip() for row in paper.take().split("\n"))


def _facts(hit: Found) -> Iterator[str]:
    entry = hit.entry
    yield entry.id
    if entry.outlet:
        yield one_line(entry.outlet)
    if entry.published:
        yield f"{entry.published.day} {entry.published:%B %Y}"
    if entry.versions > 1:
        yield f"version {hit.number} of {entry.versions}"


def _snippet(hit: Found, *, coloured: bool) -> Text:
    """What was found stands out by colour, or between asterisks."""
    shown, end = Text(), 0
    for start, stop in hit.marks:
        word = _flat(hit.snippet[start:stop])
        shown.append(_flat(hit.snippet[end:start]))
        shown.append(word if coloured else f"**{word}**", style="bold yellow")
        end = stop
    return shown.append(_flat(hit.snippet[end:]))


def _flat(text: str) -> str:
    return re.sub(" +", " ", plain(text))

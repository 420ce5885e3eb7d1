from __future__ import annotations

import io

from rich.padding import Padding

from firsthand.cli.shape import Paper, console_on, print_on


def test_away_from_a_screen_a_line_is_whole_and_takes_no_more_room_than_it_needs() -> None:
    paper = Paper(io.StringIO())
    console = console_on(paper)
    print_on(console, Padding("word " * 200 + "end", (0, 0, 0, 2)))
    print_on(console, Padding("short", (0, 0, 0, 2)))
    assert list(map(len, paper.take().splitlines())) == [2 + 200 * 5 + 3, 7]

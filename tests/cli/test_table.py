from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from firsthand.cli.table import WIDEST, Tables
from firsthand.model import Reading
from firsthand.share.wording import line, wording
from tests.told import TEXT, told_reading, with_all

if TYPE_CHECKING:
    from conftest import Given


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


TOLD = ["".join(words for _, words in line(wording(said, TEXT))) for said in told_reading().attributions]


def drawn(
    monkeypatch: pytest.MonkeyPatch, reading: Reading, width: int = 80, *, offsets: bool = False, tty: bool = False
) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Tables(Terminal() if tty else io.StringIO(), offsets=offsets).render(reading)


@pytest.mark.parametrize("width", [20, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, given_reading: Given, width: int) -> None:
    long = given_reading(
        f"Ann said {'w' * 300} {'many words ' * 99}。", [(["Ann"], ["said"], ["w" * 300])], title="界" * 90
    )
    for reading in (given_reading(), told_reading(), long):
        lines = drawn(monkeypatch, reading, width).split("\n")
        assert max(map(cell_len, lines)) <= min(width, WIDEST)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_word_is_broken_that_fits_a_line(monkeypatch: pytest.MonkeyPatch, given_reading: Given, width: int) -> None:
    parts = ["Anticorruption agencies"], ["acknowledged nevertheless"], [" ".join(["incontrovertibly so"] * 20)]
    shown = drawn(monkeypatch, given_reading(" ".join(p[0] for p in parts), [parts]), width).split()
    for word in ("Anticorruption", "acknowledged", "nevertheless"):
        assert word in shown
    assert shown.count("incontrovertibly") == 20


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch, given_reading: Given, width: int) -> None:
    shown = drawn(monkeypatch, given_reading(), width).split()
    for word in ("Quill", "lives,”", "expected", "council", "river.”", "Larkmoor", "Post"):
        assert word in shown


def test_the_header_says_what_is_known(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    first, second, third, *_ = drawn(monkeypatch, given_reading()).split("\n")
    assert first == "Larkmoor bridge to stay shut, mayor says"
    assert second == "The Larkmoor Post · 8 April 2031 · English · 6 attributions"
    assert third == "bridge.html"


def test_the_header_does_with_what_there_is(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    bare = given_reading("Rain.", title=None, outlet=None, published=None, language=None)
    assert drawn(monkeypatch, bare) == "bridge.html\nno attributions\n"


def test_a_first_line_for_a_title_is_seen_to_be_one(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    untitled = given_reading(title=None, outlet=None)
    first, _, third, *_ = drawn(monkeypatch, untitled).split("\n")
    assert (first, third) == ("“Larkmoor bridge to stay shut, mayor says …”", "bridge.html")
    assert "\x1b[3m“Lark" in drawn(monkeypatch, untitled, tty=True)


def test_standard_input_is_called_so(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    assert drawn(monkeypatch, given_reading("Rain.", title=None, origin="-")).startswith("standard input\n")


def test_parts_are_joined_and_lines_within_them_too(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    assert "“We will not gamble with lives,” […] “and not with the river.”" in drawn(monkeypatch, given_reading(), 120)


def test_that_nobody_is_named_is_said_quietly(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    for reading in (given_reading(), told_reading()):
        assert "unattributed" in drawn(monkeypatch, reading, 120)
        assert "\x1b[2;3munattributed" in drawn(monkeypatch, reading, 120, tty=True)


@pytest.mark.parametrize("width", [80, 120])
def test_chain_cue_findings_and_content_stand_in_a_row(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    rows = drawn(monkeypatch, told_reading(), width).split("\n\n")
    (official,) = (row for row in rows if "a senior" in row)
    first, second, third = ([cell.strip() for cell in line.split("  ") if cell] for line in official.split("\n")[:3])
    assert first[:2] == ["Northern Press Agency", "told reporters"]
    assert second[0].startswith("<- a senior") and second[1] == "· unlikely to likely"
    assert third[1] == "· evidence withheld"
    assert {"(unnamed:", "authorised", "comment)"} <= set(official.split())


def test_a_narrow_terminal_has_paragraphs_that_read_as_english(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = [" ".join(part.split()) for part in drawn(monkeypatch, told_reading(), 50).split("\n\n")]
    assert paragraphs[2:] == TOLD
    assert "\x1b[1;36mOstrel" in drawn(monkeypatch, told_reading(), 50, tty=True)


def test_a_narrow_terminal_has_offsets_too(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    assert "42:57 58:62 74:115" in drawn(monkeypatch, given_reading(), 50, offsets=True)


def test_the_header_names_the_wire_agency_and_the_outlets_own_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = drawn(monkeypatch, told_reading()).split("\n")
    assert "The Sellenby Ledger · credited to Northern Press Agency · 8 April 2031 · English" in shown
    own = shown.index("in its own name")
    assert shown[own + 1] == "unlikely to likely  Brennmark may flood border valley, Ostrel warns"
    assert shown[own + 2].startswith("stated as fact      Water levels")


def test_offsets_are_shown_on_request(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    assert "42:57" in drawn(monkeypatch, given_reading(), offsets=True)
    assert "42:57" not in drawn(monkeypatch, given_reading())


def test_warnings_stand_above_the_table(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    shown = drawn(monkeypatch, given_reading(warnings=("It seems French.",)))
    assert "Warning: It seems French." in shown.split("\n")


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch, given_reading: Given) -> None:
    assert "\x1b[" in drawn(monkeypatch, given_reading(), tty=True)
    assert "\x1b" not in drawn(monkeypatch, given_reading())


def test_markup_and_emoji_codes_in_an_article_mean_nothing(
    monkeypatch: pytest.MonkeyPatch, given_reading: Given
) -> None:
    evil = "[bold red]x[/] [link=file:///]y[/link] :warning: [/nonsense]"
    shown = drawn(
        monkeypatch, given_reading(f"Ann said {evil}.", [([evil], ["said"], [evil])], title=evil, outlet=evil), 120
    )
    assert shown.count("[bold red]x[/]") == 4
    assert ":warning:" in shown


def test_no_article_steers_the_terminal(monkeypatch: pytest.MonkeyPatch, hostile_readings: list[Reading]) -> None:
    evil = [reading.article.text.partition("\n\n")[2] for reading in hostile_readings]
    all_found = [with_all(reading, words) for reading, words in zip(hostile_readings, evil, strict=True)]
    for reading, width in [(r, w) for r in (*hostile_readings, *all_found) for w in (50, 80)]:
        shown = drawn(monkeypatch, reading, width)
        assert not set(shown) & {"\x1b", "\x00", "\x9b", "\u202e", "\u2066", "\ud800"}


def test_an_empty_line_stands_between_articles(given_reading: Given) -> None:
    tables = Tables(io.StringIO())
    assert not tables.render(given_reading()).startswith("\n")
    assert tables.render(given_reading()).startswith("\n")

"""`firsthand copies ID`: from articles in a library to a table, lines of JSON and a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from firsthand.cli.main import main
from tests.compared import REWRITE, WIRE
from tests.reuse.invented import text

QUOTED = """\
Dam chief speaks

The head of the water authority answered questions in the town hall of Larkmoor for an hour on Friday evening.

“Nobody downstream is in danger tonight,” said Ilva Renn, before she left by a side door and drove to the capital.
"""
OTHER = "Orchard Street will be paved in June, the council of Larkmoor decided after a debate of four hours on Monday."


def line(own_id: str, text: str, hour: int, **fields: Any) -> dict[str, Any]:
    return {"id": own_id, "text": text, "published": f"2021-04-11T{hour:02}:12:00+00:00", **fields}


STORIES = (
    line("wire", WIRE, 9, outlet="Northern Press Agency", title="Karst dam to be drained after cracks found"),
    line("rewrite", REWRITE, 12, outlet="The Valley Morning", title="Cracks force authorities to drain Karst dam"),
    line("copy", f"{WIRE}\nMore on this later.", 13, outlet="Ostrel Today", title="Karst dam: cracks"),
    line("quoted", QUOTED, 14, outlet="Larkmoor Post", title="Dam chief speaks"),
    line("other", OTHER, 15, outlet="Larkmoor Post", title="Orchard Street"),
)


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path, file = tmp_path / "library.db", tmp_path / "stories.jsonl"
    file.write_text("".join(f"{json.dumps(story)}\n" for story in STORIES), encoding="utf-8")
    assert main(["add", "--library", str(path), str(file)]) == 0
    capsys.readouterr()
    return path


def copies(library: Path, *arguments: str) -> int:
    return main(["copies", "--library", str(library), *arguments])


def told(library: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert copies(library, *arguments) == 0
    return capsys.readouterr().out


def lines(library: Path, capsys: pytest.CaptureFixture[str], name: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in told(library, capsys, name, "-f", "jsonl").splitlines()]


def test_the_table_says_who_has_it_from_whom(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = told(library, capsys, "rewrite")
    assert table.startswith(
        "Cracks force authorities to drain Karst dam\nThe Valley Morning · 11 April 2021, 12:12 UTC"
    )
    for part in (
        "Has wording from: 1",
        "Karst dam to be drained after cracks found",
        "Northern Press Agency · 11 April 2021, 09:12 UTC",
        "told by their times, 3 hours apart",
        "“Engineers will start to drain",
    ):
        assert part in table
    assert "Larkmoor" not in table


def test_the_table_shows_the_longest_passage(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, between = text("long").split("\n\n"), text("between")
    later = "\n\n".join([*whole[:2], between, *whole[3:7], between[::-1]])
    file = library.with_name("more.jsonl")
    stories = line("long", text("long"), 16), line("patched", later, 17)
    file.write_text("".join(f"{json.dumps(story)}\n" for story in stories), encoding="utf-8")
    assert main(["add", "--library", str(library), str(file)]) == 0
    capsys.readouterr()
    assert len(lines(library, capsys, "patched")[0]["passages"]) > 1
    (shown,) = (row.strip() for row in told(library, capsys, "patched").splitlines() if row.startswith("    “"))
    assert shown.endswith(" …”") and whole[3].startswith(shown[1:-3])


def test_the_earlier_article_is_told_who_has_it_from_it(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = told(library, capsys, "wire")
    assert "Its wording is also in: 2" in table
    assert "Has wording from" not in table
    assert "Karst dam: cracks" in table


def test_an_article_that_shares_only_a_quotation_or_nothing_has_no_copies(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("quoted", "other"):
        assert "No other article of the library shares wording with it" in told(library, capsys, name)
        assert lines(library, capsys, name) == []


def test_lines_have_the_contracts_fields_and_the_librarys_ids(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = lines(library, capsys, "rewrite")
    assert (found["kind"], found["direction"], found["origin"]) == ("rewrite", "time", found["earlier"])
    assert (found["earlier_version"], found["later_version"]) == (1, 1)
    for passage in found["passages"]:
        assert 0 <= passage["earlier"][0] < passage["earlier"][1] <= len(WIRE)
        assert 0 <= passage["later"][0] < passage["later"][1] <= len(REWRITE)
    assert lines(library, capsys, found["earlier"])[0]["earlier"] == found["earlier"]


def test_the_page_has_both_texts(library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "copies.html"
    assert told(library, capsys, "rewrite", "-o", str(page)) == ""
    html = page.read_text("utf-8")
    for part in ("Tomas Ek, who farms", "Farmers in the valley", 'class="shared"', 'class="quotation"'):
        assert part in html


def test_on_the_page_an_outlets_boilerplate_is_told_apart(
    library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    standing = (
        "Sign up for the Valley Morning, the letter that tells you every day at six what the valley talks about, what "
        "the council has decided and where the river stands, free of charge and without a word of advertising in it."
    )
    others = [
        line(f"v{number}", f"{_filler(number)}\n\n{standing}", number, outlet="The Valley Morning")
        for number in range(1, 7)
    ]
    again = line("again", f"{_filler(50)}\n\n{_filler(99)}\n\n{standing}", 18, outlet="The Valley Morning")
    first = line("first", f"{_filler(50)}\n\n{_filler(98)}\n\n{standing}", 17, outlet="The Valley Morning")
    file, page = tmp_path / "more.jsonl", tmp_path / "page.html"
    file.write_text("".join(f"{json.dumps(story)}\n" for story in (*others, first, again)), encoding="utf-8")
    assert main(["add", "--library", str(library), str(file)]) == 0
    assert copies(library, "again", "-o", str(page)) == 0
    assert 'class="boilerplate" data-tints' in page.read_text("utf-8")


def _filler(seed: int) -> str:
    return " ".join(f"w{(seed * 7919 + place * place * 31) % 9973}" for place in range(120))


def test_without_a_title_an_article_is_called_the_same_everywhere(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = library.with_name("plain.jsonl"), line("p2", f"It is so. {WIRE[50:]}", 20)
    stories = line("p1", f"The dam of Karst is old.\n{WIRE[50:]}", 19), other
    file.write_text("".join(f"{json.dumps(story)}\n" for story in stories), encoding="utf-8")
    assert main(["add", "--library", str(library), str(file)]) == 0
    assert main(["list", "--library", str(library), "-n", "2"]) == 0
    later, earlier = (row[52:].strip() for row in capsys.readouterr().out.splitlines()[-2:])
    assert later.startswith("“It is so. ") and earlier.startswith("“The dam of Karst is old. ")
    assert told(library, capsys, "p2").startswith(f"{later}\n")
    assert earlier in told(library, capsys, "p2")
    assert f"<title>{later} – copies</title>" in (page := told(library, capsys, "p2", "-f", "html")) and earlier in page
    assert main(["show", "--library", str(library), "p1"]) == 0
    assert capsys.readouterr().out.startswith(f"{earlier}\n")


def test_where_only_that_it_was_fetched_is_known_that_is_said(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = library.with_name("fetched.jsonl")
    stories = {"id": "f1", "text": text("f"), "fetched": "2021-05-01T10:00:00Z"}, {"id": "f2", "text": text("f")}
    file.write_text("".join(f"{json.dumps(story)}\n" for story in stories), encoding="utf-8")
    assert main(["add", "--library", str(library), str(file)]) == 0
    capsys.readouterr()
    for name, times in (("f1", 2), ("f2", 1)):
        assert "fetched 1 May 2021, 10:00 UTC · " in told(library, capsys, name)
        page = told(library, capsys, name, "-f", "html")
        assert page.count('<time datetime="2021-05-01T10:00:00+00:00">fetched 1 May 2021, 10:00 UTC</time>') == times
        assert page.count("no time given") == 1


def test_an_article_without_copies_has_a_page(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No other article is known that shares wording with this one." in told(
        library, capsys, "other", "-f", "html"
    )


def test_who_is_not_in_the_library_is_said_to_be_so(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert copies(library, "nobody") == 1
    assert capsys.readouterr().err == "firsthand: nobody: the library has no such article\n"


def test_without_a_library_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert copies(tmp_path / "none.db", "nobody") == 1
    assert "there is no library; `firsthand add` or `firsthand media add` makes one" in capsys.readouterr().err


def test_a_removed_article_is_in_nobodys_lineage(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "--library", str(library), "-y", "wire"]) == 0
    capsys.readouterr()
    assert "Ostrel Today" in told(library, capsys, "rewrite")
    assert "Northern" not in told(library, capsys, "rewrite")


def test_nothing_of_an_article_steers_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b[31m\u202eevil\x00"
    path, file = tmp_path / "library.db", tmp_path / "evil.jsonl"
    stories = [{**story, "outlet": evil, "title": evil, "text": f"{evil} {story['text']}"} for story in STORIES]
    file.write_text("".join(f"{json.dumps(story)}\n" for story in stories), encoding="utf-8")
    assert main(["add", "--library", str(path), str(file)]) == 0
    capsys.readouterr()
    table = told(path, capsys, "rewrite")
    assert "evil" in table
    assert not {"\x1b", "\u202e", "\x00"} & set(table)


def test_an_older_library_is_indexed_first(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    with sqlite3.connect(library, isolation_level=None) as connection:
        connection.execute("DELETE FROM placed")
        connection.execute("DELETE FROM fingerprint")
    connection.close()
    assert "Has wording from: 1" in told(library, capsys, "rewrite")

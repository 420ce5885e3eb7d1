"""`firsthand copies ARTICLES.jsonl`: from a file to a table or lines of JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from firsthand.cli.main import main
from tests.reuse.invented import text

QUOTATION = "we will not leave this valley before the last of the three dams is mended and paid for in full"
ONE = {"id": "one", "text": text("a"), "outlet": "Verran Post", "published": "2021-04-08T09:00:00Z", "title": "A dam"}
TWO = {"id": "two", "text": text("a"), "outlet": "Ostrel Mail", "fetched": "2021-04-08T09:01:00Z"}
QUOTES = [
    {"id": "q1", "text": f"{text('q1')} “{QUOTATION},” she said.", "published": "2021-04-08T09:00:00Z"},
    {"id": "q2", "text": f"{text('q2')} He said: “{QUOTATION}.”", "published": "2021-04-08T10:00:00Z"},
]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return written(tmp_path, [ONE, TWO, *QUOTES])


def written(folder: Path, lines: list[Any]) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


def found(path: Path, capsys: pytest.CaptureFixture[str], *options: str, status: int = 0) -> list[dict[str, Any]]:
    assert main(["copies", str(path), "--format", "jsonl", *options]) == status
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_for_each_derivation(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = found(articles, capsys)
    passage = [0, len(ONE["text"]) - 1]
    assert {name: line[name] for name in ("earlier", "later", "kind", "direction", "origin")} == {
        "earlier": "one", "later": "two", "kind": "copy", "direction": "time", "origin": "one",
    }  # fmt: skip
    assert line["passages"] == [{"earlier": passage, "later": passage}]
    assert line["share"] == 1.0
    assert line["ties"] == []


def test_all_shows_quotations_too(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = found(articles, capsys, "--all")
    (quotation,) = (line for line in lines if line["kind"] == "quotation")
    assert (quotation["earlier"], quotation["later"]) == ("q1", "q2")
    start, end = quotation["passages"][0]["later"]
    assert QUOTATION[:60] in QUOTES[1]["text"][start:end]


def test_the_table_names_the_family(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copies", str(articles)]) == 0
    shown = capsys.readouterr().out
    for part in (
        "A dam",
        "Verran Post",
        "two",
        "Ostrel Mail",
        "copy",
        "100%",
        "4 articles; 1 has wording",
    ):
        assert part in shown
    assert main(["copies", str(articles), "--all"]) == 0
    assert "The same quotation" in capsys.readouterr().out


def test_a_bad_line_is_told_and_the_others_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad: list[Any] = ['{"id": ', "[1]", {"id": "x"}, {"id": "y", "text": ""}, {"id": "z", "text": 7}, dict(ONE)]
    bad.append('{"text": "\\ud800"}')
    path = written(tmp_path, [ONE, *bad, "", TWO])
    assert main(["copies", str(path), "--format", "jsonl"]) == 1
    output = capsys.readouterr()
    assert json.loads(output.out)["later"] == "two"
    told = output.err.splitlines()
    assert len(told) == len(bad)
    assert [line.split(":")[2] for line in told] == [str(number) for number in range(2, 9)]
    assert "its id 'one' is that of a line before" in told[5]


def test_fields_that_are_missing_do_not_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, [{"text": text("a")}, {"text": text("a") + " And more."}])
    (line,) = found(path, capsys)
    assert line["direction"] == "undetermined"


def test_an_empty_file_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(written(tmp_path, []), capsys) == []
    assert main(["copies", str(tmp_path / "articles.jsonl")]) == 0
    assert "0 articles" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.jsonl"
    for options in ([], ["--format", "jsonl"]):
        assert main(["copies", str(missing), *options]) == 1
        said = capsys.readouterr()
        assert (said.out, said.err) == ("", f"firsthand: {missing}: there is no such file or folder\n")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "".join(json.dumps(line) + "\n" for line in (ONE, TWO))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert main(["copies", "-", "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["later"] == "two"


def test_what_an_article_says_does_not_steer_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = {"title": "A\x1b[31m dam\u202e", "outlet": "Post\x07", "id": "i\x1bd"}
    path = written(tmp_path, [ONE | hostile, TWO | hostile | {"id": "j\x9bd"}])
    assert main(["copies", str(path)]) == 0
    assert not set("\x1b\x07\x9b\u202e") & set(capsys.readouterr().out)


def test_options_that_do_not_agree(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--format", "html"], ["-o", "x.json"]):
        with pytest.raises(SystemExit, match="2"):
            main(["copies", str(articles), *options])
    with pytest.raises(SystemExit, match="2"):
        main(["copies", "someid", "--all"])
    capsys.readouterr()


def test_the_articles_are_not_written_over(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = articles.read_bytes()
    assert main(["copies", str(articles), "-o", str(articles)]) == 1
    assert articles.read_bytes() == before
    capsys.readouterr()


LONG_IDS = [line | {"id": f"{n}0a1b2c3-4d5e-6f70-8192-a3b4c5d6e7f8"} for n, line in enumerate((ONE, TWO, *QUOTES))]
WIDE = {"outlet": "The Upper Verran Valley Morning Post and Advertiser"}


def test_away_from_a_screen_no_line_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, [line | WIDE for line in LONG_IDS])
    assert main(["copies", str(path), "--all"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "A dam"
    (copy,) = (row.split("  ") for row in rows if row.startswith(f"  {LONG_IDS[1]['id']}"))
    assert [cell.strip() for cell in copy if cell] == [
        LONG_IDS[1]["id"],
        WIDE["outlet"],
        "copy",
        "100%",
        LONG_IDS[0]["id"],
        "times",
    ]
    (quoted,) = (row for row in rows if row.startswith(f"  {LONG_IDS[2]['id']}  {LONG_IDS[3]['id']}  "))
    assert quoted.endswith(QUOTATION)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_on_a_screen_no_id_is_broken(tmp_path: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    path = written(tmp_path, [line | WIDE for line in LONG_IDS])
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    assert main(["copies", str(path), "--all"]) == 0
    shown = screen.getvalue()
    assert [shown.count(line["id"]) for line in LONG_IDS] == [2, 1, 1, 1]
    assert columns == 200 or WIDE["outlet"] not in shown.partition("from")[2]


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

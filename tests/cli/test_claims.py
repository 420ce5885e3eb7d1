"""`firsthand claims ARTICLES...`: a table, lines of JSON, each article's lead claim."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firsthand import pipeline
from firsthand.cli.claims_table import drawn
from firsthand.cli.main import main
from firsthand.model import Failure, Reading
from firsthand.share.claims import Row, named

EXAMPLES = Path(__file__).parents[2] / "examples" / "ferry"
FERRIES = [str(EXAMPLES / f"{name}.html") for name in ("01-meridian-official", "08-radio-denial", "18-sentinel-exams")]
KEYS = ["id", "text", "appearances", "roots", "independent", "denied_by", "evidence", "hardening"]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    from firsthand.config import Settings

    found = pipeline.read_all(FERRIES, Settings(processes=1), load=pipeline.with_vectors)
    return [one for one in found if isinstance(one, Reading)]


@pytest.fixture(autouse=True)
def given(readings: list[Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    def read_all(inputs: list[str], *_: Any, **__: Any) -> Iterator[Reading | Failure]:
        for name in inputs:
            if name in FERRIES:
                yield readings[FERRIES.index(name)]
            else:
                yield Failure(name, "it is not there")

    monkeypatch.setattr(pipeline, "read_all", read_all)


def lines(capsys: pytest.CaptureFixture[str], *options: str, inputs: list[str] = FERRIES, status: int = 0) -> Any:
    assert main(["claims", *inputs, *options]) == status
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_of_the_contract_for_each_claim(capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "--format", "jsonl")
    assert all(list(one) == KEYS for one in found)
    carried = [len({a["article"] for a in one["appearances"]}) for one in found]
    assert carried == sorted(carried, reverse=True)
    assert all(one["independent"]["least"] <= one["independent"]["most"] for one in found)
    assert all(a["spans"] for one in found for a in one["appearances"])


def test_a_denial_joins_the_claim_that_it_denies(capsys: pytest.CaptureFixture[str]) -> None:
    first = lines(capsys, "--format", "jsonl", "--limit", "1")[0]
    assert {a["stance"] for a in first["appearances"]} == {"asserts", "denies"}
    assert first["denied_by"]


def test_text_is_quoted_exactly(capsys: pytest.CaptureFixture[str], readings: list[Reading]) -> None:
    texts = [one.article.text for one in readings]
    for one in lines(capsys, "--format", "jsonl"):
        assert any(all(part in text for part in one["text"].split(" ... ")) for text in texts)


def test_each_article_has_a_lead_claim(capsys: pytest.CaptureFixture[str], readings: list[Reading]) -> None:
    found = lines(capsys, "--leads")
    assert sorted(one["id"] for one in found) == sorted(one.article.id for one in readings)
    assert len({one["claim"] for one in found}) > 1


def test_an_article_that_cannot_be_read_leaves_the_others_lead_claims(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", FERRIES[0], "nowhere.html", "--leads"]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    assert "nowhere.html" in said.err


def stances(monkeypatch: pytest.MonkeyPatch, content: str) -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode("utf-8", "replace"))))
    return main(["claims", "--stances", "-"])


def test_each_headline_has_a_stance_in_the_order_of_the_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = "A heron stole the mayor of Larkmoor's wig"
    told = ["Heron steals wig of Larkmoor's mayor", "No, a heron did not steal the mayor's wig: the video is a hoax"]
    content = "\n\n".join(json.dumps({"claim_text": claim, "headline": one}) for one in told)
    assert stances(monkeypatch, content) == 0
    assert capsys.readouterr().out.splitlines() == ["for", "against"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("{", "-, line 1: it is not JSON"),
        ("[]", "line 1: it needs claim_text and headline"),
        ('{"claim_text": "x", "headline": 3}', "line 1: it needs claim_text and headline"),
        ("[" * 200_000, "line 1: it is not JSON"),
    ],
)
def test_a_line_without_claim_or_headline_is_named(
    content: str, cause: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stances(monkeypatch, content) == 1
    said = capsys.readouterr()
    assert cause in said.err
    assert not said.out


def test_a_file_of_headlines_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["claims", "--stances", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl: it cannot be read (No such file or directory)" in capsys.readouterr().err


def test_stances_are_asked_for_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["claims", "--stances", "-", "--leads"])
    assert "--stances is of one file" in capsys.readouterr().err


def test_the_order_of_the_articles_makes_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    there = lines(capsys, "--format", "jsonl")
    back = lines(capsys, "--format", "jsonl", inputs=FERRIES[::-1])
    assert [one["appearances"] for one in there] == [one["appearances"] for one in back]


def test_the_table_names_claims_and_says_how_many_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", *FERRIES, "--limit", "2"]) == 0
    shown = capsys.readouterr().out
    assert "1 article, 1 outlet, 1 root" in shown and "denied by" in shown  # who denies it does not carry it
    assert "The 2 most-carried of" in shown


def test_what_fails_is_told_in_a_line_and_the_rest_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", FERRIES[0], "missing.html"]) == 1
    told = capsys.readouterr()
    assert "missing.html: it is not there" in told.err
    assert "Traceback" not in told.err
    assert "ferry" in told.out


def test_nothing_is_shown_where_all_failed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "missing.html"]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "options",
    [["--library", "l.db"], ["--output", "claims.html"], ["--limit", "0"], ["--history", "c1"], ["-f", "json"]],
)
def test_wrong_usage(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["claims", FERRIES[0], *options])
    assert stopped.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_it_is_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "claims.jsonl"
    assert main(["claims", *FERRIES, "--output", str(target)]) == 0
    assert capsys.readouterr().out == ""
    assert all(list(json.loads(line)) == KEYS for line in target.read_text().splitlines())


ROW = Row("c0123456789ab", "The dam will break, an engineer says", 23, 17, "1-2", "Tomas Ek", "withheld", "April 2031")


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_table_fits_and_says_everything(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = "".join(drawn([ROW, ROW], 7, io.StringIO()))
    assert all(len(line) <= columns for line in shown.split("\n"))
    words = " ".join(shown.split())
    for part in ("engineer", "23", "17", "1-2", "Tomas Ek", "withheld", "2031", ROW.id, "2 most-carried of 7"):
        assert part in words


def test_no_claims_are_said_to_be_none() -> None:
    assert "No claims were found" in "".join(drawn([], 0, io.StringIO()))


def test_of_many_who_deny_the_first_are_named() -> None:
    assert named(["Ek", "Renn", "Quill", "Ek", "Marrow"]) == "Ek, Renn and 2 more"
    assert named(["Ek\x1b[31m"]).isprintable()

"""`firsthand trace WHAT --in ARTICLES`: which claim is found, and how it is written. The model is given, not run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from firsthand import pipeline
from firsthand.cli.main import main
from firsthand.cli.trace import Traced, written
from firsthand.model import Article, Failure, Reading
from firsthand.provenance import trace
from tests.provenance.story import APPEARANCES, articles, derivations, story
from tests.provenance.told import RENN, claim, copied, said

OTHER = replace(
    claim([said("npa", RENN, at=300, text="The dam was built in 1962")]), id="c2", text="The dam was built in 1962"
)


def reading(name: str) -> Reading:
    one = articles().get(name) or Article(name, "")
    return Reading(replace(one, text="x", origin=f"news/{name}.html"), (), "given 1")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    names = dict.fromkeys(one.article for one in APPEARANCES)
    readings = [reading(name) for name in names]
    monkeypatch.setattr(pipeline, "read_all", lambda inputs, *_, **__: iter([*map(_item, inputs), *readings]))
    known = {"claim-1": story(), "c2": OTHER}
    monkeypatch.setattr(pipeline, "grouped", lambda _: known)
    monkeypatch.setattr(pipeline, "claims_on", lambda known: [*known.values()])
    monkeypatch.setattr(pipeline, "linked", lambda known, name: known[name])
    monkeypatch.setattr(pipeline, "copies_among", lambda _: iter(derivations()))

    def run(*arguments: str, status: int = 0) -> str:
        assert main(["trace", *arguments]) == status
        told = capsys.readouterr()
        return told.err if status else told.out

    return run


def _item(name: str) -> Any:
    return Failure(name, "no such file") if name == "missing.html" else reading(name)


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("dam pretext", "“Brennmark will stage a dam failure"),
        ("BUILT 1962", "“The dam was built in 1962”"),
        ("claim-1", "“Brennmark will stage a dam failure"),
        ("c2", "“The dam was built in 1962”"),
        ("blog", "“Brennmark will stage a dam failure"),
        ("news/blog.html", "“Brennmark will stage a dam failure"),
        ("blog.html", "“Brennmark will stage a dam failure"),
        ("https://blog.example/1", "“Brennmark will stage a dam failure"),
        ("npa", "“Brennmark will stage a dam failure"),
    ],
)
def test_the_claim_is_found(run: Callable[..., str], what: str, first: str) -> None:
    assert run(what, "--in", "a.html").startswith(first)


def test_of_an_article_its_way_is_told(run: Callable[..., str]) -> None:
    assert "How it came here:\n  Truth Lantern rewrites Karst Mirror" in run("blog", "--in", "a.html")
    assert "How it came here" not in run("dam", "--in", "a.html")


@pytest.mark.parametrize("what", ["zeppelin", "a.html", " ", "dam zeppelin"])
def test_no_claim_is_one_line(run: Callable[..., str], what: str) -> None:
    told = run(what, "--in", "a.html", status=1)
    assert told.count("\n") == 1 and "Traceback" not in told


def test_what_cannot_be_read_is_told_and_the_rest_is_shown(
    run: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "missing.html: no such file" in run("dam", "--in", "missing.html", status=1)


def test_the_formats(run: Callable[..., str], tmp_path: Path) -> None:
    assert json.loads(run("dam", "--in", "a.html", "-f", "json"))["id"] == "claim-1"
    assert run("dam", "--in", "a.html", "--format", "dot").startswith("digraph claim {")
    assert run("dam", "--in", "a.html", "-f", "html").startswith("<!doctype html>")
    for name, begins in {"t.gv": "digraph", "t.json": "{", "t.html": "<!doctype", "t.txt": "“Brennmark"}.items():
        assert run("dam", "--in", "a.html", "-o", str(tmp_path / name)) == ""
        assert (tmp_path / name).read_text().startswith(begins)


@pytest.mark.parametrize(
    "options",
    [("-o", "t.pdf"), ("-o", "t.json", "-f", "dot"), ("--library", "l.db"), ("-f", "jsonl"), ()],
)
def test_wrong_usage(run: Callable[..., str], options: tuple[str, ...]) -> None:
    arguments = ["dam", "--in", "a.html", *options] if options else []
    with pytest.raises(SystemExit, match="2"):
        run(*arguments)


def test_an_article_is_not_overwritten(run: Callable[..., str], tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("kept")
    told = run("dam", "--in", str(page), "-o", str(page), status=1)
    assert "an article to be read itself" in told and page.read_text() == "kept"


def test_lines_are_broken_where_the_screen_ends() -> None:
    told = "".join(written(Traced(trace(story(), derivations()), articles()), "table", 60))
    assert max(map(len, told.splitlines())) <= 60
    assert "\n    told by " not in told and "\n  told by Northern Press Agency, 7 April 2031, 08:00" in told


def test_a_long_chain_of_copies_is_not_mostly_blanks() -> None:
    rows = [said(f"a{i:04}", RENN, hours=i) for i in range(500)]
    found = trace(claim(rows), [copied(f"a{i + 1:04}", f"a{i:04}") for i in range(499)])
    lines = list(written(Traced(found, {}), "table"))
    assert any("a0499" in line for line in lines)
    assert max(len(line) - len(line.lstrip()) for line in lines) < 100

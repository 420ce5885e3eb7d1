"""`firsthand read`, with readings that are given: everything around the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from firsthand import __version__, pipeline
from firsthand.cli.main import main
from firsthand.config import Settings
from firsthand.errors import ModelError
from firsthand.model import Failure, Reading
from firsthand.share.records import contract, everything

if TYPE_CHECKING:
    from conftest import Given

Give = Callable[..., list[Settings]]
FRENCH = "This article seems to be written in French (fr)."


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Lets the pipeline give these outcomes; exceptions are raised. Gives the settings it had."""

    def arrange(*outcomes: Reading | Failure | BaseException) -> list[Settings]:
        called: list[Settings] = []

        def read_all(_: Sequence[str], settings: Settings, refusal: pipeline.Refusal) -> Iterator[Reading | Failure]:
            called.append(settings)
            for outcome in outcomes:
                if isinstance(outcome, BaseException):
                    raise outcome
                yield outcome

        monkeypatch.setattr(pipeline, "read_all", read_all)
        return called

    return arrange


Captured = pytest.CaptureFixture[str]


def test_alone_it_prints_help(capsys: Captured) -> None:
    assert main([]) == 0
    assert "read" in capsys.readouterr().out


def test_it_tells_its_version(capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"firsthand {__version__}\n"


@pytest.mark.parametrize(
    "wrong",
    [
        ["raed"],
        ["read"],
        ["read", "a", "--format", "xml"],
        ["read", "a", "--processes", "0"],
        ["read", "a", "--processes", "many"],
        ["read", "a", "--timeout", "-1"],
        ["read", "a", "--timeout", "nan"],
        ["read", "a", "--offsets", "--format", "html"],
        ["read", "a", "--form", "html"],
        ["read", "a", "-o", "a.docx"],
        ["read", "a", "-o", "a.pdf"],
        ["read", "a", "-o", "A.CSV"],
        ["read", "a", "-f", "html", "-o", "a.json"],
        ["read", "a", "-f", "json", "-o", "a.jsonl"],
        ["read", "a", "-f", "table", "-o", "a.html"],
    ],
)
def test_wrong_usage_is_status_2(capsys: Captured, wrong: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(wrong)
    assert "error:" in capsys.readouterr().err


def test_an_unknown_ending_tells_the_known_ones(capsys: Captured, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["read", "a", "-o", str(tmp_path / "x.docx")])
    told = "cannot tell a format from .docx; say --format or end the name in .html, .json, .jsonl or .txt\n"
    assert capsys.readouterr().err.endswith(f"error: {told}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("form", "name"), [("html", "a.docx"), ("jsonl", "a.ndjson"), ("jsonl", "a.txt")])
def test_a_format_that_is_said_fits_any_ending_of_no_other(
    give: Give, given_reading: Given, tmp_path: Path, form: str, name: str
) -> None:
    give(given_reading())
    assert main(["read", "a", "-f", form, "-o", str(tmp_path / name)]) == 0


def test_a_file_that_is_called_like_a_command_is_in_no_commands_way(
    give: Give, given_reading: Given, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "read").touch()
    monkeypatch.chdir(tmp_path)
    give(given_reading())
    assert main(["read", "read"]) == 0
    assert "Mayor Ada Quill" in capsys.readouterr().out


@pytest.mark.parametrize("article", ["examples/flood.html", "a b.html", "https://post.example/a", "-", "."])
def test_an_article_without_a_command_is_told_the_command(capsys: Captured, article: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([article, "-f", "json"])
    shown = f"'{article}'" if " " in article else article
    assert f"did you mean `firsthand read {shown} -f json`?\n" in capsys.readouterr().err


def test_the_table_is_what_is_shown_by_default(give: Give, given_reading: Given, capsys: Captured) -> None:
    give(given_reading())
    assert main(["read", "bridge.html"]) == 0
    out, err = capsys.readouterr()
    assert "Mayor Ada Quill" in out
    assert err == ""


def test_jsonl_is_one_article_a_line(give: Give, given_reading: Given, capsys: Captured) -> None:
    readings = given_reading(), given_reading("line\u2028end \x85 “é” 👩\u200d👧 \n\n", id="2")
    give(*readings)
    assert main(["read", "-f", "jsonl", "x"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == [json.loads(json.dumps(contract(reading))) for reading in readings]


def test_json_is_one_array(give: Give, given_reading: Given, capsys: Captured) -> None:
    readings = given_reading(), given_reading(id="2")
    give(*readings)
    assert main(["read", "-f", "json", "x"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps([everything(reading) for reading in readings]))


def test_json_of_nothing_is_an_empty_array(give: Give, capsys: Captured) -> None:
    give(Failure("x", "gone"))
    assert main(["read", "-f", "json", "x"]) == 1
    assert capsys.readouterr().out == "[]\n"


def test_html_goes_to_standard_output_too(give: Give, given_reading: Given, capsys: Captured) -> None:
    give(given_reading())
    assert main(["read", "-f", "html", "x"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.html", "<!doctype"), ("a.jsonl", '{"id"'), ("a.json", "[\n"), ("a.txt", "Larkmoor"), ("a", "Lark")],
)
def test_the_ending_of_the_output_tells_the_format(
    give: Give, given_reading: Given, tmp_path: Path, capsys: Captured, name: str, start: str
) -> None:
    give(given_reading())
    assert main(["read", "x", "--output", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "html"])
def test_one_failed_input_is_told_and_the_rest_is_done(
    give: Give, given_reading: Given, capsys: Captured, form: str
) -> None:
    give(given_reading(), Failure("lost\x1b.html", "no such file"), given_reading(id="2", title="Second"))
    assert main(["read", "-f", form, "x"]) == 1
    out, err = capsys.readouterr()
    assert err == "firsthand: lost�.html: no such file\n"
    assert "Second" in out


@pytest.mark.parametrize("form", ["table", "jsonl", "html"])
def test_when_all_fails_nothing_is_written(give: Give, tmp_path: Path, capsys: Captured, form: str) -> None:
    give(Failure("x", "no such file"))
    (tmp_path / "out").write_text("old")
    assert main(["read", "-f", form, "x", "-o", str(tmp_path / "out")]) == 1
    assert (tmp_path / "out").read_text() == "old"
    assert main(["read", "-f", form, "x"]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("form", "where"), [("table", "out"), ("html", "out"), ("json", "err"), ("jsonl", "err")])
def test_a_warning_is_seen_in_every_format(
    give: Give, given_reading: Given, capsys: Captured, form: str, where: str
) -> None:
    give(given_reading(warnings=(FRENCH,)))
    assert main(["read", "-f", form, "x"]) == 0
    assert FRENCH in getattr(capsys.readouterr(), where)


def test_warnings_kept_out_of_sight_by_a_file_are_told(
    give: Give, given_reading: Given, tmp_path: Path, capsys: Captured
) -> None:
    give(given_reading(warnings=(FRENCH,)))
    main(["read", "x", "-o", str(tmp_path / "a.html")])
    assert FRENCH in capsys.readouterr().err


def test_without_a_model_there_is_one_line(give: Give, capsys: Captured) -> None:
    give(ModelError("the model is damaged"))
    assert main(["read", "x"]) == 1
    assert capsys.readouterr().err == "firsthand: the model is damaged\n"


def test_an_unwritable_output_is_one_line_and_nothing_is_read(give: Give, tmp_path: Path, capsys: Captured) -> None:
    called = give()
    assert main(["read", "x", "-o", str(tmp_path / "no" / "out.html")]) == 1
    missing = f"the folder {tmp_path / 'no'} does not exist"
    assert capsys.readouterr().err == f"firsthand: {tmp_path / 'no' / 'out.html'}: {missing}\n"
    assert not called


def test_an_interrupt_ends_it_with_130(give: Give, given_reading: Given, tmp_path: Path, capsys: Captured) -> None:
    give(given_reading(), KeyboardInterrupt())
    assert main(["read", "x", "-o", str(tmp_path / "out.jsonl")]) == 130
    assert not list(tmp_path.iterdir())
    assert capsys.readouterr().err == f"firsthand: interrupted; nothing was written to {tmp_path / 'out.jsonl'}\n"


def test_an_interrupt_without_a_file_says_no_more(give: Give, capsys: Captured) -> None:
    for output in ([], ["-o", "/dev/null"]):
        give(KeyboardInterrupt())
        assert main(["read", "x", *output]) == 130
        assert capsys.readouterr().err == "firsthand: interrupted\n"


def test_options_become_settings(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    called = give()
    monkeypatch.setenv("FIRSTHAND_PROCESSES", "7")
    main(["read", "x", "--allow-private", "--timeout", "2.5"])
    main(["read", "x", "--processes", "3"])
    assert called[0] == Settings(allow_private=True, timeout=2.5, processes=7)
    assert called[1] == Settings(processes=3)

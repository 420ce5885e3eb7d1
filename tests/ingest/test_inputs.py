"""Paths, folders, globs and standard input, and what is wrong with them."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from firsthand.config import Settings
from firsthand.ingest import articles
from firsthand.model import Failure

TEXT = "The mayor of Tarn said no."


def files(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{TEXT} {name}")


def origins(found: list[Any], folder: Path) -> list[str]:
    return [os.path.relpath(one.origin, folder) for one in found]


def test_a_folder_is_read_in_order_without_hidden_and_unknown_files(tmp_path: Path, read: Any) -> None:
    files(
        tmp_path, "b.txt", "a/2.md", "a/1.txt", ".hidden/x.txt", ".x.txt", "c.jpg", "d.exe", "README", "e/deep/er/f.txt"
    )
    found = read(tmp_path)
    assert origins(found, tmp_path) == ["a/1.txt", "a/2.md", "b.txt", "e/deep/er/f.txt"]


def test_a_named_file_of_unknown_kind_is_tried(tmp_path: Path, read: Any) -> None:
    files(tmp_path, "README", "notes.xyz")
    assert [article.text for article in read(tmp_path / "README", tmp_path / "notes.xyz")] == [
        f"{TEXT} README",
        f"{TEXT} notes.xyz",
    ]


def test_a_page_of_our_own_is_named_and_not_read(tmp_path: Path, read: Any) -> None:
    files(tmp_path, "a.txt")
    body = f"<p>{TEXT} So it goes, and so it went, and so it will go on for ever, she said.</p>" * 3
    for name, maker in (("b.html", "Firsthand 0.1.0"), ("c.html", "Firsthandler")):
        (tmp_path / name).write_text(f'<html><head><meta name="Generator" content="{maker}"></head>{body}</html>')
    ours = Failure(str(tmp_path / "b.html"), "is a page that Firsthand wrote, not an article")
    assert read(tmp_path)[1] == read(tmp_path / "*.html")[0] == read(tmp_path / "b.html")[0] == ours
    assert origins(read(tmp_path), tmp_path) == ["a.txt", "b.html", "c.html"]


def test_a_bad_file_in_a_folder_is_named_and_the_others_are_read(tmp_path: Path, read: Any) -> None:
    files(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "bb.txt").symlink_to(tmp_path / "gone.txt")
    first, empty, gone, last = read(tmp_path)
    assert (empty.cause, gone.cause) == ("is empty", "there is no such file or folder")
    assert (first.text[-5:], last.text[-5:]) == ("a.txt", "c.txt")


def test_rings_of_links_and_pipes_in_folders_are_passed_over(tmp_path: Path, read: Any) -> None:
    files(tmp_path, "a/1.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    assert origins(read(tmp_path), tmp_path) == ["a/1.txt"]


def test_globs(tmp_path: Path, read: Any) -> None:
    files(tmp_path, "a.txt", "b.txt", "c.md", "x/d.txt", "[e].txt")
    assert origins(read(tmp_path / "*.txt"), tmp_path) == ["[e].txt", "a.txt", "b.txt"]
    assert origins(read(tmp_path / "**" / "*.txt"), tmp_path) == ["[e].txt", "a.txt", "b.txt", "x/d.txt"]
    assert origins(read(tmp_path / "[e].txt"), tmp_path) == ["[e].txt"]
    assert origins(read(tmp_path / "[x]"), tmp_path) == ["x/d.txt"]


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("gone.txt", "there is no such file or folder"),
        ("gone/*.txt", "matches no file"),
        ("nothing", "holds no file of a kind that can be read"),
        ("null\0byte.txt", "there is no such file or folder"),
        ("x" * 300, "cannot be read: File name too long"),
        ("", "holds no file of a kind that can be read"),
    ],
)
def test_what_names_nothing(tmp_path: Path, read: Any, name: str, cause: str) -> None:
    (tmp_path / "nothing").mkdir()
    [failure] = read(tmp_path / name)
    assert failure == Failure(str(tmp_path / name).replace("\0", "?"), cause)


@pytest.mark.parametrize(
    ("name", "helps"),
    [
        ("www.tarn.example/news", True),
        ("tarn.example/news?id=3", True),
        ("tarn.example:8080/a.html", True),
        ("tarn.example/news.txt", False),
        ("../tarn.example/news", False),
        ("tarn.example", False),
        ("tarn/news", False),
    ],
)
def test_a_web_address_without_its_beginning(read: Any, name: str, helps: bool) -> None:
    [failure] = read(name)
    assert failure.cause.endswith(f"; for a web address write https://{name}") == helps
    assert "no" in failure.cause


def test_an_empty_name(read: Any) -> None:
    assert list(articles([""], Settings())) == [Failure("", "there is no such file or folder")]


def test_a_file_that_may_not_be_read(tmp_path: Path, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    files(tmp_path, "secret.txt")
    monkeypatch.setattr("firsthand.ingest.inputs.io.FileIO", denied)
    assert read(tmp_path / "secret.txt")[0].cause == "may not be read (permission denied)"


def test_an_error_while_reading_is_a_failure(tmp_path: Path, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.FileIO):
        def readinto(self, *_: object) -> int:
            raise OSError(5, "Input/output error")

    files(tmp_path, "disk.txt")
    monkeypatch.setattr("firsthand.ingest.inputs.io.FileIO", Broken)
    assert read(tmp_path / "disk.txt")[0].cause == "cannot be read: Input/output error"


def test_an_error_that_nobody_foresaw_ends_one_input_only(
    tmp_path: Path, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def surprise(*_: object) -> None:
        raise KeyError("x")

    files(tmp_path, "a.txt", "b.md")
    monkeypatch.setattr("firsthand.ingest.plain.text_of", surprise)
    failure, article = read(tmp_path / "a.txt", tmp_path / "b.md")
    assert failure == Failure(str(tmp_path / "a.txt"), "cannot be read: KeyError, which no reader expects")
    assert article.text == f"{TEXT} b.md"


def standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """A pipe, which cannot be read twice."""
    into, out = os.pipe()
    os.write(out, content)
    os.close(out)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.FileIO(into))))


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (TEXT.encode(), [TEXT]),
        ("Das Café".encode("latin-1"), ["Das Café"]),
        (b'{"id": "a", "text": "x"}\n{"text": "y"}\n', ["x", "y"]),
        (b'{\n "text": "x"\n}\n', ["x"]),
        (b'[{"text": "x"}, {"text": "y"}]', ["x", "y"]),
        (b"<b>No</b> tag of a page", ["<b>No</b> tag of a page"]),
        (b"[GENEVA] It {was} so.", ["[GENEVA] It {was} so."]),
    ],
)
def test_standard_input_is_told_by_looking(
    read: Any, monkeypatch: pytest.MonkeyPatch, content: bytes, texts: list[str]
) -> None:
    standard_input(monkeypatch, content)
    found = read("-")
    assert [article.text for article in found] == texts
    assert found[0].origin.startswith("-")


def test_an_empty_and_a_missing_standard_input(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, b"")
    assert read("-") == [Failure("-", "is empty")]
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-") == [Failure("-", "there is no standard input")]


def test_a_pipe_above_the_limit_is_refused(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, b"x" * 5000)
    assert "limit" in read("-", max_characters=1000)[0].cause


def test_inputs_keep_their_order_and_are_read_when_asked_for(tmp_path: Path, read: Any) -> None:
    files(tmp_path, "a.txt", "b.txt")
    found = articles([str(tmp_path / "b.txt"), "gone", str(tmp_path / "a.txt")], Settings())
    assert next(found).origin == str(tmp_path / "b.txt")
    assert next(found) == Failure("gone", "there is no such file or folder")
    (tmp_path / "a.txt").unlink()
    assert next(found) == Failure(str(tmp_path / "a.txt"), "there is no such file or folder")

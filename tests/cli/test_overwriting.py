from __future__ import annotations

import sys
from pathlib import Path

import pytest

from firsthand.cli.main import main
from firsthand.cli.overwriting import refuse_to_overwrite
from firsthand.errors import OutputError

REFUSED = "is an article to be read itself"


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of articles in the working folder, which is "links" too."""
    (tmp_path / "news" / "deep").mkdir(parents=True)
    for name in ("news/a.html", "news/deep/b.txt", "news/notes.odd", "news/.hidden.html", "other.html"):
        (tmp_path / name).write_text("Ann said no.")
    (tmp_path / "link.html").symlink_to("news/a.html")
    (tmp_path / "links").symlink_to("news")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("given", "output"),
    [
        ("news/a.html", "news/a.html"),
        ("news/a.html", "news/../news/a.html"),
        ("news/a.html", "link.html"),
        ("link.html", "news/a.html"),
        ("links/a.html", "news/a.html"),
        ("news", "news/a.html"),
        ("links", "news/deep/b.txt"),
        ("news/*.html", "link.html"),
        ("n*", "news/deep/b.txt"),
        ("**", "news/deep/b.txt"),
    ],
)
def test_an_output_that_is_an_input_is_refused(news: Path, given: str, output: str) -> None:
    for name in (output, str(news / output)):
        with pytest.raises(OutputError, match=REFUSED):
            refuse_to_overwrite(["other.html", given], name)


@pytest.mark.parametrize(
    "output", [None, "new.html", "news/new.html", "news/.hidden.html", "news/notes.odd", "/dev/null"]
)
def test_other_outputs_are_not(news: Path, output: str | None) -> None:
    refuse_to_overwrite(["news", "other.html", "https://post.example/a", "x" * 5000, "a\0b", "missing*"], output)


def test_standard_input_counts_as_the_file_it_is(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (news / "other.html").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        with pytest.raises(OutputError, match=REFUSED):
            refuse_to_overwrite(["-"], "other.html")


def test_through_the_command_it_is_one_line_and_the_article_stays(
    news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (news / "other.html").stat()
    assert main(["read", "other.html", "-o", "./other.html"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"firsthand: ./other.html: {REFUSED}")
    assert (news / "other.html").stat() == before

"""`firsthand read` as a user runs it: real inputs, the shipped model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.html"))


def firsthand(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "firsthand", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, timeout=120, check=False)


def test_json_lines_keep_their_ids_and_their_text_to_the_byte(tmp_path: Path) -> None:
    texts = ["\ufeff Ann said:\r\n\tno. \n\n", "👩\u200d👧 “é” \u2028 Bob said yes. ", "e\u0301 \x0c said Cy"]
    lines = "".join(json.dumps({"id": f"n{n}", "text": text}) + "\n" for n, text in enumerate(texts))
    done = firsthand("read", "-f", "jsonl", "-", given=lines.encode())
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(record["id"], record["text"]) for record in records] == [(f"n{n}", text) for n, text in enumerate(texts)]


def test_every_span_is_inside_the_text() -> None:
    records = [json.loads(line) for line in firsthand("read", "-f", "jsonl", *EXAMPLES).stdout.splitlines()]
    assert len(records) == len(EXAMPLES)
    for record in records:
        spans = [
            span for said in record["attributions"] for role in ("source", "cue", "content") for span in said[role]
        ]
        assert all(0 <= start < end <= len(record["text"]) for start, end in spans)
        assert all(said["cue"] and said["content"] and 0 <= said["score"] <= 1 for said in record["attributions"])


@pytest.mark.parametrize("form", ["table", "json", "html"])
def test_a_page_can_be_read_in_every_format(form: str) -> None:
    done = firsthand("read", "-f", form, EXAMPLES[0])
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout) > 500


def test_a_misspelt_name_is_one_line() -> None:
    done = firsthand("read", "mispelt.html")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"firsthand: mispelt.html: ")
    assert done.stderr.count(b"\n") == 1


def test_a_french_article_gets_a_warning(tmp_path: Path) -> None:
    text = "Le maire de la ville a annoncé mardi que le pont resterait fermé jusqu’au mois de mai, faute d’argent."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = firsthand("read", "-f", "jsonl", tmp_path / "a.txt")
    assert done.returncode == 0
    assert b"written in French (fr)" in done.stderr


def test_a_loopback_address_is_refused_in_one_line() -> None:
    done = firsthand("read", "http://127.0.0.1:9/")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1

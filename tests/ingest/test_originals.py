"""Every article comes with the bytes that it was read from."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from firsthand.config import Settings
from firsthand.ingest import Original, originals
from firsthand.model import Article, Failure

REPORT = "The mayor of Larkmoor said on Tuesday that the bridge would stay shut until May.\n"
PAGE = "<html><head><title>Bridge shut</title></head><body><p>" + REPORT * 4
FEED = """<rss version="2.0"><channel><title>Post</title>
<item><guid>a</guid><title>One</title><description>Ann Wick said that it was so.</description></item>
<item><guid>b</guid><title>Two</title><description>Bob Tarn said that it was not.</description></item>
</channel></rss>"""


def given(*inputs: str | Path) -> list[tuple[Article, Original]]:
    found = list(originals([str(name) for name in inputs], Settings()))
    assert all(isinstance(item, tuple) for item in found), found
    return found  # type: ignore[return-value]


def bytes_of(original: Original) -> bytes:
    original.stream.seek(0)
    content = original.stream.read()
    assert len(content) == original.size
    return content


def warc(*bodies: bytes) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    for number, body in enumerate(bodies):
        kind = "text/html" if body.startswith(b"<") else "video/mp4"
        head = StatusAndHeaders("200 OK", [("Content-Type", kind), ("X-Odd", "a  b")], protocol="HTTP/1.1")
        address = f"https://post.example/{number}"
        dated = {"WARC-Date": "2031-04-08T09:30:00Z"}
        record = writer.create_warc_record(
            address, "response", io.BytesIO(body), http_headers=head, warc_headers_dict=dated
        )
        writer.write_record(record)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", ("\ufeff" + REPORT).encode(), "text/plain"),
        ("a.md", ("# Bridge\n\n" + REPORT).encode(), "text/markdown"),
        ("a.html", PAGE.encode(), "text/html"),
        ("a.json", json.dumps({"id": "1", "text": REPORT}, indent=1).encode(), "application/json"),
    ],
)
def test_a_file_of_one_article_is_kept_as_it_is(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    (tmp_path / name).write_bytes(content)
    ((_, original),) = given(tmp_path / name)
    assert bytes_of(original) == content
    assert (original.media_type, original.source) == (media_type, str(tmp_path / name))
    assert original.origin == original.source


def test_the_path_is_told_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text('\n{"text": "Ann said so."}\n')
    monkeypatch.chdir(tmp_path)
    ((_, original),) = given("a.jsonl")
    assert (original.source, original.origin) == (str(tmp_path / "a.jsonl"), f"{tmp_path / 'a.jsonl'}:2")


def test_a_line_is_kept_to_the_byte(tmp_path: Path) -> None:
    lines = [b'{"id": 1, "text":  "Ann said \\u00e9."}\n', b'{"text":"Bob said so.", "more": [1, 2]}']
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    assert [bytes_of(original) for _, original in given(tmp_path / "a.jsonl")] == lines
    (tmp_path / "a.json").write_bytes(b"".join(lines))
    assert [bytes_of(original) for _, original in given(tmp_path / "a.json")] == [line.rstrip() for line in lines]


def test_a_row_is_kept_with_its_fields(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    rows = [{"id": "1", "text": "Ann said so.", "desk": "é"}, {"id": "2", "text": "Bob said\nno.", "desk": ""}]
    (tmp_path / "a.csv").write_text('id,text,desk\n1,Ann said so.,é\n2,"Bob said\nno.",\n', encoding="utf-8")
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet")
    (tmp_path / "a.json").write_text(json.dumps(rows))
    for name in ("a.csv", "a.parquet", "a.json"):
        found = given(tmp_path / name)
        assert [json.loads(bytes_of(original)) for _, original in found] == rows
        assert {original.media_type for _, original in found} == {"application/json"}


def test_the_entries_of_a_feed_have_the_whole_feed(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(FEED)
    found = given(tmp_path / "a.rss")
    assert [bytes_of(original) for _, original in found] == [FEED.encode()] * 2
    assert [original.origin for _, original in found] == [f"{tmp_path / 'a.rss'}#1", f"{tmp_path / 'a.rss'}#2"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_record_of_an_archive_is_kept_to_the_byte(tmp_path: Path, packed: bool) -> None:
    pages = [(PAGE + f"<p>Page {number}." + " " * size).encode() for number, size in enumerate((0, 70_000, 9))]
    whole = warc(pages[0], random.Random(4).randbytes(300_000), pages[1], pages[2])
    name = tmp_path / ("a.warc.gz" if packed else "a.warc")
    name.write_bytes(gzip.compress(whole) if packed else whole)
    records = [record for record in whole.split(b"WARC/1.0\r\n") if b"text/html" in record]
    found = given(name)
    assert [bytes_of(original).rstrip() for _, original in found] == [
        (b"WARC/1.0\r\n" + record).rstrip() for record in records
    ]
    assert {original.fetched for _, original in found} == {datetime(2031, 4, 8, 9, 30, tzinfo=UTC)}
    assert [original.origin for _, original in found] == [f"{name}#{number}" for number in (1, 3, 4)]


def test_a_kept_record_can_be_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc(PAGE.encode()))
    ((article, original),) = given(tmp_path / "a.warc")
    (tmp_path / "b.warc").write_bytes(bytes_of(original))
    ((again, _),) = given(tmp_path / "b.warc")
    assert (again.text, again.url) == (article.text, article.url)


def test_records_in_a_wacz_are_kept(tmp_path: Path) -> None:
    whole = warc(PAGE.encode())
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as archive:
        archive.writestr("archive/a.warc", whole)
    ((_, original),) = given(tmp_path / "a.wacz")
    assert bytes_of(original).rstrip() == whole.rstrip()


def test_large_records_that_are_not_wanted_take_no_memory(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc(PAGE.encode(), b"\1" * 30_000_000, PAGE.encode()))
    settings = Settings(max_bytes=10**6)
    found = [item for item in originals([str(tmp_path / "a.warc")], settings) if isinstance(item, tuple)]
    assert [original.origin[-2:] for _, original in found] == ["#1", "#3"]
    assert all(bytes_of(original).endswith(PAGE.encode()) for _, original in found)


def test_a_pipe_is_kept_too() -> None:
    code = "import sys; from firsthand.config import Settings; from firsthand.ingest import originals\n"
    code += "for a, o in originals(['-'], Settings()): o.stream.seek(0); print(o.stream.read(), o.source, o.origin)"
    done = subprocess.run([sys.executable, "-c", code], input=REPORT.encode(), capture_output=True, check=True)
    assert done.stdout.decode().strip() == f"{REPORT.encode()!r} None -"


def test_bytes_outlive_their_document(tmp_path: Path) -> None:
    names = [tmp_path / f"{number}.txt" for number in range(3)]
    for name in names:
        name.write_text(f"{name} {REPORT}")
    found = given(*names)
    for name in names:
        name.write_text("changed")
    assert [bytes_of(original) for _, original in found] == [f"{name} {REPORT}".encode() for name in names]


def test_what_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<nav>Home</nav>")
    (tmp_path / "b.jsonl").write_text('{"text": "Ann said so."}\n{no\n')
    (tmp_path / "c.txt").write_text("")
    names = [str(tmp_path / name) for name in ("a.html", "b.jsonl", "c.txt", "d.txt")]
    found = list(originals(names, Settings()))
    assert [isinstance(item, Failure) for item in found] == [True, False, True, True, True]


def test_limits_hold(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE * 10)
    (tmp_path / "b.txt").write_text(REPORT * 10)
    found = list(
        originals(
            [str(tmp_path / "a.html"), str(tmp_path / "b.txt")], Settings(False, max_bytes=900, max_characters=90)
        )
    )
    assert [isinstance(item, Failure) and "limit" in item.cause for item in found] == [True, True]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_row_may_say_when_it_was_fetched(tmp_path: Path, name: str) -> None:
    row = {"text": "Ann said so.", "fetched": "2021-04-08T09:30:00+00:00"}
    content = f"{','.join(row)}\n{','.join(row.values())}\n" if name == "a.csv" else json.dumps(row)
    (tmp_path / name).write_text(content)
    ((_, original),) = given(tmp_path / name)
    assert original.fetched == datetime(2021, 4, 8, 9, 30, tzinfo=UTC)

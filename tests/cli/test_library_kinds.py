"""What goes into a library from each kind of input, and what its original bytes are."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from firsthand.cli.main import main

REPORT = "The mayor of Larkmoor said on Tuesday that the bridge would stay shut until May. "
RECORD = """\
WARC/1.0\r
WARC-Type: response\r
WARC-Record-ID: <urn:uuid:0a1b2c3d-0000-4000-8000-00000000000{number}>\r
WARC-Target-URI: https://post.example/news/{number}\r
WARC-Date: 2021-04-0{number}T09:30:00Z\r
Content-Type: application/http; msgtype=response\r
Content-Length: {length}\r
\r
{body}"""
FEED = """<rss version="2.0"><channel><title>Larkmoor Post</title>
<item><guid>a</guid><title>One</title><link>https://post.example/1</link>
<description>Ann Wick said so.</description></item>
<item><guid>b</guid><title>Two</title><link>https://post.example/2</link>
<description>Bob Tarn said no.</description></item>
</channel></rss>"""


def record(number: int) -> str:
    page = f"<html><head><title>News {number}</title></head><body><p>{REPORT * 3} Number {number}.</p></body></html>"
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    return RECORD.format(number=number, length=len(body), body=body)


def write(folder: Path, name: str) -> Path:
    content = {
        "news.warc.gz": gzip.compress("".join(f"{record(n)}\r\n\r\n" for n in (1, 2)).encode()),
        "news.rss": FEED.encode(),
        "news.csv": f'id,text,outlet\n1,"{REPORT}",Post\n2,"{REPORT} No.",Post\n'.encode(),
        "news.jsonl": "".join(json.dumps({"id": n, "text": REPORT * n}) + "\n" for n in (1, 2)).encode(),
        "news.json": json.dumps([{"id": n, "text": REPORT * n} for n in (1, 2)], indent=1).encode(),
    }[name]
    (folder / name).write_bytes(content)
    return folder / name


def records(library: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main(["export", "--library", str(library)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("name", ["news.warc.gz", "news.rss", "news.csv", "news.jsonl", "news.json"])
def test_each_kind_goes_in_once_and_its_bytes_come_out(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, news = tmp_path / "l.db", write(tmp_path, name)
    for told in ("2 added", "2 already there"):
        assert main(["add", "--library", str(library), str(news)]) == 0
        assert capsys.readouterr().out.startswith(told)
    for row in records(library, capsys):
        out = tmp_path / row["id"]
        assert main(["show", "--library", str(library), row["id"], "--original", "-o", str(out)]) == 0
        assert hashlib.sha256(out.read_bytes()).hexdigest() == row["sha256"]
        assert row["origin"].startswith(f"{news}{'#' if name in ('news.warc.gz', 'news.rss') else ':'}")
        if name == "news.rss":
            assert out.read_text() == FEED
        elif name == "news.warc.gz":
            assert out.read_bytes().decode().rstrip() == record(int(row["url"][-1])).rstrip()
            assert row["fetched"] == f"2021-04-0{row['url'][-1]}T09:30:00+00:00"
        else:
            assert json.loads(out.read_bytes())["text"] == row["text"]


def test_an_original_can_be_added_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library, news = tmp_path / "l.db", write(tmp_path, "news.warc.gz")
    main(["add", "--library", str(library), str(news)])
    capsys.readouterr()
    main(
        ["show", "--library", str(library), "https://post.example/news/2", "--original", "-o", str(tmp_path / "a.warc")]
    )
    main(["add", "--library", str(library), str(tmp_path / "a.warc")])
    assert capsys.readouterr().out.startswith("1 already there")

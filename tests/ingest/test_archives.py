"""WARC and WACZ: the pages in them, cut off or hostile ones named."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from firsthand.model import Article, Failure

PAGE = """<html><head><title>Mill Lane {n}</title></head><body><article><h1>Mill Lane is shut, day {n}</h1>
<p>Mill Lane stays shut, the road office said on day {n}, because the river is still rising by the hour.</p>
<p>Nobody knows when it will open, said a driver who had waited there since the early morning.</p></article></body>"""


def page(number: int) -> bytes:
    return PAGE.format(n=number).encode()


class Crawl:
    """A WARC file in the making."""

    def __init__(self, packed: bool) -> None:
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed)
        self.writer.write_record(self.writer.create_warcinfo_record("crawl.warc", {"software": "ours"}))

    def add(self, body: bytes, content_type: str = "text/html", status: str = "200 OK", **headers: str) -> Crawl:
        number = len(self.file.getvalue())
        sent = [("Content-Type", content_type), *((name.replace("_", "-"), value) for name, value in headers.items())]
        http = StatusAndHeaders(status, sent, protocol="HTTP/1.1")
        address = f"https://tarn.example/{number}"
        self.writer.write_record(
            self.writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=http)
        )
        return self

    def write(self, path: Path, keep: float = 1.0) -> Path:
        content = self.file.getvalue()
        path.write_bytes(content[: int(len(content) * keep)])
        return path


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_read_and_the_rest_is_passed_over(tmp_path: Path, read: Any, packed: bool) -> None:
    crawl = Crawl(packed).add(page(1)).add(b"\x89PNG", "image/png").add(b"gone", status="404 Not Found")
    crawl.add(b"User-agent: *", "text/plain").add(b"<urlset/>", "text/xml").add(page(2), "text/html; charset=utf-8")
    path = crawl.write(tmp_path / ("a.warc.gz" if packed else "a.warc"))
    one, two = read(path)
    assert (one.title, two.title) == ("Mill Lane is shut, day 1", "Mill Lane is shut, day 2")
    assert (one.origin, two.origin) == (f"{path}#2", f"{path}#7")
    assert one.url.startswith("https://tarn.example/")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page(1)), {"Content_Encoding": "gzip"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(1)), page(1)), {"Transfer_Encoding": "chunked"}),
        (page(1), {"Transfer_Encoding": "chunked"}),
    ],
)
def test_bodies_as_they_were_sent(tmp_path: Path, read: Any, body: bytes, headers: dict[str, str]) -> None:
    [article] = read(Crawl(True).add(body, **headers).write(tmp_path / "a.warc.gz"))
    assert article.title == "Mill Lane is shut, day 1"


def test_a_bad_record_is_named_and_the_next_is_read(tmp_path: Path, read: Any) -> None:
    crawl = Crawl(True).add(b"<html><body>hi</body></html>").add(page(1) * 500).add(b"x", Content_Encoding="br")
    path = crawl.add(b"").add(page(2)).write(tmp_path / "a.warc.gz")
    found = read(path, max_bytes=100_000)
    assert [getattr(one, "cause", None) for one in found] == [
        "no article text found",
        "is larger than the limit of 98 kB",
        'has the content encoding "br", which cannot be read',
        "is empty",
        None,
    ]
    assert [one.origin for one in found] == [f"{path}#{number}" for number in range(2, 7)]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("keep", [0.9, 0.5, 0.3])
def test_a_file_cut_off_gives_its_whole_records_and_one_failure(
    tmp_path: Path, read: Any, packed: bool, keep: float
) -> None:
    crawl = Crawl(packed)
    for number in range(10):
        crawl.add(page(number))
    path = crawl.write(tmp_path / "cut.warc.gz", keep)
    *whole, failure = read(path)
    assert len(whole) in range(int(10 * keep) - 2, int(10 * keep) + 1)
    assert all(isinstance(article, Article) and article.text.endswith("morning.") for article in whole)
    assert isinstance(failure, Failure)
    assert failure.origin == str(path)
    assert "is cut off" in failure.cause


@pytest.mark.parametrize("packed", [True, False])
def test_wherever_it_is_cut_nothing_is_lost_or_made_up(tmp_path: Path, read: Any, packed: bool) -> None:
    crawl = Crawl(packed).add(page(0))
    ends = [len(crawl.file.getvalue())]
    for number in (1, 2):
        ends.append(len(crawl.add(page(number)).file.getvalue()))
    content, path = crawl.file.getvalue(), tmp_path / "cut.warc"
    for length in range(1, len(content), 61):
        path.write_bytes(content[:length])
        found = read(path)
        texts = [one for one in found if isinstance(one, Article)]
        # Two line ends close a record; without them its body is whole all the same.
        assert len(texts) in {sum(end <= length for end in ends), sum(end <= length + 12 for end in ends)}
        assert len(found) - len(texts) <= 1


def test_damage_in_the_middle_is_one_failure(tmp_path: Path, read: Any) -> None:
    crawl = Crawl(True).add(page(1)).add(page(2)).add(page(3))
    path = crawl.write(tmp_path / "a.warc.gz")
    content = bytearray(path.read_bytes())
    content[len(content) * 2 // 3 : len(content) * 2 // 3 + 9] = b"xxxxxxxxx"
    path.write_bytes(content)
    found = read(path)
    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Failure)
    assert found[-1].origin == str(path)


@pytest.mark.parametrize(
    "content", [b"WARC/1.0\r\n", b"WARC/1.0\r\n\r\n", b"no archive at all", gzip.compress(b"nor this", mtime=0)]
)
def test_what_is_no_archive(tmp_path: Path, read: Any, content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    [failure] = read(path)
    assert isinstance(failure, Failure)
    assert capfd.readouterr() == ("", "")


def test_a_bomb_is_refused(tmp_path: Path, read: Any) -> None:
    path = Crawl(True).add(b"<p>" + bytes(100_000_000)).write(tmp_path / "bomb.warc.gz")
    assert read(path) == [Failure(str(path), "unpacks to more than 200 times its size")]


def test_a_bomb_in_a_page_is_refused(tmp_path: Path, read: Any) -> None:
    path = Crawl(True).add(gzip.compress(bytes(20_000_000)), Content_Encoding="gzip").write(tmp_path / "a.warc.gz")
    assert "larger than the limit" in read(path, max_bytes=1_000_000)[0].cause


def wacz(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"datapackage.json": b"{}", **members}.items():
            archive.writestr(name, content)
    return path


def test_a_wacz_is_a_zip_of_warcs(tmp_path: Path, read: Any) -> None:
    crawl, cut = Crawl(True).add(page(1)), Crawl(True).add(page(2)).add(page(3)).file.getvalue()[:-200]
    members = {"archive/a.warc.gz": crawl.file.getvalue(), "archive/b.warc.gz": cut, "pages/pages.jsonl": b"{}"}
    path = wacz(tmp_path / "a.wacz", **members)
    one, two, failure = read(path)
    assert (one.origin, two.origin) == (f"{path}#archive/a.warc.gz#2", f"{path}#archive/b.warc.gz#2")
    assert failure.origin == f"{path}#archive/b.warc.gz"


def test_a_damaged_member_of_a_wacz_is_named_and_the_next_is_read(tmp_path: Path, read: Any) -> None:
    path, content = tmp_path / "a.wacz", Crawl(False).add(page(1)).file.getvalue()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/a.warc", content, zipfile.ZIP_LZMA)
        archive.writestr("archive/b.warc", content)
    packed = bytearray(path.read_bytes())
    start = packed.index(b"a.warc") + len("a.warc") + 4  # behind the header that zip puts before LZMA's
    packed[start : start + 60] = b"\xff" * 60
    path.write_bytes(packed)
    failure, article = read(path)
    assert failure.origin == f"{path}#archive/a.warc"
    assert "damaged" in failure.cause
    assert article.title == "Mill Lane is shut, day 1"


def test_a_wacz_that_is_none(tmp_path: Path, read: Any) -> None:
    path = wacz(tmp_path / "a.wacz", **{"archive/a.warc.gz": Crawl(True).add(page(1)).file.getvalue()})
    path.write_bytes(path.read_bytes()[:-30])
    assert "cut off or damaged" in read(path)[0].cause
    assert read(wacz(tmp_path / "b.wacz")) == [Failure(f"{tmp_path}/b.wacz", "is a zip archive without WARC files")]
    bomb = wacz(tmp_path / "c.wacz", **{"archive/a.warc": bytes(80_000_000)})
    assert "200 times its size" in read(bomb)[0].cause


@pytest.mark.parametrize("http", [b"", b"WARC-Target-URI: https://tarn.example/\r\n\r\nHTTP/1.1 200 OK\r\n"])
def test_headers_without_end_are_refused(tmp_path: Path, read: Any, http: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    begun = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999999\r\n" + http
    path.write_bytes(gzip.compress(begun + b"a:b\r\n" * 10**6))
    assert read(path) == [Failure(str(path), "has more than 256 kB of headers in a record")]

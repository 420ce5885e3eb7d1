"""Bad input is normal input: each kind, through the command, with the shipped model."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.data import MissingData, shared
from firsthand.cli.writers import LONGEST_PAGE

REPORT = "The mayor of Larkmoor said on Tuesday that the bridge would stay shut until May.\n"
PAGE = "<html><head><title>Bridge shut</title></head><body><p>" + REPORT * 4


def firsthand(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "firsthand", "read", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, timeout=300, check=False)


def warc(pages: int) -> bytes:
    """A web archive of that many pages, as crawlers write them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for n in range(pages):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = io.BytesIO((PAGE + f"<p>Page number {n} of the archive.</p>").encode())
        writer.write_record(writer.create_warc_record(f"https://post.example/{n}", "response", body, http_headers=head))
    return file.getvalue()


WARC_HEAD = b"""\
WARC/1.0\r
WARC-Type: resource\r
WARC-Record-ID: <urn:uuid:0a1b2c3d-0000-4000-8000-000000000000>\r
WARC-Target-URI: https://post.example/bomb\r
WARC-Date: 2031-04-08T09:30:00Z\r
Content-Type: text/html\r
Content-Length: 100000000\r
\r
"""
BROKEN_LINES = "".join(json.dumps({"id": n, "text": REPORT}) + "\n" for n in range(1, 7)) + "{not json\n"
REFUSED = {
    "empty.txt": (b"", b"is empty"),
    "binary.txt": (bytes(range(256)) * 40, b"is not text, but binary"),
    "menu.html": (b"<html><body><nav><a href=/>Home</a></nav></body></html>", b"no article"),
    # Of an odd number: half of an even one may end where a record does, and is whole.
    "half.warc.gz": (warc(5)[: len(warc(5)) // 2], b"half.warc.gz"),
    "lines.jsonl": (BROKEN_LINES.encode(), b"lines.jsonl:7"),
    "bomb.html.gz": (gzip.compress(b"\0" * 100_000_000), b"is not text, but a gzip archive"),
    "bomb.warc.gz": (gzip.compress(WARC_HEAD + b"\0" * 100_000_000), b"unpacks to more than 200 times its size"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str) -> None:
    content, cause = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    done = firsthand("-f", "jsonl", tmp_path / name)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert name.encode() in done.stderr
    assert cause in done.stderr


def test_what_is_too_long_for_a_page_is_told_at_once_and_the_rest_is_shown(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(REPORT * (LONGEST_PAGE // len(REPORT) + 1))
    (tmp_path / "short.txt").write_text(REPORT)
    done = firsthand("-f", "html", tmp_path / "long.txt", tmp_path / "short.txt")
    assert done.returncode == 1
    assert done.stderr.decode() == f"firsthand: {tmp_path / 'long.txt'}: is too long for a page; use -f jsonl\n"
    assert done.stdout.count(b"</article>") == 1


def test_what_stands_before_the_damage_is_read(tmp_path: Path) -> None:
    for name, articles in {"half.warc.gz": 1, "lines.jsonl": 6}.items():
        (tmp_path / name).write_bytes(REFUSED[name][0])
        assert firsthand("-f", "jsonl", tmp_path / name).stdout.count(b"\n") >= articles


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.html", PAGE.encode() + b"<div <p></b></table><td>" + REPORT.encode() * 3),
        ("latin.txt", (REPORT * 3 + "The café said so, naïve or not.\n").encode("latin-1")),
        ("quotes.txt", b'"' * 1_000_000),
        ("rtl.txt", ("قال الوزير 🎭 שלום\n\n" + REPORT).encode()),
    ],
)
def test_odd_but_readable_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    done = firsthand("-f", "jsonl", tmp_path / name)
    record = json.loads(done.stdout)
    assert done.returncode == 0
    spans = [s for said in record["attributions"] for role in ("source", "cue", "content") for s in said[role]]
    assert all(0 <= start < end <= len(record["text"]) for start, end in spans)
    if name != "quotes.txt":
        assert "said" in {record["text"][s:e].split()[0] for said in record["attributions"] for s, e in said["cue"]}


MEMORY = """
import resource, sys
from pathlib import Path
from firsthand.cli.main import main
status = main()
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if Path("/proc/self/status").exists():  # Linux counts into ru_maxrss what the process held that started this one
    lines = Path("/proc/self/status").read_text().splitlines()
    grown = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
print(grown, file=sys.stderr)
sys.exit(status)
"""


def test_a_text_of_50_megabytes_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """Tables of figures with a report here and there: 50 MB of plain prose would take minutes, not more memory."""
    table = "".join(f"{n} 12.5 0.3 {n % 7}\n" for n in range(250_000))
    with (tmp_path / "long.txt").open("w") as file:
        while file.tell() < 50_000_000:
            file.write(REPORT * 200 + table)
    command = [sys.executable, "-c", MEMORY, "read", "-f", "jsonl", str(tmp_path / "long.txt")]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert len(record["attributions"]) >= 10 * 200
    assert record["attributions"][-1]["cue"][-1][1] > 40_000_000
    unit = 1024 if sys.platform != "darwin" else 1
    assert int(done.stderr.split()[-1]) * unit < 500e6


def test_real_scraped_articles_are_all_read(tmp_path: Path) -> None:
    try:
        lines = (shared().folder / "data/helsinki/articles.jsonl").read_bytes().splitlines(keepends=True)
    except FileNotFoundError as error:
        pytest.skip(f"{error.filename} is not there")
    except MissingData as missing:
        pytest.skip(str(missing))
    (tmp_path / "some.jsonl").write_bytes(b"".join(lines[::12]))
    done = firsthand("-f", "jsonl", tmp_path / "some.jsonl")
    assert (done.returncode, done.stderr) == (0, b"")
    ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert ids == [json.loads(line)["id"] for line in lines[::12]]

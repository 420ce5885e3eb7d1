"""`firsthand add`, `list`, `search`, `show`, `remove` and `export` as somebody uses them."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from firsthand.cli.main import main
from tests.conftest import HOSTILE

FLOOD = Path(__file__).parents[2] / "examples" / "flood.html"
EXAMPLES = FLOOD, FLOOD.with_name("warning.html"), FLOOD.with_name("warning-rewritten.html")
REPORT = "The mayor of Larkmoor said on Tuesday that the bridge would stay shut until May."
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]")
COLOUR = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the library is."""
    monkeypatch.setenv("FIRSTHAND_LIBRARY", str(tmp_path / "l.db"))
    return tmp_path / "l.db"


@pytest.fixture
def firsthand(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command in this process: its exit status, what it prints, what it complains of."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def in_a_terminal(*arguments: str | Path, typed: bytes = b"") -> tuple[int, str]:
    """Runs a command as in a terminal of 80 columns: its exit status, and all that it shows."""
    here, there = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    command = [sys.executable, "-m", "firsthand", *map(str, arguments)]
    process = subprocess.Popen(command, stdin=there, stdout=there, stderr=there, env=environment)
    os.close(there)
    if typed:
        os.write(here, typed)
    shown = b""
    while part := _read(here):
        shown += part
    os.close(here)
    return process.wait(timeout=60), shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other side is closed
        return b""


def test_articles_are_added_once(firsthand: Any, place: Path, tmp_path: Path) -> None:
    news = lines(tmp_path / "a.jsonl", {"id": 1, "text": REPORT}, {"id": 2, "text": ""})
    status, said, told = firsthand("add", FLOOD, news, "nothing.txt")
    assert (status, said) == (1, f"2 added, 2 failed\n{place} has 2 in all\n")
    assert told.splitlines() == [
        f"firsthand: {news}:2: is empty",
        "firsthand: nothing.txt: there is no such file or folder",
    ]
    assert firsthand("add", FLOOD) == (0, f"1 already there\n{place} has 2 in all\n", "")


def test_where_nothing_can_be_added_no_library_is_made(firsthand: Any, tmp_path: Path) -> None:
    inner = tmp_path / "data" / "firsthand" / "l.db"
    status, said, told = firsthand("add", "--library", inner, "nothing.txt", "gone/")
    assert (status, said, told.count("\n")) == (1, "2 failed; no library was made\n", 2)
    assert not (tmp_path / "data").exists()
    status, said, told = firsthand("add", "--library", inner, "nothing.txt", FLOOD)
    assert (status, said, told.count("\n")) == (1, f"1 added, 1 failed\n{inner} has 1 in all\n", 1)
    assert firsthand("add", "--library", inner, "nothing.txt")[1] == f"1 failed\n{inner} has 1 in all\n"


def test_a_library_that_cannot_be_made_is_one_line(firsthand: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for name in (tmp_path / "file" / "l.db", "n" * 300, "null\0"):
        status, said, told = firsthand("add", "--library", name, FLOOD)
        assert (status, said, told.count("\n")) == (1, "", 1), told


def test_a_changed_line_is_a_new_version(firsthand: Any, tmp_path: Path) -> None:
    news = lines(tmp_path / "a.jsonl", {"id": "b7", "outlet": "Post", "text": REPORT})
    firsthand("add", news)
    lines(news, {"id": "b7", "outlet": "Post", "text": f"{REPORT} He was wrong."})
    assert firsthand("add", news)[1].startswith("1 new version\n")
    status, said, _ = firsthand("show", "b7")
    assert status == 0 and said.endswith(f"\n\n{REPORT} He was wrong.\n")
    assert re.search(r"^version    2 of 2$", said, re.MULTILINE)
    assert re.search(rf" UTC: version 2 by \S+, from {news}:1$", said, re.MULTILINE)
    assert firsthand("show", "b7", "--version", "1")[1].endswith(f"\n\n{REPORT}\n")
    status, said, told = firsthand("show", "b7", "--version", "3")
    assert (status, said) == (1, "") and told.endswith("has no version 3\n")
    assert "(2 versions)" in firsthand("list")[1]


def test_the_option_goes_before_the_environment(firsthand: Any, place: Path, tmp_path: Path) -> None:
    firsthand("add", FLOOD, "--library", tmp_path / "other.db")
    assert not place.exists()
    assert "Arrel" in firsthand("list", "--library", tmp_path / "other.db")[1]
    said = f"firsthand: {place}: there is no library; `firsthand add` or `firsthand media add` makes one\n"
    assert firsthand("list") == (1, "", said)


def test_a_page_that_changes_is_followed(firsthand: Any, served: dict[str, bytes], place: Path) -> None:
    page = "<html><head><title>Bridge shut</title></head><body><article><h1>Bridge shut</h1><p>{}</p></article>"
    served["/news/bridge"] = page.format(REPORT * 3).encode()
    url = f"http://127.0.0.1:{served['port'].decode()}/news/bridge"
    assert firsthand("add", url)[0] == 1
    assert firsthand("add", "--allow-private", url)[:2] == (0, f"1 added\n{place} has 1 in all\n")
    assert firsthand("add", "--allow-private", url)[1].startswith("1 already there")
    served["/news/bridge"] = page.format(REPORT * 3 + " It is open again.").encode()
    assert firsthand("add", "--allow-private", url)[1].startswith("1 new version")
    record = json.loads(firsthand("show", url, "-f", "json")[1])
    assert (record["versions"], record["url"], record["origin"]) == (2, url, url)
    assert record["sha256"] == hashlib.sha256(served["/news/bridge"]).hexdigest()
    assert [row["action"] for row in record["log"]] == ["added", "new version"]


@pytest.fixture
def served() -> Iterator[dict[str, bytes]]:
    """Pages of a server on loopback, by their paths; its port by "port"."""
    pages: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages[self.path])

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    pages["port"] = str(server.server_port).encode()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield pages
    server.shutdown()


def test_original_bytes_come_back(firsthand: Any, tmp_path: Path) -> None:
    firsthand("add", FLOOD)
    (entry,) = map(json.loads, firsthand("list", "-f", "jsonl")[1].splitlines())
    out = tmp_path / "out.html"
    assert firsthand("show", entry["id"][:6], "--original", "-o", out) == (0, "", "")
    assert out.read_bytes() == FLOOD.read_bytes()
    out.write_text("what was there")
    refused = f"firsthand: {out}: is there already; nothing was overwritten\n"
    assert firsthand("show", entry["id"][:6], "--original", "-o", out) == (1, "", refused)
    assert out.read_text() == "what was there"
    assert firsthand("show", entry["id"][:6], "--original", "-o", "/dev/null") == (0, "", "")


@pytest.mark.parametrize("command", [("list",), ("search", "x"), ("show", "x"), ("copies", "x"), ("export",)])
def test_no_output_is_written_over_the_library(firsthand: Any, place: Path, command: tuple[str, ...]) -> None:
    firsthand("add", FLOOD)
    before = place.read_bytes()
    more = ("--format", "jsonl") if command[0] in ("export", "copies") else ()
    status, said, told = firsthand(*command, "-o", place, *more)
    assert (status, said, told) == (1, "", f"firsthand: {place}: is the library itself; nothing was written\n")
    assert place.read_bytes() == before


def test_a_list_in_columns_and_in_json(firsthand: Any, tmp_path: Path) -> None:
    rows = [{"id": n, "text": f"{REPORT} {n}", "title": f"News {n}", "published": f"2021-04-0{n}"} for n in (1, 2, 3)]
    firsthand("add", lines(tmp_path / "a.jsonl", *rows, {"id": 4, "text": REPORT, "outlet": "Post " * 9}))
    status, said, told = firsthand("list")
    assert (status, told) == (0, "")
    assert [line[18:28].strip() for line in said.splitlines()[1:]] == ["", "2021-04-03", "2021-04-02", "2021-04-01"]
    assert all(len(line.split()[0]) == 16 for line in said.splitlines()[1:])
    found = [
        json.loads(line)
        for line in firsthand("list", "-f", "jsonl", "--since", "2021-04-02", "-n", "2")[1].splitlines()
    ]
    assert [(row["title"], row["outlet"]) for row in found] == [(None, ("Post " * 9).strip()), ("News 3", None)]
    assert "News" not in firsthand("list", "--outlet", "post")[1]
    until = firsthand("list", "-f", "jsonl", "--until", "2021-04-02")[1]
    assert [json.loads(line)["title"] for line in until.splitlines()] == ["News 2", "News 1"]
    assert firsthand("list", "--outlet", "nobody") == (0, "", "")


def test_what_only_says_when_it_was_fetched_is_listed_by_that(firsthand: Any, tmp_path: Path) -> None:
    rows = [{"id": day, "text": f"{REPORT} {day}", "fetched": f"2021-04-0{day}T09:00:00+02:00"} for day in (1, 2, 3)]
    said_both = {"id": 4, "text": f"{REPORT} 4", "published": "2021-03-01", "fetched": "2021-04-09"}
    firsthand("add", lines(tmp_path / "a.jsonl", *rows, said_both, {"id": 5, "text": f"{REPORT} 5"}))
    assert origins(firsthand, "--since", "2021-04-02") == [5, 3, 2]
    assert origins(firsthand, "--since", "2021-04-02", "--until", "2021-04-02") == [2]
    assert origins(firsthand, "--until", "2021-04-01") == [1, 4]


def origins(firsthand: Any, *options: str) -> list[int]:
    """The lines from which what is listed came, in the order of the list."""
    found = map(json.loads, firsthand("list", "-f", "jsonl", *options)[1].splitlines())
    return [int(row["origin"].rpartition(":")[2]) for row in found]


def test_a_search_shows_where_the_words_stand(firsthand: Any) -> None:
    firsthand("add", *EXAMPLES)
    status, said, told = firsthand("search", "millsey", "bridge at")
    assert (status, told) == (0, "")
    assert "**bridge at** **Millsey**" in " ".join(said.split())
    (hit,) = map(json.loads, firsthand("search", "-f", "jsonl", "millsey")[1].splitlines())
    assert {hit["snippet"][start:end] for start, end in hit["marks"]} == {"Millsey"}
    assert firsthand("search", "at bridge") == (0, "", "firsthand: no article of the library has all of these words\n")
    assert firsthand("search", "NEAR(", ")")[0] == 0
    assert firsthand("search", "...") == (1, "", "firsthand: there is no word to search for\n")


def test_removal_is_agreed_to(firsthand: Any) -> None:
    firsthand("add", FLOOD)
    (entry,) = map(json.loads, firsthand("list", "-f", "jsonl")[1].splitlines())
    status, _, told = firsthand("remove", entry["id"])
    assert status == 1 and "--yes" in told
    status, shown = in_a_terminal("remove", entry["id"], typed=b"n\n")
    assert status == 1 and "[y/N]" in shown and shown.endswith("firsthand: nothing was removed\n")
    status, shown = in_a_terminal("remove", entry["id"], typed=b"y\n")
    assert status == 0 and shown.endswith("1 removed\n")
    assert "was removed by" in firsthand("show", entry["id"])[2]
    firsthand("add", FLOOD)
    assert firsthand("remove", "-y", entry["id"])[0] == 0
    assert firsthand("list")[1] == ""


def test_one_wrong_name_removes_nothing(firsthand: Any) -> None:
    firsthand("add", FLOOD)
    (entry,) = map(json.loads, firsthand("list", "-f", "jsonl")[1].splitlines())
    assert firsthand("remove", "-y", entry["id"], "ffff")[0] == 1
    assert firsthand("list")[1]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_an_export_comes_back_with_the_same_ids(firsthand: Any, tmp_path: Path, form: str) -> None:
    texts = [f"{REPORT} {n}\r\n\u2028é\x0c" for n in range(5)]
    rows = [
        {"id": f"n{n}", "text": text, "outlet": "Post", "published": "2021-04-08T09:30:00+02:00"}
        for n, text in enumerate(texts)
    ]
    firsthand("add", lines(tmp_path / "a.jsonl", *rows), *EXAMPLES)
    firsthand("add", lines(tmp_path / "b.jsonl", rows[0] | {"text": "Changed."}))
    out, other = tmp_path / f"out.{form}", tmp_path / "other.db"
    assert firsthand("export", "-o", out, "--all-versions") == (0, "", "")
    assert firsthand("add", "--library", other, out)[1] == f"8 added, 1 new version\n{other} has 8 in all\n"
    ours, theirs = exported(firsthand), exported(firsthand, "--library", other)
    assert theirs == ours
    assert ours[0]["text"] == texts[0] and ours[0]["version"] == 1
    assert firsthand("add", "--library", other, tmp_path / "a.jsonl", *EXAMPLES)[1].startswith("8 already there")
    assert firsthand("add", out)[1].startswith("9 already there")


def exported(firsthand: Any, *more: str | Path) -> list[dict[str, Any]]:
    """What an export has of each version, without what tells the two libraries apart."""
    ours = {"added", "origin", "own_id", "sha256", "size", "media_type", "links", "media"}
    found = [json.loads(line) for line in firsthand("export", "--all-versions", *more)[1].split("\n") if line]
    return [{name: value for name, value in row.items() if name not in ours} for row in sorted(found, key=by_version)]


def by_version(row: dict[str, Any]) -> tuple[str, int]:
    return row["id"], row["version"]


def test_an_export_is_of_what_is_asked_for(firsthand: Any, tmp_path: Path) -> None:
    firsthand("add", *EXAMPLES)
    rows = [json.loads(line) for line in firsthand("export", "--outlet", "arrel")[1].splitlines()]
    assert [row["outlet"] for row in rows] == ["Upper Arrel Gazette"]
    assert rows[0]["links"] == [] and rows[0]["media_type"] == "text/html"


def hostile_rows() -> list[dict[str, str]]:
    fields = ("title", "outlet", "byline", "language", "url")
    return [
        {"id": f"{n}{evil}", "text": f"Larkmoor {evil}"} | dict.fromkeys(fields, evil) for n, evil in enumerate(HOSTILE)
    ]


def test_hostile_articles_steer_no_screen(firsthand: Any, tmp_path: Path) -> None:
    rows = [{name: value.replace("\ud800", "") for name, value in row.items()} for row in hostile_rows()]
    file = tmp_path / "\x1b[31mevil\u202e.jsonl"
    assert firsthand("add", lines(file, *rows))[0] == 0
    ids = [json.loads(line)["id"] for line in firsthand("list", "-f", "jsonl")[1].splitlines()]
    assert len(ids) == len(HOSTILE)
    for command in (("list",), ("search", "larkmoor"), ("remove", *ids), *(("show", name) for name in ids)):
        _, said, told = firsthand(*command)
        assert not CONTROL.search(said + told), command
    for command in (("list",), ("search", "larkmoor"), ("show", ids[-1])):
        _, shown = in_a_terminal(*command)
        assert len(shown) > 50 and not CONTROL.search(COLOUR.sub("", shown)), command


def test_a_screen_gets_the_newest_and_is_told_so(firsthand: Any, tmp_path: Path) -> None:
    rows = (
        {"id": f"{n}", "text": f"{REPORT} {n}", "title": f"A headline that is quite long {n} " * 3} for n in range(150)
    )
    firsthand("add", lines(tmp_path / "a.jsonl", *rows))
    status, shown = in_a_terminal("list")
    assert status == 0
    assert shown.endswith("\nfirsthand: these are the 100 newest of 150; --limit gives more\n")
    assert len(shown.splitlines()) == 102 and max(map(len, shown.splitlines())) <= 80
    assert len(firsthand("list")[1].splitlines()) == 151


def test_a_screen_that_lacks_a_character_gets_another(tmp_path: Path) -> None:
    news = lines(tmp_path / "a.jsonl", {"id": "é", "text": REPORT, "title": "Café \U0001f469", "outlet": "Zürich"})
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "FIRSTHAND_LIBRARY": str(tmp_path / "\udcff.db")}
    for command in (["add", str(news)], ["list"], ["search", "cafe"], ["show", "é"], ["remove", "-y", "é"]):
        asked = [sys.executable, "-m", "firsthand", *command]
        done = subprocess.run(asked, env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), done.stderr
        assert done.stdout.isascii()


def test_a_screen_is_told_how_far_an_addition_is(tmp_path: Path) -> None:
    rows = [{"id": n, "text": f"{REPORT} {n}" * (n != 7)} for n in range(700)]
    status, shown = in_a_terminal("add", lines(tmp_path / "a.jsonl", *rows))
    assert status == 1
    assert re.search("articles [0-9,]+ a second", shown) and "1 failed" in shown
    assert "699 added, 1 failed" in shown


def test_nobody_who_reads_on_is_no_error(firsthand: Any, tmp_path: Path) -> None:
    firsthand("add", lines(tmp_path / "a.jsonl", *({"id": n, "text": f"{REPORT} {n}"} for n in range(3000))))
    for command in ("list", "export"):
        process = subprocess.Popen(
            [sys.executable, "-m", "firsthand", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert (process.wait(timeout=60), process.stderr.read()) == (141, b"")


@pytest.mark.parametrize(
    "command", [("add", str(FLOOD)), ("list",), ("search", "x"), ("show", "x"), ("remove", "x"), ("export",)]
)
def test_what_is_no_library_is_one_line(firsthand: Any, place: Path, command: tuple[str, ...]) -> None:
    place.write_bytes(b"<p>a page" * 1000)
    status, said, told = firsthand(*command)
    assert (status, said) == (1, "")
    assert told == f"firsthand: {place}: is no library of Firsthand\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "-f", "parquet"), "Parquet needs --output FILE"),
        (("export", "-f", "parquet", "-o", "a.jsonl"), "does not fit a file that is named like jsonl"),
        (("export", "-o", "a.csv"), "cannot tell a format from .csv; say --format or end the name"),
        (("show", "x", "--original"), "--original needs --output FILE"),
        (("show", "x", "--original", "-o", "a", "-f", "json"), "it has no --format"),
        (("show", "x", "--version", "0"), "is not a number from 1 on"),
        (("list", "-n", "-1"), "is not a number from 1 on"),
        (("list", "--since", "yesterday"), "is not a date such as 2031-04-08"),
        (("list", "--until", "0001-01-01T00:00+09:00"), "is not a date such as 2031-04-08"),
        (("add",), "required: ARTICLE"),
        (("search",), "required: WORDS"),
    ],
)
def test_wrong_usage_is_told(firsthand: Any, place: Path, arguments: tuple[str, ...], told: str) -> None:
    status, said, complaint = firsthand(*arguments)
    assert (status, said) == (2, "") and told in complaint
    assert not place.exists()


def test_the_last_day_of_all_can_be_asked_for(firsthand: Any) -> None:
    firsthand("add", FLOOD)
    assert len(firsthand("list", "--since", "0001-01-01", "--until", "9999-12-31")[1].splitlines()) == 2

"""Broken and hostile files: each is read or is one MediaError, in time, and opens nothing else."""

from __future__ import annotations

import socket
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench import media_seeds as seeds
from bench.media_mutations import GIVEN, LATE, Told, Worker, mutants
from bench.media_mutators import chunk
from firsthand import media
from firsthand.errors import MediaError
from firsthand.media import tasks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the bench's own process asks /proc")

FILES = 40
TOLERANT = ("metadata", "credentials")
"""Tasks that have something to say of any file: that it is an archive, that it is not signed."""
SEED = 11
"""Another than the bench's own, whose 10,000 files are not run here."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def worker(folder: Path) -> Iterator[Worker]:
    started = Worker(folder)
    yield started
    started.end()


def all_of(worker: Worker, folder: Path, name: str, data: bytes) -> dict[str, Told]:
    """What becomes of every task on a file."""
    (folder / name).write_bytes(data)
    return {task: worker.ask(task, name) for task in tasks.TASKS}


def test_mutated_files_are_read_or_refused(worker: Worker, folder: Path) -> None:
    told = [one for mutant in mutants(FILES, SEED) for one in all_of(worker, folder, mutant.name, mutant.data).values()]
    assert [one for one in told if one.outcome not in ("read", "refused")] == []
    assert {one.outcome for one in told} == {"read", "refused"}


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def nested(depth: int) -> bytes:
    return b"".join(struct.pack(">I4s", 8 * (depth - at), b"moov") for at in range(depth))


def png_with(*chunks: bytes, width: int = 4, height: int = 4) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 4) * 4))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + rows + chunk(b"IEND", b"")


BOMB = zlib.compress(bytes(40 << 20), 1)
GIF = b"GIF89a\1\0\1\0\x80\0\0" + bytes(3) + b"\xff" * 3
FRAME = b"\x21\xf9\4\0\1\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2D\1\0"
JPEG_HUGE = b"\xff\xd8\xff\xc0\0\x11\x08" + struct.pack(">HH", 65_500, 65_500) + b"\3\1\x22\0\2\x11\1\3\x11\1"

HAND_MADE: dict[str, Callable[[], bytes]] = {
    "a box of 2 to the 63.mp4": lambda: box(b"ftyp", b"isom" + bytes(4)) + struct.pack(">I4sQ", 1, b"moov", 1 << 63),
    "boxes in boxes.mp4": lambda: box(b"ftyp", b"isom" + bytes(4)) + nested(50_000),
    "5,000 empty boxes.mp4": lambda: box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", box(b"trak") * 5_000),
    "a huge profile.png": lambda: png_with(chunk(b"iCCP", b"colours\0\0" + BOMB)),
    "a huge text.png": lambda: png_with(
        chunk(b"zTXt", b"Comment\0\0" + BOMB), chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + BOMB)
    ),
    "60,000 by 60,000.png": lambda: png_with(width=60_000, height=60_000),
    "65,500 by 65,500.jpg": lambda: JPEG_HUGE + b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0?\0" + bytes(500),
    "5,000 frames.gif": lambda: GIF + FRAME * 5_000 + b";",
    "20,000 frames of sound.aac": lambda: b"\xff\xf1\x50\x80\x01\x1f\xfc\0" * 20_000,
    "a vector drawing.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "a vector drawing.jpg": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "laughs.jpg": lambda: seeds.jpeg(laughs()),
    "promised sound.wav": lambda: seeds.wav().replace(b"data", b"data\xff\xff\xff\xff", 1),
    "nothing.mp4": lambda: b"\0",
    "text.mp4": lambda: b"words " * 1000,
    "an archive.mp4": lambda: b"PK\3\4" + bytes(500),
    "a document.jpg": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n",
}


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]>'.encode() + seeds.XMP.replace("saved", "&e11;").encode()


@pytest.mark.parametrize("name", HAND_MADE)
def test_hand_made_files_are_read_or_refused_in_time(worker: Worker, folder: Path, name: str) -> None:
    told = all_of(worker, folder, name.replace(" ", "-"), HAND_MADE[name]())
    assert [one for one in told.values() if one.outcome not in ("read", "refused")] == []
    assert max(one.seconds for one in told.values()) < LATE / 2
    assert max(one.memory for one in told.values()) < 900 << 20


@pytest.mark.parametrize(
    "name", ["a vector drawing.svg", "text.mp4", "an archive.mp4", "a document.jpg", "nothing.mp4"]
)
def test_what_is_no_media_is_refused_by_all_that_decode(worker: Worker, folder: Path, name: str) -> None:
    told = all_of(worker, folder, name.replace(" ", "-"), HAND_MADE[name]())
    assert {one.outcome for task, one in told.items() if task not in TOLERANT} == {"refused"}


def test_a_large_empty_file_is_one_error(folder: Path) -> None:
    path = folder / "sparse.mp4"
    with path.open("wb") as file:
        file.truncate(300 << 20)
    with pytest.raises(MediaError, match="could not be read: "):
        media.pictures_of(path, **GIVEN["pictures"])


@pytest.fixture
def loopback() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        yield server


PLAYLISTS = {
    "concat": "ffconcat version 1.0\nfile '{other}'\n",
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:9,\n{other}\n#EXT-X-ENDLIST\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static">'
    '<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="9"><BaseURL>{other}</BaseURL>'
    '<SegmentBase indexRange="0-1"/></Representation></AdaptationSet></Period></MPD>',
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n",
    "pls": "[playlist]\nFile1={other}\nNumberOfEntries=1\n",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_playlist_opens_nothing(folder: Path, worker: Worker, loopback: socket.socket, kind: str) -> None:
    (folder / "other.mp4").write_bytes(seeds.movie())
    port = loopback.getsockname()[1]
    for suffix, other in (
        (".mp4", "other.mp4"),
        (".jpg", str(folder / "other.mp4")),
        (".mp4", f"http://127.0.0.1:{port}/"),
    ):
        text = PLAYLISTS[kind].format(other=other, port=port)
        told = all_of(worker, folder, f"list{suffix}", text.encode())
        assert {one.outcome for task, one in told.items() if task not in TOLERANT} == {"refused"}
    with pytest.raises(TimeoutError):
        loopback.accept()


def test_a_name_that_looks_like_a_row_of_pictures_is_one(folder: Path) -> None:
    for name in ("001.jpg", "002.jpg", "%03d.jpg"):
        (folder / name).write_bytes(seeds.jpeg())
    found = media.pictures_of(folder / "%03d.jpg", **GIVEN["pictures"])
    assert set(found.times.tolist()) == {0.0}

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD, Base
from PIL.PngImagePlugin import PngInfo

from firsthand.errors import MediaError
from firsthand.media import breadth, consistency, metadata
from firsthand.model.media import Claimed, Metadata
from tests.media import boxing
from tests.media.test_heif import ITEMS, heic
from tests.media.test_packets import part, riff

MADE = boxing.since_1904("2022-02-16T09:12:00+00:00")


@pytest.fixture(autouse=True)
def _no_exiftool(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found must not depend on what is installed."""
    monkeypatch.setattr(breadth.shutil, "which", lambda _: None)


def read(path: Path, data: bytes | None = None) -> Metadata:
    if data is not None:
        path.write_bytes(data)
    return metadata.read(path)


def dates(found: Metadata) -> dict[str, str | None]:
    return {date.where: date.at for date in found.dates}


def names(found: Metadata) -> list[str]:
    return [name for name, _ in found.software]


def test_a_real_movie(tmp_path: Path) -> None:
    found = read(boxing.filmed(tmp_path / "a.mp4", "2022-02-16T09:12:00Z", title="A street"))
    assert found.container == "MP4 (isom)"
    assert dates(found)["moov/mvhd"] == "2022-02-16T09:12:00+00:00"
    assert [name[:4] for name in names(found)] == ["Lavf", "x264"]
    assert any(name.startswith("settings of x264") and "crf=" in value for name, value in found.tags)
    stream = found.streams[0]
    assert (stream.codec, stream.width, stream.rate, stream.handler) == ("avc1", 64, 25.0, "VideoHandler")


def test_a_real_movie_without_dates(tmp_path: Path) -> None:
    found = read(boxing.filmed(tmp_path / "a.mp4"))
    assert {date.at for date in found.dates} == {None}


def test_the_settings_of_the_encoder_survive_another_container(tmp_path: Path) -> None:
    found = read(boxing.filmed(tmp_path / "a.mkv", "2022-02-16T09:12:00Z"))
    assert [name for name in names(found) if name.startswith("x264")]
    assert dates(found) == {"General encoded_date": "2022-02-16T09:12:00+00:00"}


def test_a_movie_that_was_cut_from_others(tmp_path: Path) -> None:
    found = read(tmp_path / "a.mp4", boxing.movie(MADE) + boxing.box("uuid", boxing.XMP_UUID, boxing.saboteurs()))
    assert [one.name for one in found.ingredients if one.kind == "clip"] == [
        "Live fire at Vellmark 2010.mp4",
        "boom%20one.wav",
    ]
    assert dates(found)["XMP xmp:CreateDate"] == "2022-02-08T11:02:14+03:00"
    assert "Adobe Premiere Pro 2020.0 (Windows)" in names(found)


def test_the_two_cases_of_2022_stand_in_the_first_lines(tmp_path: Path) -> None:
    address = read(boxing.filmed(tmp_path / "address.mp4", "2022-02-16T09:12:00Z"))
    first = consistency.findings(address, Claimed("2022-02-18"))[0]
    assert first.standing == "at odds" and first.says.startswith("Created 2 days before the claimed day")
    film = boxing.filmed(tmp_path / "film.mp4").read_bytes()
    saboteurs = read(tmp_path / "saboteurs.mp4", film + boxing.box("uuid", boxing.XMP_UUID, boxing.saboteurs()))
    clip = consistency.findings(saboteurs, Claimed("2022-02-08T12:00:00+03:00"))[1]
    assert (clip.check, clip.standing) == ("history", "at odds")
    assert "“Live fire at Vellmark 2010.mp4” in the folder C:\\Users\\ops\\footage\\, dated 2010-04-07" in clip.says


def test_a_phones_film_that_was_written_and_encoded_by_others(tmp_path: Path) -> None:
    film = read(boxing.filmed(tmp_path / "a.mp4", "2022-02-16T09:12:00Z", handler="VideoHandle"))
    told = [one.says for one in consistency.findings(film, Claimed()) if one.standing == "notable"]
    assert told[0].startswith("Written anew after it was recorded (re-muxed, or encoded again): “VideoHandle”")
    assert told[1].startswith("Encoded anew: Android's recorder (MPEG4Writer) is named, but x264 - core")


def test_a_packet_that_no_box_leads_to_is_found(tmp_path: Path) -> None:
    found = read(tmp_path / "a.mp4", boxing.movie(MADE) + boxing.box("free", bytes(50), boxing.saboteurs()))
    assert found.ingredients


def test_a_file_of_300_mb_costs_little(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    size = 300 * 2**20
    with path.open("wb") as file:
        file.write(boxing.ftyp() + struct.pack(">I4s", size, b"mdat"))
        file.seek(size - 8, 1)
        file.write(boxing.box("moov", boxing.mvhd(MADE), boxing.track(MADE)))
    assert dates(read(path))["moov/mvhd"] == "2022-02-16T09:12:00+00:00"


def test_a_movie_that_was_cut_short(tmp_path: Path) -> None:
    whole = boxing.filmed(tmp_path / "a.mp4", "2022-02-16T09:12:00Z").read_bytes()
    found = read(tmp_path / "b.mp4", whole[: len(whole) // 3])
    assert any("no index" in remark for remark in found.remarks)
    assert found.container == "MP4 (isom)"


def test_a_picture(tmp_path: Path) -> None:
    made = Image.Exif()
    made.get_ifd(IFD.Exif).update({Base.DateTimeOriginal: "2022:02:16 11:12:00", Base.OffsetTimeOriginal: "+02:00"})
    boxing.scene().save(tmp_path / "a.jpg", "JPEG", exif=made, xmp=boxing.saboteurs())
    found = read(tmp_path / "a.jpg")
    assert found.container == "JPEG"
    assert dates(found)["EXIF DateTimeOriginal"] == "2022-02-16T11:12:00+02:00"
    assert dates(found)["XMP xmp:CreateDate"] == "2022-02-08T11:02:14+03:00"
    assert found.ingredients
    assert (found.streams[0].kind, found.streams[0].width) == ("image", 320)


def test_a_png_and_its_texts(tmp_path: Path) -> None:
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", boxing.saboteurs().decode(), zip=True)
    texts.add_text("Software", "GIMP 2.10")
    texts.add_text("Creation Time", "Wed, 16 Feb 2022 09:12:00 GMT")
    texts.add_text("date:create", "2022-02-17T00:00:00+00:00")
    texts.add_text("Comment", "drawn", zip=True)
    boxing.scene().save(tmp_path / "a.png", pnginfo=texts)
    found = read(tmp_path / "a.png")
    assert dates(found)["PNG Creation Time"] == "2022-02-16T09:12:00+00:00"
    assert "no date of the picture" in next(date.means for date in found.dates if "date:create" in date.where)
    assert names(found)[0] == "GIMP 2.10"
    assert ("PNG Comment", "drawn") in found.tags
    assert found.ingredients


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "TIFF"])
def test_packets_in_other_pictures(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind.lower()}"
    given = {"tiffinfo": {700: boxing.saboteurs()}} if kind == "TIFF" else {"xmp": boxing.saboteurs()}
    boxing.scene().save(path, kind, **given)
    found = read(path)
    assert next(one.name for one in found.ingredients if one.kind == "clip") == "Live fire at Vellmark 2010.mp4"


def test_a_heic_which_pillow_does_not_open(tmp_path: Path) -> None:
    found = read(tmp_path / "a.heic", heic(*ITEMS))
    assert found.container == "HEIC (heic)"
    assert dates(found)["EXIF DateTimeOriginal"] == "2022-02-16T11:12:00"
    assert found.ingredients
    assert found.streams[0].width == 4032


def test_a_broadcast_wave(tmp_path: Path) -> None:
    bext = b"Interview\0".ljust(256, b"\0") + b"Recorder 5".ljust(32, b"\0") + bytes(32) + b"2022-02-16" + b"09:12:00"
    head = struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)
    file, _ = riff(b"WAVE", part(b"bext", bext + bytes(300)), part(b"fmt ", head), part(b"data", bytes(16000)))
    found = read(tmp_path / "a.wav", file.getvalue())
    assert dates(found)["WAV bext"] == "2022-02-16T09:12:00"
    assert names(found) == ["Recorder 5"]
    assert ("WAV bext description", "Interview") in found.tags
    assert (found.streams[0].kind, found.streams[0].rate) == ("audio", 8000)


def test_an_mp3_with_tags(tmp_path: Path) -> None:
    def frame(name: bytes, text: bytes) -> bytes:
        return name + struct.pack(">IH", 1 + len(text), 0) + b"\3" + text

    body = frame(b"TDRC", b"2022-02-16T09:12:00") + frame(b"TIT2", b"A street") + frame(b"TSSE", b"Lavf58.76.100")
    silence = (b"\xff\xfb\x90\x00" + bytes(413)) * 12
    found = read(tmp_path / "a.mp3", b"ID3\4\0\0" + struct.pack(">I", len(body)) + body + silence)
    assert "2022-02-16T09:12:00" in {(date.at or "")[:19] for date in found.dates}
    assert any(name.startswith("Lavf58") for name in names(found))


@pytest.mark.parametrize("data", [b"", b"just some words", bytes(5000), b"\0"])
def test_what_is_no_media_is_an_error_in_one_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(MediaError, match=r"^a\.bin: ") as caught:
        read(tmp_path / "a.bin", data)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="could not be read: No such file"):
        metadata.read(tmp_path / "none.mp4")


def test_a_broken_picture_keeps_what_can_be_read(tmp_path: Path) -> None:
    segment = b"http://ns.adobe.com/xap/1.0/\0" + boxing.saboteurs()
    data = b"\xff\xd8\xff\xe1" + struct.pack(">H", 2 + len(segment)) + segment + b"\xff\xdb nothing else"
    found = read(tmp_path / "a.jpg", data)
    assert found.ingredients and found.remarks


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data())
def test_mutated_files_raise_nothing_but_a_media_error(tmp_path: Path, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["jpg", "png", "wav", "mp4", "heic"]))
    broken = bytearray(_sample(tmp_path, kind))
    for _ in range(data.draw(st.integers(1, 15))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"broken.{kind}"
    path.write_bytes(broken[: data.draw(st.integers(1, len(broken)))])
    with suppress(MediaError):
        found = metadata.read(path)
        assert len(found.tags) <= 300 and len(found.dates) <= 300


def _sample(folder: Path, kind: str) -> bytes:
    if kind == "mp4":
        return boxing.movie(MADE) + boxing.box("uuid", boxing.XMP_UUID, boxing.saboteurs())
    if kind == "heic":
        return heic(*ITEMS)
    if kind == "wav":
        file, _ = riff(
            b"WAVE", part(b"LIST", b"INFO" + part(b"ICRD", b"2022-02-16\0")), part(b"_PMX", boxing.saboteurs())
        )
        return file.getvalue()
    path = folder / f"sample.{kind}"
    if not path.exists():
        made = Image.Exif()
        made.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2022:02:16 11:12:00"
        boxing.scene(1, 64, 48).save(path, exif=made)
    return path.read_bytes()

"""Plain text: the text stays as it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from firsthand.model import Article, Failure

TEXT = "The mayor of Tarn said “no”.\r\n\r\n  Then she left.\tNobody asked why.\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (TEXT.encode(), TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
        (TEXT.encode("utf-16"), TEXT),
        (TEXT.encode("utf-16-be"), TEXT),
        (TEXT.encode("utf-16-le"), TEXT),
        (TEXT.encode("utf-32"), TEXT),
        (TEXT.encode("cp1252"), TEXT),
        ("Le café « d’été » de l’île, a dit la maire.".encode("cp1252"), "Le café « d’été » de l’île, a dit la maire."),
        ("Le café d'été, a dit la maire de Tarn.".encode("latin-1"), "Le café d'été, a dit la maire de Tarn."),
        ("El ministro dijo mañana.".encode("latin-1"), "El ministro dijo mañana."),
        ("Министр заявил во вторник, что мост закрыт.".encode("cp1251"), "Министр заявил во вторник, что мост закрыт."),
        ("大臣は火曜日、橋が閉鎖されると述べた。".encode("shift_jis"), "大臣は火曜日、橋が閉鎖されると述べた。"),
        (b"x", "x"),
        ("e\u0301 is not \u00e9".encode(), "e\u0301 is not \u00e9"),
    ],
)
def test_the_text_is_what_the_bytes_say(tmp_path: Path, read: Any, content: bytes, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    [article] = read(path)
    assert article.text == text
    assert (article.title, article.origin) == (None, str(path))


QUOTED = "“Nein”, sagte die Bürgermeisterin. "


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (QUOTED.encode() + "“".encode()[:1], QUOTED + "\ufffd"),
        (QUOTED.encode() + "“".encode()[:2], QUOTED + "\ufffd"),
        (b"The mayor said " + "“".encode()[:1], "The mayor said \ufffd"),
        (b"The mayor said so" + "”".encode()[:2], "The mayor said so\ufffd"),
        (b"\xff" + QUOTED.encode(), "\ufffd" + QUOTED),
        (QUOTED.encode() + b"So\xa0be\x85it.", QUOTED + "So\ufffdbe\ufffdit."),
        (b"\x93" + QUOTED.encode() * 9, "\ufffd" + QUOTED * 9),
        (b"\xef\xbb\xbf" + QUOTED.encode() + b"\xff", QUOTED + "\ufffd"),
        ("Le café".encode("cp1252"), "Le café"),
        ("“No”, she said at the café’s door… ".encode("cp1252"), "“No”, she said at the café’s door… "),
        ("„Größe“, sagte sie über die ÖVP, «CAFÉ»".encode("cp1252"), "„Größe“, sagte sie über die ÖVP, «CAFÉ»"),
        (b"It cost 5 \xa3 a day, he said.", "It cost 5 £ a day, he said."),
    ],
)
def test_a_broken_byte_garbles_no_other(tmp_path: Path, read: Any, content: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert [article.text for article in read(tmp_path / "a.txt")] == [text]


def test_a_broken_byte_in_a_table_and_in_a_page(tmp_path: Path, read: Any) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,Na\xefve: " + "“Größe”".encode() + b"\n")
    (tmp_path / "b.html").write_bytes(b"<p>Na\xefve: " + QUOTED.encode() * 9 + b"</p>")
    table, page = read(tmp_path / "a.csv", tmp_path / "b.html")
    assert table.text == "Na\ufffdve: “Größe”"
    assert page.text.startswith("Na\ufffdve: “Nein”, sagte")


def test_a_byte_that_is_not_utf8_far_into_a_text_is_found(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "late.txt"
    path.write_bytes(b"The mayor said no. " * 120_000 + b"Caf\xe9.")
    assert read(path)[0].text.endswith("Café.")


def test_a_character_that_two_pieces_share_is_whole(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "edge.txt"
    path.write_bytes(b"x" * (2**20 - 1) + "é😀".encode())
    assert read(path)[0].text.endswith("xé😀")


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\xef\xbb\xbf", "is empty"),
        ("a.txt", b" \n\t \n", "is empty"),
        ("a.txt", b"text\0with a null", "is not text, but binary"),
        ("a.txt", bytes(range(256)) * 9, "is not text, but binary"),
        ("a.txt", b"\xff\xfe\x00\xd8\x00\xd8a", "is not text: its bytes are not UTF-16"),
        ("a", b"\x89PNG\r\n\x1a\n....", "is not text, but a PNG picture"),
        ("photo.txt", b"\xff\xd8\xff\xe0" + bytes(99), "is not text, but a JPEG picture"),
        ("a.docx", b"PK\x03\x04 [Content_Types].xml", "is not text, but a zip archive or an office document"),
        ("a.mp4", b"\0\0\0\x18ftypmp42" + bytes(40), "is not text, but a video, or a picture from a phone"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, read: Any, name: str, content: bytes, cause: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert read(path) == [Failure(str(path), cause)]


def test_random_bytes_are_no_text(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "noise.bin"
    path.write_bytes(os.urandom(50_000))
    assert isinstance(read(path)[0], Failure)


def test_a_text_above_the_limit_is_refused(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "long.txt"
    path.write_text("x" * 1001)
    assert "limit" in read(path, max_characters=1000)[0].cause
    assert "limit" in read(path, max_characters=100)[0].cause
    assert isinstance(read(path, max_characters=1001)[0], Article)


@pytest.mark.parametrize(
    "text", ['"' * 1_000_000, "“" * 1_000_000, "قال الوزير «لا» 😀👩‍👩‍👧 ثم خرج.", "\u202eabc\u202c"]
)
def test_odd_texts_are_kept(tmp_path: Path, read: Any, text: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(text, encoding="utf-8")
    [article] = read(path)
    assert article.text == text


def test_the_id_derives_from_the_content(tmp_path: Path, read: Any) -> None:
    one, two, other = (tmp_path / name for name in ("1.txt", "2.txt", "3.txt"))
    one.write_text("The bridge is shut.")
    two.write_text("The bridge is shut.")
    other.write_text("The bridge is shut!")
    first, second, third = (article.id for article in read(one, two, other))
    assert first == second != third
    assert len(first) == 16

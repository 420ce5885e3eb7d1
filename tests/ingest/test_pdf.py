"""PDF: lines put together to paragraphs. The files are written here, byte by byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from firsthand.model import Failure

Line = tuple[int, int, str]
"""Points from the left, points from below, and the text of a line."""


def pdf(path: Path, *pages: list[Line], title: str = "") -> Path:
    """Write a PDF whose pages hold these lines in Helvetica of 12 points."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>"]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for number, lines in enumerate(pages):
        drawn = "".join(f"BT /F 12 Tf {left} {base} Td ({text}) Tj ET\n" for left, base, text in lines)
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {5 + 2 * number} 0 R>>"
        )
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}endstream")
    objects.append(f"<</Title({title})>>")
    return assembled(path, objects)


def assembled(path: Path, objects: list[str]) -> Path:
    content, places = b"%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj{value}endobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = (
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(content)}\n%%EOF"
    )
    path.write_bytes(content + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode())
    return path


FIRST = "The council of Tarn voted on Monday to close the Old Bridge to all"
SECOND = "traffic, the mayor said."


def test_lines_become_paragraphs(tmp_path: Path, read: Any) -> None:
    lines = [
        (50, 780, FIRST),
        (50, 766, SECOND),
        (50, 738, "Nobody had told the region, whose spokesman was angry and"),
    ]
    [found] = read(pdf(tmp_path / "a.pdf", [*lines, (50, 724, "who left the hall.")]))
    assert found.text == (
        f"{FIRST} {SECOND}\n\nNobody had told the region, whose spokesman was angry and who left the hall."
    )


HEAD = "The Tarn Courier"
WORDS = ("Ships", "Carts", "Mules", "Barges")


def test_a_paragraph_goes_on_over_the_page_without_heads_and_numbers(tmp_path: Path, read: Any) -> None:
    pages = [
        [(50, 820, HEAD), (50, 780, f"{word} were stopped at"), (50, 766, f"the {word} gate and"), (290, 20, "7")]
        for word in WORDS
    ]
    text = read(pdf(tmp_path / "a.pdf", *pages))[0].text
    assert text == " ".join(f"{word} were stopped at the {word} gate and" for word in WORDS)


PRINTED = [
    [
        (24, 768, "11/22/26, 7:29 PM"),
        (200, 768, "Bridge shut - Courier"),
        (24, 17, "file:///tmp/a.html"),
        (560, 17, "1/9"),
    ],
    [(24, 768, "Bridge sh... https://tarn.example/a?b=c"), (24, 17, "1 of 9"), (400, 17, "04.03.2024, 14:05")],
    [(24, 768, "https://tarn.example/a?b=c"), (24, 17, "Page 1")],
    [(24, 768, "Monday, 4 March 2024 14:05"), (24, 17, "Page 1 of 9")],
]


@pytest.mark.parametrize("around", PRINTED)
@pytest.mark.parametrize("count", [1, 3])
def test_what_a_browser_prints_around_a_page_is_no_text(
    tmp_path: Path, read: Any, around: list[Line], count: int
) -> None:
    pages = [
        [(50, 740, f"{word} were stopped at"), (50, 726, f"the {word} gate and"), *around] for word in WORDS[:count]
    ]
    text = read(pdf(tmp_path / "a.pdf", *pages, title="Bridge shut - Courier"))[0].text
    assert text == " ".join(f"{word} were stopped at the {word} gate and" for word in WORDS[:count])


@pytest.mark.parametrize(
    "line",
    [
        "It stood at 3/4",
        "Write to https://tarn.example/a",
        "Bridge shut - Courier",
        "On 04.03.2024 at 14:05 he left.",
        "It closes at 14:05.",
        "In all, 5 of 9",
    ],
)
def test_a_line_of_the_text_at_the_edge_stays(tmp_path: Path, read: Any, line: str) -> None:
    lines = [(50, 740, line), (50, 700, FIRST), (50, 686, SECOND), (50, 640, line)]
    assert read(pdf(tmp_path / "a.pdf", lines, title="Bridge shut - Courier"))[0].text.count(line) == 2


def test_a_line_that_recurs_elsewhere_on_the_page_stays(tmp_path: Path, read: Any) -> None:
    pages = [
        [(50, 780 - 20 * number, HEAD), (50, 600, f"{word} were stopped."), (50, 586, f"So was {word}.")]
        for number, word in enumerate(WORDS)
    ]
    assert read(pdf(tmp_path / "a.pdf", *pages))[0].text.count(HEAD) == len(WORDS)


@pytest.mark.parametrize(
    ("title", "shown"), [("of Tarn voted", "of Tarn voted"), ("Microsoft Word - x y", None), ("Other words", None)]
)
def test_a_title_counts_where_the_pages_show_it(tmp_path: Path, read: Any, title: str, shown: str | None) -> None:
    assert read(pdf(tmp_path / "a.pdf", [(50, 780, FIRST)], title=title))[0].title == shown


def test_a_pdf_without_text_and_one_that_is_damaged(tmp_path: Path, read: Any) -> None:
    empty, broken = pdf(tmp_path / "a.pdf", []), tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing follows")
    assert read(empty) == [Failure(str(empty), "holds no text, only pictures (a scan?)")]
    assert read(broken) == [Failure(str(broken), "the file is no PDF, or a damaged one")]


def test_a_page_that_unpacks_to_gigabytes_is_refused(
    tmp_path: Path, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("firsthand.ingest.pdf.MOST_PIECES", 100)
    monkeypatch.setattr("firsthand.ingest.pdf.MOST_CHARACTERS", 300)
    pieces, characters = [(50, 700, "a) Tj (" * 101)], [(10, 700, "ab " * 101)]
    assert read(pdf(tmp_path / "a.pdf", pieces))[0].cause == "has more than 100 pieces of text on page 1"
    assert read(pdf(tmp_path / "b.pdf", characters))[0].cause == "has more than 300 characters on page 1"
    assert "limit of 50 characters" in read(pdf(tmp_path / "c.pdf", [(50, 780, FIRST)]), max_characters=50)[0].cause

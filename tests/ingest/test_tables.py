"""Tables: one article a row, its text untouched, a bad row named."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from firsthand.model import Article, Failure

TEXT = "  The mayor said \u201cno\u201d.\r\n\tA\u0301 \u00ad\u200b\ufeff 😀 \u2028 end \u0000 "


def lines(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def test_json_lines_keep_text_and_id(tmp_path: Path, read: Any) -> None:
    [one, two] = read(lines(tmp_path, {"id": "a/1 ", "text": TEXT}, "", {"id": 7, "text": TEXT.strip()}))
    assert (one.id, one.text, one.origin) == ("a/1 ", TEXT, f"{tmp_path}/a.jsonl:1")
    assert (two.id, two.text, two.origin) == ("7", TEXT.strip(), f"{tmp_path}/a.jsonl:3")


def test_all_fields_by_their_usual_names(tmp_path: Path, read: Any) -> None:
    row = {
        "_id": "x",
        "articleBody": "The mayor said no.",
        "Headline": "No",
        "publisher": {"name": "The Tarn Courier"},
        "link": "https://tarn.example/1",
        "date_published": "2024-03-04T14:05:00+01:00",
        "authors": ["Mira Holt", {"name": "Jon Vash"}],
    }
    [article] = read(lines(tmp_path, row))
    assert article == Article(
        id="x",
        text="The mayor said no.",
        title="No",
        outlet="The Tarn Courier",
        byline="Mira Holt, Jon Vash",
        published=datetime.fromisoformat("2024-03-04T14:05:00+01:00"),
        url="https://tarn.example/1",
        origin=f"{tmp_path}/a.jsonl:1",
    )


def test_without_an_id_one_derives_from_content_and_outlet(tmp_path: Path, read: Any) -> None:
    rows = [
        {"text": "Same text."},
        {"text": "Same text."},
        {"text": "Same text.", "outlet": "B"},
        {"id": "", "text": "Same text."},
    ]
    ids = [article.id for article in read(lines(tmp_path, *rows))]
    assert ids[0] == ids[1] == ids[3] != ids[2]


def test_exact_names_come_first_and_empty_columns_give_way(tmp_path: Path, read: Any) -> None:
    rows = [{"Text": "a", "text": "b"}, {"text": None, "Body": "c"}, {"text": "", "content": "d", "story": "e"}]
    assert [article.text for article in read(lines(tmp_path, *rows))] == ["b", "c", "d"]


def test_ids_are_strings_or_numbers(tmp_path: Path, read: Any) -> None:
    rows = [{"id": value, "text": "x"} for value in (1.0, True, ["a"], {"a": 1})]
    one, *wrong = read(lines(tmp_path, *rows))
    assert one.id == "1"
    assert [failure.cause[30:] for failure in wrong] == ["(bool)", "(list)", "(dict)"]


def test_a_language_is_a_code(tmp_path: Path, read: Any) -> None:
    rows = [{"text": "x", "language": said} for said in ("English", "eng", "en-GB", "EN_us", "German", "no", "xx", "?")]
    found = [article.language for article in read(lines(tmp_path, *rows))]
    assert found == ["en", "en", "en", "en", "de", "nb", None, None]


BAD_LINES = [
    ('{"text": "cut', "is not JSON: Invalid control character at character 14"),
    ("[" * 100_000, "is not JSON"),
    ('{"id": "a"}', "has no text"),
    ('{"text": null}', "has no text"),
    ('{"text": 5}', "its text is no string (int)"),
    ('{"text": "  "}', "is empty"),
    ('{"text": "\\ud800 half"}', "has half a surrogate pair in its text"),
    ('{"id": "\\udfff", "text": "x"}', "has half a surrogate pair in its id"),
    ("[1, 2]", "is not a JSON object"),
    ('"text"', "is not a JSON object"),
    ('{"n": ' + "9" * 5000 + ', "text": "x"}', "is not JSON"),
]


@pytest.mark.parametrize(("line", "cause"), BAD_LINES)
def test_a_broken_line_7_is_named_and_the_others_are_read(tmp_path: Path, read: Any, line: str, cause: str) -> None:
    good = [{"id": str(number), "text": "The mayor said no."} for number in range(9)]
    found = read(lines(tmp_path, *good[:6], line, *good[6:]))
    assert [article.id for article in found if isinstance(article, Article)] == [str(number) for number in range(9)]
    failure = found[6]
    assert isinstance(failure, Failure)
    assert failure.origin == f"{tmp_path}/a.jsonl:7"
    assert failure.cause.startswith(cause)
    assert "\n" not in failure.cause


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "caf\xe9"}\n{"text": "fine"}\n')
    failure, article = read(path)
    assert failure == Failure(f"{path}:1", "is not UTF-8")
    assert article.text == "fine"


def test_a_line_above_the_limit_is_passed_over(tmp_path: Path, read: Any) -> None:
    rows = [{"text": "one"}, {"text": "x" * 5_000_000}, {"text": "three"}]
    one, failure, three = read(lines(tmp_path, *rows), max_bytes=1000)
    assert (one.text, three.text) == ("one", "three")
    assert failure.origin.endswith(":2")
    assert "longer than the limit" in failure.cause


def test_surrogates_in_other_fields_do_no_harm(tmp_path: Path, read: Any) -> None:
    [article] = read(lines(tmp_path, '{"text": "x", "title": "a\\ud800b"}'))
    assert article.title == "a\ufffdb"


def test_a_lying_date_is_none(tmp_path: Path, read: Any) -> None:
    rows = [
        {"text": "x", "date": value}
        for value in ("3020-01-01", "soon", 5, True, None, [], {"a": 1}, "0000-00-00", 1e300, "9" * 29 + "m")
    ]
    assert [article.published for article in read(lines(tmp_path, *rows))] == [None] * len(rows)


def test_a_date_in_seconds(tmp_path: Path, read: Any) -> None:
    rows = [{"text": "x", "date": value} for value in (1700000000, 1700000000.5, "1700000000000")]
    assert {article.published.replace(microsecond=0) for article in read(lines(tmp_path, *rows))} == {
        datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    }


def test_a_json_object_and_an_array(tmp_path: Path, read: Any) -> None:
    one, many, wrong, broken = (tmp_path / f"{name}.json" for name in ("one", "many", "wrong", "broken"))
    one.write_text(json.dumps({"id": "a", "text": "x"}, indent=1))
    many.write_text(json.dumps([{"id": "a", "text": "x"}, 5, {"id": "b", "text": "y"}]))
    wrong.write_text('{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}\n')
    broken.write_text("{")
    assert [(found.id, found.origin) for found in read(one)] == [("a", str(one))]
    assert [getattr(found, "id", found) for found in read(many)] == [
        "a",
        Failure(f"{many}:2", "is not a JSON object"),
        "b",
    ]
    assert [found.id for found in read(wrong)] == ["a", "b"]
    assert read(broken)[0].cause.startswith("is not JSON")


@pytest.mark.parametrize(("delimiter", "ending"), [(",", "csv"), (";", "csv"), ("\t", "tsv"), ("|", "csv")])
def test_csv_in_every_dialect(tmp_path: Path, read: Any, delimiter: str, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["ID", "Title", "Full Text", "Source", "published"])
        writer.writerow(["1", "No; yes, no", 'She said: "No,\nnever;\t|".\u2028End', "The Courier", "4 March 2024"])
        writer.writerow(["2", "", "", "", ""])
        writer.writerow(["3", "T", "x" * 200_000, "", ""])
    one, failure, three = read(path)
    assert (one.id, one.text, one.outlet) == ("1", 'She said: "No,\nnever;\t|".\u2028End', "The Courier")
    assert one.published == datetime(2024, 3, 4)
    assert (one.origin, failure.origin) == (f"{path}:2", f"{path}:4")
    assert failure.cause == "is empty"
    assert len(three.text) == 200_000


def test_csv_in_latin_1_with_a_mark_or_without(tmp_path: Path, read: Any) -> None:
    for name, encoding in (("a.csv", "cp1252"), ("b.csv", "utf-8-sig"), ("c.csv", "utf-16")):
        (tmp_path / name).write_bytes("id,text\n1,Le café est fermé\n".encode(encoding))
        assert [article.text for article in read(tmp_path / name)] == ["Le café est fermé"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"id,name\n1,x\n", 'has no column "text" (its columns: id, name)'),
        (b"id,te\0xt\n1,x\n", "is not a table of text, but binary"),
        (b"\n\n", 'has no column "text" (its columns: none)'),
    ],
)
def test_a_table_that_is_none(tmp_path: Path, read: Any, content: bytes, cause: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert read(path) == [Failure(str(path), cause)]


def test_rows_of_a_csv_that_are_not_whole(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,Well, he said no.\n2,x\0y\n3,He said no.\n")
    assert read(path)[:2] == [
        Failure(f"{path}:2", "has more fields than the header"),
        Failure(f"{path}:3", "holds a null character, which no text does"),
    ]
    assert [article.id for article in read(path)[2:]] == ["3"]


def test_a_quotation_mark_that_never_closes(tmp_path: Path, read: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,fine\n2,"never closed\n' + "x,y\n" * 100)
    one, two = read(path)
    assert one.text == "fine"
    assert two.text.startswith("never closed")


def test_parquet(tmp_path: Path, read: Any) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path, count = tmp_path / "a.parquet", 300
    columns = {
        "doc_id": list(range(count)),
        "text": [TEXT] * (count - 1) + [None],
        "unused": [b"x" * 1000] * count,
        "date": [date(2024, 3, 4)] * count,
        "updated": [datetime(2024, 3, 4, 12, tzinfo=UTC)] * count,
    }
    parquet.write_table(pyarrow.table(columns), path, row_group_size=100)
    found = read(path)
    assert [article.id for article in found[:-1]] == [str(number) for number in range(count - 1)]
    assert {article.text for article in found[:-1]} == {TEXT}
    assert (found[0].published, found[0].modified) == (datetime(2024, 3, 4), datetime(2024, 3, 4, 12, tzinfo=UTC))
    assert found[-1] == Failure(f"{path}:{count}", "has no text")


@pytest.mark.parametrize("keep", [0.9, 0.5, 0.01])
def test_a_parquet_file_cut_off(tmp_path: Path, read: Any, keep: float) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"text": ["The mayor said no."] * 100}), path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    [failure] = read(path)
    assert failure.cause.startswith("is not a readable Parquet table")

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.model import Article, Attribution, Link, MediaLink, Reading
from firsthand.share import records
from firsthand.share.records import contract, contract_line, everything

if TYPE_CHECKING:
    from conftest import Given

KEYS = ["id", "title", "outlet", "published", "language", "text", "attributions", "model"]
MORE = {"byline", "url", "modified", "origin", "links", "media", "warnings"}


def test_the_contract_has_exactly_its_keys(given_reading: Given) -> None:
    record = json.loads(json.dumps(contract(given_reading())))
    assert list(record) == KEYS
    assert all(list(said) == ["source", "cue", "content", "score"] for said in record["attributions"])


def test_the_contract_gives_spans_of_the_text_as_it_is(given_reading: Given) -> None:
    reading = given_reading()
    record = contract(reading)
    assert record["text"] == reading.article.text
    third, last = record["attributions"][2], record["attributions"][-1]
    assert [record["text"][start:end] for start, end in third["source"]] == ["she"]
    assert len(third["content"]) == 2
    assert last["source"] == []
    assert record["published"] == "2031-04-08T09:30:00+00:00"


def test_a_line_is_the_contract_in_parts_on_one_line(given_reading: Given) -> None:
    for reading in (given_reading(), given_reading("", title=None), given_reading("a\u2028\x85\ud800👩" * 30_000)):
        *_, last = parts = list(contract_line(reading))
        assert json.loads("".join(parts)) == json.loads(json.dumps(contract(reading)))
        assert len("".join(parts).splitlines()) == 1 and last.endswith("\n")
        assert max(map(len, parts)) <= 6 * records.PART


spans = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=2).map(tuple)
texts = st.text(st.characters(), max_size=20)


@given(texts, st.none() | texts, st.lists(st.builds(Attribution, spans, spans, spans, st.floats(0, 1)), max_size=3))
def test_a_line_is_to_the_letter_what_json_makes_of_the_contract(
    text: str, title: str | None, said: list[Attribution]
) -> None:
    reading = Reading(Article(text, text, title), tuple(said), text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "PART", 3)
        line = "".join(contract_line(reading))
    whole = json.dumps(contract(reading), ensure_ascii=False) + "\n"
    for end in "\x85\u2028\u2029":
        whole = whole.replace(end, f"\\u{ord(end):04x}")
    assert line == whole


def test_what_is_not_known_is_null(given_reading: Given) -> None:
    record = contract(given_reading(title=None, outlet=None, published=None, language=None))
    assert [record[key] for key in ("title", "outlet", "published", "language")] == [None] * 4


def test_everything_is_the_contract_and_what_else_is_known(given_reading: Given) -> None:
    reading = given_reading(
        links=(Link(0, 5, "https://x.example"),), media=(MediaLink("https://x.example/a.png", "image", "A"),)
    )
    record = json.loads(json.dumps(everything(reading)))
    assert set(record) == {*KEYS, *MORE}
    assert contract(reading).items() <= record.items()
    assert record["links"] == [{"start": 0, "end": 5, "url": "https://x.example"}]
    assert record["media"] == [{"url": "https://x.example/a.png", "kind": "image", "caption": "A"}]

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from firsthand.model import Link, MediaLink
from firsthand.share.records import contract, everything

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

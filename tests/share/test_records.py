from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.model import Article, Attribution, Link, MediaLink, Reading
from firsthand.share import records
from firsthand.share.records import contract, contract_line, everything
from tests.told import told_reading

if TYPE_CHECKING:
    from conftest import Given

KEYS = ["id", "title", "outlet", "published", "language", "text", "attributions", "wire_credits", "statements", "model"]
SAID = [
    *("source", "cue", "content", "score", "source_name", "source_kind", "position", "anonymity", "chain"),
    *("certainty", "stance", "evidence", "deciding"),
]
DECIDING = ["source_name", "position", "anonymity", "certainty", "stance", "evidence"]
MORE = {"byline", "url", "modified", "origin", "links", "media", "warnings"}


def test_the_contract_has_exactly_its_keys(given_reading: Given) -> None:
    for reading in (given_reading(), told_reading()):
        record = json.loads(json.dumps(contract(reading)))
        assert list(record) == KEYS
        assert all(list(said) == SAID and list(said["deciding"]) == DECIDING for said in record["attributions"])


def test_what_was_found_out_is_told_with_the_words_that_decided() -> None:
    record = json.loads(json.dumps(contract(told_reading())))
    said = record["attributions"][1]
    text = record["text"]
    assert said["source_name"] == "a senior administration official of Ostrel"
    assert (said["source_kind"], said["position"]) == ("unnamed", "senior administration official")
    assert said["anonymity"] == "not authorised to comment"
    assert said["certainty"] == {"words": "unlikely to likely", "least": 3, "most": 5}
    assert (said["stance"], said["evidence"]) == ("asserts", "withheld")
    assert {name: [text[a:b] for a, b in spans] for name, spans in said["deciding"].items()} == {
        "source_name": ["a senior administration official of Ostrel"],
        "position": ["senior administration official"],
        "anonymity": ["was not authorised to comment"],
        "certainty": ["possibly"],
        "stance": ["told reporters"],
        "evidence": ["did not provide any evidence"],
    }
    assert [list(link) for link in said["chain"]] == [
        ["name", "kind", "how", "anonymity", "spans", "anonymity_spans"]
    ] * 3
    assert [(link["name"], link["how"]) for link in said["chain"]] == [
        ("The Sellenby Ledger", "outlet"),
        ("Northern Press Agency", "wire credit"),
        ("a senior administration official of Ostrel", "source"),
    ]


def test_nobody_is_called_unattributed_and_what_can_be_neither_true_nor_false_has_no_certainty() -> None:
    *_, nobody, order = contract(told_reading())["attributions"]
    assert (nobody["source_name"], nobody["source_kind"]) == ("unattributed", None)
    assert (order["stance"], order["certainty"]) == ("orders", None)


def test_wire_credits_and_the_outlets_own_statements_are_told() -> None:
    record = contract(told_reading())
    first, last = record["wire_credits"]
    assert (first["agency"], first["how"], last["how"]) == ("Northern Press Agency", "dateline", "sign-off")
    assert [record["text"][start:end] for start, end in first["spans"]] == ["(NPA)"]
    title, level = record["statements"]
    assert title["certainty"] == {"words": "unlikely to likely", "least": 3, "most": 5}
    assert [record["text"][a:b] for a, b in title["deciding"]["certainty"]] == ["may"]
    assert record["text"][slice(*level["span"])].startswith("Water levels")
    assert level["certainty"]["words"] == "stated as fact"


def test_what_was_not_looked_for_is_null_or_empty(given_reading: Given) -> None:
    said = contract(given_reading())["attributions"][0]
    assert [said[key] for key in SAID[4:8] + SAID[9:12]] == [None] * 7
    assert said["chain"] == []
    assert set(map(tuple, said["deciding"].values())) == {()}


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
    for reading in (
        given_reading(),
        given_reading("", title=None),
        given_reading("a\u2028\x85\ud800👩" * 30_000),
        told_reading(),
    ):
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

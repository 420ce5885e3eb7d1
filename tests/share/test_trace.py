"""What a claim rests on: as a tree of text, as JSON, in Graphviz's language."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from firsthand.model import ClaimLink, Provenance
from firsthand.provenance import trace
from firsthand.share.claims import row
from firsthand.share.trace_dot import dot
from firsthand.share.trace_record import contract, json_text
from firsthand.share.trace_tree import Line, text, tree
from firsthand.share.trace_words import carried
from tests.provenance.hostile import EVIL, hostile
from tests.provenance.story import HEDGED, articles, derivations, story
from tests.provenance.told import RENN, claim, copied, said

TREE = """\
“Brennmark will stage a dam failure as a pretext to move troops into the Ulm valley”
Carried by 12 articles of 11 outlets, denied in 2, corrected in 1; rests on 2 to 5 independent roots.
First report: Northern Press Agency, 7 April 2031, 08:00 UTC.
Evidence: an eyewitness.
Denied by Tomas Ek.
Suggested Admiralty digit: 3 of 6 (possibly true), because it rests on at least 2 independent roots, and Tomas Ek \
denied it. A person decides.

Root 1: a senior administration official of Ostrel (unnamed: not authorised to comment); 6 articles hang on it, \
first: Northern Press Agency, 7 April 2031, 08:00 UTC
  Told it without a name, so that nobody can ask how they know.
  told by Northern Press Agency, 7 April 2031, 08:00 UTC: Brennmark may stage dam failure, Ostrel official says
    copied by The Sellenby Ledger, 7 April 2031, 09:00 UTC
    copied by Ulm Gazette, 7 April 2031, 10:00 UTC
      copied by Feedhouse, 7 April 2031, 12:00 UTC (drops the source)
    rewritten by Karst Mirror, 7 April 2031, 11:00 UTC
      rewritten by Truth Lantern, 7 April 2031, 13:00 UTC: Brennmark WILL blow up the dam \
(drops the hedge and the source)
"""
HARDENED = """\
How the wording hardened:
  From Ulm Gazette to Feedhouse, the source falls away: a senior administration official of Ostrel becomes the \
outlet’s own word.
  From Karst Mirror to Truth Lantern, the wording becomes surer, from “unlikely to likely” to “stated as fact”: \
“Brennmark may stage a dam failure as a pretext to move troops into the Ulm valley” becomes “Brennmark will stage a \
dam failure as a pretext to move troops into the Ulm valley”.
  From Karst Mirror to Truth Lantern, the source falls away: a senior administration official of Ostrel becomes the \
outlet’s own word.
  In its headline or lead Northern Press Agency says it without the source.

Over time:
  7 April 2031, 08:00 UTC: first reported by Northern Press Agency
  7 April 2031, 08:00 UTC: evidence withheld, says Northern Press Agency
  8 April 2031, 18:00 UTC: denied by Tomas Ek, says Brennmark Today
  9 April 2031, 12:00 UTC: eyewitness, says Valley Voice
  9 April 2031, 22:00 UTC: corrected or withdrawn by Karst Mirror
"""
WAY = """\
How it came here:
  Truth Lantern rewrites Karst Mirror, 7 April 2031, 11:00 UTC: blog has it from mirror.
  Karst Mirror rewrites Northern Press Agency, 7 April 2031, 08:00 UTC: Brennmark may stage dam failure, Ostrel \
official says: mirror has it from npa.
  Northern Press Agency rests on a senior administration official of Ostrel (unnamed: not authorised to comment).
"""


@pytest.fixture(scope="module")
def found() -> Provenance:
    return trace(story(), derivations())


@pytest.fixture(scope="module")
def bad() -> Provenance:
    one, copies, _ = hostile()
    return trace(one, copies)


def shown(found: Provenance, article: str | None = None) -> str:
    return "".join(text(tree(found, articles(), article)))


def test_the_tree_reads_as_english(found: Provenance) -> None:
    told = shown(found)
    assert told.startswith(TREE)
    assert told.endswith(HARDENED)


def test_the_way_of_one_article(found: Provenance) -> None:
    assert WAY in shown(found, "blog")


def test_a_root_through_an_outlet_that_is_not_here() -> None:
    told = shown(trace(claim([said("herald", story().appearances[0].who, "The Daily Echo")])))
    assert (
        "Root 1: a senior administration official of Ostrel (unnamed: not authorised to comment), through The Daily"
        in told
    )
    assert "1 article hangs on it" in told
    assert "rests on 1 independent root." in told


def test_nothing_to_tell() -> None:
    assert shown(trace(claim([]))).startswith("“Brennmark will")
    assert "Carried by no article; rests on no root." in shown(trace(claim([])))


def test_other_claims_are_told_with_their_words() -> None:
    one, copies, _ = hostile()
    told = "".join(text(tree(trace(one, copies), {}, None, {EVIL: "It is not so."})))
    assert "Contradicted by “It is not so.” (" in told


def test_a_long_chain_can_be_shown() -> None:
    rows = [said(f"a{i:04}", hours=i) for i in range(1500)]
    told = shown(trace(claim(rows), [copied(f"a{i + 1:04}", f"a{i:04}") for i in range(1499)]))
    assert told.count("copied by") == 1499


def test_nothing_hostile_reaches_a_terminal(bad: Provenance) -> None:
    _, _, known = hostile()
    told = "".join(text(tree(bad, known, EVIL)))
    assert not set(told) & set("\x1b\u202e\ud800")
    assert all(not line.startswith("]") for line in told.splitlines())


def test_the_contract_has_exactly_its_keys(found: Provenance) -> None:
    line = contract(found)
    assert list(line) == [
        "id", "text", "appearances", "roots", "independent", "denied_by", "evidence", "hardening",
    ]  # fmt: skip
    assert list(line["appearances"][0]) == [
        "id", "article", "spans", "source_name", "chain", "stance", "certainty", "published",
    ]  # fmt: skip
    assert list(line["roots"][0]) == ["name", "kind", "first_hand", "articles"]
    assert list(line["independent"]) == ["least", "most", "reasons"]


def test_json_has_everything(found: Provenance) -> None:
    told = json.loads(json_text(found))
    assert told["independent"]["least"] == 2
    assert told["denied_by"] == ["Tomas Ek"]
    assert told["suggested_credibility"]["digit"] == 3
    assert {edge["kind"] for edge in told["edges"]} == {"copied", "rewritten", "cited", "quoted"}
    assert told["events"][0]["at"] == "2031-04-07T08:00:00+00:00"


def test_json_of_anything_is_ascii_safe(bad: Provenance) -> None:
    assert json.loads(json_text(bad).encode("utf-8", "backslashreplace"))["text"].startswith("</title>")


STRING = r'"(?:[^"\\\n]|\\.)*"'
ATTRIBUTES = rf"\[(?:\w+=(?:{STRING}|\w+)(?:, )?)*\]"
STATEMENT = re.compile(rf"  (?:graph|node|edge|{STRING}(?: -> {STRING})?) {ATTRIBUTES};(?: edge {ATTRIBUTES};)?")


@pytest.mark.parametrize("name", ["found", "bad"])
def test_every_line_of_dot_is_a_statement(name: str, request: pytest.FixtureRequest) -> None:
    first, *lines, last = "".join(dot(request.getfixturevalue(name), articles())).splitlines()
    assert (first, last) == ("digraph claim {", "}")
    assert [line for line in lines if not STATEMENT.fullmatch(line)] == []


def test_dot_leads_from_roots_to_articles(found: Provenance) -> None:
    told = "".join(dot(found, articles()))
    assert '"root person:ilva renn" -> "article radio" [label="quoted", style=solid];' in told
    assert '"article mirror" -> "article blog" [label="rewritten", style=dashed];' in told
    assert '"denial person:tomas ek" -> "article brenn"' in told


def lines(told: Provenance) -> dict[str, Line]:
    """The lines of articles, by what they say."""
    return {line.text: line for line in tree(told, articles()) if line.article and line.quote}


def test_each_article_is_quoted_with_whose_word_it_is_and_how_sure(found: Provenance) -> None:
    quotes = {text.split(", 7")[0].split(", 8")[0]: (line.quote, line.by) for text, line in lines(found).items()}
    assert quotes["copied by The Sellenby Ledger"] == (
        f"“{HEDGED}”",
        "a senior administration official of Ostrel, through Northern Press Agency · certainty: unlikely to likely",
    )
    assert quotes["copied by Feedhouse"][1] == "its headline, the outlet’s own word · certainty: unlikely to likely"
    assert quotes["told by Brennmark Today"][1] == "Tomas Ek · denied"


def test_a_long_statement_is_shortened() -> None:
    (line,) = lines(trace(claim([said("npa", text="a dam " * 200)]))).values()
    assert line.quote.endswith(" …”") and len(line.quote) < 270


def test_who_corrects_is_told_as_that_and_does_not_carry() -> None:
    rows = [
        said("mirror", RENN, hours=1),
        said("mirror2", RENN, hours=9, outlet="mirror"),
        said("mirror2", hours=9, outlet="mirror", at=100, stance="denies", corrects=True, text="Our report was wrong"),
    ]
    told = trace(claim(rows))
    assert "Carried by 1 article of 1 outlet, corrected in 1; rests on" in shown(told)
    assert "1 article hangs on it, 1 more corrects it, first: mirror, 7 April" in shown(told)
    (line,) = [line for text, line in lines(told).items() if text.startswith("corrected by mirror, ")]
    assert (line.quote, line.by) == (
        "“Our report was wrong”",
        "its headline, the outlet’s own word · corrected or withdrawn here",
    )


def test_other_claims_begin_with_those_that_contradict_and_have_no_empty_reasons() -> None:
    near = [ClaimLink(f"n{i}", "neighbour", "says something else about ferry") for i in range(8)]
    links = (*near, ClaimLink("x", "contradicts", "says that it is not so"), ClaimLink("y", "neighbour", "is older"))
    told = shown(trace(replace(story(), links=links), derivations()))
    assert told.endswith(
        "Other claims:\n  Contradicted by (x), which says that it is not so.\n"
        + "".join(f"  Of the same event is (n{i}).\n" for i in range(5))
        + "  And 4 more of the same event.\n"
    )


def test_a_row_counts_as_the_tree_does(found: Provenance) -> None:
    told = row(found)
    assert carried(found).startswith(f"Carried by {told.articles} articles of {told.outlets} outlets, denied in ")


def test_no_outlet_is_told_of_where_none_is_known(found: Provenance) -> None:
    nowhere = tuple(replace(one, outlet=None) for one in found.claim.appearances)
    unknown = replace(found, claim=replace(found.claim, appearances=nowhere))
    assert row(unknown).outlets == 0 and "outlet" not in carried(unknown)

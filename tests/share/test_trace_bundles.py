"""Articles that are drawn as one: which are, which never, and that each of them stands for what it stood for alone."""

from __future__ import annotations

from firsthand.model import Provenance
from firsthand.provenance import trace
from firsthand.share.trace_bundles import EVERY, bundled
from firsthand.share.trace_graph import Drawing, drawing
from firsthand.share.trace_words import Names
from tests.provenance.story import derivations, story
from tests.provenance.told import RENN, claim, copied, said


def copies(number: int, *more: str) -> Provenance:
    """One article that names its source, and this many that copy it; those in `more` are copied themselves."""
    names = [f"paper{place}" for place in range(number)]
    rows = [said("agency", RENN), *(said(name, RENN, outlet=name, hours=place + 1) for place, name in enumerate(names))]
    rows += [said(f"{name}-again", RENN, outlet=f"{name} again", hours=number + 2) for name in more]
    taken = [copied(name, "agency") for name in names] + [copied(f"{name}-again", name) for name in more]
    return trace(claim(rows), taken)


def drawn(found: Provenance, *opened: str) -> Drawing:
    return drawing(found, Names(found, {}), bundled(found, opened))


def test_copies_of_one_article_are_one_mark() -> None:
    found = copies(20)
    shown = drawn(found)
    assert [len(dot.articles) for dot in shown.dots] == [1, 20]
    several = shown.dots[1]
    assert several.article == several.articles[0] == "paper0"
    assert several.told.startswith("20 articles: paper0, paper1")
    assert "several" in shown.used and len(shown.lines) == 2


def test_two_are_not() -> None:
    assert [len(dot.articles) for dot in drawn(copies(2)).dots] == [1, 1, 1]


def test_what_others_rest_on_stays_a_mark_of_its_own() -> None:
    shown = drawn(copies(6, "paper3"))
    assert {len(dot.articles) for dot in shown.dots} == {1, 5}
    assert "paper3" in {dot.article for dot in shown.dots}


def test_they_open_one_by_one_or_all() -> None:
    found = copies(20)
    assert len(drawn(found, "paper0").dots) == len(drawn(found, EVERY).dots) == 21
    assert len(drawn(found, "nobody", "").dots) == 2


def test_every_article_and_every_edge_is_in_the_drawing_whatever_is_bundled() -> None:
    for found in (copies(20, "paper3", "paper4"), trace(story(), derivations())):
        articles = {one.article for one in found.claim.appearances}
        for shown in (drawn(found), drawn(found, EVERY)):
            assert sorted(article for dot in shown.dots for article in dot.articles) == sorted(articles)
            pairs = [pair for line in shown.lines for pair in line.pairs]
            within = [pair for dot in shown.dots for pair in dot.within]
            assert len(pairs) + len(within) == len(found.edges)
            assert len(set(pairs + within)) == len({(edge.later, edge.earlier) for edge in found.edges})


def test_statements_and_roots_are_known_by_their_places() -> None:
    found = trace(story(), derivations())
    shown = drawn(found)
    places = [place for dot in shown.dots for place in dot.says] + [box.place for box in shown.boxes]
    assert sorted(places) == list(range(len(found.claim.appearances) + len(shown.boxes)))


def test_what_is_surer_or_says_something_else_is_not_hidden_among_the_rest() -> None:
    shown = drawn(trace(story(), derivations()))
    assert all(not dot.hard for dot in shown.dots if len(dot.articles) > 1)
    assert len({dot.kind for dot in shown.dots}) > 2


def test_a_line_to_several_says_how_many_have_it_how() -> None:
    (_, line) = drawn(copies(5)).lines
    assert line.told == "5 articles: paper0, paper1, paper2, paper3 and paper4 (copied by 5)"

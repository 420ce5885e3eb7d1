"""The scorer of chains."""

from __future__ import annotations

from typing import Any

import pytest

from bench.chains import Links, as_article, chains_of, common, score
from bench.gold import Labelled
from firsthand.attribution.tagger import Tagger

TEXT = "Lorvia will close the border, the AP said on Monday, citing an official who was not named."


def span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


LABEL: dict[str, Any] = {
    "source": [span("the AP")],
    "cue": [span("said")],
    "content": [span("Lorvia will close the border")],
    "links": [span("the AP"), span("an official")],
    "inner": False,
}


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def labelled(**more: Any) -> Labelled:
    return Labelled("a", {"id": "1", "text": TEXT, **more}, (LABEL,))


def test_links_that_touch_are_common_in_their_order() -> None:
    one, two, three = (0, 5), (10, 15), (20, 25)
    assert common([(one,), (two,)], [one, two]) == 2
    assert common([(two,), (one,)], [one, two]) == 1
    assert common([(one,), (three,), (two,)], [one, two]) == 2
    assert common([((4, 11),)], [one, two]) == 1
    assert common([((5, 10),)], [one, two]) == 0
    assert common([], [one]) == common([(one,)], []) == common([], []) == 0


def test_a_link_in_several_parts_touches_with_any_of_them() -> None:
    assert common([((0, 2), (10, 12))], [(11, 20)]) == 1


def test_precision_and_recall_are_over_all_links() -> None:
    links = Links()
    assert (links.precision, links.recall) == (0, 0)
    links.add([((0, 5),), ((10, 15),)], [(0, 5)])
    links.add([], [(0, 5)])
    assert (links.found, links.gold, links.right) == (2, 2, 1)
    assert (links.precision, links.recall) == (50, 50)


def test_a_label_has_its_attributions_links(tagger: Tagger) -> None:
    ((label, attribution, links),) = chains_of(tagger, labelled())
    assert label is LABEL
    assert TEXT[slice(*attribution.cue[0])] == "said"
    assert [TEXT[slice(*spans[0])] for spans in links] == ["the AP", "an official"]


def test_attributions_that_are_given_are_kept(tagger: Tagger) -> None:
    rows = [
        {role: LABEL[role] for role in ("source", "cue", "content")},
        {"source": [span("the AP")], "cue": [span("citing")], "content": [span("an official who was not named")]},
    ]
    ((_, _, links),) = chains_of(tagger, labelled(attributions=rows))
    assert [TEXT[slice(*spans[0])] for spans in links] == ["the AP", "an official"]


def test_links_are_scored_with_and_without_the_own_source(tagger: Tagger) -> None:
    scores = score(tagger, [labelled()])
    assert (scores["all"].right, scores["all"].gold) == (2, 2)
    assert (scores["further"].right, scores["further"].gold) == (1, 1)


def test_an_article_has_the_outlet_its_set_names() -> None:
    assert as_article(labelled(publisher="Verran Times")).outlet == "Verran Times"
    assert as_article(labelled(outlet="AP", publisher="Verran Times")).outlet == "AP"
    assert as_article(labelled()).outlet is None

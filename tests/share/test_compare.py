from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

import pytest

from firsthand.model import Alignment, Article
from firsthand.share.compare import Comparison, compare
from tests.compared import REWRITE, WIRE, given_article, given_comparison, given_later
from tests.share.test_page import Elements, contrast

ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "dir", "datetime", "href", "rel", "value"),
    *("aria-label", "aria-labelledby", "data-tints", "tabindex", "open"),
}


def made(*comparisons: Comparison, about: Article | None = None, left_out: int = 0) -> Elements:
    known = {one.id: one for found in comparisons for one in (found.earlier, found.later)}
    return Elements("".join(compare(comparisons, about, known, left_out)))


def words(html: Elements) -> str:
    return " ".join(html.words.split())


def only_boilerplate() -> Comparison:
    one, other = given_later(), given_later(id="valley-9")
    start = one.text.index("Sign up")
    span = start, start + 20
    return Comparison(one, other, (Alignment(span, span, "boilerplate"),), None)


def test_the_page_has_both_texts_and_what_was_found() -> None:
    found = words(made(given_comparison()))
    for part in (
        "Rewrite: 63% of the later article’s own words are shared",
        "told by their times, 3 hours 5 minutes apart",
        "some of them changed; it came out later.",
        "Farmers in the valley said they had seen water seep",
        "Tomas Ek, who farms below the dam",
        "Northern Press Agency",
        "11 April 2031, 12:17 UTC",
        "npa.example",
    ):
        assert part in found


def test_a_stretch_is_numbered_and_linked_in_both_texts() -> None:
    html = made(given_comparison())
    links = {a["id"]: a["href"] for tag, a in html.elements if tag == "a" and "id" in a}
    assert links == {
        **{f"e1-{number}": f"#l1-{number}" for number in (1, 2, 3)},
        **{f"l1-{number}": f"#e1-{number}" for number in (1, 2, 3)},
    }
    above = [
        a["href"] for tag, a in html.elements if tag == "a" and a.get("class", "").startswith("no ") and "id" not in a
    ]
    assert above == ["#l1-1", "#l1-2", "#l1-3"]
    tinted = [(a["data-tints"], a["class"]) for a in html.with_attribute("data-tints")]
    assert ("2", "quotation") in tinted
    assert ("1", "shared own") in tinted


def test_words_that_changed_stand_out() -> None:
    html = "".join(compare([given_comparison()]))
    changed = re.findall(r'<mark class="shared own" data[^>]*>([^<]*)</mark>', html)
    assert changed == ["begin", "may", "start", "deep", "will"]


def test_origin_and_ties_are_named_where_they_are_known() -> None:
    found = given_comparison(origin="valley-7", ties=("karst-1", "unknown-5"))
    told = words(made(found))
    assert "known first from The Valley Morning: Cracks force authorities to drain Karst dam" in told
    assert "or as well from Northern Press Agency: Karst dam to be drained after cracks found; unknown-5" in told
    assert "known first from" not in words(made(given_comparison()))
    many = given_comparison(ties=tuple(f"tie-{number}" for number in range(1_009)))
    assert "tie-4; and 1,004 more" in words(made(many))


def test_where_nothing_tells_who_came_first_none_is_called_the_earlier() -> None:
    told = words(made(given_comparison(direction="undetermined")))
    assert "One article" in told
    assert "63% of the other article’s own words" in told
    assert "Earlier" not in told
    assert "not known" in told


def test_what_is_only_boilerplate_is_no_derivation() -> None:
    told = words(made(only_boilerplate()))
    assert "Only boilerplate in common" in told
    assert "came first" not in told


def test_several_comparisons_of_an_article_are_listed_in_groups() -> None:
    here = given_later()
    third = given_comparison(here, given_later(id="third", title="A third"), ())
    told = made(given_comparison(), third, only_boilerplate(), about=here, left_out=7)
    assert [a["href"] for a in told.with_attribute("href")][:3] == ["#d1", "#d2", "#d3"]
    for part in ("Has wording from 1", "Its wording is also in 1", "Not copies 1", "7 more are not on this page"):
        assert part in words(told)
    ids = [a["id"] for a in told.with_attribute("id")]
    assert len(ids) == len(set(ids))
    assert {(a["href"] or "")[1:] for a in told.with_attribute("href") if (a["href"] or "").startswith("#")} <= set(ids)


def test_long_runs_of_paragraphs_that_share_nothing_can_be_folded() -> None:
    own = "The council met for nine hours. " * 14
    told = made(given_comparison(given_article(f"{WIRE}\n\n{own}\n\n{own}"), given_later(f"{REWRITE}\n\n{own}")))
    for number in (3, 2):  # one more than their own: the farmers, the letter of the day
        assert f"{number} paragraphs that share nothing" in words(told)
    alone = given_article(f"{own}\n\n{WIRE.partition('NPA')[2]}")
    assert "1 paragraph that shares nothing" in words(made(given_comparison(alone)))
    assert "details" not in {tag for tag, _ in made(given_comparison()).elements}


def test_an_article_that_shares_with_none_has_a_page() -> None:
    told = words(made(about=given_article()))
    assert "No other article is known that shares wording with this one." in told


def test_articles_without_anything_have_a_page() -> None:
    empty = Article("a", ""), Article("b", "")
    found = given_comparison(*empty, same=())
    assert "no time given" in words(made(found))
    assert made(found, about=empty[0])


def test_the_page_asks_for_nothing_but_links() -> None:
    html = made(given_comparison(), only_boilerplate())
    assert not {"img", "link", "iframe", "base", "form"} & {tag for tag, _ in html.elements}
    assert {name for _, attributes in html.elements for name in attributes} <= ATTRIBUTES
    assert all((a["href"] or "").startswith(("#", "https://")) for a in html.with_attribute("href"))
    (policy,) = (a["content"] for a in html.with_attribute("http-equiv"))
    assert (policy or "").startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in (policy or "")


def test_nothing_of_an_article_becomes_markup(hostile_readings: Sequence[object]) -> None:
    plain = made(given_comparison(), about=given_later())
    for reading in hostile_readings:
        evil = replace(reading.article, published=None)  # type: ignore[attr-defined]
        html = made(hostile(evil), about=evil)
        assert {tag for tag, _ in html.elements} <= {tag for tag, _ in plain.elements}
        assert {name for _, attributes in html.elements for name in attributes} <= ATTRIBUTES


def hostile(evil: Article) -> Comparison:
    """All of two texts the same, with every field of the derivation from them too."""
    whole = (0, len(evil.text))
    found = given_comparison(evil, replace(evil, id=evil.id + "2"), (), origin=evil.text, reason=evil.text)
    return replace(found, alignments=(Alignment(whole, whole), Alignment((3, 5), (3, 5), "quotation")))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_read(scheme: int) -> None:
    """WCAG 2.2, contrast of at least 4.5."""
    colours = {}
    for name in ("paper.css", "compare.css"):
        css = resources.files("firsthand.share").joinpath(name).read_text("utf-8")
        colours |= dict(re.findall(r"--([\w-]+): (#\w{6})", css.split("@media")[scheme]))
    for front, grounds in {
        "ink": ["paper", "shared", "quotation", "boilerplate", "lit"],
        "quiet": ["paper"],
        "cue": ["paper"],
        "shared-edge": ["paper"],
        "quotation-edge": ["paper"],
        "boilerplate-edge": ["paper"],
    }.items():
        assert [ground for ground in grounds if contrast(colours[front], colours[ground]) < 4.5] == []

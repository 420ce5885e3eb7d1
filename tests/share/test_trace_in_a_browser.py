"""The page of a claim in Chromium: it fits any width, leads from the drawing to the words, and is harmless."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from firsthand.model import Article, Claim, Derivation
from firsthand.provenance import trace
from firsthand.share.trace_page import trace_page
from tests.provenance.hostile import hostile
from tests.provenance.story import EK, articles, derivations, story
from tests.provenance.told import OFFICIAL, PLAN, RENN, claim, copied, said
from tests.share.conftest import Shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Told = tuple[Claim, tuple[Derivation, ...], dict[str, Article]]


def opened(browser: Browser, tmp_path: Path, told: Told, width: int = 1280, **options: object) -> Shown:
    one, copies, known = told
    return Shown(browser, tmp_path / "page.html", trace_page(trace(one, copies), known), width=width, **options)


def many(count: int = 150) -> Told:
    rows = [
        said(f"a{i:03}", OFFICIAL if i % 3 else None, hours=i * i / 90, outlet=f"Outlet {i % 60}") for i in range(count)
    ]
    return claim(rows), tuple(copied(f"a{i:03}", f"a{i // 7:03}") for i in range(1, count)), {}


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("which", ["story", "many", "hostile"])
def test_only_the_drawing_scrolls_sideways(browser: Browser, tmp_path: Path, width: int, which: str) -> None:
    told = {"story": (story(), derivations(), articles()), "many": many(), "hostile": hostile()}[which]
    shown = opened(browser, tmp_path, told, width)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.noise == []


def test_names_do_not_hide_each_other(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, many())
    boxes = shown.page.eval_on_selector_all(
        ".dot text, .box .who", "els => els.map(e => { const b = e.getBBox(); return [b.x, b.y, b.width, b.height] })"
    )
    assert len(boxes) >= 60
    for i, (x, y, w, h) in enumerate(boxes):
        for u, v, p, q in boxes[:i]:
            assert x + w <= u or u + p <= x or y + h <= v + 2 or v + q <= y + 2
    assert all(x >= 0 for x, *_ in boxes)


def test_a_dot_and_a_root_lead_to_their_lines(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, (story(), derivations(), articles()))
    shown.page.locator(".dot").nth(5).click()
    target = shown.page.locator("li:target")
    assert "Truth Lantern" in target.inner_text()
    shown.page.locator(".box .no", has_text="D1").click()
    assert shown.page.locator("section:target h2").inner_text().startswith("Denial 1: Tomas Ek")
    ids = shown.page.eval_on_selector_all("[id]", "els => els.map(e => e.id)")
    links = shown.page.eval_on_selector_all("a[href^='#']", "els => els.map(e => e.getAttribute('href').slice(1))")
    assert len(ids) == len(set(ids))
    assert shown.noise == []
    assert set(links) <= set(ids)


def test_what_the_drawing_shows_it_also_says(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, (story(), derivations(), articles()))
    assert shown.page.locator("figure > .scroll > svg .hard").count() == 2
    assert "rewritten by Truth Lantern" in str(shown.page.locator(".edge.rewritten title").first.text_content())
    assert shown.page.locator("svg[role=img]").get_attribute("aria-label")


def test_hostile_strings_do_nothing(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, hostile())
    assert shown.page.evaluate("window.hacked") is None
    assert shown.page.locator("script, img").count() == 0
    assert shown.page.locator("a[href^='javascript']").count() == 0
    assert shown.noise == []


def without_times(told: Told) -> Told:
    one, copies, known = told
    return replace(one, appearances=tuple(replace(said, published=None) for said in one.appearances)), copies, known


def story_told() -> Told:
    return story(), derivations(), articles()


HIT = """() => [...document.querySelectorAll('.scroll .edge')].flatMap(e => {
  const length = e.getTotalLength(), at = s => e.getPointAtLength(s), ends = [at(0), at(length)];
  return [...document.querySelectorAll('.scroll .dot')].filter(d => {
    const c = d.querySelector('circle:last-of-type'), x = +c.getAttribute('cx'), y = +c.getAttribute('cy');
    const near = (p, r) => Math.hypot(p.x - x, p.y - y) < r;
    if (ends.some(p => near(p, 2))) return false;
    for (let s = 0; s < length; s += 3) if (near(at(s), 5)) return true;
    return false;
  }).map(d => e.textContent + ' -> ' + d.textContent.trim());
})"""


@pytest.mark.parametrize("timed", [True, False])
def test_no_line_runs_through_the_mark_of_another(browser: Browser, tmp_path: Path, timed: bool) -> None:
    shown = opened(browser, tmp_path, story_told() if timed else without_times(story_told()))
    assert shown.page.evaluate(HIT) == []


def test_each_article_has_its_sentence_below_it(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, story_told())
    told = shown.page.locator("li", has_text="rewritten by Truth Lantern").locator("blockquote")
    assert told.locator("q").inner_text() == f"“{PLAN}”"
    assert told.locator("span").inner_text() == "its headline, the outlet’s own word · certainty: stated as fact"
    assert shown.page.locator("section[id] li blockquote").count() == 14
    assert shown.page.locator("h1").inner_text() == f"“{PLAN}”"


def test_the_key_has_what_is_drawn_and_no_more(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, (claim([said("npa"), said("two", hours=1)]), (copied("two", "npa"),), {}))
    assert shown.page.locator("figcaption span").all_inner_texts() == [
        "copied", "names the root", "tells it", "Time goes from left to right; long pauses are shortened.",
    ]  # fmt: skip


def test_without_times_copies_stand_right_of_what_they_copy(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, without_times(story_told()))
    place = {
        str(dot.text_content()).split(":")[0].split("\n")[0].strip(): (dot.bounding_box() or {"x": 0})["x"]
        for dot in shown.page.locator(".dot:has(title) circle:last-of-type").locator("xpath=..").all()
    }
    assert place["Northern Press Agency"] < place["Ulm Gazette"] - 100 and place["Ulm Gazette"] < place["Feedhouse"]
    days = shown.page.locator("text.day").all_text_contents()
    assert days == ["no times known", "tells of the root", "1 step on", "2 steps on"]
    assert "No times are known" in shown.page.locator("figcaption").inner_text()


@pytest.mark.parametrize(("width", "told"), [(400, True), (1280, False)])
def test_it_is_said_that_the_drawing_scrolls_where_it_does(
    browser: Browser, tmp_path: Path, width: int, told: bool
) -> None:
    shown = opened(browser, tmp_path, story_told(), width)
    assert shown.page.locator(".more").is_visible() == told
    assert shown.page.evaluate("(s => s.scrollWidth > s.clientWidth)(document.querySelector('.scroll'))") == told
    shown.page.emulate_media(media="print")
    assert not shown.page.locator(".more").is_visible()


def test_who_tells_it_and_the_denial_is_marked_as_that(browser: Browser, tmp_path: Path) -> None:
    rows = [said("npa", OFFICIAL), said("npa", RENN, at=200, stance="denies"), said("two", RENN, stance="denies")]
    shown = opened(browser, tmp_path, (claim(rows), (), {}))
    assert shown.page.locator(".scroll .dot.both .half").count() == 1
    assert shown.page.locator(".scroll .dot.denies").count() == 1
    assert "tells it and a denial" in shown.page.locator("figcaption").inner_text()


def test_the_name_of_a_root_stands_whole(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, story_told())
    first = shown.page.locator(".box").first.locator(".who").all_text_contents()
    assert " ".join(first) == "a senior administration official of Ostrel"


def test_a_root_whose_lane_has_marks_of_others_goes_round_them(browser: Browser, tmp_path: Path) -> None:
    rows = [
        said("npa", OFFICIAL),
        said("herald", OFFICIAL, outlet="The Herald", hours=1),
        said("herald2", RENN, outlet="The Herald", hours=23),
        said("post", OFFICIAL, outlet="The Post", hours=2),
        said("post2", RENN, outlet="The Post", hours=46),
        said("radio", EK, outlet="Radio Ulm", hours=27, stance="denies"),
        said("npa2", EK, outlet="npa", hours=29, stance="denies"),
    ]
    shown = opened(browser, tmp_path, (claim(rows), (copied("herald", "npa"), copied("post", "npa")), {}))
    assert shown.page.locator(".scroll .edge").count() == 7
    assert shown.page.evaluate(HIT) == []

"""The page of a claim in Chromium: it fits any width, leads from the drawing to the words, and is harmless."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from firsthand.model import Article, Claim, Derivation
from firsthand.provenance import trace
from firsthand.share.trace_page import trace_page
from tests.provenance.hostile import hostile
from tests.provenance.story import articles, derivations, story
from tests.provenance.told import OFFICIAL, claim, copied, said
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

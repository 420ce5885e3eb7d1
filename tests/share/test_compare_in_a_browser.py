"""The page of copies in Chromium: where a number leads, what lights up, and that a hostile article does nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.model import Alignment, Reading
from firsthand.share.compare import Comparison, compare
from tests.compared import WIRE, given_article, given_comparison, given_later
from tests.share.conftest import Shown, eventually

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Opened(Shown):
    """A page of comparisons."""

    def __init__(self, browser: Browser, path: Path, *comparisons: Comparison, **options: Any) -> None:
        super().__init__(browser, path, compare(comparisons), **options)

    def lit(self) -> str:
        """The words that are lit, of both texts."""
        return " ".join(self.lit_of("mark[data-tints]"))

    def top(self, place: str) -> float:
        """Where an element stands on the screen."""
        return float(self.page.locator(place).evaluate("e => e.getBoundingClientRect().top"))


def long() -> Comparison:
    """Two texts of which the shared stretch stands far down in one and at the top of the other."""
    filler = "\n\n".join(f"Paragraph {number} has nothing to do with it." for number in range(80))
    later = given_later(f"{WIRE.splitlines()[2]}\n\n{filler}")
    earlier = given_article(f"{filler}\n\n{WIRE.splitlines()[2]}\n\n{filler}")
    return given_comparison(earlier, later, ((WIRE.splitlines()[2], WIRE.splitlines()[2], "shared"),))


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Opened:
    return Opened(browser, tmp_path / "page.html", given_comparison())


def test_pointing_at_a_stretch_lights_it_up_in_both_texts(opened: Opened) -> None:
    opened.page.locator("mark", has_text="Draining it").first.hover()
    assert opened.lit().count("Draining it to a third of its height") == 2
    opened.page.locator("h2").hover()
    assert opened.lit() == ""
    assert opened.noise == []


def test_a_click_holds_it_until_escape_or_a_click_beside(opened: Opened) -> None:
    for end in (lambda: opened.page.keyboard.press("Escape"), lambda: opened.page.locator("h2").click()):
        opened.page.locator("mark", has_text="Nobody downstream").first.click()
        opened.page.locator("h2").hover()
        assert opened.lit().count("Nobody downstream") == 2
        end()
        opened.page.locator("footer").hover()
        assert opened.lit() == ""


def test_the_keyboard_lights_and_leads(opened: Opened) -> None:
    opened.page.locator("#e1-1").focus()
    assert opened.lit().count("Engineers will") == 2
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "l1-1"


def test_a_click_brings_the_counterpart_level(browser: Browser, tmp_path: Path) -> None:
    shown = Opened(browser, tmp_path / "page.html", long(), reduced_motion="reduce")
    far = shown.top("#e1-1")
    shown.page.locator("#l1-1").click()
    assert far > 2000
    assert abs(shown.top("#e1-1") - shown.top("#l1-1")) < 30
    assert shown.page.evaluate("scrollY") == 0


def test_the_row_of_numbers_brings_a_stretch_up_in_both_texts(browser: Browser, tmp_path: Path) -> None:
    shown = Opened(browser, tmp_path / "page.html", long(), reduced_motion="reduce")
    shown.page.locator(".jump a").click()
    assert 0 < shown.top("#e1-1") < 900
    assert 0 < shown.top("#l1-1") < 900
    assert shown.lit().count("ORVANE") == 2


def test_without_scripts_a_number_leads_to_its_counterpart(browser: Browser, tmp_path: Path) -> None:
    shown = Opened(browser, tmp_path / "page.html", long(), scripts=False, reduced_motion="reduce")
    shown.page.locator("#l1-1").click()
    assert shown.page.url.endswith("#e1-1")
    assert 0 < shown.top("#e1-1") < 900
    assert shown.noise == []


def test_on_a_phone_the_texts_stack_and_numbers_lead(browser: Browser, tmp_path: Path) -> None:
    shown = Opened(browser, tmp_path / "page.html", long(), width=390, touch=True)
    earlier, later = (shown.page.locator(".side").nth(place).bounding_box() for place in (0, 1))
    assert earlier and later and later["y"] > earlier["y"] + earlier["height"]
    shown.page.locator("#e1-1").tap()
    eventually(
        shown.page, "(r => r.top > 0 && r.top < innerHeight)(document.querySelector('#l1-1').getBoundingClientRect())"
    )


APART = "[...document.querySelectorAll('details.apart')].map(e => e.open)"


def test_on_a_phone_what_shares_nothing_folds_away(browser: Browser, tmp_path: Path) -> None:
    shown = Opened(browser, tmp_path / "page.html", long(), width=390, touch=True)
    assert shown.page.evaluate(APART) == [False] * 3
    height = shown.page.evaluate("document.documentElement.scrollHeight")
    assert shown.page.locator("mark").first.is_visible() and height < 3000
    shown.page.get_by_text("80 paragraphs that share nothing").first.tap()
    assert shown.page.evaluate(APART) == [True, False, False]
    shown.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(shown.page.evaluate(APART))
    shown.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown.page.evaluate(APART) == [False] * 3
    assert shown.noise == []


def test_side_by_side_or_without_scripts_nothing_is_folded(browser: Browser, tmp_path: Path) -> None:
    for options in ({"width": 1400}, {"width": 390, "scripts": False}):
        shown = Opened(browser, tmp_path / "page.html", long(), **options)
        assert all(shown.page.evaluate(APART))
        assert shown.page.locator("summary").first.is_visible() == (options["width"] == 390)
    shown.page.set_viewport_size({"width": 1400, "height": 900})
    assert not shown.page.locator("summary").first.is_visible()


def test_a_screen_that_is_turned_unfolds(browser: Browser, tmp_path: Path) -> None:
    shown = Opened(browser, tmp_path / "page.html", long(), width=390)
    shown.page.set_viewport_size({"width": 1400, "height": 900})
    eventually(shown.page, f"{APART}.every(open => open)")


@pytest.mark.parametrize("width", [320, 800, 1400, 2560])
def test_nothing_sticks_out(browser: Browser, tmp_path: Path, width: int) -> None:
    word = "w" * 900
    evil = given_article(f"{word}\n\n{WIRE}", title="t" * 300, outlet="o" * 200, url=f"https://{'u' * 60}.example/")
    shown = Opened(browser, tmp_path / "page.html", given_comparison(evil), given_comparison(), width=width)
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.page.locator(".side").first.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_the_printed_page_has_all_of_both_texts(browser: Browser, tmp_path: Path) -> None:
    shown = Opened(browser, tmp_path / "page.html", long())
    shown.page.emulate_media(media="print")
    assert shown.page.locator(".side").first.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


def test_hostile_articles_do_nothing(browser: Browser, tmp_path: Path, hostile_readings: list[Reading]) -> None:
    shown = Opened(browser, tmp_path / "page.html", *map(hostile, hostile_readings))
    for number in range(1, len(hostile_readings) + 1):
        shown.page.locator(f"#d{number} mark").first.hover()
        shown.page.locator(f"#e{number}-1").click()
    assert shown.noise == []
    assert shown.page.evaluate("window.hacked") is None
    assert shown.page.locator("main > section").count() == len(hostile_readings)
    assert shown.page.locator("main :is(img, svg, style, iframe, script, meta, base)").count() == 0


def hostile(reading: Reading) -> Comparison:
    """All of two hostile texts the same, and the derivation's words theirs."""
    evil, whole = reading.article, (0, len(reading.article.text))
    found = given_comparison(evil, replace(evil, id="other"), (), origin=evil.text, reason=evil.text)
    return replace(found, alignments=(Alignment(whole, whole),))

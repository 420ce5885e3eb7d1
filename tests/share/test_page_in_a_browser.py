"""The page in Chromium: what a click does, and that a hostile article does nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.model import Reading
from firsthand.share.page import page
from tests.share.conftest import Shown, eventually
from tests.told import told_reading, with_all

if TYPE_CHECKING:
    from conftest import Given
    from playwright.sync_api import Browser


class Opened(Shown):
    """A page of readings."""

    def __init__(self, browser: Browser, path: Path, *readings: Reading, **options: Any) -> None:
        super().__init__(browser, path, page(readings), **options)

    def click(self, words: str) -> None:
        self.page.locator("[data-order]", has_text=words).first.click()

    def lit(self) -> list[str]:
        return self.lit_of("[data-order]")

    def lit_entry(self) -> str | None:
        return self.page.locator("li.lit").first.get_attribute("data-entry")


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, given_reading: Given) -> Opened:
    return Opened(browser, tmp_path / "page.html", given_reading())


def test_a_click_on_any_part_lights_up_all_three(opened: Opened) -> None:
    parts = ["Mayor Ada Quill", "said", "that the bridge would stay shut until May"]
    for part in parts:
        opened.click(part)
        assert opened.lit() == parts
        assert opened.lit_entry() == "1-2"
        opened.page.keyboard.press("Escape")
        assert opened.lit() == []
    assert opened.noise == []


def test_all_parts_of_a_broken_quotation_light_up(opened: Opened) -> None:
    opened.click("not with the river")
    assert opened.lit() == ["“We will not\ngamble with lives,”", "she", "told reporters", "“and not with the river.”"]


def test_a_click_on_nested_text_picks_the_inner_then_the_outer_then_none(opened: Opened) -> None:
    inner = ["Orvane Steel", "had denied", "that the bolts were its own"]
    opened.click("that the bolts were its own")
    assert opened.lit() == inner
    opened.click("that the bolts were its own")
    assert opened.lit()[:2] == ["An engineer", "wrote"]
    assert "".join(opened.lit()[2:]) == "that Orvane Steel had denied that the bolts were its own"
    opened.click("that the bolts were its own")
    assert opened.lit() == []


@pytest.fixture
def told(browser: Browser, tmp_path: Path) -> Opened:
    return Opened(browser, tmp_path / "page.html", told_reading())


def decided(opened: Opened) -> list[str]:
    """The words that are marked because they decided something."""
    return [str(words) for words in opened.page.locator("main .lit-deciding").all_inner_texts()]


def test_a_choice_marks_the_words_that_decided_and_tells_what_they_did(told: Opened) -> None:
    told.click("told reporters")
    assert "|".join(decided(told)) == (
        "(NPA)|possibly|a senior administration official of Ostrel|told reporters|was not authorised to comment|"
        "did not provide any evidence"
    )
    assert told.page.locator("li.lit dl").inner_text().startswith("source")
    assert "evidence withheld" in (told.page.locator("[role=status]").text_content() or "")
    told.page.keyboard.press("Escape")
    assert decided(told) == []
    assert told.page.locator("dl:visible").count() == 0
    assert told.noise == []


def test_asking_for_the_words_that_decided_marks_them(told: Opened) -> None:
    told.page.locator("#r1-4 summary").focus()
    told.page.keyboard.press("Enter")
    eventually(told.page, "document.querySelector('#r1-4.lit .why[open]')")
    assert "Ilva Renn" in decided(told)
    told.page.locator("#r1-4 dd").last.click()
    assert told.lit_entry() == "1-4"
    told.page.locator("#r1-5 summary").click()
    eventually(told.page, "document.querySelector('#r1-5.lit .why[open]')")
    assert told.page.locator("dl:visible").count() == 1
    told.page.locator("#r1-5 summary").click()
    assert told.page.locator("dl:visible").count() == 0


def test_a_credit_and_what_the_outlet_says_itself_lead_to_their_places(told: Opened) -> None:
    told.page.locator(".facts a", has_text="dateline").click()
    assert told.page.locator(".lit-credit").all_inner_texts() == ["(NPA)"]
    told.page.locator(".own a", has_text="Water levels").click()
    assert "".join(told.page.locator(".lit-own").all_inner_texts()).startswith("Water levels at the Karst dam")
    told.page.locator(".own a").first.click()
    assert decided(told) == ["may"]


def test_on_a_phone_a_choice_tells_what_was_found(browser: Browser, tmp_path: Path) -> None:
    phone = Opened(browser, tmp_path / "page.html", told_reading(), width=390, touch=True)
    phone.page.locator(".text .cue", has_text="believes").tap()
    assert phone.page.locator(".to-row").inner_text() == "In the list: Ilva Renn · believes · likely"
    phone.page.locator(".text .cue", has_text="rejected").tap()
    phone.page.locator(".to-row a").tap()
    assert phone.page.locator("#r1-5 dl").is_visible()


def test_a_click_beside_the_marks_puts_them_out(opened: Opened) -> None:
    opened.click("Mayor Ada Quill")
    opened.page.locator(".facts").click()
    assert opened.lit() == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_does_what_a_click_does(opened: Opened, key: str) -> None:
    opened.page.locator(".cue[role=button]", has_text="told reporters").focus()
    opened.page.keyboard.press(key)
    assert "she" in opened.lit()
    assert "she" in (opened.page.locator("[role=status]").text_content() or "")


def test_every_attribution_can_be_reached_by_tab(opened: Opened) -> None:
    assert opened.page.locator(".text .cue[tabindex='0'], h2 .cue[tabindex='0']").count() == 6


def test_the_list_leads_to_the_place_and_lights_it(opened: Opened) -> None:
    opened.page.locator("aside a", has_text="It was expected").click()
    assert opened.lit() == ["It was expected", "that the council would vote"]
    assert opened.page.url.endswith("#a1-6")


def test_an_address_with_a_place_lights_it(opened: Opened) -> None:
    opened.page.goto(opened.page.url + "#a1-2")
    assert "Mayor Ada Quill" in opened.lit()


@pytest.fixture
def phone(browser: Browser, tmp_path: Path, given_reading: Given) -> Opened:
    return Opened(browser, tmp_path / "page.html", given_reading(), width=390, touch=True)


def test_on_a_phone_there_are_ways_to_the_list_and_back(phone: Opened) -> None:
    way = phone.page.locator(".to-row")
    assert not way.is_visible()
    phone.page.locator("[data-order]", has_text="Orvane Steel").last.tap()
    assert way.inner_text() == "In the list: Orvane Steel · had denied"
    way.locator("a").tap()
    eventually(phone.page, "document.querySelector('#r1-5').getBoundingClientRect().top < innerHeight")
    assert phone.lit_entry() == "1-5"
    assert not way.is_visible()
    assert "Orvane Steel" in phone.lit()
    phone.page.locator("#r1-5 a").tap()
    assert phone.page.url.endswith("#a1-5")
    phone.page.locator("h2").tap(position={"x": 2, "y": 2})
    phone.page.locator(".to-list a").tap()
    assert phone.page.url.endswith("#w1")
    assert phone.page.locator(".to-list").inner_text() == "Who says what: 6"
    assert phone.noise == []


def test_a_way_to_the_list_opens_it(phone: Opened) -> None:
    phone.page.locator("aside summary").tap()
    phone.click("Mayor Ada Quill")
    phone.page.locator(".to-row a").tap()
    assert phone.page.locator("#r1-2").is_visible()


def test_the_hint_speaks_of_what_there_is(opened: Opened, phone: Opened) -> None:
    assert [shown.page.locator(".hint:visible").inner_text().split()[0] for shown in (opened, phone)] == [
        "Click",
        "Tap",
    ]


def test_beside_a_list_no_way_to_it_is_needed(opened: Opened) -> None:
    opened.click("Mayor Ada Quill")
    assert opened.page.locator(":is(.to-list, .to-row):visible").count() == 0


def test_long_contents_fade_in_the_list_and_are_whole_once_lit(opened: Opened, given_reading: Given) -> None:
    content = opened.page.locator("aside li span").first
    opened.page.evaluate("document.querySelector('aside li span').textContent = 'many words '.repeat(99)")
    height = content.evaluate("e => e.clientHeight")
    assert height < content.evaluate("e => e.scrollHeight")
    opened.page.locator("aside li a").first.click()
    assert content.evaluate("e => e.clientHeight") > height


@pytest.mark.parametrize("width", [390, 800, 1400])
def test_nothing_sticks_out(browser: Browser, tmp_path: Path, given_reading: Given, width: int) -> None:
    long = "w" * 900
    reading = given_reading(f"Long {long} end.", title="t" * 300, url="https://" + "u" * 60 + ".example/")
    found = with_all(given_reading(f"Ann said no.\n\n{long}", [(["Ann"], ["said"], ["no"])]), long)
    shown = Opened(browser, tmp_path / "page.html", given_reading(), reading, told_reading(), found, width=width)
    shown.page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_can_be_read_without_scripts(browser: Browser, tmp_path: Path, given_reading: Given) -> None:
    shown = Opened(browser, tmp_path / "page.html", given_reading(), scripts=False)
    assert shown.page.locator(".text").is_visible()
    assert shown.page.locator("aside li").count() == 6
    assert not shown.page.locator(".hint:visible, .to-row:visible").count()
    assert shown.noise == []


@pytest.mark.parametrize("found", [False, True])
def test_hostile_articles_do_nothing(
    browser: Browser, tmp_path: Path, hostile_readings: list[Reading], found: bool
) -> None:
    if found:
        hostile_readings = [with_all(one, one.article.text.partition("\n\n")[2]) for one in hostile_readings]
    shown = Opened(browser, tmp_path / "page.html", *hostile_readings)
    for number in range(len(hostile_readings)):
        shown.page.locator(f"#a{number + 1} .text .cue").first.click()
        assert len(shown.lit()) == 3
        shown.page.locator(f"#a{number + 1} bdi").first.hover()
    check_that_nothing_happened(shown, len(hostile_readings))


@pytest.mark.parametrize("which", [0, 2, 5])
def test_a_hostile_article_alone_does_nothing(
    browser: Browser, tmp_path: Path, hostile_readings: list[Reading], which: int
) -> None:
    check_that_nothing_happened(Opened(browser, tmp_path / "page.html", hostile_readings[which]), 1)


def check_that_nothing_happened(shown: Opened, articles: int) -> None:
    assert shown.noise == []
    assert shown.page.evaluate("window.hacked") is None
    assert shown.page.locator("main > article").count() == articles
    assert shown.page.locator("main :is(img, svg, style, iframe, script, meta, base)").count() == 0


@pytest.mark.parametrize("url", ["javascript:window.hacked=1", "data:text/html,<script>1</script>", "JAVASCRIPT:x"])
def test_a_hostile_address_is_no_link(browser: Browser, tmp_path: Path, given_reading: Given, url: str) -> None:
    shown = Opened(browser, tmp_path / "page.html", given_reading(url=url))
    assert shown.page.locator(".facts a").count() == 0


def test_a_script_that_were_written_into_the_page_would_not_run(
    browser: Browser, tmp_path: Path, given_reading: Given
) -> None:
    shown = Opened(browser, tmp_path / "page.html", given_reading())
    shown.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.hacked=1\" id=bad>x</p>')")
    shown.page.locator("#bad").click()
    assert shown.page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in line for line in shown.noise)

"""The page of a claim in a browser: the drawing lights ways to roots, by pointer and keyboard; and without a script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.library import Library
from firsthand.library.claims import claims_of
from tests.share.conftest import eventually
from tests.web.site import Tab, listening

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (320, 600, 1280, 2560)
LIT = "els => els.map(e => e.dataset.name)"


@pytest.fixture(scope="module")
def site(ferry_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A server's address, and the path of the claim that most articles carry."""
    path = tmp_path_factory.mktemp("site")
    for file in ferry_once.parent.iterdir():
        shutil.copy(file, path)
    with Library.open(path / ferry_once.name) as library, claims_of(library) as known:
        (claim,) = known.most_carried(1)
    with listening(path / ferry_once.name) as address:
        yield address, f"/claims/{claim}"


@pytest.fixture
def opened(browser: Browser, site: tuple[str, str]) -> Iterator[Any]:
    """Opens the page, and looks at the end that it did nothing but show itself."""
    tabs: list[Tab] = []

    def at(more: str = "", **how: Any) -> Tab:
        tabs.append(Tab(browser, site[0], site[1] + more, **how))
        return tabs[-1]

    yield at
    for tab in tabs:
        assert tab.noise == []
        tab.close()


def lit(tab: Tab) -> list[str]:
    names: list[str] = tab.page.locator("#graph .node.lit").evaluate_all(LIT)
    return names


def point_at(tab: Tab, outlet: str) -> None:
    tab.page.locator(f'#graph a.dot[data-name="{outlet}"] .target').first.hover(force=True)


def way(tab: Tab) -> str:
    return str(tab.page.locator("#graph .way").inner_text())


GULL = "The Loud Gull ← Belmora Today ← Meridian News Agency ← root 1: a senior Belmoran defence official"


def test_pointing_at_an_article_lights_its_way_to_the_root(opened: Any) -> None:
    tab = opened()
    point_at(tab, "The Loud Gull")
    assert lit(tab) == [
        "root 1: a senior Belmoran defence official",
        "Meridian News Agency",
        "Belmora Today",
        "The Loud Gull",
    ]
    assert way(tab) == GULL
    assert tab.page.locator("#graph .edge.lit").count() == 3
    dim, lights = (tab.page.locator(f"#graph a.dot{which}").first for which in (":not(.lit)", ".lit"))
    tab.page.wait_for_timeout(300)
    opacity = "e => +getComputedStyle(e).opacity"
    assert dim.evaluate(opacity) < 0.3 < lights.evaluate(opacity)
    tab.page.mouse.move(5, 5)
    assert tab.page.locator("#graph .lighting").count() == 0 and way(tab) == ""


HIT = """\
marks => marks.filter(mark => {
  mark.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
  const box = mark.getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest("a") === mark;
}).length"""


def test_the_middle_of_every_mark_is_of_its_link(opened: Any) -> None:
    marks = opened().page.locator("#graph .node")
    assert marks.evaluate_all(HIT) == marks.count() > 10


def test_who_comes_back_to_the_list_of_claims_is_where_they_left_it(opened: Any) -> None:
    tab = opened()
    tab.go("/claims")
    assert tab.page.locator(".hint").is_visible()
    for _ in range(3):
        tab.page.keyboard.press("j")
    left = tab.page.evaluate("document.activeElement.href")
    with tab.page.expect_navigation():
        tab.page.keyboard.press("Enter")
    assert tab.page.url == left
    tab.page.go_back()
    tab.page.wait_for_function("left => document.activeElement.href === left", arg=left)
    tab.page.keyboard.press("j")
    assert tab.page.evaluate("document.activeElement.href") not in (left, None)


def test_the_list_of_claims_tells_of_no_keys_without_a_script(opened: Any) -> None:
    tab = opened(java_script_enabled=False)
    tab.go("/claims")
    assert not tab.page.locator(".hint").is_visible()


def test_the_keyboard_does_the_same_and_enter_opens_the_article(opened: Any) -> None:
    tab = opened()
    tab.page.locator("#graph .scroll").focus()
    for _ in range(30):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("document.activeElement.dataset.name") == "The Loud Gull":
            break
    assert way(tab) == GULL and len(lit(tab)) == 4
    tab.page.keyboard.press("Tab")
    assert way(tab) != GULL
    tab.page.keyboard.press("Shift+Tab")
    with tab.page.expect_navigation():
        tab.page.keyboard.press("Enter")
    assert "/articles/" in tab.page.url and "#at-" in tab.page.url


def test_a_root_lights_all_that_hangs_on_it_and_leads_to_its_card(opened: Any) -> None:
    tab = opened()
    root = tab.page.locator("#graph .box").first
    root.hover(force=True)
    assert {"The Loud Gull", "Strait Watch", "Lusk Courier"} & set(lit(tab)) == {"The Loud Gull", "Strait Watch"}
    assert "hang on it" in way(tab)
    root.click(force=True)
    assert tab.page.url.endswith("#r1")
    assert tab.page.locator("#r1").evaluate("e => e.matches(':target')")


def test_statements_of_one_article_light_only_their_own_ways(opened: Any) -> None:
    """The agency's second article tells the claim and the denial; its copies of neither hang on the other."""
    tab = opened()
    point_at(tab, "Lusk Courier")
    assert lit(tab) == ["denial D1: Ondrava’s foreign ministry", "Radio Ondra", "Lusk Courier"]


def test_without_a_script_every_mark_is_a_link_and_the_list_says_the_same(opened: Any) -> None:
    tab = opened(java_script_enabled=False)
    marks = tab.page.locator("#graph a.dot")
    drawn = {str(marks.nth(place).get_attribute("href")).split("#")[0] for place in range(marks.count())}
    listed = tab.page.locator(".tree a")
    names = {str(listed.nth(place).get_attribute("href")).split("#")[0] for place in range(listed.count())}
    assert drawn and drawn == names
    assert not tab.page.locator("#graph .zoom").is_visible()
    tab.page.locator(".judge summary").first.click()
    tab.page.fill("#conclusion", "One official, told again.")
    tab.page.fill("#reasons", "The same words.")
    tab.page.click(".judge button.main")
    assert "#judgement-" in tab.page.url
    tab.page.locator(".judged li").first.wait_for()  # its address is there before all of the page


def test_the_drawing_grows_and_shrinks_within_its_box(opened: Any) -> None:
    tab = opened(width=600)
    svg = tab.page.locator("#graph .scroll > svg")
    wide = svg.bounding_box()["width"]
    tab.page.get_by_role("button", name="Larger").click()
    assert svg.bounding_box()["width"] > wide and tab.sideways() <= 0
    tab.page.get_by_role("button", name="Whole").click()
    box = tab.page.locator("#graph .scroll").bounding_box()
    assert svg.bounding_box()["width"] <= box["width"] + 1


@pytest.fixture
def two_are_bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets two articles be drawn as one: the example has no three that hang on the same."""
    monkeypatch.setattr("firsthand.share.trace_bundles.FEWEST", 2)


def test_a_bundle_opens_where_it_is(opened: Any, two_are_bundled: None) -> None:
    tab = opened()
    bundle, marks = tab.page.locator("#graph a.several"), tab.page.locator("#graph a.dot")
    (before, several) = marks.count(), bundle.count()
    assert several and bundle.first.locator(".how-many").text_content() == "2"
    tab.page.evaluate("window.stays = true")
    bundle.first.focus()
    tab.page.keyboard.press("Enter")
    eventually(tab.page, f"document.querySelectorAll('#graph a.several').length === {several - 1}")
    assert tab.page.evaluate("window.stays") and marks.count() == before + 1
    assert "open=" in tab.page.url
    focused = tab.page.evaluate("document.activeElement.getAttribute('class')")
    assert "dot" in focused and len(lit(tab)) > 1  # the first of its articles, lit


def test_a_bundle_opens_without_a_script_too(opened: Any, two_are_bundled: None) -> None:
    tab = opened(java_script_enabled=False)
    before = tab.page.locator("#graph a.several").count()
    tab.page.locator("#graph a.several").first.focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**open=**")
    assert tab.page.locator("#graph a.several").count() == before - 1
    tab.page.get_by_role("link", name="Draw them together again").click()
    tab.page.wait_for_load_state()
    assert tab.page.locator("#graph a.several").count() == before


def test_an_address_within_a_closed_part_opens_it(opened: Any, site: tuple[str, str]) -> None:
    tab = opened()
    tab.page.evaluate("document.querySelectorAll('details.tree').forEach(e => { e.open = false; })")
    tab.page.evaluate("location.hash = document.querySelector('.tree li span[id]').id")
    eventually(tab.page, "document.querySelector('details.tree').open")


def test_what_was_decided_is_sent_once_and_the_button_says_so(opened: Any) -> None:
    tab = opened("/pin")
    button = tab.page.locator("button.main")
    tab.page.locator("input[type=radio]").last.check()
    tab.page.fill("#because", "its words are clearer")
    tab.page.evaluate("document.querySelector('form.hand').addEventListener('submit', event => event.preventDefault())")
    button.click()
    assert button.inner_text() == "One moment…" and button.is_disabled()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("part", ["", "/merge", "/split", "/pin", "/report"])
def test_nothing_sticks_out(opened: Any, width: int, part: str) -> None:
    assert opened(part, width=width).sideways() <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["", "/merge", "/split", "/pin", "/report"])
def test_axe_finds_no_barrier(opened: Any, scheme: str, part: str) -> None:
    tab = opened(part, color_scheme=scheme)
    for closed in tab.page.locator("details:not([open]) > summary").all():
        if closed.is_visible():
            closed.click()
    assert tab.barriers() == []

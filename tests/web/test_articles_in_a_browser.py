"""The pages of articles in a browser: notes beside their paragraphs, what lights up, where links lead; and without a
script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.share.conftest import eventually
from tests.told import told_reading
from tests.web.given import add, add_read
from tests.web.site import Tab, listening

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OFFICIAL, REWRITE = "540f06695689bc68", "b9ce5117c48a9563"
DENIAL, DENIAL_TOO = "e177dee6a29db623", "21b94f6000e23668"
WIDTHS = (320, 600, 1000, 1280, 2560)


@pytest.fixture(scope="module")
def site(ferry_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """A server's address, and the ids of an article with every kind of note and of one with words a mile long."""
    path = tmp_path_factory.mktemp("site")
    for file in ferry_once.parent.iterdir():
        shutil.copy(file, path)
    library = path / ferry_once.name
    told = add_read(library, told_reading())
    long = add(
        library, "W" * 3_000, title="T" * 300, outlet="O" * 300, byline="B" * 300, url=f"https://x.example/{'u' * 900}"
    )
    with listening(library) as address:
        yield address, told, long


@pytest.fixture
def open_tab(browser: Browser, site: tuple[str, str, str]) -> Iterator[Any]:
    """Opens a page, and looks at the end that it did nothing but show itself."""
    tabs: list[Tab] = []

    def opened(path: str, **more: Any) -> Tab:
        tabs.append(Tab(browser, site[0], path, **more))
        return tabs[-1]

    yield opened
    for tab in tabs:
        assert tab.noise == []
        tab.close()


def box(tab: Tab, selector: str) -> dict[str, float]:
    found = tab.page.locator(selector).first.bounding_box()
    assert found, selector
    return dict(found)


def test_a_note_stands_beside_its_paragraph(open_tab: Any) -> None:
    tab = open_tab(f"/articles/{OFFICIAL}")
    note, words = box(tab, "#n2"), box(tab, "#at-90")
    assert note["x"] > words["x"] + words["width"]
    assert abs(note["y"] - words["y"]) < 120
    assert (
        "a senior Belmoran defence official (unnamed)"
        in tab.page.locator(".notes", has=tab.page.locator("#n2")).inner_text()
    )


def test_on_a_phone_notes_are_folded_below_it(open_tab: Any) -> None:
    tab = open_tab(f"/articles/{OFFICIAL}", width=390)
    note = tab.page.locator("#n2")
    assert not note.is_visible()
    tab.page.locator("details.notes", has=note).locator("summary").first.click()
    assert note.is_visible()
    assert box(tab, "#n2")["y"] > box(tab, "#at-90")["y"]


def test_what_is_pointed_at_lights_up_with_its_note(open_tab: Any) -> None:
    tab = open_tab(f"/articles/{OFFICIAL}")
    tab.page.hover("#at-90")
    assert "lit" in str(tab.page.get_attribute("#n2", "class"))
    tab.page.hover("#n8")
    assert "lit" not in str(tab.page.get_attribute("#n2", "class"))
    assert tab.page.locator(".content.lit").all_inner_texts() == [
        "Ondravan patrol boats have turned back Belmoran trawlers eleven times since then"
    ]
    tab.page.focus("#n2 .back")
    assert tab.page.locator(".source.lit").all_inner_texts() == ["a senior Belmoran defence official"]


def test_a_link_from_a_claim_leads_to_its_words(open_tab: Any) -> None:
    tab = open_tab(f"/articles/{OFFICIAL}#at-757")
    eventually(tab.page, "document.querySelector('#n8').classList.contains('lit')")
    assert 0 <= box(tab, "#at-757")["y"] < 900
    tab.page.click("#n2 .back")
    eventually(tab.page, "document.querySelector('#n2').classList.contains('lit')")
    assert tab.page.evaluate("document.querySelector(':target').id") == "at-90"


@pytest.mark.parametrize("width", [390, 1280])
def test_it_can_be_read_without_a_script(open_tab: Any, width: int) -> None:
    tab = open_tab(f"/articles/{OFFICIAL}#at-757", width=width, java_script_enabled=False)
    tab.page.click("#r2")
    assert tab.page.url.endswith("#n2")
    assert tab.page.locator("#n2").is_visible()
    tab.page.click("text=hidden")
    assert "marks=off" in tab.page.url
    tab.page.go_back()
    tab.page.click(f".entries a[href='/compare?a={OFFICIAL}&b={REWRITE}']")
    assert "Rewrite" in tab.page.inner_text("h1")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(open_tab: Any, site: tuple[str, str, str], width: int) -> None:
    _, told, long = site
    tab = open_tab("/articles", width=width)
    for path in (
        *("/articles?q=ferry", f"/articles/{told}", f"/articles/{long}", f"/articles/{long}/report"),
        *(
            f"/articles/{long}/versions",
            f"/compare?a={OFFICIAL}&b={REWRITE}",
            f"/compare/report?a={OFFICIAL}&b={REWRITE}",
        ),
        *(f"/compare?a={long}&b={REWRITE}", f"/articles/{OFFICIAL}", "/compare", "/articles?q=WWW*"),
    ):
        tab.go(path)
        assert tab.sideways() <= 0, path


def test_lines_are_of_a_length_that_is_read_well(open_tab: Any, site: tuple[str, str, str]) -> None:
    tab = open_tab(f"/articles/{site[1]}", width=1280)
    lines = """() => {
      const range = document.createRange(), node = document.querySelector('.text p');
      range.selectNodeContents(node);
      const tops = new Set([...range.getClientRects()].map((rect) => Math.round(rect.bottom / 12)));
      return node.textContent.length / tops.size;
    }"""
    assert 50 <= tab.page.evaluate(lines) <= 80


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(open_tab: Any, site: tuple[str, str, str], scheme: Any) -> None:
    _, told, long = site
    tab = open_tab(f"/articles/{told}", color_scheme=scheme, bypass_csp=True)
    found = {}
    for path in (
        f"/articles/{told}",
        f"/articles/{REWRITE}",
        f"/articles/{long}",
        "/articles?q=ferry",
        f"/articles/{told}/report",
    ):
        tab.go(path)
        found[path] = tab.barriers()
    assert {path: barriers for path, barriers in found.items() if barriers} == {}


def test_a_page_that_waits_shows_what_comes(ferry_once: Path, tmp_path: Path, browser: Browser) -> None:
    for file in ferry_once.parent.iterdir():
        shutil.copy(file, tmp_path)
    library = tmp_path / ferry_once.name
    reading = told_reading()
    identity = add(library, reading.article.text, url=reading.article.url)
    with listening(library) as address:
        tab = Tab(browser, address, f"/articles/{identity}")
        assert "not read yet" in tab.page.inner_text("main")
        assert add_read(library, reading) == identity
        tab.page.wait_for_selector(".notes", state="attached")
        tab.close()


def test_a_comparison_comes_by_itself(open_tab: Any) -> None:
    tab = open_tab(f"/compare?a={DENIAL}&b={DENIAL_TOO}")
    tab.page.wait_for_url("**more=1", timeout=90_000)
    assert tab.page.locator("mark.quotation").count() >= 2
    tab.page.click(".side >> nth=0 >> a.no.quotation")
    eventually(tab.page, "document.querySelectorAll('mark.quotation.lit').length >= 2")
    assert tab.page.evaluate("document.activeElement.id").startswith("l1-")

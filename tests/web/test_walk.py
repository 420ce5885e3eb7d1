"""The example case in a browser, from the list of claims to a root, to an article, to one more copy, to a judgement."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from firsthand.library import Library, accounts
from tests.media_given import jpeg
from tests.web.conftest import PASSWORD
from tests.web.site import Tab
from tests.web.test_killed import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CLAIM = "Ondrava may sink ferry and blame Belmora"
COPY = Path(__file__).resolve().parents[2] / "examples" / "ferry"
PATIENCE = 120
"""Seconds for the worker to start, load its models and join one article, on a machine that does much else."""


class AtDesk(Served):
    """The server, with accounts: it answers by asking who is there."""

    def answers(self) -> bool:
        with suppress(httpx.TransportError):
            return self.client.get("/login").status_code == 200
        return False


@pytest.fixture
def served(ferry: Path, hashed: str) -> Iterator[AtDesk]:
    with Library.open(ferry) as library, library.writing() as connection:
        for name, role in (("ann", "admin"), ("ben", "analyst"), ("cid", "reader")):
            accounts.add(connection, name, hashed, role, "test")
    server = AtDesk(ferry)
    yield server
    server.kill()


def log_in(browser: Browser, served: AtDesk, name: str) -> Tab:
    tab = Tab(browser, f"http://127.0.0.1:{served.port}", "/")
    assert "/login" in tab.page.url
    tab.page.fill("[name=name]", name)
    tab.page.fill("[name=password]", PASSWORD)
    tab.page.click("main button")
    assert tab.page.url.endswith("/claims")
    return tab


def articles_of(tab: Tab) -> int:
    """How many articles the list says that the claim has."""
    row = tab.page.locator("main li", has=tab.page.get_by_role("link", name=CLAIM)).first
    found = re.search(r"(\d+) articles", str(row.inner_text()))
    assert found
    return int(found[1])


def until(tab: Tab, path: str, expected: Any) -> None:
    """Open a page again and again, until it is as expected."""
    end = time.monotonic() + PATIENCE
    while not expected():
        assert time.monotonic() < end, tab.page.locator("main").inner_text()
        time.sleep(0.3)
        tab.go(path)


def test_from_the_list_to_a_judgement(browser: Browser, served: AtDesk) -> None:
    tab = log_in(browser, served, "ben")

    tab.page.fill("[name=q] >> nth=0", "sink ferry blame")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/claims?*q=sink*")
    before = articles_of(tab)

    tab.page.get_by_role("link", name=CLAIM).first.click()
    claim = tab.page.url
    gull = tab.page.locator('#graph a.dot[data-name="The Loud Gull"]')
    gull.locator(".target").first.hover(force=True)
    assert str(tab.page.locator("#graph .way").inner_text()).endswith("root 1: a senior Belmoran defence official")

    with tab.page.expect_navigation():
        tab.page.locator('#graph a.dot[data-name="Lusk Courier"] .target').first.click(force=True)
    assert "/articles/" in tab.page.url and "#at-" in tab.page.url
    notes = " ".join(str(tab.page.locator("details.notes").all_inner_texts()).replace("\\n", " ").split())
    assert re.search(r"Radio Ondra\W+←\W+\w+", notes), notes

    tab.go("/add")
    tab.page.fill("#pasted", copied())
    tab.page.click("text=What you know of the text")
    tab.page.fill("[name=outlet]", "The Pallin Courier")
    tab.page.fill("[name=published]", "2025-06-05 09:00")
    tab.page.click("button.main")
    tab.page.wait_for_url(re.compile(r"/add/\w+"))
    until(tab, tab.page.url.removeprefix(tab.address), lambda: "What was added" in tab.page.locator("h1").inner_text())
    assert re.search(r"\d → \d+ articles", str(tab.page.locator(".joined").first.inner_text()))
    tab.go("/claims?q=sink+ferry+blame")
    assert articles_of(tab) == before + 1

    tab.page.goto(claim)
    tab.page.click("text=Write a judgement")
    tab.page.fill("#conclusion", "One official, told again by many.")
    tab.page.fill("#reasons", "Every other article copies or cites the agency.")
    tab.page.click(".judge button.main")
    assert "One official, told again by many." in tab.page.locator(".judged").inner_text()
    assert "ben" in tab.page.locator(".judged .who").inner_text()
    assert tab.noise == []


def test_a_reader_is_refused_a_judgement(browser: Browser, served: AtDesk) -> None:
    tab = log_in(browser, served, "cid")
    tab.page.get_by_role("link", name=CLAIM).first.click()
    claim = tab.page.url
    tab.page.wait_for_load_state()
    assert tab.page.locator(".judge").count() == 0
    assert "Analysts and admins may judge it." in tab.page.locator("#judgements").inner_text()
    csrf = tab.page.locator("[name=csrf]").first.get_attribute("value")
    answer = tab.page.request.post(
        f"{claim}/judgements", form={"csrf": csrf, "conclusion": "So it is.", "reasons": "None."}, max_redirects=0
    )
    assert answer.status == 403
    tab.page.goto(claim)
    assert "Nobody has judged it yet." in tab.page.locator("#judgements").inner_text()


def test_a_picture_is_dropped_judged_and_tied(browser: Browser, served: AtDesk) -> None:
    tab = log_in(browser, served, "ben")
    tab.page.click("nav >> text=Media")
    tab.page.set_input_files("#file", {"name": "bridge.jpg", "mimeType": "image/jpeg", "buffer": jpeg(3)})
    tab.page.fill("[name=time]", "2031-02-18")
    tab.page.click("text=Whose it is, and the archive")
    tab.page.check("[name=adds]")
    tab.page.click("button.main")
    tab.page.wait_for_url(re.compile(r"/media/(checks|reports)/\w+"))
    tab.page.wait_for_url(re.compile(r"/media/reports/\d+"), timeout=PATIENCE * 1000)
    assert tab.page.inner_text("h1") == "bridge.jpg"

    tab.page.select_option("[name=choice-light]", "fits")
    tab.page.fill("[name=words-light]", "Noon, as is told.")
    tab.page.click("text=Save the answers")
    assert "fits: Noon, as is told." in tab.page.inner_text("#checklist") and "ben" in tab.page.inner_text("#checklist")
    tab.page.fill("[name=find]", "sink ferry blame")
    tab.page.click("#ties button")
    tab.page.locator("#ties .found li", has_text=CLAIM).locator("button").first.click()
    assert CLAIM in tab.page.inner_text("#ties .listed")
    tab.page.click("#archive a")
    assert "by ben as “bridge.jpg”" in tab.page.inner_text("main")
    with tab.page.expect_download() as download:
        tab.page.click("text=Download the original")
    assert Path(download.value.path()).read_bytes() == jpeg(3)
    assert tab.noise == []


def copied() -> str:
    """The text of the agency's first report, as another outlet would print it."""
    from firsthand.config import Settings
    from firsthand.ingest import articles
    from firsthand.model import Article

    (found,) = articles([str(COPY / "01-meridian-official.html")], Settings())
    assert isinstance(found, Article)
    return found.text

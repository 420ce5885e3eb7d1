"""Nothing that axe-core knows of keeps anybody from using a page, light or dark; nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI

from firsthand.library.media_checks import HandedIn
from firsthand.model import Claimed
from tests.media_given import REPORT, kept
from tests.web.conftest import PASSWORD
from tests.web.ids import known
from tests.web.routes import pages
from tests.web.site import Tab, listening

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (320, 2560)

ERRORS = ("/nowhere", "/claims/c0ffee", "/log?since=never")


@pytest.fixture(scope="module")
def site(ferry_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A server over the example case, and an address of every page."""
    import shutil

    from firsthand.web.app import create
    from firsthand.web.options import Options

    path = tmp_path_factory.mktemp("site")
    for file in ferry_once.parent.iterdir():
        shutil.copy(file, path)
    app: FastAPI = create(Options(path / ferry_once.name))
    found = [*pages(app, known(app) | media_there(path / ferry_once.name)), *ERRORS]
    with listening(path / ferry_once.name) as address:
        yield address, found


def media_there(library: Path) -> dict[str, str]:
    """Puts a report, a file of the archive and a check that waits into a library; their ids, by how addresses begin."""
    from firsthand.library import Library, media, media_checks, media_notes

    with Library.open(library) as opened, opened.writing() as connection:
        media.add(connection, kept().file, "ben", "Skarv Range Club", "https://clips.example/7")
        media_notes.answer(connection, REPORT.file.sha256, "vehicles", "fits: Ondrava's old plates.", "ann")
        media_notes.tie(connection, REPORT.file.sha256, "claim", "c0ffee123456", "ann")
        check = media_checks.hand_in(connection, "ann", HandedIn("ab" * 32, "bridge.mp4", Claimed()))
        number = media_notes.keep_report(connection, REPORT, "ann")
    return {"media/reports": str(number), "media/archive": kept().file.sha256, "media/checks": check}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(browser: Browser, site: tuple[str, list[str]], scheme: Any) -> None:
    address, paths = site
    tab = Tab(browser, address, "/account", color_scheme=scheme, bypass_csp=True)
    found = []
    for path in paths:
        tab.go(path)
        found += [f"{path}: {barrier}" for barrier in tab.barriers()]
    assert not found, "\n".join(found)


def test_nobody_is_kept_out_of_their_account(browser: Browser, ferry: Path, hashed: str) -> None:
    from firsthand.library import Library, accounts

    with Library.open(ferry) as library, library.writing() as connection:
        for name, role in (("ann", "admin"), ("ben", "reader")):
            accounts.add(connection, name, hashed, role, "test")
    with listening(ferry) as address:
        tab = Tab(browser, address, "/accounts", bypass_csp=True)
        found = [*tab.barriers()]
        tab.page.fill("[name=name]", "ann")
        tab.page.fill("[name=password]", PASSWORD)
        tab.page.click("main button")
        assert tab.page.url == f"{address}/accounts"
        found += tab.barriers()
        tab.go("/account")
        tab.page.fill("[name=name]", "a script")
        tab.page.click("text=Make a token")
        assert tab.page.locator("code").first.inner_text().startswith("fh_")
        found += tab.barriers()
        tab.page.click("text=Sign out")
        assert tab.page.url == f"{address}/login"
    assert not found, "\n".join(map(str, found))


def test_nothing_is_wider_than_the_window(browser: Browser, site: tuple[str, list[str]]) -> None:
    address, paths = site
    wide = []
    for width in WIDTHS:
        tab = Tab(browser, address, "/account", width=width)
        for path in paths:
            tab.go(path)
            wide += [(path, width, by)] if (by := tab.sideways()) > 0 else []
        tab.close()
    assert wide == []


def test_no_page_asks_anybody_else_or_breaks_its_own_policy(browser: Browser, site: tuple[str, list[str]]) -> None:
    address, paths = site
    noise = {}
    for path in paths:
        tab = Tab(browser, address, path)
        noise[path] = [words for words in tab.noise if "the server responded with a status of" not in words]
        tab.close()
    assert {path: words for path, words in noise.items() if words} == {}

"""The report on a media file in Chromium: nothing keeps anybody out, nothing is too wide, nothing breaks its policy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.share.media_page import page
from tests.media_given import ANSWERS, QUESTIONS, REPORT, hostile
from tests.share.conftest import Shown
from tests.web.site import AXE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_FOUND = (
    "async () => (await axe.run(document)).violations.map(one => [one.id, one.help, one.nodes[0].html.slice(0, 200)])"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(browser: Browser, tmp_path: Path, scheme: Any) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: tools/axe fetches it, where npm is there")
    long = replace(
        REPORT.findings[0], facts=(*REPORT.findings[0].facts, ("normally means", "when it was written " * 4))
    )
    report = replace(REPORT, findings=(long, *REPORT.findings[1:]))
    shown = Shown(
        browser, tmp_path / "page.html", [page(report, ANSWERS, QUESTIONS)], color_scheme=scheme, bypass_csp=True
    )
    assert shown.page.locator("details.rests").count() == 1
    shown.page.evaluate(AXE.read_text(encoding="utf-8"))
    assert shown.page.evaluate(_FOUND) == []


@pytest.mark.parametrize("width", [320, 2560])
def test_nothing_is_wider_than_the_window(browser: Browser, tmp_path: Path, width: int) -> None:
    for report in (REPORT, hostile()):
        shown = Shown(browser, tmp_path / "page.html", [page(report, ANSWERS, QUESTIONS)], width=width)
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.noise == []


def test_its_frames_are_shown_and_a_finding_leads_to_them(browser: Browser, tmp_path: Path) -> None:
    shown = Shown(browser, tmp_path / "page.html", [page(REPORT)])
    sizes = shown.page.evaluate("[...document.images].map(one => one.naturalWidth)")
    assert len(sizes) == 14 and set(sizes) == {256}
    shown.page.get_by_role("link", name="where it was seen").nth(1).click()
    assert shown.page.locator(":target").inner_text().startswith("0:04.0 to 0:16.2")


def test_a_sheet_of_paper_has_all_of_it(browser: Browser, tmp_path: Path) -> None:
    shown = Shown(browser, tmp_path / "page.html", [page(REPORT, ANSWERS, QUESTIONS)], width=700)
    shown.page.emulate_media(media="print")
    assert shown.page.locator("text=Who filmed this, and from where?").is_visible()
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 700

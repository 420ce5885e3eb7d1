"""A Chromium that shows pages, and a page that is open in it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIT = "els => els.filter(e => e.classList.contains('lit')).map(e => e.textContent)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Shown:
    """A page that is open, with everything that it did beyond showing itself."""

    def __init__(
        self,
        browser: Browser,
        path: Path,
        parts: Iterable[str],
        *,
        scripts: bool = True,
        width: int = 1400,
        touch: bool = False,
        **more: Any,
    ) -> None:
        path.write_text("".join(parts), encoding="utf-8", errors="backslashreplace")
        self.noise: list[str] = []
        view: dict[str, Any] = {"width": width, "height": 900}
        context = browser.new_context(
            java_script_enabled=scripts, viewport=view, has_touch=touch, is_mobile=touch, **more
        )
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.noise.append("dialog"), dialog.dismiss()))
        self.page.on("request", lambda request: self.noise.append(request.url) if _is_foreign(request.url) else None)
        self.page.goto(path.as_uri())

    def lit_of(self, selector: str) -> list[str]:
        """The words of the pieces that are lit, in the order of the text."""
        return [str(words) for words in self.page.eval_on_selector_all(selector, LIT)]


def _is_foreign(url: str) -> bool:
    return not url.startswith("file:") or not url.partition("#")[0].endswith("page.html")


def eventually(page: Any, expression: str) -> None:
    """Wait until it is true; the driver's own waiting evaluates strings in the page, which its policy forbids."""
    deadline = time.monotonic() + 10
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        time.sleep(0.05)

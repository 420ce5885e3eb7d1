"""Adding and watching in a browser: a text is pasted, progress is told, nothing keeps anybody out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.config import Settings
from firsthand.library import Library, watches
from tests.web.site import Tab, listening
from tests.web.test_add import TEXT
from tests.web.working import work

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_text_is_pasted_and_followed_until_it_is_joined(browser: Browser, ferry: Path, scheme: Any) -> None:
    with listening(ferry) as address:
        tab = Tab(browser, address, "/add", color_scheme=scheme, bypass_csp=True)
        found = [*tab.barriers()]
        tab.page.fill("#pasted", TEXT)
        tab.page.set_input_files("#files", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"})
        assert tab.page.inner_text(".chosen") == "a.jpg, 3 bytes"
        tab.page.click("button.main")
        tab.page.wait_for_url("**/add/b*")
        assert tab.page.inner_text("#how-far") == "0 of 2 taken in"
        found += tab.barriers()
        work(ferry, Settings(timeout=2))
        tab.page.wait_for_selector("#batch:not([data-open])", timeout=20_000)
        assert tab.page.inner_text("h1") == "What was added"
        assert "is not text, but a JPEG picture" in tab.page.inner_text("#batch")
        found += tab.barriers()
        with Library.open(ferry) as library, library.writing() as connection:
            for path in ("feed", "other"):
                watches.begin(connection, "Ann", f"http://127.0.0.1:1/{path}", 60)
        work(ferry, Settings(timeout=2))
        tab.go("/watch")
        tab.page.click("text=Change >> nth=0")
        found += tab.barriers()
        tab.go("/add")
        found += tab.barriers()
        assert not found, "\n".join(map(str, found))

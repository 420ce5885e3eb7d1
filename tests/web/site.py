"""A server that listens, and pages of it that are open in a browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).resolve().parents[2] / ".venv" / "axe" / "axe.min.js"

_FOUND = """\
async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  one => [one.id, one.help, ...one.nodes.slice(0, 5).map(node => node.html.slice(0, 200) + ' | ' + node.any.map(
    check => check.message).join(' '))])"""


@contextmanager
def listening(library: Path, **more: Any) -> Iterator[str]:
    """The address of a server over this library, which ends with the block; `more` as for `Options`."""
    import uvicorn

    from firsthand.web.app import create
    from firsthand.web.options import Options
    from firsthand.web.serving import _config

    with socket.create_server(("127.0.0.1", 0)) as bound:
        options = Options(library, port=bound.getsockname()[1], **more)
        server = uvicorn.Server(_config(create(options), options))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        _wait(lambda: server.started)
        yield f"http://127.0.0.1:{options.port}"
        server.should_exit = True
        thread.join(20)


def _wait(until: Any) -> None:
    end = time.monotonic() + 30
    while not until():
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.02)


class Tab:
    """A page that is open, with whatever it did that no page of ours may."""

    def __init__(self, browser: Browser, address: str, path: str = "/", *, width: int = 1280, **more: Any) -> None:
        view: Any = {"width": width, "height": 900}
        self.address, self.noise = address, list[str]()
        self.page: Page = browser.new_context(viewport=view, **more).new_page()
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.noise.append("dialog"), dialog.dismiss()))
        self.page.on("request", self._heard)
        self.go(path)

    def go(self, path: str) -> None:
        """Open another page."""
        self.page.goto(self.address + path)

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def barriers(self) -> list[list[str]]:
        """What axe finds: each a rule with the first places that break it. Skips where axe is not installed."""
        if not AXE.exists():
            pytest.skip("axe-core is not installed: tools/axe fetches it, where npm is there")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[list[str]] = self.page.evaluate(_FOUND)
        return found

    def close(self) -> None:
        """Forget it, and its cookies."""
        self.page.context.close()

    def _heard(self, request: Any) -> None:
        if not request.url.startswith(self.address):
            self.noise.append(f"asked for {request.url}")

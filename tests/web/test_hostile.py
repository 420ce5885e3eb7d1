"""Stored XSS: whatever an article or a feed says, no page has an element, an attribute or an address of its making."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from tests.web.asking import send
from tests.web.hostile import EVIL, MARK, Made, build, wrong
from tests.web.ids import known
from tests.web.routes import parameters, sample
from tests.web.site import Tab, listening

if TYPE_CHECKING:
    from playwright.sync_api import Browser

JUDGED = {"conclusion": EVIL, "reasons": EVIL, "rating": "1"}


@pytest.fixture(scope="module")
def evil_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evil") / "library"
    build(path)
    return path


@pytest.fixture
def evil(evil_once: Path, tmp_path: Path) -> Path:
    for file in evil_once.parent.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path / evil_once.name


@pytest.fixture
def victim(evil: Path) -> Iterator[TestClient]:
    from firsthand.web.app import create
    from firsthand.web.options import Options

    with TestClient(create(Options(evil)), base_url="http://127.0.0.1:8470") as asking:
        yield asking


def ids(client: TestClient) -> dict[str, list[str]]:
    """Every claim, article, source and outlet; the adds and watches, by their pages' links."""
    found: dict[str, list[str]] = {}
    for name in ("claims", "articles", "sources", "outlets"):
        body = client.get(f"/api/v1/{name}").json()
        rows = next(value for value in body.values() if isinstance(value, list))
        found[name] = [str(row.get("id") or row.get("key")) for row in rows]
    for name in ("add", "watch"):
        body = client.get(f"/api/v1/{name}").json()
        rows = body if isinstance(body, list) else next(value for value in body.values() if isinstance(value, list))
        found[name] = [str(row.get("id") or row.get("batch") or row.get("name")) for row in rows]
    return found


def addresses(client: TestClient) -> Iterator[str]:
    """Each route that shows something, for all that there is; what it may filter by is hostile too."""
    there, known_ids = ids(client), known(client.app)
    assert all(there.values()), there
    for route, parts, names in parameters(client.app):
        path = str(route.path)
        if path.startswith(("/static", "/compare/texts")) or path.endswith("/events"):
            continue
        both = f"a={known_ids['articles']}&b={known_ids['other']}&" if "compare" in path else ""
        for one in there.get(path.removeprefix("/api/v1").split("/")[1].split(".")[0], ["1"]) if parts else [""]:
            filled = sample(route, **dict.fromkeys(parts, one))
            yield f"{filled}?{both}"
            yield from (f"{filled}?{both}print=1" for name in names if name == "print")
            if "merge" in path:
                yield f"{filled}?other={there['claims'][-1]}"
        if not parts:
            yield from (f"{path}?{both}{name}={MARK}%22%3E%3C{MARK}%3E" for name in names if name not in ("a", "b"))


def test_no_page_has_what_an_article_made(victim: TestClient) -> None:
    claim = ids(victim)["claims"][0]
    assert send(victim, f"/claims/{claim}/judgements", **JUDGED).status_code in (303, 422)
    found, seen = [], set()
    for address in addresses(victim):
        answer = victim.get(address, follow_redirects=False)
        kind = answer.headers.get("content-type", "").partition(";")[0]
        seen.add(kind)
        assert answer.headers["x-content-type-options"] == "nosniff"
        found += [f"{address}: {trouble}" for trouble in _trouble(kind, answer)]
    assert {"text/html", "application/json", "text/csv", "text/plain"} <= seen
    assert not found, "\n".join(found[:80])


def _trouble(kind: str, answer: Any) -> list[str]:
    if answer.status_code >= 500:
        return [str(answer.status_code)]
    if "attachment" in answer.headers.get("content-disposition", ""):
        return _formulas(answer.text) if kind == "text/csv" else _download(kind, answer)
    if kind == "text/html":
        return wrong(answer.text)
    if kind == "application/json":
        json.loads(answer.text)
        return []
    return [] if kind in ("text/plain", "") else [f"is {kind}, and shown"]


def _formulas(text: str) -> list[str]:
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    return [f"a formula: {cell[:40]}" for cell in cells if cell[:1] in tuple("=+@\t") or cell[:2] == "-="]


def _download(kind: str, answer: Any) -> list[str]:
    """An original is kept, not shown: nothing of it may run, should a browser show it all the same."""
    ours = answer.headers["content-security-policy"]
    harmless = kind in ("application/octet-stream", "text/plain", "application/json") or "sandbox" in ours
    return [] if harmless else [f"a download as {kind} without a sandbox"]


def test_what_an_article_says_is_there_to_be_read(victim: TestClient) -> None:
    """It is escaped, not left out."""
    claim = ids(victim)["claims"][0]
    assert f"&lt;script&gt;window.{MARK}=1" in victim.get(f"/claims/{claim}").text + victim.get("/claims").text


def test_in_a_browser_nothing_of_it_runs(browser: Browser, evil: Path) -> None:
    with listening(evil) as address:
        tab = Tab(browser, address, "/account")
        client = TestClient(_app(evil), base_url="http://127.0.0.1:8470")
        there = ids(client)
        paths = ["/claims", "/articles", "/sources", "/outlets", "/watch", "/add", "/log"]
        paths += [f"/{name}/{one}" for name in ("claims", "articles", "sources", "outlets") for one in there[name][:2]]
        paths += [f"/compare?a={there['articles'][0]}&b={there['articles'][-1]}", f"/add/{there['add'][0]}"]
        for path in paths:
            tab.go(path)
            assert tab.page.evaluate(f"window.{MARK} === undefined"), path
            assert tab.page.locator(MARK).count() == 0, path
        assert tab.noise == []


def _app(path: Path) -> Any:
    from firsthand.web.app import create
    from firsthand.web.options import Options

    return create(Options(path))


@pytest.mark.parametrize(
    "page",
    [
        f"<{MARK}>",
        "<p onclick=x>",
        "<a href=javascript:x>",
        "<a href='//evil.example'>",
        "<img src=/x>",
        "<script>1</script>",
        "<form action=http://evil.example>",
        "<!-- x -->",
        "<p style=x>",
        "<a href='http:///x'>",
        "\u202e",
    ],
)
def test_the_test_would_see_it(page: str) -> None:
    assert wrong(page)


def test_the_test_lets_pages_of_ours_be(victim: TestClient) -> None:
    made = Made()
    made.feed(victim.get("/account").text)
    assert made.wrong == []
    assert {"main", "nav", "h1"} <= made.tags

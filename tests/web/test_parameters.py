"""What an address of the API may be asked: a filter that is miswritten is refused, not passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.asking import send_json
from tests.web.ids import known
from tests.web.routes import parameters, sample

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/claims?limit=-1", "limit: this address takes no such parameter"),
        ("/claims?soort=newest", "did you mean sort?"),
        ("/claims?page=1&x%1b%0a=1", "it takes denied, hardened, kind, not_shown, outlet, page, q, since"),
        ("/sources?limit=-1", "it takes kind, page, q, sort."),
        ("/articles?outlett=x", "did you mean outlet?"),
        ("/outlets?limit=-1", "limit: this address takes no such parameter"),
        ("/watch?q=x", "it takes none."),
        ("/add?limit=-1", "limit: Input should be greater than or equal to 1"),
        ("/watch/news?limit=-1", "limit: Input should be greater than or equal to 1"),
    ],
)
def test_what_is_not_known_is_refused(client: TestClient, path: str, words: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 422
    assert words in answer.json()["detail"] and answer.json()["detail"].isprintable()


def test_every_address_of_the_api_refuses_it_and_takes_its_own(client: TestClient) -> None:
    ids, seen = known(client.app), 0  # type: ignore[arg-type]
    for route, parts, names in parameters(client.app):
        path = str(route.path)
        if not path.startswith("/api/v1"):
            continue
        good = ids.get(path.split("/")[3], "1")
        address = sample(route, **dict.fromkeys(parts, good))
        assert client.get(f"{address}?nothing_such=1").status_code == 422, address
        for name in names:
            detail = client.get(f"{address}?{name}=1").text
            assert "takes no such parameter" not in detail, (address, name)
        seen += 1
    assert seen > 10


def test_what_changes_something_refuses_it_too(client: TestClient) -> None:
    answer = send_json(client, "/api/v1/watch?minutes=15", {"url": "https://x.example/feed"})
    assert answer.status_code == 422 and client.get("/api/v1/watch").json() == []


def test_pages_pass_over_what_they_do_not_know(client: TestClient) -> None:
    assert client.get("/claims?utm_source=x").status_code == 200

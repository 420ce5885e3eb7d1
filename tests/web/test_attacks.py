"""Attacks on the frame that all pages share: who may ask what, from where, how much, and what comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient

from firsthand.web.access import OWN, guard
from firsthand.web.app import create
from firsthand.web.bodies import MIB, USUAL, Limit
from firsthand.web.frame import HEADERS, POLICY
from firsthand.web.keys import form_word, fresh, is_form_word, is_one
from firsthand.web.login import local
from firsthand.web.options import Options
from tests.web.asking import send, send_json, word
from tests.web.routes import changing, routes, sample
from tests.web.test_accounts import a_token, with_token

Desk = Callable[[str], TestClient]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An application over an empty library, which no test writes to."""
    app = create(Options(tmp_path_factory.mktemp("empty") / "l.db"))
    with TestClient(app, base_url="http://127.0.0.1:8470") as asking:
        yield asking


def paths(client: TestClient) -> Iterator[tuple[str, str]]:
    """Each route that changes something: a method, and an address that it is for."""
    for route in changing(client.app):
        for method in sorted(route.methods - {"GET", "HEAD", "OPTIONS"}):
            yield method, sample(route)


def test_every_route_that_changes_something_wants_the_word_of_a_form(client: TestClient) -> None:
    found = list(paths(client))
    assert len(found) > 8
    for method, path in found:
        wrong = form_word(fresh())
        for fields, headers in (({}, {}), ({"csrf": wrong}, {}), ({"csrf": ""}, {"X-CSRF": wrong})):
            answer = client.request(method, path, data=fields, headers=headers)
            assert answer.status_code in (403, 413, 422), (method, path, answer.status_code)
        answer = client.request(method, path, json={}, headers={b"x-csrf": "é".encode()})
        assert answer.status_code in (403, 422), (method, path, answer.status_code)


def test_no_route_stands_outside_the_guard(client: TestClient) -> None:
    for route in routes(client.app):
        assert any(one.call is guard for one in route.dependant.dependencies), route.path


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://[::1"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8470"},
    ],
)
def test_another_sites_form_is_refused_even_with_the_word(client: TestClient, headers: dict[str, str]) -> None:
    fields = {"csrf": word(client), "name": "eve", "role": "admin", "password": "three herons on a jetty"}
    assert client.post("/accounts", data=fields, headers=headers).status_code == 403
    assert client.get("/api/v1/accounts").json() == []


def test_our_own_form_is_not(client: TestClient) -> None:
    headers = {"Origin": "http://127.0.0.1:8470", "Sec-Fetch-Site": "same-origin"}
    fields = {"csrf": word(client), "name": "ann", "role": "admin", "password": "three herons on a jetty"}
    assert client.post("/accounts", data=fields, headers=headers, follow_redirects=False).status_code == 303


def test_another_site_may_link_here_but_not_ask_behind_the_users_back(client: TestClient) -> None:
    linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    hidden = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client.get("/account", headers=linked).status_code == 200
    assert client.get("/account", headers=hidden).status_code == 403


def test_a_word_is_of_one_cookie_and_another_each_time() -> None:
    cookie = fresh()
    one, other = form_word(cookie), form_word(cookie)
    assert one != other
    assert is_form_word(one, cookie) and is_form_word(other, cookie)
    assert not is_form_word(one, fresh())
    assert not any(is_form_word(text, cookie) for text in ("", "=", one[:-2], one + "AA", "é", "\udc80", "A" * 10**6))


@pytest.mark.parametrize("cookie", ["", "x", "a" * 42 + "/", "é" * 43, "../../etc/passwd", "a b" * 20])
def test_a_cookie_that_cannot_be_ours_is_replaced(empty: TestClient, cookie: str) -> None:
    assert not is_one(cookie)
    answer = empty.get("/account", headers={b"cookie": f"firsthand-8470={cookie}".encode()})
    assert "firsthand-8470=" in answer.headers["set-cookie"]


def test_cookies_are_for_the_server_alone(client: TestClient, ferry: Any) -> None:
    given = client.get("/account").headers["set-cookie"]
    assert given.endswith("; Path=/; HttpOnly; SameSite=Lax")
    secure = TestClient(create(Options(ferry, secure=True)), base_url="https://localhost")
    answer = secure.get("/account")
    assert answer.headers["set-cookie"].startswith("__Host-firsthand=")
    assert answer.headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")
    assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "192.0.2.1:8470", "[::1", "*"]
)
def test_it_answers_to_its_own_names_alone(empty: TestClient, host: str) -> None:
    for path in ("/account", "/static/site.css", "/api/v1/account", "/nowhere"):
        answer = empty.get(path, headers={"Host": host})
        assert (answer.status_code, "set-cookie" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    "address",
    [
        *("//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example"),
        *("http://evil.example", "https:evil.example", "javascript:alert(1)", "/%09/../\n//evil.example"),
        *("evil.example", "", "//[", "/login?next=/login", "/logout", "http:///evil.example", "/ /evil.example"),
        *("/\x00/evil", "/é", "?next=//evil.example", "data:text/html,x", "//127.0.0.1:8470@evil.example/claims"),
    ],
)
def test_nobody_is_led_elsewhere(address: str) -> None:
    assert local(address) == "/claims"


@pytest.mark.parametrize("address", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"])
def test_nobody_is_led_elsewhere_after_logging_in(desk: Desk, address: str) -> None:
    answer = send(desk(""), "/login", name="ann", password="three herons on a jetty", next=address)
    assert answer.headers["location"] == "/claims"
    assert desk("ann").get("/login", params={"next": address}, follow_redirects=False).headers["location"] == "/claims"


@pytest.mark.parametrize("address", ["/claims?q=a%20b&denied=1", "/articles/43cba0b5#at-12", "/", "/sources/j%C3%A9"])
def test_a_page_of_ours_is_where_one_is_led(address: str) -> None:
    assert local(address) == address


def test_a_session_is_never_one_that_somebody_else_chose(desk: Desk) -> None:
    """Fixation: the cookie before logging in is known to a stranger; the one after is not."""
    browser = desk("")
    known = fresh()
    browser.cookies["firsthand-8470"] = known
    assert send(browser, "/login", name="ann", password="three herons on a jetty").status_code == 303
    stranger = desk("")
    stranger.cookies["firsthand-8470"] = known
    assert stranger.get("/api/v1/account").status_code == 401
    assert browser.get("/api/v1/account").json()["name"] == "ann"


def test_who_is_not_logged_in_gets_nothing_but_the_door(desk: Desk) -> None:
    browser = desk("")
    for route in routes(browser.app):
        path = sample(route)
        if "GET" not in route.methods or path.startswith(("/login", "/static")):
            continue
        answer = browser.get(path, follow_redirects=False)
        expected = (401, 303)[not path.startswith("/api") and not path.endswith((".json", ".csv"))]
        assert answer.status_code == expected, path
    described = browser.get("/api/v1/openapi.json")
    assert described.status_code == 200 and described.json()["info"]["title"] == "Firsthand"
    assert browser.post("/api/v1/openapi.json").status_code in (403, 405)
    assert browser.get("/nowhere", follow_redirects=False).headers["location"] == "/login?next=%2Fnowhere"


def test_who_is_not_logged_in_changes_nothing(desk: Desk) -> None:
    browser = desk("")
    for method, path in paths(browser):
        if path not in ("/login", "/logout"):
            answer = browser.request(method, path, data={"csrf": word(browser)})
            assert answer.status_code == 401, path


def test_what_is_a_readers_own() -> None:
    """Whoever lets readers do more changes this too."""
    assert set(OWN) == {"/login", "/logout", "/account", "/api/v1/account", "/watch/seen", "/api/v1/watch/seen"}


def test_a_reader_changes_nothing_but_their_own(desk: Desk) -> None:
    browser = desk("cid")
    for method, path in paths(browser):
        if any(path == own or path.startswith(f"{own}/") for own in OWN):
            continue
        answers = (
            browser.request(method, path, data={"csrf": word(browser)}),
            browser.request(method, path, json={}, headers={"X-CSRF": word(browser)}),
        )
        assert {answer.status_code for answer in answers} <= {403, 413, 422}, path
        assert 403 in {answer.status_code for answer in answers}, path


@pytest.mark.parametrize("name", ["cid", "ben"])
def test_accounts_and_log_are_for_admins(desk: Desk, name: str) -> None:
    browser = desk(name)
    for path in ("/accounts", "/log", "/log.json", "/log.csv", "/api/v1/accounts", "/api/v1/log"):
        assert browser.get(path).status_code == 403, path
    fields = {"name": "eve", "role": "admin", "password": "three herons on a jetty"}
    assert send(browser, "/accounts", **fields).status_code == 403
    for act in ("role", "password", "lock", "remove"):
        answer = send(browser, f"/accounts/1/{act}", role="admin", password="three herons on a jetty", locked="true")
        assert answer.status_code == 403


def test_a_readers_token_reads(desk: Desk) -> None:
    ann = desk("ann")
    program = with_token(ann, a_token(ann, "reader"))
    assert program.get("/api/v1/account").status_code == 200
    assert program.get("/api/v1/accounts").status_code == 403
    for method, path in paths(program):
        assert program.request(method, path, json={}).status_code in (403, 422), path


def test_a_token_is_for_the_api(desk: Desk) -> None:
    ann = desk("ann")
    program = with_token(ann, a_token(ann, "admin"))
    fields = {"name": "eve", "role": "admin", "password": "three herons on a jetty"}
    assert program.post("/accounts", data=fields).status_code == 403
    answer = program.post("/account/tokens", data={"name": "more", "role": "admin", "days": 365})
    assert answer.status_code == 403


@pytest.mark.parametrize("given", ["Bearer x", "Bearer ", "bearer", "Bearer fh_" + "a" * 43, "Bearer é"])
def test_a_wrong_token_lets_nobody_in_whoever_else_is_logged_in(desk: Desk, given: str) -> None:
    browser = desk("ann")
    assert browser.get("/api/v1/account", headers={b"authorization": given.encode()}).status_code == 401
    assert browser.post("/login", headers={b"authorization": given.encode()}).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        *("/static/..%2f..%2fapp.py", "/static/%2e%2e/app.py", "/static/..\\app.py", "/static//etc/passwd"),
        *("/static/site.css%00", "/static/....//app.py", "/static/", "/static/site.css/..", "/../../etc/passwd"),
    ],
)
def test_no_other_file_is_served(empty: TestClient, path: str) -> None:
    assert empty.get(path).status_code in (404, 405)


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for path in ("/account", "/static/site.css", "/nowhere", "/api/v1/account", "/api/v1/nowhere", "/log.csv"):
        headers = client.get(path).headers
        assert {name for name in HEADERS if name not in headers} == set(), path
        assert headers["content-security-policy"] == POLICY
        assert headers["server-timing"].startswith("app;dur=")
    assert "unsafe" not in POLICY


def test_head_is_get_without_the_body(client: TestClient) -> None:
    assert client.head("/account").status_code == 200


def test_what_nobody_expected_is_one_line_on_the_terminal_and_none_on_the_page(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("inside")

    client.app.add_api_route("/fails", fail)  # type: ignore[attr-defined]
    client.app.add_api_route("/api/v1/fails", fail)  # type: ignore[attr-defined]
    answer = client.get("/fails")
    assert (answer.status_code, "inside" in answer.text, "Traceback" in answer.text) == (500, False, False)
    assert answer.headers["content-security-policy"] == POLICY
    assert client.get("/api/v1/fails").json().keys() == {"detail"}
    assert "GET /fails: ZeroDivisionError: inside" in caplog.text


def test_errors_are_pages_for_people_and_json_for_programs(client: TestClient) -> None:
    for path, status in (("/nowhere", 404), ("/log?since=never", 422)):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
        answer = client.get(f"/api/v1{path}")
        assert (answer.status_code, list(answer.json())) == (status, ["detail"])
    assert client.put("/account").status_code == 405


def test_what_is_too_large_is_refused_unread(client: TestClient) -> None:
    read = 0

    def sent() -> Iterator[bytes]:
        nonlocal read
        for _ in range(50):
            read += MIB
            yield b"x" * MIB

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    announced = client.post("/login", content=b"", headers={**form, "Content-Length": str(10**30)})
    assert announced.status_code == 413
    answer = client.post("/login", content=sent(), headers=form)
    assert answer.status_code == 413
    json = client.post("/api/v1/account", content=b"x" * (MIB + 1), headers={"Content-Type": "application/json"})
    assert json.status_code in (404, 405, 413)


def messages(*parts: bytes, wait: float = 0.0) -> Callable[[], Any]:
    """What a server hands on of a body, slowly."""
    left = list(parts)

    async def receive() -> dict[str, Any]:
        await anyio.sleep(wait)
        part = left.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(left)}

    return receive


async def asked(app: Any, receive: Callable[[], Any], path: str = "/login") -> int:
    """The status of what is answered to a form whose body comes so."""
    status: list[int] = []

    async def answer(message: Any) -> None:
        status.extend([message["status"]] if "status" in message else [])

    kind = b"application/x-www-form-urlencoded"
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 8470),
        "client": ("127.0.0.1", 1),
        "root_path": "",
        "http_version": "1.1",
        "headers": [(b"host", b"127.0.0.1:8470"), (b"content-type", kind)],
        "state": {},
    }
    await app(scope, receive, answer)
    return status[0]


def test_what_comes_too_slowly_is_not_waited_for(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firsthand.web.bodies.USUAL", Limit(USUAL.size, 0.3))
    began = time.monotonic()
    assert asyncio.run(asked(client.app, messages(*[b"x"] * 100, wait=0.1))) == 408
    assert time.monotonic() - began < 5


def test_no_more_is_read_than_may_be(client: TestClient) -> None:
    left = [b"x" * MIB] * 40
    assert asyncio.run(asked(client.app, messages(*left))) == 413


def test_json_is_as_limited_as_forms(client: TestClient) -> None:
    body = {"text": "x" * (65 * MIB)}
    for method, path in paths(client):
        if path.startswith("/api/"):
            assert send_json(client, path, body, method).status_code in (413, 422), path


def test_the_docs_that_would_load_scripts_from_elsewhere_are_not_there(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404] * 3


def test_the_api_says_who_may_ask(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert "X-CSRF" in described["info"]["description"]
    for path, methods in described["paths"].items():
        assert path.startswith("/api/v1/"), path
        assert all("security" in operation for operation in methods.values()), path

"""How much may be sent, by whom, and what is done with it before it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from starlette.datastructures import FormData

from firsthand.web import handing
from firsthand.web.bodies import FILES, USUAL, WITHOUT_FILES, limit_of
from tests.web.asking import send, word

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("path", "kind", "limit"),
    [
        ("/add", "Multipart/Form-Data; boundary=x", FILES),
        ("/api/v1/add", " multipart/form-data; boundary=x", FILES),
        ("/api/v1/add", "application/json", WITHOUT_FILES),
        ("/add", "application/x-www-form-urlencoded", WITHOUT_FILES),
        ("/add", "", WITHOUT_FILES),
        ("/login", "multipart/form-data; boundary=x", USUAL),
    ],
)
def test_files_alone_may_be_large(path: str, kind: str, limit: object) -> None:
    assert limit_of(path, kind, 2**40) is limit


@pytest.mark.parametrize("path", ["/media", "/api/v1/media"])
def test_a_media_file_may_be_as_large_as_the_settings_say(path: str) -> None:
    found = limit_of(path, "Multipart/Form-Data; boundary=x", 2**40)
    assert (found.size, found.files, found.seconds) == (2**40 + 2**20, 1, 3600)
    assert limit_of(path, "application/json", 2**40) is USUAL


def test_json_is_read_up_to_8_mib(client: TestClient) -> None:
    headers = {"X-CSRF": word(client), "Content-Type": "application/json"}
    body = b'{"items":[' + b"{}," * (WITHOUT_FILES.size // 3 + 5) + b"{}]}"
    answer = client.post("/api/v1/add", content=body, headers=headers)
    assert answer.status_code == 413 and "8 MiB" in answer.text


def test_json_of_many_small_things_is_refused_for_them(client: TestClient) -> None:
    headers = {"X-CSRF": word(client), "Content-Type": "application/json"}
    body = b'{"items":[' + b'{"text":"a"},' * 100_000 + b'{"text":"a"}]}'
    answer = client.post("/api/v1/add", content=body, headers=headers)
    assert answer.status_code == 422 and "at most 200" in answer.text


def test_what_is_pasted_is_measured_before_it_is_split(client: TestClient) -> None:
    answer = send(client, "/add", pasted="http://x.example/\n" * (handing.MOST_CHARACTERS // 18 + 1))
    assert answer.status_code == 413 and "1,000,000 characters" in answer.text


@pytest.mark.parametrize("address", ["/add", "/api/v1/add"])
def test_a_field_that_is_no_file_has_its_own_limit(client: TestClient, address: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"a" * (FILES.field + 1) + b"\r\n--x--\r\n"
    headers = {"X-CSRF": word(client), "Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post(address, content=part, headers=headers)
    assert answer.status_code == 413 and "as a file" in answer.text


def test_many_fields_are_refused_whoever_reads_them_first(client: TestClient) -> None:
    many = b"&".join(b"a" for _ in range(100_000))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/add", content=many, headers=headers).status_code == 413
    assert client.post("/add", content=many, headers={**headers, "X-CSRF": word(client)}).status_code == 413


def test_of_who_may_not_send_it_nothing_is_read(
    desk: Callable[[str], TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unread(_: object) -> FormData:
        pytest.fail("was read")

    monkeypatch.setattr("firsthand.web.access.form_of", unread)
    answer = desk("cid").post("/add", data={"pasted": "The quay is shut."})
    assert answer.status_code == 403 and "needs the role analyst" in answer.text


@pytest.mark.parametrize("number", ["9" * 26, str(2**63), "-1"])
def test_a_number_that_no_row_has_is_refused(client: TestClient, number: str) -> None:
    name = send(client, "/add", pasted="The quay is shut.").headers["location"]
    assert send(client, f"{name}/again?number={number}").status_code == 422

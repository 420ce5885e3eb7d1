"""What tests send, as a page would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx import Response
    from starlette.testclient import TestClient


def word(client: TestClient) -> str:
    """What a form must send back, for the client's cookie: it gets one with its first page, here that of an account."""
    from firsthand.web.keys import form_word

    name = client.app.state.options.cookie  # type: ignore[attr-defined]
    if name not in client.cookies:
        client.get("/account")
    return form_word(client.cookies[name])


def send(client: TestClient, address: str, **fields: Any) -> Response:
    """A form, with its word; what is answered, without following where it leads."""
    files = fields.pop("files", None)
    return client.post(address, data={"csrf": word(client), **fields}, files=files, follow_redirects=False)


def send_json(client: TestClient, address: str, body: Any, method: str = "POST") -> Response:
    """JSON to the API, with the word in the header."""
    return client.request(method, address, json=body, headers={"X-CSRF": word(client)})

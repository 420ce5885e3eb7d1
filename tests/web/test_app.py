"""The application stands: it starts, leads to the claims, and describes its API."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_the_front_page_leads_to_the_claims(client: TestClient) -> None:
    answer = client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims")


def test_style_sheets_are_served_by_name_alone(client: TestClient) -> None:
    assert client.get("/static/site.css").headers["content-type"] == "text/css; charset=utf-8"
    assert client.get("/static/..%2Fapp.py").status_code == 404


def test_the_api_is_described(client: TestClient) -> None:
    assert client.get("/api/v1/openapi.json").json()["info"]["title"] == "Firsthand"

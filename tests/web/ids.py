"""Ids of what is in a library, for addresses."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient


def known(app: Any) -> dict[str, str]:
    """Some claim, two articles, a source and an outlet, by what paths call them; what there is none of is left out."""
    client = TestClient(app, base_url=f"http://127.0.0.1:{app.state.options.port}")
    found = {}
    for name in ("claims", "articles", "sources", "outlets"):
        rows = _rows(client.get(f"/api/v1/{name}"))
        found[name] = [str(row.get("id") or row.get("key")) for row in rows]
    return {name: ids[0] for name, ids in found.items() if ids} | {"other": found["articles"][-1]}


def _rows(answer: Any) -> list[dict[str, Any]]:
    body = answer.json() if answer.status_code == 200 else []
    if isinstance(body, dict):
        body = next((value for value in body.values() if isinstance(value, list)), [])
    rows: list[dict[str, Any]] = body
    return rows

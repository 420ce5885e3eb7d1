"""What schemathesis makes of the OpenAPI document, sent to the API: nothing of it is answered by a 5xx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from firsthand.library import Library, accounts, tokens
from firsthand.web.app import create
from firsthand.web.keys import hashed
from firsthand.web.options import Options

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

EXAMPLES = 15
"""Of each operation: all of them together take less than a minute."""

TOKEN = "fh_" + "t" * 43
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}

sparing = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def test_nothing_is_answered_by_a_5xx(ferry: Path) -> None:
    with Library.open(ferry) as library, library.writing() as connection:
        one = accounts.add(connection, "ann", "no password", "admin", "test")
        tokens.add(connection, one, "schemathesis", hashed(TOKEN), "admin", None)
    app = create(Options(ferry, names=("testserver", "localhost")))
    api = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=WITH_TOKEN)
    met: dict[str, set[int]] = {}
    for found in api.get_all_operations():
        operation = found.ok()
        met[operation.label] = _statuses(operation)
    assert {label: statuses for label, statuses in met.items() if max(statuses) >= 500} == {}
    assert len(met) > 10
    assert sum(200 in statuses for statuses in met.values()) > 5


def _statuses(operation: Any) -> set[int]:
    """What is answered to what may be sent there, and to what may not."""
    statuses = set()

    @sparing
    @given(case=operation.as_strategy())
    def good(case: Any) -> None:
        statuses.add(case.call(headers=WITH_TOKEN).status_code)

    @sparing
    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
    def bad(case: Any) -> None:
        statuses.add(case.call(headers=WITH_TOKEN).status_code)

    good()
    bad()
    return statuses

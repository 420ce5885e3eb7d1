"""Two people who add and judge at once, while the worker joins what comes: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.library import Library
from firsthand.library.actions import Asked, actions
from tests.web.asking import send, send_json
from tests.web.working import work

if TYPE_CHECKING:
    from starlette.testclient import TestClient

EACH = 12
"""Times that each of them adds, and judges."""


def test_two_people_add_and_judge_at_once(desk: Callable[[str], TestClient], ferry: Path) -> None:
    people = {name: desk(name) for name in ("ann", "ben")}
    claim = people["ann"].get("/api/v1/claims").json()["claims"][0]["id"]

    def add(name: str) -> list[str]:
        texts = (f"Minister {name} {n} said that the bridge {n} at {name} would stay shut." for n in range(EACH))
        answers = [send(people[name], "/add", pasted=text) for text in texts]
        assert {answer.status_code for answer in answers} == {303}
        return [str(answer.headers["location"]).removeprefix("/add/") for answer in answers]

    def judge(name: str) -> list[int]:
        place, asking = f"/api/v1/claims/{claim}/judgements", desk(name)
        sent = [
            send_json(asking, place, {"conclusion": f"{name} {n}", "reasons": "as the bench shows"})
            for n in range(EACH)
        ]
        assert {answer.status_code for answer in sent} == {201}, sent[0].text
        return [answer.json()["number"] for answer in sent]

    with ThreadPoolExecutor(6) as pool:
        adding = [pool.submit(add, name) for name in people]
        judging = [pool.submit(judge, name) for name in people]
        working = pool.submit(work, ferry)
        batches = [batch for one in adding for batch in one.result()]
        numbers = [number for one in judging for number in one.result()]
        working.result()
    work(ferry)
    assert len(set(batches)) == len(set(numbers)) == 2 * EACH
    for batch in batches:
        told = people["ben"].get(f"/api/v1/add/{batch}").json()
        assert (told["finished"], told["added"]) == (True, 1)
    written = people["ben"].get(f"/api/v1/claims/{claim}/judgements").json()
    assert {one["number"] for one in written} == set(numbers)
    with Library.open(ferry) as library, library.reading() as connection:
        assert library.count() == 18 + 2 * EACH
        done = actions(connection, Asked(what="handed in"))
        assert sorted(one.who for one in done) == ["ann"] * EACH + ["ben"] * EACH
        assert len(actions(connection, Asked(on=claim))) == 2 * EACH

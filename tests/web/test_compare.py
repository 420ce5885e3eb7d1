"""Two articles side by side: what the library keeps of them, and what is worked out when it is asked for."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.model import Alignment
from firsthand.web import aligning, compare, comparisons
from firsthand.web.aligning import Found, Wanted
from firsthand.web.comparisons import MOST_WAITING, Answer, Comparisons
from tests.library.given import TEXT
from tests.web.given import add

if TYPE_CHECKING:
    from starlette.testclient import TestClient

OFFICIAL = "540f06695689bc68"
REWRITE = "b9ce5117c48a9563"
DENIAL, DENIAL_TOO = "e177dee6a29db623", "21b94f6000e23668"  # two reports of one press conference
HERRING = "f1ebda38bfbd387c"


@pytest.fixture(autouse=True)
def no_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own, of which none was made before."""
    monkeypatch.setattr(compare, "_comparisons", Comparisons())


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """What comparing gives, in place of a process: what is put in here, the last again and again."""
    given = [Answer(found=Found(None, ()))]
    monkeypatch.setattr(comparisons, "_worked_out", lambda _: given[-1])
    return given


def flat(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_derivation_that_is_kept_is_shown_at_once(client: TestClient) -> None:
    html = client.get(f"/compare?a={REWRITE}&b={OFFICIAL}").text
    words = flat(html)
    assert "Rewrite: 89% of the later article’s own words are shared" in words
    assert "told by their times, 4 hours 30 minutes apart" in words
    assert words.index("Earlier") < words.index("Meridian News Agency") < words.index("Later")
    assert 'id="e1-1"' in html
    assert 'href="#l1-1"' in html
    assert "Quotations and boilerplate that both have besides are not looked for yet" in words
    assert f"/compare?a={OFFICIAL}&amp;b={REWRITE}&amp;more=1" in html


def test_it_names_what_it_may_as_well_be_from(client: TestClient) -> None:
    html = client.get(f"/compare?a={OFFICIAL}&b={REWRITE}").text
    assert re.search(r"or as well from.*?/articles/a120a178b9f852d4.*?Harrowmouth Herald", html, re.DOTALL)


def test_nothing_is_begun_unless_it_is_asked_for(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparisons, "_worked_out", lambda _: pytest.fail("was begun"))
    assert "Not compared yet" in client.get(f"/compare?a={DENIAL}&b={HERRING}").text
    assert client.get(f"/compare/state.json?a={DENIAL}&b={HERRING}").json() == {
        "done": False,
        "problem": None,
        "more": None,
    }


def test_quotations_are_told_apart(client: TestClient) -> None:
    """In a process of its own, as it is used: which takes seconds, and compiles on a machine where that is not done."""
    path = f"a={DENIAL}&b={DENIAL_TOO}"
    client.get(f"/compare/state.json?{path}&start=1")
    end = time.monotonic() + 90
    while not client.get(f"/compare/state.json?{path}").json()["done"]:
        assert time.monotonic() < end
        time.sleep(0.1)
    html = client.get(f"/compare?{path}&more=1").text
    assert "too little to say that one has it from the other" in flat(html)
    assert re.search(r'<mark class="quotation"[^>]*>Ondrava has no plan to sink any ferry', html)
    found = client.get(f"/compare.json?{path}&more=1").json()
    assert found["looked"] is True
    assert {stretch["kind"] for stretch in found["stretches"]} == {"shared", "quotation"}
    text = client.get(f"/articles/{found['a']}/text").text
    start, end_ = next(stretch["a"] for stretch in found["stretches"] if stretch["kind"] == "quotation")
    assert text[start:end_].startswith("Ondrava has no plan")
    other_way = client.get(f"/compare.json?a={DENIAL_TOO}&b={DENIAL}&more=1").json()
    assert other_way["stretches"][0]["a"] == found["stretches"][0]["b"]


def test_the_server_does_not_load_what_compares(ferry: Path) -> None:
    code = f"""
import sys
from starlette.testclient import TestClient
from firsthand.web.app import create
from firsthand.web.options import Options
from pathlib import Path
with TestClient(create(Options(Path({str(ferry)!r}))), base_url="http://127.0.0.1:8470") as client:
    for path in ("/compare?a={DENIAL}&b={DENIAL_TOO}&more=1", "/articles/{OFFICIAL}", "/articles?q=ferry"):
        assert client.get(path).status_code == 200
assert not {{"numba", "llvmlite"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=100)


def test_what_could_not_be_done_is_told(client: TestClient, answers: list[Answer]) -> None:
    for problem, words in (("too long", "took too long"), ("failed", "failed"), ("busy", "Other comparisons")):
        answers.append(Answer(problem=problem))  # type: ignore[arg-type]
        compare._comparisons = Comparisons()
        html = client.get(f"/compare?a={DENIAL}&b={HERRING}&more=1").text
        assert words in flat(html)
        assert "Herring prices fall" in flat(html)


def test_two_that_share_nothing(client: TestClient, answers: list[Answer]) -> None:
    assert "They share no wording" in client.get(f"/compare?a={OFFICIAL}&b={HERRING}&more=1").text
    assert client.get(f"/api/v1/compare?a={OFFICIAL}&b={HERRING}&more=1").json()["stretches"] == []


def test_an_article_is_not_compared_with_itself(client: TestClient) -> None:
    assert client.get(f"/compare?a={OFFICIAL}&b={OFFICIAL[:6]}").status_code == 422
    assert client.get(f"/compare?a={OFFICIAL}&b=zzz").status_code == 404
    assert client.get("/compare.json?a=1").status_code == 422
    assert client.get(f"/compare?a={OFFICIAL}&b={HERRING}&av=2").status_code == 404


def test_without_two_articles_it_asks_for_them(client: TestClient) -> None:
    assert "Compare two articles" in client.get("/compare").text
    assert f'value="{OFFICIAL}"' in client.get(f"/compare?a={OFFICIAL}").text


def test_long_texts_show_what_they_share_alone(client: TestClient, ferry: Path, answers: list[Answer]) -> None:
    one = add(ferry, TEXT + " x" * 100_000, url="https://post.example/1")
    other = add(ferry, "A long day. " + TEXT + " y" * 100_000, url="https://post.example/2")
    there = (0, len(TEXT)), (12, 12 + len(TEXT))
    earlier, later = there if one < other else there[::-1]
    answers.append(Answer(found=Found(None, (Alignment(earlier, later),))))
    begun = time.monotonic()
    html = client.get(f"/compare?a={one}&b={other}&more=1").text
    assert time.monotonic() - begun < 5
    assert "These texts are long" in flat(html)
    assert html.count("the bridge would stay shut") == 2
    assert len(html) < 50_000


def test_it_is_exported(client: TestClient) -> None:
    path = f"a={OFFICIAL}&b={REWRITE}"
    found = client.get(f"/compare.json?{path}").json()
    assert found["derivation"]["kind"] == "rewrite"
    assert found == client.get(f"/api/v1/compare?{path}").json()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/compare.csv?{path}").text.lstrip("\ufeff"))))
    assert [row["kind"] for row in rows] == ["shared"]
    report = client.get(f"/compare/report?{path}").text
    assert "https://meridian.example/ondrava-ferry-official" in report
    assert max(len(cell) for cell in re.findall(r'<td dir="auto"><bdi>(.*?)</bdi>', report, re.DOTALL)) <= 300


# What works them out.


def wanted(number: int = 1, **more: Any) -> Wanted:
    return Wanted("library", "a", number, "b", 1, None, **more)


def test_comparisons_are_kept_and_go_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    under_way, most, asked, lock = 0, 0, 0, threading.Lock()

    def work(_: Wanted) -> Answer:
        nonlocal under_way, most, asked
        with lock:
            under_way, asked = under_way + 1, asked + 1
            most = max(most, under_way)
        time.sleep(0.05)
        with lock:
            under_way -= 1
        return Answer(found=Found(None, ()))

    monkeypatch.setattr(comparisons, "_worked_out", work)
    made = Comparisons()
    for number in (1, 2, 1, 3):
        made.ask(wanted(number))
    assert made.ask(wanted(3), 10).done
    assert made.ask(wanted(1), 10).found == Found(None, ())
    assert (most, asked) == (1, 3)


def test_too_many_are_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    monkeypatch.setattr(comparisons, "_worked_out", lambda _: go.wait(20) and Answer(problem="failed"))
    made = Comparisons()
    told = [made.ask(wanted(number)) for number in range(MOST_WAITING + 2)]
    assert [answer.problem for answer in told] == [None] * MOST_WAITING + ["busy"] * 2
    go.set()
    assert made.ask(wanted(0), 10).problem == "failed"


def test_a_process_that_fails_is_told() -> None:
    assert comparisons._worked_out(Wanted("/nowhere/at/all", "a", 1, "b", 1, None)).problem == "failed"


def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparisons, "LONGEST", 0.1)
    assert comparisons._worked_out(Wanted("/nowhere/at/all", "a", 1, "b", 1, None)).problem == "too long"


def test_what_is_kept_of_two_is_not_judged_again(ferry: Path) -> None:
    from firsthand.library import Library, showing

    with Library.open(ferry) as library, library.reading() as connection:
        kept = showing.between(
            connection, showing.no_of(connection, OFFICIAL, 1), showing.no_of(connection, REWRITE, 1)
        )
    assert kept
    found = aligning.found(Wanted(str(ferry), OFFICIAL, 1, REWRITE, 1, kept))
    assert found.derivation == kept
    assert found.alignments[: len(kept.passages)] == kept.passages

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from firsthand import pipeline
from firsthand.config import Settings
from firsthand.errors import ModelError
from firsthand.model import Article, Attribution, Failure, Marks, Reading
from firsthand.pipeline import ENOUGH, language_name, read_all, read_article, read_articles


class Echo:
    """Finds one attribution, the whole text, and does what a text tells it to."""

    name = "echo 1"

    def read(self, article: Article) -> Marks:
        text = article.text
        if text.startswith("die"):
            os._exit(9)
        if text.startswith("fail"):
            raise ValueError("of\nno use")
        if text.startswith("slow"):
            time.sleep(0.3)
        return Marks((Attribution((), ((0, 1),), ((0, len(text)),), os.getpid()),))


def echo() -> Echo:
    return Echo()


def no_model() -> Echo:
    raise ModelError("the model is damaged")


def article(start: str, size: int = ENOUGH, language: str | None = None) -> Article:
    return Article(id=start, text=start.ljust(size, "."), language=language, origin=f"{start}.txt")


def pids(outcomes: list[Reading | Failure]) -> set[float]:
    return {outcome.attributions[0].score for outcome in outcomes if isinstance(outcome, Reading)}


def test_one_article_starts_no_process() -> None:
    assert pids(list(read_articles([article("one", ENOUGH * 3)], 2, echo))) == {os.getpid()}


def test_little_text_starts_no_process() -> None:
    assert pids(list(read_articles([article("a", 9), article("b", 9)], 2, echo))) == {os.getpid()}


def test_one_process_starts_no_other() -> None:
    assert pids(list(read_articles([article("a"), article("b")], 1, echo))) == {os.getpid()}


def test_much_text_is_read_elsewhere_in_the_order_of_the_inputs() -> None:
    items = [article("slow"), *(article(str(number)) for number in range(9)), Failure("x", "gone"), article("last")]
    outcomes = list(read_articles(items, 2, echo))
    assert [o.article.id if isinstance(o, Reading) else o for o in outcomes] == [
        *("slow", *"012345678"),
        Failure("x", "gone"),
        "last",
    ]
    assert os.getpid() not in pids(outcomes)


def test_a_slow_input_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "PATIENCE", 0.0)
    taken = []

    def items() -> Iterator[Article]:
        for name in "abc":
            taken.append(name)
            yield article(name, 9)

    assert next(read_articles(items(), 2, echo))
    assert taken == ["a"]


def test_a_long_input_is_taken_in_only_as_it_is_read() -> None:
    taken = []

    def items() -> Iterator[Article]:
        for number in range(10_000):
            taken.append(number)
            yield article(str(number))

    outcomes = read_articles(items(), 2, echo)
    next(outcomes)
    assert len(taken) <= pipeline.IN_FLIGHT * 2 + 2
    outcomes.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_costs_one_article(processes: int) -> None:
    outcomes = list(read_articles([article("a"), article("fail"), article("b")], processes, echo))
    assert outcomes[1] == Failure("fail.txt", "it could not be read: ValueError: of no use")
    assert isinstance(outcomes[0], Reading)
    assert isinstance(outcomes[2], Reading)


def test_a_worker_that_dies_costs_one_article() -> None:
    items = [article("a"), article("die"), *(article(str(number)) for number in range(20))]
    outcomes = list(read_articles(items, 2, echo))
    assert len(outcomes) == 22
    assert [o for o in outcomes if isinstance(o, Failure)] == [
        Failure("die.txt", "the process that read it died, perhaps for want of memory")
    ]


def test_what_is_refused_is_a_failure_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ann said no.")
    outcomes = list(read_all([str(tmp_path / "a.txt"), str(tmp_path / "none")], Settings(), lambda _: "is too long"))
    assert outcomes[0] == Failure(str(tmp_path / "a.txt"), "is too long")
    assert isinstance(outcomes[1], Failure) and outcomes[1].cause != "is too long"


@pytest.mark.parametrize("processes", [1, 2])
def test_without_a_model_nothing_is_read(processes: int) -> None:
    with pytest.raises(ModelError, match="damaged"):
        list(read_articles([article("a"), article("b")], processes, no_model))


@pytest.mark.parametrize("language", [None, "en", "en-GB", "EN_us"])
def test_english_needs_no_warning(language: str | None) -> None:
    assert read_article(article("a", 9, language), Echo()).warnings == ()


def test_another_language_is_a_warning_and_read_all_the_same() -> None:
    reading = read_article(article("a", 9, "fr"), Echo())
    assert reading.attributions
    assert reading.warnings == (
        "This article seems to be written in French (fr); the model reads English only, "
        "so what it marks is not to be relied on.",
    )


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("EN-gb", "English (en)"),
        ("pt-BR", "Portuguese (pt)"),
        ("zh_Hant", "Chinese (zh)"),
        ("qqq", "another language (qqq)"),
    ],
)
def test_languages_have_names(tag: str, name: str) -> None:
    assert language_name(tag) == name


@pytest.mark.parametrize(
    ("outlet", "text", "carried"),
    [
        ("The Sellenby Ledger", "LARKMOOR (AP) — The bridge is shut.", True),
        ("Reuters", "The bridge is shut.", True),
        ("The Sellenby Ledger", "The bridge is shut.", False),
        (None, "The bridge is shut.", False),
    ],
)
def test_a_credit_is_carried_by_who_gives_it_and_by_the_agency_itself(
    outlet: str | None, text: str, carried: bool
) -> None:
    assert pipeline.carries_credit(Article("1", text, outlet=outlet)) is carried

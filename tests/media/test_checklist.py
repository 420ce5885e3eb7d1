"""The questions of the staged-scene checklist: stable keys, neutral words."""

from __future__ import annotations

import re

import pytest

from firsthand.media.checklist import ANSWERS, QUESTIONS
from firsthand.model import Question

KEYS = """first-appearance who-filmed why-there decisive-moment place light weather damage dust wounds bodies vehicles
uniforms sound voices bystanders traces-since"""


def test_keys_never_change() -> None:
    assert [question.key for question in QUESTIONS] == KEYS.split()


def test_there_are_as_many_as_a_person_will_answer() -> None:
    assert 12 <= len(QUESTIONS) <= 18


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_a_question_asks_and_says_where_to_look(question: Question) -> None:
    assert question.asks.endswith("?")
    assert question.look.endswith(".")
    assert len(question.asks) < 100
    assert re.fullmatch("[a-z-]{4,20}", question.key)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_no_question_holds_its_answer(question: Question) -> None:
    words = f"{question.asks} {question.look}".lower()
    assert not re.search(r"\b(fake|hoax|actors?|staged|false|liar|propaganda|crisis|genuine|authentic)\b", words)


def test_not_looked_at_differs_from_cannot_tell() -> None:
    assert ANSWERS == ("fits", "does not fit", "cannot tell", "not looked at")

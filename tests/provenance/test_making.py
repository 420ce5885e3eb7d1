"""Of what an article is made: its own, copied with credit, without, or nobody knows; whom it relies on and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from firsthand.model import (
    Alignment,
    Article,
    Attribution,
    ChainLink,
    Credit,
    Derivation,
    Direction,
    Reading,
    Relied,
    Source,
)
from firsthand.provenance import make

TEXT = "a" * 100
TIME = datetime(2031, 4, 8, tzinfo=UTC)


def reading(credits: tuple[Credit, ...] = (), *who: Source, chain: tuple[ChainLink, ...] = ()) -> Reading:
    article = Article("own", TEXT, outlet="Larkmoor Post", published=TIME)
    found = tuple(Attribution((), ((0, 1),), ((1, 2),), 0.5, one, chain) for one in who)
    return Reading(article, found, "m", (), credits)


def derived(start: int, end: int, earlier: str = "other", how: Direction = "time", later: str = "own") -> Derivation:
    passages = (Alignment((0, end - start), (start, end)),)
    return Derivation(earlier, later, "excerpt", 0.5, how, passages, earlier, "toy")


OUTLETS = {"other": "The Quay", "third": "Reuters", "mine": "The Larkmoor Post"}


def test_what_is_copied_is_counted_once_and_without_credit_where_nobody_is_named() -> None:
    made = make(reading(), [derived(0, 40), derived(20, 60, "third")], OUTLETS)
    assert (made.own, made.credited, made.copied, made.open) == (40, 0, 60, 0)
    assert made.relies == (Relied("Reuters", "copied", 40), Relied("The Quay", "copied", 40))


def test_a_name_makes_it_credited() -> None:
    link = ChainLink("the Quay", "outlet", "cites")
    made = make(
        reading((), Source("Ann", "person"), chain=(link,)), [derived(0, 40), derived(30, 60, "third")], OUTLETS
    )
    assert (made.own, made.credited, made.copied) == (40, 40, 20)
    contributed = make(reading((Credit("Reuters", "contributed"),)), [derived(0, 40, "third")], OUTLETS)
    assert (contributed.own, contributed.credited) == (60, 40)


@pytest.mark.parametrize(
    ("outlet", "words", "credited"),
    [
        ("Meridian News Agency", "HARROWMOUTH, June 4 (Meridian) - The ferry", True),
        ("Meridian News Agency", "MERIDIAN NEWS AGENCY reports", True),
        ("The Quay", "first told by the Quay.", True),
        ("quay.example", "first told by Quay.", True),
        ("Reuters", "told Reuters", True),
        ("The Ferryman's Gazette", "from The Ferryman’s Gazette, with thanks", True),
        ("Meridian News Agency", "under the meridian, and in Meridians", False),
        ("The Quay", "at the quay", False),
    ],
)
def test_whoever_is_named_anywhere_has_credit(outlet: str, words: str, credited: bool) -> None:
    text = f"{words} {TEXT}"
    own = replace(reading(), article=Article("own", text, outlet="Larkmoor Post", published=TIME))
    made = make(own, [derived(len(words), len(text))], {"other": outlet})
    assert bool(made.credited) is credited and bool(made.copied) is not credited
    by = replace(own, article=replace(own.article, text=TEXT, byline=f"By {outlet}"))
    assert make(by, [derived(0, 50)], {"other": outlet}).credited == 50


def test_the_media_are_no_outlet_that_one_relies_on() -> None:
    names = "Russian state media", "AP", "LARKMOOR"  # the last a dateline's, of the Larkmoor Post
    chain = tuple(ChainLink(name, "outlet", "cites") for name in names)
    made = make(reading((), Source("Ann", "person"), chain=chain), [], {})
    assert made.relies == (Relied("Associated Press", "cited", 1),)


def test_an_agencys_text_is_credited_as_a_whole() -> None:
    made = make(reading((Credit("Reuters", "dateline"),)), [derived(0, 40)], OUTLETS)
    assert (made.own, made.credited, made.copied, made.open) == (0, 100, 0, 0)
    assert Relied("Reuters", "credited", 1) in made.relies


def test_an_outlets_own_text_told_again_is_its_own_and_what_nobody_knows_is_open() -> None:
    made = make(reading(), [derived(0, 40, "mine")], OUTLETS)
    assert (made.own, made.copied, made.relies) == (100, 0, ())
    either = make(reading(), [derived(0, 40, how="undetermined")], OUTLETS)
    assert (either.own, either.copied, either.open, either.relies) == (60, 0, 40, ())
    turned = make(reading(), [derived(50, 70, "own", "undetermined", later="other")], OUTLETS)
    assert (turned.own, turned.open) == (80, 20)


def test_whom_it_names() -> None:
    who = (
        Source("Ann", "person"),
        Source("an official", "unnamed"),
        Source("analysts", "crowd"),
        Source("unattributed", None),
    )
    made = make(reading((), *who), [], {})
    assert (made.named, made.unnamed, made.nobody) == (1, 1, 2)

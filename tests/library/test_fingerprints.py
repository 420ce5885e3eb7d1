"""The index of wording against naive all-pairs: who shares how many fingerprints with whom."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from firsthand.library import Library, fingerprints
from firsthand.library.fingerprints import ENDS, Sketch
from firsthand.library.related import EARLIEST, ENOUGH, MOST, Related
from firsthand.library.schema import article, fingerprint, placed, version
from firsthand.model import Article
from tests.library.given import Original, original

NOON = datetime(2031, 4, 8, 12, tzinfo=UTC)


def stored(library: Library, *sketches: Iterable[int], first: int = 1, **fields: Any) -> None:
    """Add articles of which each has the sketch that is given, published a minute after the one before."""
    numbered = enumerate(sketches, start=first)
    library.add([(_article(number, one, **fields), _bytes(number)) for number, one in numbered], told)


def told(text: str) -> Sketch:
    """The sketch that a text of these tests says it has."""
    return sketch(*map(int, text.partition("|")[2].split()))


def saying(numbers: Iterable[int]) -> str:
    return f"| {' '.join(map(str, numbers))}"


def _article(number: int, numbers: Iterable[int] = (), **fields: Any) -> Article:
    known = {"published": NOON + timedelta(minutes=number), "url": f"https://post.example/{number}"}
    return Article("", f"The text of article {number}. {saying(numbers)}", **known | fields)


def _bytes(number: int) -> Original:
    return original(f"{number}".encode(), origin=f"https://post.example/{number}", source=None)


def sketch(*numbers: int) -> Sketch:
    return np.array(sorted(set(numbers)), np.int64)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", create=True) as made:
        yield made


def found(library: Library, *numbers: int) -> list[int]:
    """The numbers of the candidates, in their order."""
    return numbered(library.candidates(saying(numbers), told))


def numbered(related: Related) -> list[int]:
    return [int(one.text.partition(".")[0].rpartition(" ")[2]) for one in related.articles]


def entries(library: Library) -> int:
    with library.reading() as connection:
        return connection.execute(select(func.count()).select_from(fingerprint)).scalar_one()


def test_who_shares_more_comes_first(library: Library) -> None:
    stored(library, [1, 2, 3], [3, 4], [2, 3, 5, 6], [7])
    assert found(library, 2, 3, 5) == [3, 1, 2]
    assert found(library, 7) == [4]
    assert found(library, 8) == []
    assert found(library) == []


def test_what_few_share_counts_for_more_than_what_many_share(library: Library) -> None:
    stored(library, *([1, 2, 3] for _ in range(10)), [1, 99])
    assert found(library, 1, 2, 3, 99)[0] == 11


NUMBERS = st.sets(st.integers(min_value=-(2**63), max_value=2**63 - 1) | st.integers(0, 12), max_size=8)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sketches=st.lists(NUMBERS, min_size=1, max_size=2 * ENDS), asked=NUMBERS)
def test_with_few_versions_candidates_are_those_of_naive_all_pairs(
    tmp_path_factory: pytest.TempPathFactory, sketches: list[set[int]], asked: set[int]
) -> None:
    with Library.open(tmp_path_factory.mktemp("l") / "library.db", create=True) as library:
        stored(library, *sketches)
        kept = [{one % 2**32 for one in each} for each in sketches]
        naive = {number for number, each in enumerate(kept, start=1) if each & {one % 2**32 for one in asked}}
        candidates = found(library, *asked)
        assert set(candidates) <= naive
        assert len(candidates) == len(set(candidates)) >= min(len(naive), ENOUGH)
        assert set(numbered(library.sharing(saying(asked), told, 99))) == naive


def test_sharing_gives_all_and_counts_what_is_shared(library: Library) -> None:
    rng = random.Random(4)
    sketches = [set(rng.sample(range(60), rng.randint(0, 12))) for _ in range(300)]
    stored(library, *sketches)
    asked = set(range(15))
    shared = Counter({number: len(asked & each) for number, each in enumerate(sketches, start=1) if asked & each})
    assert numbered(library.sharing(saying(asked), told, 999)) == sorted(shared, key=lambda n: (-shared[n], n))
    assert len(library.sharing(saying(asked), told, 7).articles) == 7


def test_of_a_frequent_fingerprint_the_earliest_and_the_latest_are_found(library: Library) -> None:
    stored(library, *([1] for _ in range(100)))
    assert sorted(found(library, 1)) == [*range(1, ENDS + 1), *range(101 - ENDS, 101)]
    assert sorted(numbered(library.sharing(saying([1]), told, 999))) == [*range(1, 101)]


def test_earliest_is_who_was_published_first_not_who_was_added_first(library: Library) -> None:
    stored(library, *([1] for _ in range(50)))
    stored(library, [1], first=51, published=NOON - timedelta(days=400))
    stored(library, *([1] for _ in range(50)), first=52)
    assert 51 in found(library, 1)
    assert found(library, 1)[0] == 51


@pytest.mark.parametrize("day", [datetime(1, 1, 1), datetime(1969, 7, 20), datetime(9999, 12, 31, 23, 59)])
def test_any_time_has_a_place(library: Library, day: datetime) -> None:
    stored(library, [1], published=day)
    stored(library, [1], first=2, published=None)
    assert sorted(found(library, 1)) == [1, 2]


def test_versions_of_one_minute_have_places_of_their_own(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "MOST_A_MINUTE", 4)
    stored(library, *([1] for _ in range(11)), published=NOON)
    stored(library, [1], first=12, published=NOON)
    with library.reading() as connection:
        places = connection.execute(select(placed.c.version).order_by(placed.c.place)).scalars().all()
    assert places == list(range(1, 13))


def test_candidates_are_no_more_than_said(library: Library) -> None:
    rng = random.Random(1)
    stored(library, *(rng.sample(range(40), 12) for _ in range(500)))
    assert len(found(library, *range(40))) <= MOST + EARLIEST


def test_a_story_with_400_copies_has_its_source_and_each_copys_parent_among_the_candidates(library: Library) -> None:
    rng, parents = random.Random(7), [0]
    sketches = [set(rng.sample(range(2**40), 37))]
    for number in range(1, 400):
        parents.append(rng.randrange(number))
        kept = sorted(sketches[parents[-1]])
        for _ in range(3):
            kept[rng.randrange(len(kept))] = rng.randrange(2**40)
        sketches.append(set(kept))
    hits = []
    for number, each in enumerate(sketches):
        given = found(library, *each)
        hits.append((parents[number] + 1 in given, 1 in given)) if number else None
        stored(library, each, first=number + 1)
    assert sum(parent for parent, _ in hits) / len(hits) >= 0.99
    assert all(source for _, source in hits)


def test_what_is_removed_is_found_no_more_and_leaves_nothing(library: Library) -> None:
    stored(library, [1, 2], [2, 3])
    with library.writing() as connection:
        fingerprints.remove(connection, [1])
    assert found(library, 1, 2) == [2]
    assert entries(library) == 2


def test_an_article_that_is_removed_leaves_nothing_in_the_index(library: Library) -> None:
    stored(library, [1, 2], [2, 3])
    library.remove(library.candidates(saying([1]), told).articles[0].id)
    assert entries(library) == 2
    assert found(library, 1, 2) == [2]


def test_a_version_that_went_by_another_way_is_not_found(library: Library) -> None:
    stored(library, [1], [1])
    with library.writing() as connection:
        connection.execute(version.delete().where(version.c.no == 1))
    assert found(library, 1) == [2]


def test_a_text_without_fingerprints_is_indexed_all_the_same(library: Library) -> None:
    stored(library, [])
    with library.reading() as connection:
        assert fingerprints.how_far_behind(connection) == 0


def test_versions_that_were_added_without_the_index_are_told(library: Library) -> None:
    library.add([(_article(number), _bytes(number)) for number in range(1, 6)])
    with library.reading() as connection:
        assert fingerprints.how_far_behind(connection) == 5
        assert fingerprints.behind(connection, 0, 2) == [
            (1, "The text of article 1. | "),
            (2, "The text of article 2. | "),
        ]
    with library.writing() as connection:
        fingerprints.add(connection, {1: sketch(1), 2: sketch(1)})
    with library.reading() as connection:
        assert fingerprints.how_far_behind(connection) == 3
        assert [number for number, _ in fingerprints.behind(connection, 0, 99)] == [3, 4, 5]


def test_what_is_behind_is_caught_up_in_steps(library: Library) -> None:
    library.add([(_article(number), _bytes(number)) for number in range(1, 6)])
    assert list(library.catch_up(lambda words: sketch(len(words), 99), 2)) == [2, 2, 1]
    assert list(library.catch_up(lambda words: sketch(len(words), 99), 2)) == []
    assert library.behind() == 0
    assert len(found(library, 99)) == 5


def test_what_was_left_out_between_others_is_caught_up_too(library: Library) -> None:
    stored(library, [1])
    library.add([(_article(2), _bytes(2))])
    stored(library, [1], first=3)
    assert library.behind() == 1
    assert list(library.catch_up(lambda _: sketch(1), 500)) == [1]
    assert sorted(found(library, 1)) == [1, 2, 3]


def test_each_version_of_an_article_is_found(library: Library) -> None:
    stored(library, [1, 2])
    changed = Article("", f"Another text. {saying([2, 3])}", url="https://post.example/1", published=NOON)
    library.add([(changed, _bytes(9))], told)
    with library.reading() as connection:
        assert connection.execute(select(func.count()).select_from(article)).scalar_one() == 1
    assert numbered(library.candidates(saying([1, 2]), told)) == [1]
    (one,) = library.sharing(saying([3]), told, 9).articles
    assert one.text.startswith("Another text.")
    assert library.candidates(saying([1, 2]), told, but=one.id).articles == []


def standing(library: Library, *numbers: int) -> frozenset[int]:
    return library.candidates(saying(numbers), told).boilerplate


def test_what_an_outlet_prints_under_many_articles_is_its_boilerplate(library: Library) -> None:
    for number in range(1, 6):
        stored(library, [-7, -8, *range(100 * number, 100 * number + 20)], first=number, outlet="The Post")
    assert standing(library, -7, -8, *range(900, 920)) == {-7, -8}
    assert found(library, -7, 105, *range(900, 920)) == [1]
    assert numbered(library.sharing(saying([-7, 105, *range(900, 920)]), told, 99)) == [1]


def test_a_story_that_an_outlet_printed_often_is_not_boilerplate(library: Library) -> None:
    for number in range(1, 6):
        stored(library, [*range(20), 100 + number], first=number, outlet="The Post")
    assert standing(library, *range(20)) == frozenset()


def test_a_passage_of_a_story_that_an_outlet_printed_often_is_not_boilerplate(library: Library) -> None:
    for number in range(1, 6):
        stored(library, [*range(20), 100 + number], first=number, outlet="The Post")
    assert standing(library, 1, 2, *range(900, 920)) == frozenset()


def test_what_many_outlets_print_once_is_not_boilerplate(library: Library) -> None:
    for number in range(1, 6):
        rest = range(100 * number, 100 * number + 20)
        stored(library, [-7, *rest], first=number, outlet=f"Post {number}")
        stored(library, [-7, *rest], first=10 + number, outlet=None)
    assert standing(library, -7, *range(900, 920)) == frozenset()


def test_what_others_print_as_well_is_not_one_outlets_boilerplate(library: Library) -> None:
    for number in range(1, 6):
        stored(library, [-7, *range(100 * number, 100 * number + 20)], first=number, outlet="The Post")
    assert standing(library, -7, *range(900, 920)) == {-7}
    for number in range(6, 12):
        stored(library, [-7, *range(100 * number, 100 * number + 20)], first=number, outlet=f"Post {number}")
    assert standing(library, -7, *range(900, 920)) == frozenset()


def test_versions_of_one_article_are_not_many_articles(library: Library) -> None:
    for number in range(1, 6):
        words = saying([-7, *range(100 * number, 100 * number + 20)])
        changed = Article("", words, url="https://post.example/1", outlet="The Post")
        library.add([(changed, _bytes(number))], told)
    assert standing(library, -7, *range(900, 920)) == frozenset()

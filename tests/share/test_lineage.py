from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from firsthand.model import Alignment
from firsthand.share.lineage import first_words, moment, moment_as_given, name, only_words, record, share_words
from tests.compared import NINE, given_article, given_comparison, given_later


def derivation(**fields: object):  # type: ignore[no-untyped-def]
    return given_comparison(**fields).derivation  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0%"), (0.001, "1%"), (0.634, "63%"), (0.996, "99%"), (1.0, "100%")]
)
def test_a_share_is_neither_all_nor_nothing_unless_it_is(share: float, words: str) -> None:
    assert share_words(derivation(share=share)) == words


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(hours=3, minutes=5), "told by their times, 3 hours 5 minutes apart"),
        (timedelta(days=1, minutes=1), "told by their times, 1 day 1 minute apart"),
        (timedelta(days=2, hours=1, minutes=9), "told by their times, 2 days 1 hour apart"),
        (timedelta(seconds=20), "told by their times, less than a minute apart"),
        (timedelta(days=-1), "told by their times"),
    ],
)
def test_what_told_who_came_first(after: timedelta, words: str) -> None:
    assert first_words(derivation(), given_article(), given_later(published=NINE + after)) == words


def test_times_without_a_zone_are_not_measured_against_others() -> None:
    assert first_words(derivation(), given_article(published=datetime(2031, 4, 11)), given_later()) == (
        "told by their times"
    )
    assert first_words(derivation(direction="undetermined"), given_article(), given_later()) == "not known"


def test_moments_are_to_the_minute_and_in_utc() -> None:
    assert moment(NINE) == "11 April 2031, 09:12 UTC"
    assert moment(NINE.astimezone(timezone(timedelta(hours=-9, minutes=-30)))) == "11 April 2031, 09:12 UTC"
    assert moment(datetime(2031, 4, 11)) == "11 April 2031"
    assert moment(datetime(2031, 4, 11, 7, 5)) == "11 April 2031, 07:05"


@pytest.mark.parametrize("when", [datetime.min.replace(tzinfo=timezone(timedelta(hours=9))), datetime.max])
def test_any_moment_can_be_told(when: datetime) -> None:
    assert moment(when)
    assert moment(datetime.max.replace(tzinfo=timezone(-timedelta(hours=9))))


def test_what_an_article_is_called() -> None:
    assert name(given_article()) == "Northern Press Agency: Karst dam to be drained after cracks found"
    assert name(given_article(outlet=None)) == "Karst dam to be drained after cracks found"
    assert name(given_article(outlet="A\x1b[31m\nB")) == "A\ufffd[31m B: Karst dam to be drained after cracks found"


def test_what_is_no_derivation_is_named() -> None:
    one, other = Alignment((0, 1), (0, 1), "quotation"), Alignment((2, 3), (2, 3), "boilerplate")
    assert only_words((one,)) == "only the same quotation in common"
    assert only_words((other, one)) == "only the same quotation and boilerplate in common"
    assert only_words(()) == "nothing in common"


def test_a_record_has_the_contracts_fields() -> None:
    found = record(derivation(ties=("x",)))
    assert list(found) == [
        *("earlier", "later", "kind", "share", "direction", "origin", "ties", "reason", "passages"),
    ]
    assert found["ties"] == ["x"]
    assert [list(passage) for passage in found["passages"]] == [["earlier", "later"]] * 2


def test_utc_is_said_only_where_a_zone_is_known() -> None:
    assert "UTC" in moment(datetime(2031, 1, 1, tzinfo=UTC))
    assert "UTC" not in moment(datetime(2031, 1, 1))


def test_a_time_is_told_as_it_was_given_and_in_utc() -> None:
    hour, west = timezone(timedelta(hours=1)), timezone(-timedelta(hours=9, minutes=30))
    assert moment_as_given(datetime(2025, 6, 4, 9, 10, tzinfo=hour)) == "4 June 2025, 09:10 (+01:00), 08:10 UTC"
    late = datetime(2025, 6, 4, 23, 0, tzinfo=west)
    assert moment_as_given(late) == "4 June 2025, 23:00 (-09:30), 5 June 2025, 08:30 UTC"
    for plain in (NINE, datetime(2031, 4, 11), datetime(2031, 4, 11, 7, 5)):
        assert moment_as_given(plain) == moment(plain)
    assert moment_as_given(datetime.max.replace(tzinfo=west))

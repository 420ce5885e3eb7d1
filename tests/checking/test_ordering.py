"""The most telling findings come first."""

from __future__ import annotations

from firsthand.checking.ordering import first
from firsthand.model import Check, Finding, Standing


def finding(check: Check, standing: Standing, says: str = "x") -> Finding:
    return Finding(check, standing, says, "t 1")


def test_what_does_not_fit_comes_before_what_is_worth_a_look_and_what_was_not_measured_last() -> None:
    found = [finding("reading", "unmeasured"), finding("dates", "plain"), finding("traces", "notable")]
    found.append(finding("baseline", "at odds"))
    assert [one.standing for one in first(found)] == ["at odds", "notable", "plain", "unmeasured"]


def test_twenty_matches_do_not_push_a_date_or_a_history_out_of_sight() -> None:
    found = [finding("pictures", "at odds", str(number)) for number in range(20)]
    found += [finding("sound", "at odds"), finding("history", "at odds"), finding("dates", "at odds")]
    assert [one.check for one in first(found)[:4]] == ["dates", "history", "pictures", "sound"]
    assert [one.says for one in first(found) if one.check == "pictures"] == [str(number) for number in range(20)]


def test_the_files_own_record_comes_before_absences() -> None:
    found = [finding("pictures", "plain"), finding("dates", "plain"), finding("credentials", "unmeasured")]
    assert [one.check for one in first(found)] == ["dates", "pictures", "credentials"]


def test_nothing_is_lost() -> None:
    assert first([]) == ()
    found = [finding("dates", "plain", str(number)) for number in range(9)]
    assert sorted(one.says for one in first(found)) == [str(number) for number in range(9)]

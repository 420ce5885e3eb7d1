from __future__ import annotations

import pytest

from firsthand.config import USER_AGENT, Settings, from_environment


def test_an_empty_environment_gives_the_defaults() -> None:
    assert from_environment({}) == from_environment({"FIRSTHAND_LIBRARY": ""}) == Settings()


def test_the_environment_is_heard() -> None:
    given = {"FIRSTHAND_PROCESSES": "7", "FIRSTHAND_USER_AGENT": "Larkmoor/1", "FIRSTHAND_LIBRARY": "/news.db"}
    settings = from_environment(given)
    assert (settings.processes, settings.user_agent, settings.library) == (7, "Larkmoor/1", "/news.db")


@pytest.mark.parametrize("odd", ["", "many", "-1", "²", "٣", "1025", "9" * 5000, "0", " 2"])
def test_what_is_no_number_of_processes_is_as_nothing(odd: str) -> None:
    assert from_environment({"FIRSTHAND_PROCESSES": odd}) == Settings(processes=0, user_agent=USER_AGENT)


def test_the_largest_media_file_is_given_in_mebibytes() -> None:
    assert from_environment({}).max_media == from_environment({"FIRSTHAND_MAX_MEDIA": "lots"}).max_media == 2 * 2**30
    assert from_environment({"FIRSTHAND_MAX_MEDIA": "12"}).max_media == 12 * 2**20

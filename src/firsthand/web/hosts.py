"""How servers of others are treated: one request at a time to each, with a pause between two, and their robots.txt."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from firsthand.config import Settings
from firsthand.errors import AnswerError, FetchError
from firsthand.ingest.fetch import fetch

PAUSE = 1.0
"""Seconds between two requests to a host. Chosen, not measured: a reader who clicks quickly."""

LONGEST_PAUSE = 30.0
"""Seconds that a host's Crawl-delay may make of it."""

ROBOTS_KEPT = 3600.0
"""Seconds for which a host's robots.txt is remembered; it may be kept for a day (RFC 9309)."""

LARGEST_ROBOTS = 500 * 2**10
"""Bytes of a robots.txt that are read, as RFC 9309 has it."""

MOST_KEPT = 1_000
"""Hosts that are remembered."""

UNREADABLE = "its host's robots.txt cannot be read, so it is not known whether programs may fetch it"


class Hosts:
    """Who may be asked now. One for a process; `ready`, `begin` and `end` are called by one thread of it."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._clock = settings, clock
        self._busy: dict[str, float] = {}
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}

    def ready(self, url: str) -> bool:
        """Whether nobody is asking its host, or has a moment ago."""
        return self._busy.get(host_of(url), 0.0) <= self._clock()

    def begin(self, url: str) -> None:
        """Somebody is going to ask."""
        self._busy[host_of(url)] = float("inf")

    def end(self, url: str) -> None:
        """It was asked."""
        self._busy = {host: until for host, until in self._busy.items() if until > self._clock()}
        self._busy[host_of(url)] = self._clock() + self._pause(url)

    def check(self, url: str) -> None:
        """Whether the host lets programs fetch this of their own accord. Raises FetchError where it does not."""
        try:
            is_free = self._rules(url).can_fetch(self._settings.user_agent, url)
        except ValueError:  # of urllib, for a delay of 5,000 digits or a path that begins with http://[
            raise FetchError(url, UNREADABLE) from None
        if not is_free:
            raise FetchError(url, "its host asks in robots.txt that programs do not fetch it")

    def _pause(self, url: str) -> float:
        _, rules = self._robots.get(_origin(url), (0.0, None))
        asked = rules.crawl_delay(self._settings.user_agent) if rules else None
        return max(PAUSE, float(min(asked or 0, LONGEST_PAUSE)))  # float() of 400 digits is an OverflowError

    def _rules(self, url: str) -> RobotFileParser:
        until, rules = self._robots.get(_origin(url), (0.0, None))
        if rules is None or until < self._clock():
            rules = self._read(url)
            if len(self._robots) >= MOST_KEPT:
                self._robots.clear()
            self._robots[_origin(url)] = self._clock() + ROBOTS_KEPT, rules
        return rules

    def _read(self, url: str) -> RobotFileParser:
        """A host without a robots.txt lets everybody in; one that cannot say now lets nobody in (RFC 9309)."""
        rules = RobotFileParser()
        try:
            found = fetch(f"{_origin(url)}/robots.txt", self._settings)
            rules.parse(found.content[:LARGEST_ROBOTS].decode("utf-8", "replace").splitlines())
        except AnswerError as error:
            if not 400 <= error.status < 500 or error.status == 429:
                raise AnswerError(url, f"its host's robots.txt: {error.cause}", error.status, error.wait) from None
            rules.parse([])
        return rules


def host_of(url: str) -> str:
    """The host of an address, with its port; "" where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].casefold()
    except ValueError:
        return ""


def _origin(url: str) -> str:
    return f"{url.partition(':')[0].casefold()}://{host_of(url)}"

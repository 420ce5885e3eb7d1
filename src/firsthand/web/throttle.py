"""Who guesses waits: the longer, the more wrong guesses there were."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from firsthand.web.options import is_loopback

LONGEST = 300.0
"""Seconds. Longer, and a stranger could keep somebody out by guessing wrong in their name."""

FORGOTTEN = 3600.0
"""Seconds after the last wrong guess, and they are forgotten."""

MOST = 20_000
"""Names and addresses that are remembered, those that guessed last: some 4 MB."""


@dataclass(slots=True)
class _Guesses:
    count: int
    last: float


class Throttle:
    """Wrong guesses by what they have in common, a name or an address; `free` of them cost nothing.

    It is kept in memory: whoever can restart the server needs no password.
    """

    def __init__(self, free: int, clock: Callable[[], float] = monotonic) -> None:
        self._free, self._clock = free, clock
        self._known: OrderedDict[str, _Guesses] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Seconds until another guess is looked at; 0 where it is at once."""
        with self._lock:
            known = self._known.get(key)
            now = self._clock()
            if known is None or now - known.last > FORGOTTEN:
                return 0.0
            return max(0.0, known.last + self._delay(known.count) - now)

    def failed(self, key: str) -> None:
        """Remember a wrong guess."""
        with self._lock:
            now = self._clock()
            known = self._known.pop(key, None)
            count = known.count + 1 if known and now - known.last <= FORGOTTEN else 1
            self._known[key] = _Guesses(count, now)
            if len(self._known) > MOST:
                self._known.popitem(last=False)

    def forget(self, key: str) -> None:
        """Nothing is held against it any more."""
        with self._lock:
            self._known.pop(key, None)

    def _delay(self, count: int) -> float:
        beyond = count - self._free
        return 0.0 if beyond < 0 else min(LONGEST, 2.0 ** min(beyond, 20))


BY_NAME, BY_ADDRESS = 5, 20
"""Wrong guesses that cost nothing: of a person who does not remember; of an office behind one address."""


class Guesses:
    """Wrong passwords, by the account's name and by the address that they come from.

    Addresses of this computer are left out: behind a proxy that does not say for whom it asks all people have the same,
    and who guesses would keep everybody out.
    """

    def __init__(self) -> None:
        self._names, self._addresses = Throttle(BY_NAME), Throttle(BY_ADDRESS)

    def wait(self, name: str, address: str) -> float:
        """Seconds until another guess is looked at."""
        by_address = 0.0 if is_loopback(address) else self._addresses.wait(address)
        return max(self._names.wait(name.strip().casefold()), by_address)

    def failed(self, name: str, address: str) -> None:
        """Remember a wrong guess."""
        self._names.failed(name.strip().casefold())
        if not is_loopback(address):
            self._addresses.failed(address)

    def right(self, name: str) -> None:
        """Nothing is held against the name any more; the address may be somebody's who has an account to guess from."""
        self._names.forget(name.strip().casefold())

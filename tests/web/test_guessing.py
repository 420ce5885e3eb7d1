"""Passwords and guesses: what is stored tells nothing, and who guesses waits, the longer the more."""

from __future__ import annotations

import threading

import pytest

from firsthand.errors import FirsthandError
from firsthand.web import passwords
from firsthand.web.throttle import BY_ADDRESS, BY_NAME, FORGOTTEN, LONGEST, MOST, Guesses, Throttle


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_password_is_hashed_by_argon2id_with_salt() -> None:
    one, other = passwords.hashed("three herons on a jetty"), passwords.hashed("three herons on a jetty")
    assert one != other
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert passwords.is_right(one, "three herons on a jetty")
    assert not passwords.is_right(one, "three herons on a jetty ")
    assert not passwords.is_right(None, "three herons on a jetty")
    assert not passwords.is_right("not a hash", "three herons on a jetty")
    assert not passwords.is_old(one)


def test_the_same_letters_are_the_same_password_however_they_are_written() -> None:
    stored = passwords.hashed("fjörður við sjóinn")
    assert passwords.is_right(stored, "fjo\u0308r\u00f0ur vi\u00f0 sjo\u0301inn")


@pytest.mark.parametrize("password", ["", "short", "a" * 20, "abababababababab", "x" * 2_000])
def test_weak_passwords(password: str) -> None:
    with pytest.raises(FirsthandError, match="a password has"):
        passwords.hashed(password)


def test_half_a_surrogate_pair_is_a_wrong_password_and_no_error(hashed: str) -> None:
    assert not passwords.is_right(hashed, "\ud800" * 12)


def test_no_more_are_worked_on_at_once_than_memory_allows(hashed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    class Slow:
        def verify(self, *_: object) -> bool:
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            threading.Event().wait(0.02)
            with lock:
                at_once -= 1
            return True

    monkeypatch.setattr(passwords, "_hasher", Slow)
    threads = [threading.Thread(target=passwords.is_right, args=(hashed, "x")) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_a_few_wrong_guesses_cost_nothing_and_more_cost_more() -> None:
    clock = Clock()
    throttle = Throttle(3, clock)
    waits = []
    for _ in range(14):
        throttle.failed("ann")
        waits.append(throttle.wait("ann"))
        clock.now += throttle.wait("ann")
    assert waits[:6] == [0, 0, 1, 2, 4, 8]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST
    assert throttle.wait("ben") == 0


def test_they_are_forgotten_in_time_and_after_a_right_one() -> None:
    clock = Clock()
    throttle = Throttle(1, clock)
    throttle.failed("ann")
    throttle.failed("ann")
    assert throttle.wait("ann") > 0
    clock.now += FORGOTTEN + 1
    assert throttle.wait("ann") == 0
    throttle.failed("ann")
    throttle.forget("ann")
    assert throttle.wait("ann") == 0


def test_only_so_many_are_remembered() -> None:
    throttle = Throttle(1)
    for number in range(MOST + 50):
        throttle.failed(str(number))
    assert throttle.wait(str(MOST)) > 0
    assert throttle.wait("0") == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1"])
def test_this_computer_is_not_counted_for_everybody_behind_a_proxy_comes_from_it(address: str) -> None:
    guesses = Guesses()
    for number in range(BY_ADDRESS + 5):
        guesses.failed(f"name {number}", address)
    assert guesses.wait("somebody", address) == 0
    for _ in range(BY_NAME):
        guesses.failed("ann", address)
    assert guesses.wait("ann", address) > 0


def test_names_and_addresses_are_counted_apart() -> None:
    guesses = Guesses()
    for number in range(BY_ADDRESS):
        guesses.failed(f"name {number}", "192.0.2.1")
    assert guesses.wait("somebody", "192.0.2.1") > 0
    assert guesses.wait("somebody", "192.0.2.2") == 0
    for _ in range(BY_NAME):
        guesses.failed("Ann ", "192.0.2.3")
    assert guesses.wait("ann", "192.0.2.4") > 0
    guesses.right("ANN")
    assert guesses.wait("ann", "192.0.2.4") == 0

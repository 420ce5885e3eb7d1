"""Passwords: hashed so that a copy of the library gives none away, checked so that no more memory is used than said."""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from firsthand.errors import FirsthandError

SHORTEST, LONGEST = 12, 1024
"""Characters. NIST SP 800-63B asks for 15 where nothing but a password lets in, and for 8 besides something else."""

FEWEST = 5
"""Different characters."""

_AT_ONCE = BoundedSemaphore(2)
"""Each takes 64 MiB while it is worked on: whoever comes third waits."""


def hashed(password: str) -> str:
    """What is stored. Raises FirsthandError where the password is too weak or too long."""
    refuse_weak(password)
    return hashed_anew(password)


def refuse_weak(password: str) -> None:
    """Raises FirsthandError."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise FirsthandError(f"a password has {SHORTEST} to {LONGEST} characters")
    if len(set(password)) < FEWEST:
        raise FirsthandError(f"a password has {FEWEST} different characters or more")


def hashed_anew(password: str) -> str:
    """What is stored of a password that was good enough once."""
    with _AT_ONCE:
        return _hasher().hash(_bytes(password))


def is_right(stored: str | None, password: str) -> bool:
    """Whether it is the password that was hashed; of nobody's, None, it takes as long and is not."""
    known = stored or _nobodys()
    with _AT_ONCE:
        try:
            _hasher().verify(known, _bytes(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_old(stored: str) -> bool:
    """Whether it was hashed with other parameters than now, and is to be hashed anew."""
    return _hasher().check_needs_rehash(stored)


@cache
def _hasher() -> PasswordHasher:
    """Argon2id as RFC 9106 recommends it where memory is scarce, on one lane: t=3, m=64 MiB."""
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


@cache
def _nobodys() -> str:
    return _hasher().hash(b"of nobody")


def _bytes(password: str) -> bytes:
    """The same for the same characters, whatever keyboard they come from."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")

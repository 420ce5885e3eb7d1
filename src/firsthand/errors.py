"""The exception tree.

    FirsthandError              anything this program reports to its user, in one line
    ├── InputError              an input that cannot be read: it names the input and the cause
    │   ├── MediaError          a media file that cannot be read, within the limits of time, memory and output
    │   └── FetchError          a URL that cannot be fetched
    │       ├── RefusedAddress  a URL that must not be fetched: private, loopback or link-local
    │       └── AnswerError     a URL whose server answers, but not with what was asked for
    ├── LibraryError            a library that cannot be used, or an article that it has not
    │   └── OvertakenError      what was to be changed is not as it was seen: somebody else changed it meanwhile
    ├── OutputError             a result that cannot be written
    └── ModelError              the shipped model is missing, damaged or of another version

A dependency's error is mapped to one of these where the dependency is called.
"""

from __future__ import annotations


class FirsthandError(Exception):
    """Anything this program reports to its user, in one line."""


class InputError(FirsthandError):
    """An input that cannot be read. `origin` names it, `cause` says why, in one line each."""

    def __init__(self, origin: str, cause: str) -> None:
        super().__init__(f"{origin}: {cause}")
        self.origin = origin
        self.cause = cause

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.origin, self.cause)


class MediaError(InputError):
    """A media file that cannot be read, within the limits of time, memory and output."""


class FetchError(InputError):
    """A URL that cannot be fetched."""


class RefusedAddress(FetchError):
    """A URL that must not be fetched: its host is private, loopback or link-local, as `reason` says."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(origin, f"is not fetched: {reason} (--allow-private permits it)")
        self.reason = reason

    def __reduce__(self) -> tuple[type[RefusedAddress], tuple[str, str]]:
        return type(self), (self.origin, self.reason)


class AnswerError(FetchError):
    """A URL whose server answers with this HTTP status; `wait` is for how many seconds it asks to be left alone."""

    def __init__(self, origin: str, cause: str, status: int, wait: float | None = None) -> None:
        super().__init__(origin, cause)
        self.status = status
        self.wait = wait

    def __reduce__(self) -> tuple[type[AnswerError], tuple[str, str, int, float | None]]:  # type: ignore[override]
        return type(self), (self.origin, self.cause, self.status, self.wait)


class LibraryError(FirsthandError):
    """A library that cannot be used, or an article that it has not."""


class OvertakenError(LibraryError):
    """What was to be changed is not as it was seen: somebody else, or what was added, changed it meanwhile."""


class OutputError(FirsthandError):
    """A result that cannot be written."""


class ModelError(FirsthandError):
    """The shipped model is missing, damaged or of another version."""

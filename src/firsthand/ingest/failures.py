"""What went wrong with an input, in one line."""

from __future__ import annotations

from firsthand.errors import InputError
from firsthand.model import Failure


def failed(origin: str, error: Exception) -> Failure:
    """The Failure of an input that an error ended; of one that nobody foresaw, its type tells what to report."""
    if isinstance(error, InputError):
        return Failure(error.origin, error.cause)
    if isinstance(error, OSError):
        return Failure(origin, reason(error))
    return Failure(origin, f"cannot be read: {type(error).__name__}, which no reader expects")


def reason(error: OSError) -> str:
    """Why the operating system refuses, in our words where it is a usual thing."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return f"cannot be read: {error.strerror or type(error).__name__}"

"""Addresses that are not fetched from, told to people who cannot change that themselves."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import HTTPException

from firsthand.config import Settings
from firsthand.errors import InputError, RefusedAddress
from firsthand.ingest.addresses import refused_host

_TOLD = "is not fetched: {reason} (whoever serves this page can allow it)"


def refuse(address: str, settings: Settings) -> None:
    """Raises HTTPException 422 where the address shows by itself that it would not be fetched."""
    reason = None if settings.allow_private else refused_host(urlsplit(address).hostname or "")
    if reason:
        raise HTTPException(422, f"This address {_TOLD.format(reason=reason)}.")


def cause(error: InputError) -> str:
    """An error's cause, without what only somebody at the command line can do about it."""
    return _TOLD.format(reason=error.reason) if isinstance(error, RefusedAddress) else error.cause

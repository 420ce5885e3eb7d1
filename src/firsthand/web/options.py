"""What `firsthand serve` was asked for, as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from firsthand.config import Settings

HOST, PORT = "127.0.0.1", 8470


@dataclass(frozen=True, slots=True)
class Options:
    """How the pages are served.

    library: the library's file. settings: how things are fetched and read. host, port: where it listens.
    names: what the Host header may say, without the port. accounts: whether people must log in.
    secure: whether browsers reach it by https, so that cookies are to be sent by nothing else.
    """

    library: Path
    settings: Settings = field(default_factory=Settings)
    host: str = HOST
    port: int = PORT
    names: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    accounts: bool = False
    secure: bool = False

"""What `firsthand serve` was asked for, as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

from firsthand.config import Settings

HOST, PORT = "127.0.0.1", 8470

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""What this computer is called by itself."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the pages are served.

    library: the library's file. settings: how things are fetched and read. host, port: where it listens.
    names: what the Host header may say, without the port. accounts: whether people must sign in even while there is no
    account. secure: whether browsers reach it by https, so that cookies are to be sent by nothing else.
    """

    library: Path
    settings: Settings = field(default_factory=Settings)
    host: str = HOST
    port: int = PORT
    names: tuple[str, ...] = LOOPBACK
    accounts: bool = False
    secure: bool = False

    @property
    def local(self) -> bool:
        """Whether only this computer can reach it."""
        return is_loopback(self.host)

    @property
    def cookie(self) -> str:
        """The cookie's name. Browsers send cookies to every port of a host: another port's has another name.

        __Host- makes them refuse one that another host of the domain sets.
        """
        return "__Host-firsthand" if self.secure else f"firsthand-{self.port}"

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server.

        A page of somebody's can make its own name lead here (DNS rebinding), and then read what is answered; it cannot
        make an address of ours be its name. So addresses are fine where others than this computer may ask.
        """
        name = without_port(host).casefold()
        return name in self.names or (not self.local and _address(name) is not None)


def is_loopback(host: str) -> bool:
    """Whether nobody but this computer can reach the address or name."""
    found = _address(host)
    return found.is_loopback if found else host.casefold() == "localhost"


def without_port(host: str) -> str:
    """A Host header's name, without the brackets of an IPv6 address; "" where it is none."""
    if host.startswith("["):
        name, bracket, rest = host[1:].partition("]")
        return name if bracket and (not rest or _is_port(rest)) else ""
    name, colon, port = host.partition(":")
    return name if not colon or _is_port(f":{port}") else ""


def _is_port(text: str) -> bool:
    return text.startswith(":") and text[1:].isascii() and text[1:].isdigit()


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """An address; of IPv4 written as IPv6, as a socket for both gives it, the one of IPv4."""
    try:
        found = ip_address(host)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found

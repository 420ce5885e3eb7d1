"""Which network addresses may be fetched from: public ones, unless the user allows others."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from unicodedata import normalize

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses whose last 32 bits are an IPv4 address, on networks without IPv4 of their own (RFC 6052)."""

COMPATIBLE = ipaddress.IPv6Network("::/96")
SHARED = ipaddress.IPv4Network("100.64.0.0/10")

_KINDS: tuple[tuple[str, Callable[[Address], bool]], ...] = (
    ("loopback", lambda ip: ip.is_loopback),
    ("unspecified", lambda ip: ip.is_unspecified),
    ("link-local", lambda ip: ip.is_link_local),
    ("multicast", lambda ip: ip.is_multicast),
    ("private", lambda ip: ip.is_private or ip in SHARED or getattr(ip, "is_site_local", False)),
    ("reserved", lambda ip: ip.is_reserved or not ip.is_global),
)


def refused(address: str) -> str | None:
    """Why this IP address must not be fetched from ("a loopback address, 127.0.0.1"); None for a public one.

    An IPv6 address that carries an IPv4 address is judged by what it carries.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return f"no IP address, {address}"
    kind = next((kind for meant in _meant(ip) for kind, applies in _KINDS if applies(meant)), None)
    return f"a{'n' if kind == 'unspecified' else ''} {kind} address, {address}" if kind else None


def refused_host(host: str) -> str | None:
    """Why this host must not be fetched from ("127.1 is a loopback address, 127.0.0.1"), if it shows so by itself.

    None for public addresses, and for all names but localhost: to what they lead is asked when they are fetched.
    """
    name = normalize("NFKC", host).strip("[]").rstrip(".").casefold()
    if name == "localhost" or name.endswith(".localhost"):
        return f"{host} is this computer"
    found = _written(name)
    reason = refused(found) if found else None
    return reason and refusal(host, reason)


def refusal(host: str, reason: str) -> str:
    """What `refused` says of an address of this host, with the address told once."""
    return f"{host} is {reason.removesuffix(f', {host}')}"


def _written(host: str) -> str | None:
    """An address as it is usually written; also of 2130706433, 0x7f.1 and 0177.0.0.1, which systems read as one."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(host.partition("%")[0]))
    with suppress(OSError, ValueError):
        return socket.inet_ntoa(socket.inet_aton(host))
    return None


def _meant(ip: Address) -> tuple[Address, ...]:
    """The addresses that a packet to `ip` may end up at."""
    if isinstance(ip, ipaddress.IPv4Address):
        return (ip,)
    carried = ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)
    if carried:
        return (carried,)
    if ip in COMPATIBLE and int(ip) > 1:
        return ip, ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    tunnelled = (ip.sixtofour, *(ip.teredo or ()))
    return (ip, *(inner for inner in tunnelled if inner))

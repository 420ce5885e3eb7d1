"""What `firsthand serve` can be asked."""

from __future__ import annotations

import argparse

from firsthand.cli.library_options import Commands, command, describe_fetching, describe_library

HOST, PORT = "127.0.0.1", 8470

_SERVE = """\
Open the library in the browser: its claims and what they rest on, its articles, sources and outlets; to add to it, to
watch feeds, to check pictures, videos and sounds, and to write down what you conclude.

Only this computer reaches it, and nobody need sign in, unless there are accounts. With --host, or --name and --secure
behind a proxy that hands the Host header on, others reach it too: then everybody signs in, with an account that
`firsthand account add` makes. Without a proxy for TLS all goes over the network as it is, to be read by who is between.

On a computer that several people use at once, make an account first: all of them reach it.

A media file that is dropped there may have 2048 MiB, or as many as FIRSTHAND_MAX_MEDIA says.

The library is one file, in the data folder of your system or where --library or FIRSTHAND_LIBRARY says. Ctrl-C ends it.
"""
_SERVE_END = """\
examples:
  firsthand serve
  firsthand serve --library flood.db --port 8500
  firsthand serve --host 0.0.0.0 --name desk.example --secure

exit status: 0 it was ended, 1 it cannot listen there or the library cannot be used, 2 wrong usage
"""


def describe_serve(name: str, commands: Commands) -> None:
    """The command with its options."""
    serve = command(name, commands, "open the library in the browser", _SERVE, _SERVE_END)
    serve.set_defaults(complete=_complete)
    help_ = f"where to listen (default: {HOST}, which only this computer reaches)"
    serve.add_argument("--host", default=HOST, metavar="ADDRESS", help=help_)
    serve.add_argument("--port", type=_port, default=PORT, metavar="N", help=f"default: {PORT}")
    help_ = "a name by which browsers may reach it; several are fine"
    serve.add_argument("--name", action="append", default=[], metavar="HOST", help=help_)
    serve.add_argument("--secure", action="store_true", help="browsers reach it by https, through a proxy before it")
    describe_fetching(serve)
    describe_library(serve)


def _complete(asked: argparse.Namespace) -> None:
    """Raises ValueError where a name is none."""
    for name in asked.name:
        if not name or any(letter in name for letter in "/:@[] ") or not name.isascii():
            raise ValueError(f"--name takes a host's name alone, such as desk.example, not {name!r}")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1 to 65535")
    return int(text)

"""What every page is made with: an environment that escapes, files of the package, a policy that lets only them run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined


def pages() -> Environment:
    """A new environment for the templates of this package: everything is escaped, nothing undefined is let pass."""
    return Environment(
        loader=PackageLoader("firsthand.share", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(*names: str) -> str:
    """The files of this package that bear these names, one after the other."""
    return "".join(resources.files("firsthand.share").joinpath(name).read_text("utf-8") for name in names)


def policy(style: str, script: str) -> str:
    """A Content-Security-Policy under which only this style sheet and this script run, and nothing is fetched."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

"""Values as lines of JSON."""

from __future__ import annotations

import json
from typing import Any

# Valid inside JSON, but line ends to some programs.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


def encoded(value: Any) -> str:
    """JSON of `value` without anything in it that any program takes for the end of a line."""
    return _encode(value).translate(_LINE_ENDS)


def line(value: Any) -> str:
    """JSON of `value` as one line, with the end that it has."""
    return encoded(value) + "\n"

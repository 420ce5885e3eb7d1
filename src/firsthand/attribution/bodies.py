"""Whether two names mean one medium or agency: "the AP" and "Associated Press", "verrantimes.com", "Verran Times"."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_DOMAIN = re.compile(r"^(?:www\.)?([\w-]+)(?:\.[\w-]+)*\.\w{2,}(?:/.*)?$")


def same_body(one: str, two: str) -> bool:
    """By their words, their initials or the name within an address."""
    first, second = _plain(one), _plain(two)
    if not first or not second:
        return False
    return first == second or _joined(first) == _joined(second) or _short(first, second) or _short(second, first)


def _plain(name: str) -> list[str]:
    found = _DOMAIN.match(name.strip().lower())
    words = _WORD.findall(found[1].replace("-", " ") if found else name.lower())
    return [word for word in words if word not in ("the", "news", "com", "s")] or words


def _joined(words: list[str]) -> str:
    return "".join(words)


def _short(short: list[str], full: list[str]) -> bool:
    """Whether one is the other's initials ("ap", "nyt"), or "nytimes" for "new york times"."""
    word = _joined(short)
    initials = "".join(w[0] for w in full)
    ends = {"".join(w[0] for w in full[:i]) + "".join(full[i:]) for i in range(1, len(full))}
    return len(full) > 1 and (word == initials or word in ends)

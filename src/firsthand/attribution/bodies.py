"""Whether two names mean one medium or agency: "the AP" and "Associated Press", "verrantimes.com", "Verran Times"."""

from __future__ import annotations

import re

from . import lexicons

_WORD = re.compile(r"[^\W_]+")
_DOMAIN = re.compile(r"^(?:www\.)?([\w-]+)(?:\.[\w-]+)*\.\w{2,}(?:/.*)?$")


def same_body(one: str, two: str) -> bool:
    """By their words, their initials, their beginnings, or the name within an address; a programme is its maker's."""
    return any(_same(first, second) for first in _names(one) for second in _names(two))


def part_of(short: str, full: str) -> bool:
    """Whether a name is the end of another, as an outlet writes of itself: "the Post". Beginnings may be others'."""
    some, words = _plain(short), _plain(full)
    return bool(some) and some == words[-len(some) :]


def _names(name: str) -> list[list[str]]:
    maker = lexicons.table("programmes").get(name.strip().lower().removeprefix("the "))
    makers = [maker.split("_"), [*maker.split("_"), "news"]] if maker else []
    return [words for words in (_plain(name), *makers) if words]


def _same(first: list[str], second: list[str]) -> bool:
    core = [[word for word in words if word not in _DROPPED] or words for words in (first, second)]
    if first == second or core[0] == core[1] or "".join(first) == "".join(second):
        return True
    return _begins(*core) or any(_short("".join(a), b) for a, b in ((first, second), (second, first), core, core[::-1]))


def _plain(name: str) -> list[str]:
    found = _DOMAIN.match(name.strip().lower())
    words = _WORD.findall(found[1].replace("-", " ") if found else name.lower())
    return [word for word in words if word not in ("the", "s")] or words


_DROPPED = frozenset(["news", "wire", "com", "online"])


def _begins(one: list[str], two: list[str]) -> bool:
    """Whether all words of one begin those of the other: "wash post" and "Washington Post"."""
    pairs = zip(one, two, strict=False)
    return len(one) == len(two) > 1 and all(a.startswith(b[:3]) and (a in b or b in a) for a, b in pairs)


def _short(word: str, full: list[str]) -> bool:
    """Whether one is the other's initials ("ap", "nyt"), or "nytimes" for "new york times"."""
    ends = {"".join(w[0] for w in full[:i]) + "".join(full[i:]) for i in range(1, len(full) + 1)}
    return len(full) > 1 and word in ends

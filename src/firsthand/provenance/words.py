"""Words of names and descriptions, as they are compared."""

from __future__ import annotations

import re

from .lexicons import closed

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SHORT = (
    (re.compile(r"\bU\.\s?S\.(?:A\.)?|\bUSA?\b"), "United States"),
    (re.compile(r"\bU\.\s?K\.|\bUK\b"), "Britain"),
)
_POSSESSIVE = re.compile(r"['’]s?$")


def written(text: str) -> list[str]:
    """The words of `text` as they are written, without possessive endings; "U.S." as "United States"."""
    for pattern, full in _SHORT:
        text = pattern.sub(full, text)
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(text)]


def folded(text: str) -> list[str]:
    """The words of `text` in lower case."""
    return [word.lower() for word in written(text)]


def singular(word: str) -> str:
    """A noun's singular, as well as its ending tells: "officials", "ministries"."""
    if word.endswith("people") or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def described(text: str) -> tuple[str, ...]:
    """What a description says of somebody: singular, without articles and numbers, up to "who ..." and the like."""
    found: list[str] = []
    for word in folded(text):
        if word in closed("tails") and found:
            break
        if word not in closed("stock") and not word.isdigit():
            found.append(singular(word))
    return tuple(found)


def inside(name: str) -> str:
    """A name as it stands within a sentence: "A spokeswoman for ..." begins small."""
    first = name.split(" ", 1)[0]
    return name[:1].lower() + name[1:] if first[:1].isupper() and first.lower() in closed("stock") else name


_SELVES = frozenset(["himself", "herself"])
# "Bashar al-Assad" is "Assad".
_ARTICLE = re.compile(r"^(?:al|el)-(?=.)")


def bare_name(text: str) -> tuple[str, ...]:
    """The words of a person's name, without titles, initials and "III"; with "Jr.", which tells son from father."""
    words = [word for word in folded(text) if len(word) > 1 and word not in closed("suffixes") | _SELVES]
    words = [_ARTICLE.sub("", word) for word in words]
    last = [i for i, word in enumerate(words) if word in closed("titles")]
    kept = words[last[-1] + 1 :] if last and last[-1] + 1 < len(words) else words
    return tuple(kept) or tuple(folded(text))

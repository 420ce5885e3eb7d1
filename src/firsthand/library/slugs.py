"""By what a source or an outlet is known in addresses: readable, and the same wherever it is named."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from firsthand.model import folded, straight

MOST_LETTERS, DIGITS = 48, 6
"""Letters of a name that its key shows, and hexadecimal digits of its hash, which tell apart what looks alike."""

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_LETTERS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*?)(?:\.(?:com?|org|net|gov|ac))?\.[a-z]{2,}(?:/.*)?$")
_COUNTS = frozenset(
    ["a", "an", "the", "one", "two", "three", "four", "five", "six", "some", "several", "many", "other", "another"]
)


def source_key(name: str) -> str:
    """The key of a source: the same however its name is capitalised, with or without article, count and initials.

    A description is told in the singular: "two senior officials" and "a senior official" are described alike, which
    does not make them one.
    """
    written = _WORD.findall(_LETTERS.sub(lambda found: found[0].replace(".", ""), straight(name)))
    words = [re.sub(r"'s?$", "", folded(word)) for word in written]
    while len(words) > 1 and words[0] in _COUNTS:
        words = words[1:]
    if len(words) > 2:  # "Ilva J. Renn"
        words = [word for i, word in enumerate(words) if len(word) > 1 or i in (0, len(words) - 1)]
    if written and written[-1].islower():  # else it is a name, such as the United States
        words[-1] = _singular(words[-1])
    return _key(" ".join(words) or name.strip())


def outlet_key(name: str) -> str:
    """The key of an outlet: the same however its name is capitalised, with or without "the"; of a site its name."""
    plain = " ".join(folded(name).split())
    found = _SITE.match(plain)
    return _key((found[1] if found else plain).removeprefix("the ").strip() or name.strip())


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _key(plain: str) -> str:
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", letters.lower()))[:MOST_LETTERS].strip("-")
    digits = hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()[:DIGITS]
    return f"{slug}-{digits}" if slug else digits

"""Words as they are looked for: it does not count how quotation marks and apostrophes are drawn, nor capitals."""

from __future__ import annotations

_STRAIGHT = str.maketrans(dict.fromkeys("‘’‚‛ʼ′`´＇", "'") | dict.fromkeys("“”„‟«»″＂", '"'))


def straight(text: str) -> str:
    """The text, as long as before, with straight quotation marks and apostrophes for all kinds of them."""
    return text.translate(_STRAIGHT)


def folded(text: str) -> str:
    """The text without capitals, and with straight quotation marks and apostrophes."""
    return straight(text).casefold()

"""Text that is safe to show: what an article says must not steer the screen it is shown on."""

from __future__ import annotations

import re

from firsthand.model import Spans

GAP = " […] "
"""Stands between the parts of what an article says in several places, where other words stand between them."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
# Controls can steer a terminal; embeddings, overrides and isolates can show text in another order than it
# has; a lone surrogate can be written nowhere. Something is shown in their place, so that nobody is misled.
_HOSTILE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# These show nothing and mean little: soft hyphens, zero-width spaces, byte order marks, tags.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def plain(text: str) -> str:
    """`text` on one line, without a character that shows nothing or changes how others are shown."""
    return _HOSTILE.sub(REPLACEMENT, _UNSEEN.sub("", _BREAKS.sub(" ", text)))


def plain_lines(text: str) -> str:
    r"""As `plain`, with "\n" left in place."""
    return "\n".join(plain(line) for line in text.split("\n"))


def one_line(text: str) -> str:
    """As `plain`, with single spaces between words and none around them."""
    return " ".join(plain(text).split())


def words_of(text: str, spans: Spans) -> str:
    """What stands in `spans`, on one line."""
    return GAP.join(one_line(text[start:end]) for start, end in spans)

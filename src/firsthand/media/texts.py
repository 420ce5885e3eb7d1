"""Text out of a file is hostile: what is kept of it is one line, bounded, and steers nothing that shows it."""

from __future__ import annotations

import re

MOST = 500
"""Most characters that are kept of one value. The settings of x264 are some 700: their reader says so."""

_GAPS = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
# Controls, characters that turn the order of others round or show nothing, halves of a pair.
_HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)


def clean(text: str, most: int = MOST) -> str:
    """`text` on one line of at most `most` characters, without a control or a character that shows nothing."""
    # Cut before and after: a value may be as long as its file, and what is removed must not use up the room.
    line = _GAPS.sub(" ", text[: 4 * most])
    return _HOSTILE.sub("", line).strip()[:most].rstrip()


def decoded(data: bytes, most: int = MOST) -> str:
    """The bytes of a text as `clean` text: UTF-16 where they open with its mark, else UTF-8, else Latin-1."""
    data = data[: 8 * most]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return clean(data.decode("utf-16", "replace"), most)
    try:
        return clean(data.decode("utf-8"), most)
    except UnicodeDecodeError as error:
        cut = error.start >= len(data) - 3 and len(data) == 8 * most  # our own cut went through a character
        return clean(data.decode("utf-8", "ignore") if cut else data.decode("latin-1"), most)

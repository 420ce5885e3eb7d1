from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from firsthand.media.texts import clean, decoded


def test_what_steers_a_terminal_goes() -> None:
    assert clean("\x1b[31mred\x07 \u202eback\u2066 \r\n next\x00") == "[31mred back next"


def test_a_long_text_is_cut() -> None:
    assert len(clean("ab " * 10**6)) == 500
    assert clean("abcdef", 3) == "abc"


def test_bytes_are_utf8_or_utf16_or_latin1() -> None:
    assert decoded("Донецьк".encode()) == "Донецьк"
    assert decoded("Донецьк".encode("utf-16")) == "Донецьк"
    assert decoded(b"caf\xe9") == "café"


def test_our_own_cut_through_a_letter_spoils_nothing() -> None:
    assert set(decoded("х".encode() * 10**5 + b"x", 101)) == {"х"}
    assert decoded(b"a" + "х".encode() * 2000, 100).startswith("aхх")


@given(st.binary(max_size=80), st.integers(1, 60))
def test_any_bytes_become_a_short_line_that_can_be_written(data: bytes, most: int) -> None:
    shown = decoded(data, most)
    shown.encode()
    assert len(shown) <= most
    assert not [one for one in shown if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")]

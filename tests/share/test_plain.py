from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from firsthand.share.plain import plain, plain_lines


def test_what_steers_a_terminal_is_shown_as_a_replacement() -> None:
    assert plain("\x1b[31mred\x1b]0;title\x07\x9b2J\x00") == "�[31mred�]0;title��2J�"


def test_what_turns_text_round_is_shown_as_a_replacement() -> None:
    assert plain("a\u202eb\u2066c\u2069") == "a�b�c�"


def test_what_shows_nothing_goes() -> None:
    assert plain("so\u00adft\u200b\ufeff\u200f") == "soft"


def test_letters_joined_by_invisible_joiners_stay_joined() -> None:
    assert plain("👩\u200d👧 می\u200cخواهم") == "👩\u200d👧 می\u200cخواهم"


def test_lines_become_one_or_stay() -> None:
    assert plain("a\nb\tc\u2028d\r") == "a b c d "
    assert plain_lines("a\nb\x1b\tc") == "a\nb� c"


@given(st.text(st.characters(), max_size=30))
def test_what_is_left_can_be_written_and_controls_nothing(text: str) -> None:
    shown = plain(text)
    shown.encode()
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [
        c
        for c in shown
        if unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI", "PDF", "PDI")
    ]

"""Records are written in little room and come back as they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.library.packing import packed, squeezed, unpacked, unsqueezed
from firsthand.model import Appearance, Attribution, ChainLink, Decision, Derivation, Marks, Odds, Source, Told

RECORDS = (Marks, Appearance, Derivation, Told, Decision, Odds)
TEXT = st.text(st.characters(exclude_categories=()), max_size=8)


def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Any record of a type, by its annotations; attributions within attributions two deep."""
    times = st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=5, minutes=30))]))
    st.register_type_strategy(str, TEXT)
    st.register_type_strategy(datetime, times)
    st.register_type_strategy(float, st.floats(allow_nan=False))
    return st.from_type(kind)


@pytest.mark.parametrize("kind", RECORDS)
def test_any_record_comes_back(kind: Any) -> None:
    @settings(max_examples=60, deadline=None)
    @given(any_of(kind))
    def check(record: Any) -> None:
        assert unpacked(kind, packed(record)) == record
        assert unsqueezed(kind, squeezed(record)) == record

    check()


def test_what_is_as_its_default_takes_no_room() -> None:
    assert packed(Source("Ann", "person")) == '{"name":"Ann","kind":"person"}'
    inner = Attribution((), (), ((1, 2),), 0.5)
    outer = Attribution((), (), ((0, 3),), 1.0, inner=inner)
    assert unpacked(Attribution, packed(outer)).innermost is not outer
    assert unpacked(Attribution, packed(outer)) == outer


def test_what_was_written_before_a_field_came_can_be_read() -> None:
    assert unpacked(ChainLink, '{"name":"A","kind":null,"how":"outlet"}') == ChainLink("A", None, "outlet")


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be written down"):
        packed({"a": 1})

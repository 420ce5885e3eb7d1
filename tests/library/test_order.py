"""In whatever order articles come, change and go, the claims are those of the articles that are there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.library import Library
from firsthand.library.upkeep import Upkeep
from tests.library.given import article, original
from tests.library.test_upkeep import said, sizes
from tests.library.toy import caught_up, regroup, sketch

SENTENCES = tuple(f"{who} says the {what}" for who in ("Ann", "Bo") for what in ("bridge is shut", "swans left"))
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True).map(". ".join)
numbers = st.integers(0, 4)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), numbers, texts), st.tuples(st.just("remove"), numbers), st.tuples(st.just("join"))
    ),
    max_size=12,
)


def put(library: Library, number: int, text: str) -> str:
    found = article(text, url=f"https://x.example/{number}")
    (outcome,) = library.add([(found, original(text.encode()))], sketch)
    return outcome.id  # type: ignore[union-attr]


@settings(max_examples=40, deadline=None)
@given(steps)
def test_claims_are_those_of_what_is_there(done: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here: dict[int, tuple[str, str]] = {}
        seen = set[tuple[int, str]]()  # a page that goes back to an earlier wording leaves no trace of its return
        with Library.open(Path(folder) / "l.db", create=True) as library:
            upkeep = Upkeep(library)
            for what, *rest in done:
                if what == "add" and tuple(rest) not in seen:
                    here[rest[0]] = (put(library, *rest), rest[1])
                    seen.add((rest[0], rest[1]))
                elif what == "remove" and rest[0] in here:
                    upkeep.remove(here.pop(rest[0])[0], regroup)
                    seen = {one for one in seen if one[0] != rest[0]}
                elif what == "join":
                    caught_up(library, upkeep)
            caught_up(library)
            found, counts = said(library), sizes(library)
        expected: dict[str, list[str]] = {}
        for identity, text in here.values():
            for sentence in text.split(". "):
                expected.setdefault(sentence, []).append(identity)
        assert found == {sentence: sorted(identities) for sentence, identities in expected.items()}
        assert counts["node"] == counts["head"] == len(found)
        assert counts["joined"] == len(here)
        assert counts["waiting"] == 0

"""Our own sentences with rare cues: each line is well formed, and its marks are where they should be."""

import pytest

from firsthand.attribution.flags import STANCES
from training.cues import CERTAINTIES, CUES, SOURCES, made


def test_every_line_is_well_formed():
    rows = list(made(CUES.read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 2000
    for row in rows:
        assert row["stance"] in STANCES
        assert row["certainty"] in CERTAINTIES
        assert row["kind"] in SOURCES
        assert not set("{}[]<>") & set(row["text"])


def test_marks_become_offsets():
    (row,) = made(["D d p | {Renn} [poured cold water on] <the idea> in Larkmoor."])
    assert row["text"] == "Renn poured cold water on the idea in Larkmoor."
    assert (row["source"], row["cue"], row["content"]) == ([[0, 4]], [[5, 25]], [[26, 34]])
    assert (row["stance"], row["certainty"], row["kind"]) == ("denies", "denied", "person")


@pytest.mark.parametrize(
    "line", ["D d p | Renn [denied it", "D d p | {Renn> [denied] <it>", "D d p | {Renn} denied <it>"]
)
def test_marks_that_do_not_close_are_refused(line):
    with pytest.raises(ValueError, match="Renn"):
        list(made([line]))

"""Certainty: the weaker of the cue and of the content's main clause; nothing where nothing is claimed."""

import pytest

from firsthand.attribution.certainty import certainty
from firsthand.model import DENIED, STATED_AS_FACT, Stance
from tests.attribution.contents import parts, untagged

FACT = (STATED_AS_FACT, STATED_AS_FACT)
CASES = [
    ("{s|Renn} {c|said} {t|the bridge was closed}.", "asserts", FACT, ""),
    ("{s|Renn} {c|said} {t|the bridge may be closed}.", "asserts", (3, 5), "may"),
    ("{s|Renn} {c|believes} {t|the bridge may be closed}.", "asserts", (3, 5), "may"),
    ("{s|Renn} {c|believes} {t|the bridge is closed}.", "asserts", (5, 5), "believes"),
    (
        "{s|Lorvia} {c|said} {t|new cables allege that Teskia would possibly close it}.",
        "asserts",
        (3, 5),
        "would possibly",
    ),
    ("{s|Lorvia} {c|alleges} {t|that Teskia closed the bridge}.", "asserts", (5, 5), "alleges"),
    ("{s|Renn} {c|said} {t|“I think the bridge is closed”}.", "asserts", (5, 5), "I think"),
    ("{s|Renn} {c|said} {t|the bridge is very unlikely to open}.", "asserts", (2, 2), "very unlikely"),
    ("{s|Renn} {c|said} {t|the bridge will almost certainly open}.", "asserts", (7, 7), "almost certainly"),
    ("{s|Renn} {c|said} {t|the crew could not open the bridge}.", "asserts", FACT, ""),
    ("{s|Renn} {c|said} {t|the bridge opens in May}.", "asserts", FACT, ""),
    ("{s|Renn} {c|said} {t|the bridge was closed because it may fall}.", "asserts", FACT, ""),
    ("{s|Renn} {c|seemed to blame} {t|Teskia for the fire}.", "asserts", (5, 5), ""),
    ("{s|Renn} {c|praised} {t|the new bridge}.", "asserts", None, ""),
    ("{s|Renn} {c|doubts} {t|that the bridge is safe}.", "doubts", (3, 3), "doubts"),
    ("{c|It is unclear} {t|whether the bridge is safe}.", "doubts", (4, 4), "unclear"),
    ("{c|It is unclear} {t|why the bridge was closed}.", "doubts", (4, 4), "unclear"),
    ("{s|Renn} {c|questioned} {t|the mayor's judgment}.", "doubts", None, ""),
    ("{s|Renn} {c|discussed} {t|the bridge}.", "reports", None, ""),
    ("{s|The Lorvian Times} {c|reported} {t|that the bridge was closed}.", "reports", FACT, ""),
    ("{s|Renn} {c|asked} {t|whether the bridge was closed}.", "asks", None, ""),
    ("{s|Renn} {c|urged} {t|Teskia to open the bridge}.", "orders", None, ""),
]


@pytest.mark.parametrize(("text", "value", "steps", "words"), CASES)
def test_the_steps_and_their_words(text, value, steps, words):
    plain, tagged, toks, attribution = untagged(text)
    found = certainty(tagged, toks, attribution, Stance(value))
    assert (found and (found.least, found.most)) == steps
    assert words in parts(plain, found.spans if found else ())


def test_what_is_denied_is_denied_by_the_same_words():
    _, tagged, toks, attribution = untagged("{s|Renn} {c|denied} {t|that the bridge may fall}.")
    found = certainty(tagged, toks, attribution, Stance("denies", attribution.cue))
    assert (found.least, found.most, found.spans) == (DENIED, DENIED, attribution.cue)

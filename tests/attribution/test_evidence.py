"""Evidence: what a sentence, the next one, the source or a link says of it, and what is withheld."""

import pytest

from firsthand.attribution.evidence import evidence
from firsthand.attribution.withheld import withheld
from firsthand.model import Link
from tests.attribution.contents import parts, untagged

CASES = [
    ("{s|Renn} {c|said} {t|the bridge was closed}.", "none", ""),
    ("{s|Teskia} {c|has not provided} {t|any evidence for the charge}.", "withheld", "not provided any evidence"),
    ("{s|Teskia} {c|has not provided} {t|details of the menu}.", "none", ""),
    ("{s|Renn} {c|said} {t|the bridge was mined}. She offered no evidence.", "withheld", "offered no evidence"),
    (
        "{s|Renn} {c|said} {t|the bridge was mined}. The Lorvian Times could not verify the claim.",
        "unverified",
        "could not verify",
    ),
    ("{s|Renn} {c|said} {t|the bridge was mined}.\nThe Lorvian Times could not verify the other claim.", "none", ""),
    ("{c|According to} {s|a poll of farmers}, {t|most would sell}.", "shown", "poll"),
    ("{s|A poll watcher} {c|said} {t|the queue was long}.", "none", ""),
    ("{s|Renn} {c|said}, citing intelligence, {t|that the bridge was mined}.", "described", "citing intelligence"),
    ("{s|Intelligence officials} {c|said} {t|the bridge was mined}.", "none", ""),
    ("{s|Renn} {c|said} {t|satellite images show the bridge in ruins}.", "shown", "satellite images"),
    ("{s|Ek}, {c|who was at the scene}, said {t|the bridge fell}.", "eyewitness", "who was at the scene"),
]


@pytest.mark.parametrize(("text", "value", "words"), CASES)
def test_the_kind_and_its_words(text, value, words):
    plain, tagged, toks, attribution = untagged(text)
    found = evidence(tagged, toks, attribution)
    assert (found.value, parts(plain, found.spans)) == (value, words)


def test_intelligence_that_was_not_backed_stays_so_some_paragraphs_on():
    text = (
        "Lorvia has not provided information backing up the intelligence.\n\nThe bridge is old.\n\n"
        "{s|The intelligence} {c|suggests} {t|that Teskia mined the bridge}."
    )
    plain, tagged, toks, attribution = untagged(text)
    found = evidence(tagged, toks, attribution, (), withheld(toks))
    assert (found.value, parts(plain, found.spans)) == ("withheld", "not provided information")


def test_a_link_to_a_document_shows_it_and_another_does_not():
    text = "{s|Renn} {c|said} {t|the bridge was closed, in a letter with photographs}."
    plain, tagged, toks, attribution = untagged(text)
    start = plain.index("photographs")
    shown = evidence(tagged, toks, attribution, [Link(start, start + 11, "https://lorvia.example/p")])
    assert (shown.value, parts(plain, shown.spans)) == ("shown", "photographs")
    other = evidence(
        tagged, toks, attribution, [Link(plain.index("bridge"), plain.index("bridge") + 6, "https://a.example")]
    )
    assert other.value == "none"

"""Stance: of the cue's own verb with its negation, not of verbs in the content; and the words that decided it."""

import pytest

from firsthand.attribution.stance import stance
from tests.attribution.contents import parts, read

CASES = [
    ("{s|Ilva Renn} {c|said} {t|the bridge was closed}.", "asserts", "said"),
    ("{s|Ilva Renn} {c|said} {t|Teskia had denied the charge}.", "asserts", "said"),
    ("{s|Teskia} {c|has denied} {t|that it closed the bridge}.", "denies", "denied"),
    ("{s|Teskia} {c|did not deny} {t|that it closed the bridge}.", "reports", "not deny"),
    ("{s|Teskia} {c|rejected calls for} {t|an inquiry into the fire}.", "denies", "rejected"),
    ("{s|The minister} {c|refused} {t|to open the archive}.", "denies", "refused"),
    ("{s|The minister} {c|refused} {t|to say when the archive would open}.", "reports", "refused"),
    ("{s|The minister} {c|declined to say} {t|how the fire began}.", "reports", "declined"),
    ("{s|She} {c|does not think} {t|the bridge is safe}.", "denies", "not think"),
    ("{s|He} {c|doubts} {t|that the bridge is safe}.", "doubts", "doubts"),
    ("{s|Experts} {c|questioned} {t|the safety of the bridge}.", "doubts", "questioned"),
    ("{s|A reporter} {c|asked} {t|whether the bridge was safe}.", "asks", "asked"),
    ("{s|Lorvia} {c|asked} {t|Teskia to open the bridge}.", "orders", "asked"),
    ("{s|Lorvia} {c|called for} {t|an inquiry}.", "orders", "called for"),
    ("{s|The mayor} {c|promised} {t|to rebuild the bridge}.", "orders", "promised"),
    ("{s|The two leaders} {c|discussed} {t|the bridge}.", "reports", "discussed"),
    ("{s|The Lorvian Times} {c|reported} {t|that the bridge was closed}.", "reports", "reported"),
    ("{s|The researchers} {c|reported} {t|that the lake had shrunk}.", "asserts", "reported"),
]


@pytest.mark.parametrize(("text", "value", "words"), CASES)
def test_the_stance_and_its_words(tagger, text, value, words):
    plain, tagged, toks, attribution = read(tagger, text)
    found = stance(tagged, toks, attribution)
    assert found.value == value
    assert parts(plain, found.spans).startswith(words)


def test_a_cue_that_is_no_word_asserts_and_decides(tagger):
    plain, tagged, toks, attribution = read(tagger, "{s|Renn}{c|:} {t|The bridge is closed}")
    found = stance(tagged, toks, attribution)
    assert (found.value, parts(plain, found.spans)) == ("asserts", ":")


def test_offsets_are_the_articles(tagger):
    from dataclasses import replace

    from firsthand.attribution.tokens import tokens

    plain, tagged, _, attribution = read(tagger, "{s|Teskia} {c|has denied} {t|that it closed the bridge}.")
    words = replace(tagged.words, starts=tagged.words.starts + 70, ends=tagged.words.ends + 70)
    moved = {
        role: tuple((s + 70, e + 70) for s, e in getattr(attribution, role)) for role in ("source", "cue", "content")
    }
    found = stance(replace(tagged, offset=70, words=words), tokens(plain, 70), replace(attribution, **moved))
    assert found.value == "denies"
    assert parts(" " * 70 + plain, found.spans) == "denied"

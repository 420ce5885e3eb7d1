"""Through which medium somebody spoke."""

import pytest

from firsthand.attribution.mediums import mediums, name_at
from tests.attribution.voices import Voices

CASES = [
    ("[t The bridge is safe], [s Ilva Renn] [c told] the Larkmoor Gazette on Monday.", ["Larkmoor Gazette"]),
    ("[t The bridge is safe], [s Ilva Renn] [c told] Radio Verran on Monday.", ["Radio Verran"]),
    ("In an interview with the Larkmoor Gazette, [s Renn] [c said] [t that it is safe].", ["Larkmoor Gazette"]),
    ("In a Radio Verran interview [s Renn] [c said] [t that the bridge is safe].", ["Radio Verran"]),
    ("[s Renn] [c said] on Radio Verran [t that the bridge is safe].", ["Radio Verran"]),
    ("[s Renn] [c told] the state-run Radio Verran [t that the bridge is safe].", ["Radio Verran"]),
    ("[s Renn] [c wrote] in an essay for the Verran Times [t that the bridge is safe].", ["Verran Times"]),
    ("[s Renn] [c said] [t that he had told the Larkmoor Gazette].", []),
    ("[s Renn] [c said] [t that it is safe]. He reads the Larkmoor Gazette.", []),
    ("[s Renn] [c told] a Larkmoor Gazette reporter [t that the bridge is safe].", []),
    ("[s Renn] [c said] at a Radio Verran debate [t that the bridge is safe].", []),
    ("[s The Larkmoor Gazette] [c said] [t that the bridge is safe].", []),
    ("[s Renn] [c told] the police in Verran [t that the bridge is safe].", []),
]


@pytest.mark.parametrize(("text", "names"), CASES)
def test_where_somebody_spoke(tagger, text, names):
    voices = Voices(tagger, text)
    found = mediums(voices.resolver, voices.attributions, voices.numbers)
    assert [voices.text[slice(*place.span)] for place in found] == names


def test_who_spoke_there_is_known(tagger):
    voices = Voices(tagger, "The road is shut. [s Ilva Renn] [c told] Radio Verran [t that the bridge is safe].")
    (place,) = mediums(voices.resolver, voices.attributions, voices.numbers)
    assert place.speakers >= {voices.numbers[0]}
    assert (place.sentence, place.paragraph) == (1, 0)


@pytest.mark.parametrize(
    ("text", "named"),
    [("the Verran Times", True), ("a radio", False), ("the Times", True), ("nothing", False)],
)
def test_names_of_media_are_seen_where_they_stand(tagger, text, named):
    voices = Voices(tagger, f"There they read {text} on that day in June.")
    assert any(name_at(voices.resolver, i) for i in range(len(voices.toks))) == named

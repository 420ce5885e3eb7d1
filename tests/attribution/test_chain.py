"""Chains: through whom a content came, outermost first, and which attributions are but layers of another's."""

import pytest

from tests.attribution.voices import Voices


def told(tagger, text, *own):
    """For each attribution its links as (name, how), and whether it is a layer of another's chain."""
    voices = Voices(tagger, text)
    return [([(link.name, link.how) for link in layer.links], layer.inner) for layer in voices.layers(*own)]


def test_the_source_alone(tagger):
    text = "[s1 Ilva Renn] [c1 said] [t1 that the bridge was safe]."
    assert told(tagger, text) == [([("Ilva Renn", "source")], False)]


def test_nobody_is_no_link(tagger):
    assert told(tagger, "[c1 It was alleged] [t1 that the bridge had been mined].") == [([], False)]


def test_said_to_a_medium(tagger):
    text = "[t1 The bridge is safe], [s1 Ilva Renn] [c1 told] Radio Verran on Monday."
    assert told(tagger, text) == [([("Radio Verran", "medium"), ("Ilva Renn", "source")], False)]


def test_an_interview_holds_for_the_same_speaker_in_what_follows(tagger):
    text = (
        "In an interview with the Larkmoor Gazette, [s1 Anna Renn] [c1 said] [t1 that the bridge was safe].\n\n"
        "[s2 She] [c2 said] [t2 that it would open in June]. [s3 The mayor, Tomas Ek,] [c3 said] [t3 that it was not]."
    )
    gazette = ("Larkmoor Gazette", "medium")
    assert [links for links, _ in told(tagger, text)] == [
        [gazette, ("Anna Renn", "source")],
        [gazette, ("Anna Renn", "source")],
        [("Tomas Ek", "source")],
    ]


@pytest.mark.parametrize("own", ["Radio Verran", "radioverran.example", "The Radio Verran"])
def test_the_own_outlet_is_no_medium(tagger, own):
    text = "[t1 The bridge is safe], [s1 Ilva Renn] [c1 told] Radio Verran on Monday."
    assert told(tagger, text, own) == [([("Ilva Renn", "source")], False)]


CITING = (
    "[t1 Lorvia will close the border], [s1 [s2 the AP]] [c1 said], [c2 citing] "
    "[t2 an official who was not authorised to speak publicly]."
)


def test_citing_is_one_attribution_with_two_links(tagger):
    layers = told(tagger, CITING)
    assert [inner for _, inner in layers] == [False, True]
    assert layers[0][0] == [("AP", "cites"), ("an official", "cites")]


def test_the_one_who_is_cited_has_the_reason_for_being_unnamed(tagger):
    voices = Voices(tagger, CITING)
    link = voices.layers()[0].links[-1]
    assert (link.kind, link.anonymity) == ("unnamed", "not authorised to speak publicly")
    assert voices.parts(link.spans) == "an official"
    assert voices.parts(link.anonymity_spans) == link.anonymity


def test_quoting_somebody_as_saying(tagger):
    text = "[s1 The Larkmoor Gazette] [c1 quoted] [t1 a police officer as saying that the mayor had taken money]."
    assert told(tagger, text) == [([("Larkmoor Gazette", "cites"), ("a police officer", "cites")], False)]


@pytest.mark.parametrize(
    "text",
    [
        "[s1 The AP] [c1 cited] [t1 the rain and the cold].",
        "[s1 The AP] [c1 did not cite] [t1 an official].",
        "[s1 Ilva Renn] [c1 quoted] [t1 “an official”].",
    ],
)
def test_what_is_no_source_is_not_cited(tagger, text):
    ((links, _),) = told(tagger, text)
    assert len(links) == 1


INNER = "[s1 The ministry] [c1 said] [t1 that [s2 officials] [c2 believe] [t2 that the bridge was mined]]."


def test_an_attribution_within_a_content_is_a_link_and_no_second_attribution(tagger):
    layers = told(tagger, INNER)
    assert layers[0] == ([("The ministry", "source"), ("officials", "inner")], False)
    assert layers[1] == ([("The ministry", "cites"), ("officials", "source")], True)


def test_chains_may_be_deep(tagger):
    text = (
        "[s1 The AP] [c1 reported] [t1 that [s2 Tomas Ek] [c2 said] [t2 that [s3 Ilva Renn] [c3 believes] "
        "[t3 that the bridge was mined by the army of Teskia]]]."
    )
    layers = told(tagger, text)
    assert layers[0][0] == [("AP", "source"), ("Tomas Ek", "inner"), ("Ilva Renn", "inner")]
    assert [inner for _, inner in layers] == [False, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "[s1 Tomas Ek] [c1 said] [t1 that [s2 he] [c2 believes] [t2 that the bridge was mined]].",
        "[t1 “[s2 I] [c2 believe] [t2 that the bridge was mined],”] [s1 Tomas Ek] [c1 said].",
        "[s1 The ministry] [c1 said] [t1 that the bridge is shut, the road is long and slow, the weather is bad and, "
        "as [s2 Ilva Renn] [c2 says], [t2 nobody cares]].",
    ],
)
def test_what_one_says_of_oneself_or_by_the_way_is_no_layer(tagger, text):
    layers = told(tagger, text)
    assert len(layers[0][0]) == 1
    assert not layers[1][1]


def test_a_medium_stands_before_everybody_who_spoke_through_it(tagger):
    text = "[s1 Ilva Renn] [c1 told] Radio Verran [t1 that [s2 officials] [c2 believe] [t2 that the bridge was mined]]."
    assert [name for name, _ in told(tagger, text)[0][0]] == ["Radio Verran", "Ilva Renn", "officials"]


def test_without_attributions_there_are_no_chains(tagger):
    assert told(tagger, "The bridge at Verran is old.") == []

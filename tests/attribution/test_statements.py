"""The outlet's own statements: the headline and the lead, without what somebody else says."""

from firsthand.attribution.statements import statements
from firsthand.attribution.tokens import tokens
from firsthand.model import Article, Attribution

TEXT = (
    "Teskia May Close The Bridge To Lorvia: Report\n\n"
    "By Ilva Renn\n\n"
    "Teskia is likely to close the old bridge to Lorvia this week. The bridge, at 3.5 km, was built in 1956.\n\n"
    "The army has sent two hundred men to guard it, the Lorvian defence minister said on Monday.\n\n"
    "The third paragraph of this report belongs to its body and not to what leads into it."
)


def attribution(text, source, cue, content):
    def spans(part):
        return ((text.index(part), text.index(part) + len(part)),) if part else ()

    return Attribution(spans(source), spans(cue), spans(content), 1.0)


SAID = attribution(
    TEXT, "the Lorvian defence minister", "said on Monday", "The army has sent two hundred men to guard it"
)


def found(text, *attributions, title=None):
    made = statements(Article("1", text, title=title), tokens(text), attributions)
    return [
        (text[slice(*s.span)], s.certainty.least, s.certainty.most, [text[slice(*w)] for w in s.certainty.spans])
        for s in made
    ]


def test_headline_and_lead_with_their_certainty():
    assert found(TEXT, SAID) == [
        ("Teskia May Close The Bridge To Lorvia: Report", 3, 5, ["May"]),
        ("Teskia is likely to close the old bridge to Lorvia this week.", 5, 5, ["is likely"]),
        ("The bridge, at 3.5 km, was built in 1956.", 8, 8, []),
    ]


def test_a_headline_that_names_a_source_is_not_the_outlets():
    said = attribution(TEXT, "Report", ":", "Teskia May Close The Bridge To Lorvia")
    assert found(TEXT, SAID, said)[0][0].startswith("Teskia is likely")


def test_a_text_without_headline_begins_with_its_lead():
    body = TEXT.split("\n\n", 2)[2]
    assert found(body, title="Another title")[0][0].startswith("Teskia is likely")


def test_a_short_first_line_counts_if_it_is_the_title():
    text = "Bridge closed\n\n" + TEXT.split("\n\n", 2)[2]
    assert found(text, title="Bridge closed")[0][0] == "Bridge closed"
    assert found(text)[0][0] != "Bridge closed"


def test_questions_and_empty_texts_state_nothing():
    assert found("Will Teskia close the bridge to Lorvia?\n\n" + TEXT.split("\n\n", 2)[2])[0][0].startswith("Teskia is")
    assert found("") == found("\n\n\n") == []


def test_a_sentence_stays_the_outlets_unless_most_of_it_is_attributed_to_nobody():
    stray = attribution(TEXT, "", "is likely", "this week")
    whole = attribution(TEXT, "", "is likely", "to close the old bridge to Lorvia this week")
    assert found(TEXT, SAID, stray) == found(TEXT, SAID)
    assert not [said for said, *_ in found(TEXT, SAID, whole) if said.startswith("Teskia is likely")]

"""Which appearances have one root, by rule."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest

from firsthand.model import Alignment, Appearance, ChainLink, Derivation, Provenance, Source
from firsthand.provenance import trace
from firsthand.provenance.grounds import Ground
from firsthand.provenance.maybe import Maybe
from tests.provenance.told import LENGTH, MAY, NOBODY, OFFICIAL, PLAN, RENN, claim, copied, said, source

AP = "Associated Press"


def traced(*appearances: Appearance, derivations: tuple[Derivation, ...] = (), **texts: str) -> Provenance:
    return trace(claim(appearances), derivations, texts)


def names(found: Provenance) -> list[str]:
    return [root.name for root in found.roots]


def counted(found: Provenance) -> tuple[int, int]:
    return found.corroboration.least, found.corroboration.most


def unnamed(name: str, anonymity: str | None = None) -> Source:
    return source(name, "unnamed", None, anonymity)


def test_nothing_rests_on_nothing() -> None:
    found = trace(claim(()))
    assert counted(found) == (0, 0)
    assert (found.roots, found.edges, found.first, found.evidence) == ((), (), None, "none")
    assert found.credibility == 6


# Chains


def test_two_outlets_that_cite_the_official_of_an_agency_which_is_not_here_share_one_root() -> None:
    found = traced(
        said("herald", unnamed("a senior U.S. official"), AP), said("post", unnamed("officials"), AP, hours=5)
    )
    assert names(found) == ["a senior U.S. official"]
    assert found.roots[0].through == (AP,)
    assert [edge.kind for edge in found.edges] == ["cited", "same party"]
    assert "come from Associated Press" in found.edges[1].reason


def test_an_agency_that_is_here_is_rested_on() -> None:
    found = traced(said("apnews", OFFICIAL, outlet="apnews.com"), said("herald", unnamed("an official"), AP, hours=5))
    assert names(found) == [OFFICIAL.name]
    assert [(edge.later, edge.earlier, edge.kind) for edge in found.edges][1] == ("herald@0-80", "apnews@0-80", "cited")
    assert found.roots[0].through == ()


def test_an_agency_that_names_another_is_not_rested_on() -> None:
    ek = source("Tomas Ek")
    found = traced(said("apnews", RENN, outlet="AP"), said("herald", ek, AP, hours=5))
    assert names(found) == ["Ilva Renn", "Tomas Ek"]
    assert found.roots[1].through == (AP,)


def test_of_two_whom_a_citing_article_names_none_is_lost() -> None:
    both = source("Ilva Renn and Tomas Ek")
    found = traced(said("apnews", RENN, outlet="AP"), said("herald", both, AP, hours=5))
    assert sorted(names(found)) == ["Ilva Renn", "Tomas Ek"]
    assert counted(found)[1] == 2


def test_an_outlet_that_is_not_here_is_a_root_and_unmeasured() -> None:
    found = traced(said("herald", NOBODY, "The Daily Echo"))
    assert [(root.name, root.kind, root.first_hand) for root in found.roots] == [
        ("The Daily Echo", "outlet not here", None)
    ]
    assert counted(found) == (1, 1)
    assert found.corroboration.reasons == (
        "The Daily Echo is not here with this claim, so what it rests on is unmeasured.",
    )
    assert found.credibility == 6


def test_who_cites_an_outlet_rests_on_whom_it_had_it_from_as_another_tells() -> None:
    found = traced(said("herald", NOBODY, AP), said("post", OFFICIAL, AP, hours=5))
    assert names(found) == [OFFICIAL.name]
    assert found.roots[0].articles == ("herald", "post")
    assert "as post tells" in found.edges[0].reason


def test_outlets_that_are_not_here_are_one_by_name_initials_and_address() -> None:
    found = traced(
        said("a", NOBODY, "The New York Times"),
        said("b", NOBODY, "NYT", hours=1),
        said("c", NOBODY, "nytimes.com", hours=2),
    )
    assert len(found.roots) == 1


def test_who_quotes_a_source_through_a_person_rests_on_the_last() -> None:
    one = said("herald", RENN)
    chain = (*one.chain, ChainLink("Tomas Ek", "person", "inner"))
    assert names(traced(replace(one, chain=chain))) == ["Tomas Ek"]


# The outlet's own word


def test_a_headline_rests_on_whom_its_article_names() -> None:
    found = traced(said("herald"), said("herald", RENN, at=200))
    assert names(found) == ["Ilva Renn"]
    assert found.edges[0].reason == "the same article has it from Ilva Renn"


def test_an_outlet_that_saw_it_is_a_root_beside_whom_it_names() -> None:
    found = traced(said("herald", evidence="shown"), said("herald", RENN, at=200))
    assert {root.name: root.first_hand for root in found.roots} == {"herald": True, "Ilva Renn": True}
    assert counted(found) == (2, 2)


def test_an_outlet_that_says_it_again_rests_on_what_it_said() -> None:
    found = traced(said("one", RENN, outlet="Herald"), said("two", outlet="Herald", hours=9))
    assert names(found) == ["Ilva Renn"]
    assert found.edges[1].reason == "the same outlet reported it before"


def test_an_outlet_that_speaks_again_of_the_official_rests_on_what_it_said() -> None:
    found = traced(
        said("npa", OFFICIAL),
        said("one", OFFICIAL, outlet="Herald", hours=1),
        said("two", unnamed("The official"), outlet="Herald", hours=9),
        derivations=(copied("one", "npa"),),
    )
    assert names(found) == [OFFICIAL.name]


def test_a_headline_that_begins_with_another_outlets_name_cites_it() -> None:
    found = traced(
        said("one", RENN, outlet="Belmora Today"),
        said("two", outlet="Watch", hours=9, text="Belmora Today: it will be so"),
    )
    assert names(found) == ["Ilva Renn"]


def test_who_names_nobody_may_have_it_from_anybody() -> None:
    found = traced(said("herald", RENN), said("blog", hours=3), said("echo", NOBODY, hours=4))
    assert counted(found) == (1, 3)
    assert found.corroboration.reasons == (
        "Blog says it without saying how it knows; it may be one of the other roots.",
        "Echo says that it is said, and not by whom; it may be one of the other roots.",
    )


# Copies


def test_a_copy_by_its_ties_or_its_origin_where_the_earlier_has_no_statement() -> None:
    found = traced(said("npa", RENN), said("copy", hours=3), derivations=(copied("copy", "lost", ties=("npa",)),))
    assert names(found) == ["Ilva Renn"]


def test_two_from_one_article_without_a_statement_are_one() -> None:
    found = traced(
        said("one"), said("two", hours=3), derivations=(copied("one", "lost"), copied("two", "lost", origin="lost"))
    )
    assert len(found.roots) == 1
    assert "both have it from lost" in found.edges[1].reason


def test_a_statement_that_no_passage_covers_is_no_copy() -> None:
    passages = (Alignment((0, 39), (0, 39)),)
    found = traced(
        said("npa", OFFICIAL),
        said("post", RENN, hours=3),
        derivations=(copied("post", "npa", "excerpt", passages=passages),),
    )
    assert names(found) == [OFFICIAL.name, "Ilva Renn"]


def test_a_copy_rests_on_the_statement_at_its_own_place() -> None:
    passages = (Alignment((300, 700), (0, 400)),)
    found = traced(
        said("npa", RENN),
        said("npa", OFFICIAL, at=300),
        said("post", unnamed("somebody"), hours=3),
        derivations=(copied("post", "npa", "excerpt", passages=passages),),
    )
    assert [edge.earlier for edge in found.edges if edge.later == "post@0-80"] == ["npa@300-380"]


def test_copies_in_a_circle_end_at_the_first() -> None:
    found = traced(
        said("one"), said("two", hours=1), said("three", hours=2),
        derivations=(copied("two", "one"), copied("three", "two"), copied("one", "three")),
    )  # fmt: skip
    assert [root.first for root in found.roots] == ["one"]
    assert found.roots[0].articles == ("one", "two", "three")


def test_a_thousand_circles_of_copies_are_cut_at_once() -> None:
    rows = [said(f"a{i:04}") for i in range(1000)]
    found = traced(*rows, derivations=tuple(copied(f"a{i:04}", f"a{i ^ 1:04}") for i in range(1000)))
    assert len([edge for edge in found.edges if edge.earlier.startswith("a")]) == 500


def test_a_chain_of_a_thousand_copies() -> None:
    rows = [said(f"a{i:04}", hours=i) for i in range(1000)]
    found = traced(*rows, derivations=tuple(copied(f"a{i + 1:04}", f"a{i:04}") for i in range(999)))
    assert len(found.roots) == 1 and len(found.roots[0].articles) == 1000


def test_sets_that_cannot_be_one_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, differ = list[Ground](), Maybe.differ

    def noted(self: Maybe, one: Ground, other: Ground) -> bool:
        asked.append(one)
        return differ(self, one, other)

    monkeypatch.setattr(Maybe, "differ", noted)
    official = unnamed("an official of Ostrel")
    people = [said(f"a{i}", source(f"Ab{i} Cd{i}"), hours=i / 50, at=100) for i in range(100)]
    found = traced(*people, *(said(f"a{i}", official, hours=i / 50) for i in range(100)))
    assert counted(found) == (100, 200)
    assert len(asked) < 100_000


# Parties: the same for sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (source("Donald J. Quill"), source("Donald Quill")),
        (source("President Donald Quill"), source("Quill")),
        (source("Russia Jon Huntsman"), source("Jon Huntsman")),
        (source("Ursula von der Leyen"), source("von der Leyen")),
        (source("Bashar al-Assad"), source("Assad")),
        (source("Bashar al-Assad"), source("al-Assad")),
        (source("ambassador to Verran Jon Huntsman", "unnamed"), source("Jon Huntsman")),
        (source("the Kremlin", "government"), source("Kremlin", "government")),
        (source("U.S.", "government"), source("the United States", "government")),
        (source("FBI", "government"), source("the Federal Bureau of Investigation", "government")),
        (source("the foreign ministry", "government"), source("Ostrel’s foreign ministry", "government")),
        (unnamed("A spokesman for the Ostrel foreign ministry"), source("Ostrel foreign ministry", "government")),
        (source("the president of Ostrel", "unnamed"), source("Ada Moor", "person", "president of Ostrel")),
        (OFFICIAL, unnamed("A senior administration official of Ostrel", "not authorised to comment")),
        (unnamed("an engineer at the Karst dam office"), unnamed("the engineer of the Karst dam office")),
        (source("analysts", "crowd"), source("Analysts", "crowd")),
        (source("Director of Works Ada Moor", "unnamed"), source("Ada Moor")),
        (source("Ostrel’s Ministry of Works Director Ada Moor", "government"), source("Ada Moor")),
        (unnamed("President Quill himself"), source("Donald Quill")),
        (unnamed("Ostreli president"), source("Ada Moor", "person", "president of Ostrel")),
        (unnamed("the director of dam safety"), source("Ada Moor", "person", "director of dam safety")),
        (source("Kirst Jen Moor"), source("Kirstjen Moor")),
        (source("Kirtsjen Moor"), source("Kirstjen Moor")),
        (source("Huntman"), source("Jon Huntsman")),
        (source("Chuck Moor", "person", "leader of the senate"), source("Al Moor", "person", "leader of the Senate")),
        (source("the Ostrel army’s Twitter account", "document"), source("Ostrel army", "government")),
        (source("Ada Moor’s office", "government"), source("Ada Moor")),
        (source("Ministry of Foreign Affairs", "government"), source("the foreign ministry", "government")),
        (unnamed("Ada Moor’s spokesman"), unnamed("Moor’s spokeswoman")),
        (source("panelists of the Sunday show", "crowd"), unnamed("panelists of the Sunday show")),
        (source("Panelists", "crowd"), source("commentators", "crowd")),
    ],
)  # fmt: skip
def test_one_party(one: Source, other: Source) -> None:
    found = traced(said("herald", one), said("post", other, hours=5))
    assert len(found.roots) == 1, names(found)
    assert found.roots[0].articles == ("herald", "post")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (source("Donald Quill"), source("Melania Quill")),
        (source("Ilva Renn"), source("Ilva Rehn")),
        (source("Chuck Moor", "person", "senator"), source("Charles Moor", "person", "senator")),
        (source("Donald Quill Jr."), source("Donald Quill")),
        (unnamed("a senior U.S. official"), unnamed("a senior Russian official")),
        (unnamed("a senior official"), unnamed("a senior official")),
        (source("foreign ministry of Ostrel", "government"), source("foreign ministry of Brennmark", "government")),
        (source("the president of Ostrel", "unnamed"), source("Ada Moor", "person", "president of Brennmark")),
        (source("Friday’s indictment", "document"), source("the report", "document")),
    ],
)  # fmt: skip
def test_two_parties(one: Source, other: Source) -> None:
    assert len(traced(said("herald", one), said("post", other, hours=5)).roots) == 2


def test_the_same_quoted_words_are_the_same_official() -> None:
    words = "He said: “It will all be over by the end of May,” and left"
    rows = (
        said("herald", unnamed("an official"), text=words),
        said("post", unnamed("a senior official"), hours=5, text=words),
    )
    found = traced(*rows)
    assert len(found.roots) == 1
    assert "told with the same words" in found.edges[1].reason


def test_the_same_description_weeks_later_is_another() -> None:
    found = traced(said("herald", OFFICIAL), said("post", OFFICIAL, hours=24 * 20))
    assert counted(found) == (2, 2)


def test_a_ministry_without_its_state_joins_no_two_states() -> None:
    bodies = ("Ostrel’s foreign ministry", "Brennmark’s foreign ministry", "the foreign ministry")
    found = traced(*(said(f"a{i}", source(name, "government"), hours=i) for i, name in enumerate(bodies)))
    assert len(found.roots) == 2


def test_those_named_together_are_a_root_each() -> None:
    found = traced(said("herald", source("Ilva Renn and Tomas Ek")), said("post", RENN, hours=3))
    assert sorted(names(found)) == ["Ilva Renn", "Tomas Ek"]
    assert found.roots[0].articles == ("herald", "post")


@pytest.mark.parametrize("name", ["Ilva Renn, —", "…, Ilva Renn", "— and Ilva Renn"])
def test_a_member_without_a_letter_is_nobody(name: str) -> None:
    assert names(traced(said("herald", source(name)))) == ["Ilva Renn"]


def test_quotation_marks_that_nothing_ends_and_long_names_of_outlets_take_no_time() -> None:
    start = monotonic()
    long = " ".join(f"w{i}" for i in range(20_000))
    found = traced(said("herald", RENN, long, text="«" * 30_000), said("post", source("Tomas Ek"), text="“" * 30_000))
    assert len(found.roots) == 2 and monotonic() - start < 5


@pytest.mark.parametrize("name", ["I", "we", "You", "all of them", "unattributed", "our report of Tuesday", "…"])
def test_what_names_nobody(name: str) -> None:
    assert traced(said("herald", source(name, "unnamed"))).roots[0].kind in ("unknown", "outlet's own")


# Parties: perhaps the same


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (unnamed("a U.S. official"), unnamed("two American officials"), "unnamed officials of the United States"),
        (unnamed("a senior administration official"), unnamed("U.S. officials"), "does not say of which government"),
        (unnamed("a person familiar with the matter"), unnamed("an official"), "neither is named"),
        (RENN, unnamed("an official of Ostrel"), "an unnamed official of Ostrel, and so is the first"),
        (RENN, unnamed("a person close to the talks"), "may be anybody who knows"),
        (source("Dmitri Pesk", "person", "Kremlin spokesman"), source("Kremlin", "government"), "may speak for it"),
        (source("Kremlin", "government"), source("Russian Foreign Ministry", "government"), "both speak for Russia"),
        (source("Friday’s banner", "document"), source("banners", "document"), "both are described alike"),
        (source("Friday’s survey", "document"), source("those details", "document"), "only pointed to"),
    ],
)  # fmt: skip
def test_perhaps_one_party(one: Source, other: Source, reason: str) -> None:
    found = traced(said("herald", one), said("post", other, hours=20))
    assert counted(found) == (1, 2)
    assert len(found.corroboration.reasons) == 1 and reason in found.corroboration.reasons[0]


def test_a_surname_that_two_have() -> None:
    found = traced(
        said("a", source("Ilva Renn")), said("b", source("Mira Renn"), hours=1), said("c", source("Renn"), hours=2)
    )
    assert counted(found) == (2, 3)
    assert "gives no first name" in found.corroboration.reasons[0]


def test_an_official_joins_no_two_persons() -> None:
    named = [source(name, "person", "minister of Ostrel") for name in ("Ilva Renn", "Tomas Ek")]
    found = traced(*(said(f"a{i}", who, hours=i) for i, who in enumerate([*named, unnamed("an official of Ostrel")])))
    assert counted(found) == (2, 3)


def test_who_may_be_anybody_joins_no_two_states() -> None:
    who = unnamed("a U.S. official"), unnamed("a Russian official"), unnamed("a person familiar with the matter")
    assert counted(traced(*(said(f"a{i}", one, hours=i) for i, one in enumerate(who)))) == (2, 3)


def test_a_service_that_says_that_it_shares_counts_with_the_other() -> None:
    service = source("Verran Intelligence Service", "government")
    rows = said("herald", OFFICIAL), said("post", service, hours=9)
    assert counted(traced(*rows)) == (2, 2)
    found = traced(*rows, post="x" * 100 + " The service has seen the same intelligence as its allies.")
    assert counted(found) == (1, 2)
    assert found.corroboration.reasons[0].endswith("its report says “same intelligence”.")


def test_what_a_service_says_that_it_shares_binds_nobody_else_in_the_article() -> None:
    service, ek = source("Verran Intelligence Service", "government"), source("Tomas Ek", "person", "envoy of Ulm")
    text = "x" * LENGTH + " It has seen the same intelligence as others. " + "y" * 300
    found = traced(said("post", service), said("post", ek, at=200), said("herald", OFFICIAL, hours=-5), post=text)
    assert counted(found) == (2, 3)
    assert found.corroboration.reasons[0].startswith("Verran Intelligence Service (post) may know it from")


@pytest.mark.parametrize(
    ("sentence", "least"),
    [
        ("The coach was briefed by the club on the transfer.", 2),
        ("The minister was briefed by U.S. intelligence on Monday.", 1),
        ("It was briefed by Ostrel. Its intelligence is good.", 2),
    ],
)
def test_who_was_briefed_shares_only_what_services_know(sentence: str, least: int) -> None:
    rows = said("herald", OFFICIAL), said("post", source("Tomas Ek", "person", "envoy of Ulm"), hours=9)
    assert counted(traced(*rows, post="x" * 90 + f". {sentence}"))[0] == least


def test_outlets_of_one_owner_that_saw_it_may_be_one() -> None:
    rows = [said(name, evidence="shown", hours=i) for i, name in enumerate(["cnbc.com", "nbcnews.com", "reuters.com"])]
    found = traced(*rows)
    assert counted(found) == (2, 3)
    assert found.corroboration.reasons == ("Cnbc.com and nbcnews.com may be one: both belong to Comcast.",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("that she saw the boats being taken off", "eyewitness"),
        ("“I was on the crane, and we have seen it all”", "eyewitness"),
        ("that he had seen the same intelligence", "on the record"),
        ("that the saw was sold", "on the record"),
    ],
)
def test_who_tells_what_they_saw_is_an_eyewitness(text: str, kind: str) -> None:
    assert traced(said("herald", source("Jorun Pell"), text=text)).roots[0].kind == kind


def test_an_outlet_that_was_read_as_a_body_is_an_outlet() -> None:
    cited = source("Belmora Today", "organisation")
    found = traced(said("one", OFFICIAL, outlet="Belmora Today"), said("two", cited, outlet="Watch", hours=2))
    assert names(found) == [OFFICIAL.name]


def test_of_several_that_name_nobody_one_sentence_is_enough() -> None:
    rows = [said(f"b{i}", hours=i) for i in range(5)]
    found = traced(said("herald", RENN), *rows)
    assert counted(found) == (1, 6)
    assert found.corroboration.reasons == (
        "B0, b1, b2 and 2 more say it without saying how they know; each may be one of the other roots.",
    )
    assert counted(traced(*rows)) == (1, 5)
    assert traced(*rows).corroboration.reasons[0].endswith("; all of these may have one root.")


# Taken back


def test_what_its_outlet_took_back_is_not_counted() -> None:
    found = traced(
        said("herald", RENN),
        said("blog", hours=1),
        said("blog2", hours=9, outlet="blog", stance="denies", corrects=True),
    )
    assert counted(found) == (1, 1)
    assert [root.withdrawn for root in found.roots] == [True, False] or [r.withdrawn for r in found.roots] == [
        False,
        True,
    ]
    assert "took it back" in found.corroboration.reasons[-1]


def test_a_source_that_another_outlet_quotes_too_stands() -> None:
    found = traced(
        said("herald", RENN),
        said("blog", RENN, hours=1),
        said("blog2", hours=9, outlet="blog", stance="denies", corrects=True),
    )
    assert not found.roots[0].withdrawn


def test_what_an_outlet_says_again_after_it_took_it_back_is_its_word_anew() -> None:
    back = said("blog2", hours=5, outlet="blog", stance="denies", corrects=True)
    found = traced(said("blog1", outlet="blog"), back, said("blog3", outlet="blog", hours=9))
    assert counted(found) == (1, 1)
    assert found.roots[0].articles == ("blog1", "blog3")
    named = traced(said("blog1", RENN, outlet="blog"), back, said("blog3", outlet="blog", hours=9))
    assert {(root.name, root.withdrawn) for root in named.roots} == {("Ilva Renn", True), ("blog", False)}


def test_what_was_taken_back_said_again_and_taken_back_again_is_not_counted() -> None:
    back = [said(f"back{i}", hours=i, outlet="blog", stance="denies", corrects=True) for i in (5, 15)]
    found = traced(said("blog1", outlet="blog"), said("blog2", outlet="blog", hours=9), *back)
    assert counted(found) == (0, 0)


def test_an_outlet_without_a_letter_takes_back_nothing_of_who_has_no_name() -> None:
    nameless = replace(said("n"), outlet=None, chain=())
    found = traced(nameless, said("b", outlet="***", hours=4, stance="denies", corrects=True))
    assert counted(found) == (1, 1)


def test_what_has_no_time_is_not_known_to_be_said_again() -> None:
    found = traced(
        said("post1", OFFICIAL, outlet="post", hours=None),
        said("post2", OFFICIAL, outlet="post", hours=700),
        said("herald", unnamed("the president of Ostrel"), hours=100, text=(words := f"“{PLAN}”")),
        said("post3", OFFICIAL, outlet="post", hours=None, text=words),
        derivations=(copied("post2", "post1"),),
    )
    assert [edge.later for edge in found.edges if edge.earlier == "post1@0-80"] == ["post2@0-80", "post3@0-80"]


def test_all_taken_back() -> None:
    found = traced(said("blog"), said("blog2", hours=9, outlet="blog", stance="denies", corrects=True))
    assert counted(found) == (0, 0)
    assert found.credibility == 5


# A charge


def test_a_charge_is_one_root_at_least_whoever_tells_of_it() -> None:
    text = "Twelve officers of Ostrel are charged with opening the gates of the dam"
    told = (
        source("Justice Ministry", "government"),
        source("a grand jury", "government"),
        source("Tomas Ek", "person", "special prosecutor"),
        source("Mira Renn"),
    )
    rows = [said(f"a{i}", who, hours=i, text=f"{text}, part {i}") for i, who in enumerate(told)]
    found = traced(*rows)
    assert counted(found) == (1, 4)
    assert all("a charge is public" in reason for reason in found.corroboration.reasons)
    assert counted(traced(*rows[:3], said("b", source("Mira Renn"), text="The gates of the dam were opened"))) == (2, 4)
    assert counted(traced(said("a", RENN, text=text), said("b", source("Tomas Ek"), text=text))) == (2, 2)


def test_a_prosecutors_name_is_the_charges_as_well() -> None:
    """Their words are no charge alone ("gates"), so that nobody is said to know it from there."""
    text = "Twelve officers of Ostrel are charged with opening the gates of the dam"
    more = "The officers opened the gates of the dam of Ostrel at night"

    def roots(*told: Source) -> tuple[int, int]:
        rows = [said(f"a{i}", who, hours=i, text=f"{text}, part {i}") for i, who in enumerate(told)]
        rows += [said(f"b{i}", who, hours=i, text=f"{more}, part {i}") for i, who in enumerate(told)]
        return counted(traced(*rows))

    ministry, ek = source("Justice Ministry", "government"), source("Tomas Ek")
    team = source("special counsel Tomas Ek's team", "organisation")
    inquiry = source("Special counsel Tomas Ek's investigation", "document")
    assert roots(ministry, ek)[0] == 2
    assert roots(ministry, ek, team)[0] == roots(ministry, ek, inquiry)[0] == 1
    assert roots(ministry, source("Ek's investigation", "document"))[0] == 2
    assert roots(ministry, source("Ada Quill"), team)[0] == 2


# Hardening


@pytest.mark.parametrize(
    ("text", "steps"),
    [("They will stage a dam failure as a pretext", ["hedge"]), ("a “pretext”", [])],
)
def test_a_fragment_is_no_surer_telling(text: str, steps: list[str]) -> None:
    before = said("npa", RENN, sure=MAY, text="They may stage a dam failure as a pretext to move")
    found = traced(before, said("post", RENN, hours=2, text=text), derivations=(copied("post", "npa", "rewrite"),))
    assert [step.lost for step in found.hardening] == steps


@pytest.mark.parametrize(("hours", "steps"), [((0, 2), 1), ((0, None), 0), ((None, None), 0), ((2, 0), 0)])
def test_between_articles_a_step_is_told_only_where_both_have_a_time(
    hours: tuple[float | None, float | None], steps: int
) -> None:
    before = said("npa", RENN, sure=MAY, hours=hours[0])
    after = said("post", RENN, hours=hours[1])
    assert len(traced(before, after, derivations=(copied("post", "npa", "rewrite"),)).hardening) == steps


# The digit


@pytest.mark.parametrize(
    ("appearances", "digit"),
    [
        ((said("a", RENN), said("b", source("Tomas Ek"), hours=1)), 2),
        ((said("a", RENN), said("b", unnamed("two Brennmark officials"), hours=1)), 2),
        ((said("a", RENN, evidence="shown"),), 2),
        ((said("a", RENN),), 3),
        ((said("a", unnamed("an official")),), 3),
        ((said("a", RENN), said("b", source("Tomas Ek"), hours=1, stance="denies")), 4),
        ((said("a"), said("b", source("Tomas Ek"), hours=1, stance="denies")), 5),
        ((said("a"), said("b", hours=1)), 6),
    ],
)  # fmt: skip
def test_the_suggested_digit(appearances: tuple[Appearance, ...], digit: int) -> None:
    found = traced(*appearances)
    assert found.credibility == digit, found.credibility_reason

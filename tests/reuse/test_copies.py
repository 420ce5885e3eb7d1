"""`copies` and `derivations`: who has what from whom."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations

import numpy as np
import pytest

from firsthand.model import Article, Derivation
from firsthand.reuse import SharedQuotation, align, copies, derivations, shared
from firsthand.reuse.candidates import A_ROUND, ROUNDS, Times, choose, room_to_tally
from firsthand.reuse.corpus import Corpus
from firsthand.reuse.index import build
from tests.reuse.invented import START, article, reworded, sentence, text

QUOTATION = "we will not leave this valley before the last of the three dams is mended and paid for in full"


def pairs(articles: Sequence[Article]) -> list[tuple[str, str]]:
    return [(one.earlier, one.later) for one in copies(articles)]


def only(articles: Sequence[Article]) -> Derivation:
    (found,) = copies(articles)
    return found


def test_nothing_and_nobody() -> None:
    assert list(copies([])) == []
    assert list(copies([article("a", text("a"))])) == []
    assert list(copies([article("a", ""), article("b", ""), article("c", "…"), article("d", "one")])) == []


def test_others_share_nothing() -> None:
    assert pairs([article(str(number), text(number), number) for number in range(30)]) == []


def test_a_verbatim_copy() -> None:
    body = text("a")
    found = only([article("late", body, 9), article("early", body, 0)])
    assert (found.earlier, found.later, found.origin) == ("early", "late", "early")
    assert (found.kind, found.direction, found.share) == ("copy", "time", 1.0)
    assert "appeared later" in found.reason
    assert [(one.earlier, one.later) for one in found.passages] == [((0, len(body) - 1), (0, len(body) - 1))]


@pytest.mark.parametrize("rate", [0.1, 0.15, 0.2, 0.25])
def test_a_rewrite(rate: float) -> None:
    body = text("a")
    found = only([article("a", body, 0), article("b", reworded(body, rate, 1), 9)])
    assert found.kind == "rewrite"
    assert found.share >= 0.9


def test_paragraphs_within_another_article() -> None:
    host, source = text("host").split("\n\n"), text("source").split("\n\n")
    body = "\n\n".join((*host[:4], *source[2:5], *host[4:]))
    found = only([article("source", "\n\n".join(source), 0), article("b", body, 9)])
    assert found.kind == "excerpt"
    (passage,) = found.passages
    assert body[slice(*passage.later)] == "\n\n".join(source[2:5])[:-1]


def test_paragraphs_of_two_articles_come_from_both() -> None:
    one, two = text("one").split("\n\n"), text("two").split("\n\n")
    articles = [article("one", "\n\n".join(one), 0), article("two", "\n\n".join(two), 1)]
    assert pairs([*articles, article("c", "\n\n".join((*one[:4], *two[4:])), 9)]) == [("one", "c"), ("two", "c")]


def test_a_chain_goes_link_by_link_and_its_origin_is_told() -> None:
    first = text("a")
    second = reworded(first, 0.08, 1)
    third = reworded(second, 0.08, 2)
    found = list(copies([article("c", third, 9), article("b", second, 5), article("a", first, 0)]))
    assert [(one.earlier, one.later, one.origin) for one in found] == [("a", "b", "a"), ("b", "c", "a")]


def test_a_word_that_a_copy_changed_tells_that_another_is_from_the_original() -> None:
    body = text("a").split(" ")
    changed = " ".join((*body[:100], "otherwise", *body[101:]))
    articles = [article("changed", changed, 5), article("a", " ".join(body), 0), article("c", " ".join(body), 9)]
    assert [(one.earlier, one.later, one.ties) for one in copies(articles)] == [("a", "changed", ()), ("a", "c", ())]


def test_a_line_of_boilerplate_in_a_copy_tells_nothing() -> None:
    body = text("a").split("\n\n")
    inside = "\n\n".join((*body[:4], "Read the Larkmoor Gazette every morning", *body[4:]))
    articles = [article("other", inside, 5), article("a", "\n\n".join(body), 0), article("c", "\n\n".join(body), 9)]
    assert [(one.earlier, one.later, one.ties) for one in copies(articles)] == [
        ("a", "other", ()),
        ("a", "c", ("other",)),
    ]


def test_wording_that_recurs_in_an_article_counts_once() -> None:
    headline = "Three dams above Larkmoor are to be mended"
    body = f"{text('a')} As was said, {headline}. {sentence('b')} And once more: {headline}."
    other = article("other headline", f"{sentence('c')}\n\n{body}", 5)
    articles = [article("a", f"{headline}\n\n{body}", 0), other, article("d", f"{headline}\n\n{body}", 9)]
    assert pairs(articles) == [("a", "other headline"), ("a", "d")]


def test_what_the_texts_cannot_tell_is_a_tie() -> None:
    first = text("a")
    found = list(copies([article("a", first, 0), article("b", first, 5), article("c", reworded(first, 0.1, 1), 9)]))
    assert [(one.earlier, one.later, one.ties) for one in found] == [("a", "b", ()), ("a", "c", ("b",))]


def test_the_same_quotation_is_no_copying() -> None:
    articles = [
        article("a", f"{text('a')} “{QUOTATION},” she told reporters. {text('b')}", 0),
        article("b", f'{text("c")} At the meeting she said: "{QUOTATION}." {text("d")}', 9),
    ]
    assert list(copies(articles)) == []
    (found,) = shared(articles)
    assert isinstance(found, SharedQuotation)
    assert {one.kind for one in found.passages} == {"quotation"}
    assert QUOTATION in articles[1].text[slice(*found.passages[0].later)] + " in full"


MENU = "Home World Letters Weather Jobs Puzzles Archive Shop Log in Subscribe " + sentence("menu") + sentence("foot")


def test_boilerplate_is_learnt_from_an_outlet_s_articles() -> None:
    articles = [article(str(n), f"{MENU}\n\n{text(n)}\n\n{MENU.lower()}", n, "Verran Post") for n in range(12)]
    assert pairs(articles) == []
    copied = article("copy", f"{MENU}\n\n{text(3)}", 99, "Verran Post")
    found = only([*articles, copied])
    assert (found.earlier, found.later) == ("3", "copy")
    assert all(MENU[-30:] not in copied.text[slice(*one.later)] for one in found.passages)


def test_a_report_that_one_outlet_printed_many_times_is_no_boilerplate() -> None:
    body = text("a")
    articles = [article("0", body, 0, "Verran Post")]
    articles += [article(str(n), reworded(body, 0.03, n), n, "Verran Post") for n in range(1, 9)]
    others = [article(f"other {n}", text(n), n, "Verran Post") for n in range(9)]
    assert {later for _, later in pairs([*articles, *others])} == {str(n) for n in range(1, 9)}


def test_a_report_that_all_print_is_no_boilerplate() -> None:
    body = text("a")
    articles = [article(str(n), reworded(body, 0.03, n), n, f"paper {n % 4}") for n in range(40)]
    assert len({one.later for one in copies(articles)}) == 39


def test_400_copies_of_a_story_lead_to_its_source() -> None:
    rng, body = random.Random(7), text("a", 36)
    articles, parents = [article("0", body, 0, "paper 0")], {}
    for n in range(1, 401):
        parent = rng.choice(articles) if rng.random() < 0.25 else articles[0]
        parents[str(n)] = parent.id
        articles.append(article(str(n), reworded(parent.text, 0.04, n), n, f"paper {n % 130}"))
    found = list(copies(rng.sample(articles, len(articles))))
    assert {one.later for one in found if one.origin == "0"} == set(parents)
    assert len(found) <= 410
    named = {one.later: {one.earlier, *one.ties} for one in found}
    assert sum(parents[later] in named[later] for later in parents) >= 0.93 * 400


def test_the_work_for_each_copy_does_not_grow_with_their_number() -> None:
    """Counted in candidates, not in seconds."""
    body = text("a")
    corpus = Corpus(article(str(n), reworded(body, 0.03, n), n) for n in range(1_000))
    index = build(corpus.texts)
    tally, common = room_to_tally(index), np.zeros(len(index.members), np.bool_)
    times = Times(corpus.least, corpus.most, len(corpus.articles))
    counts = [choose(n, index, common, times, tally) for n in range(1_000)]
    assert max(counts) <= ROUNDS * A_ROUND
    assert len(tally.others) <= 40 * np.diff(index.bounds).max()


def test_times_tell_the_direction_to_the_second_and_days_to_the_day() -> None:
    body = text("a")
    day = START.replace(hour=0, minute=0)
    assert only([article("b", body, 1 / 60), article("a", body, 0)]).earlier == "a"
    same_day = [Article("b", body, published=START), Article("a", body, published=day)]
    assert only(same_day).direction == "undetermined"
    assert (
        only([Article("b", body, published=START), Article("a", body, published=day - timedelta(days=1))]).later == "b"
    )


def test_without_times_a_credit_tells_then_what_each_holds() -> None:
    body = text("a")
    articles = [article("plain", body), article("wire", f"LARKMOOR (Agency)\n\n{body}")]
    (found,) = copies(articles, lambda one: "Agency" in one.text)
    assert (found.earlier, found.direction) == ("wire", "credit")
    found = only([article("part", "\n\n".join(body.split("\n\n")[:5])), article("whole", body)])
    assert (found.earlier, found.later, found.direction) == ("whole", "part", "containment")
    found = only([article("one", body), article("two", body)])
    assert (found.earlier, found.later, found.direction) == ("one", "two", "undetermined")


@pytest.mark.parametrize("minutes", [None, 0])
@pytest.mark.parametrize("rate", [0, 0.03])
def test_one_story_has_few_origins_though_times_do_not_tell_which(minutes: float | None, rate: float) -> None:
    body = text("a")
    found = list(copies([article(f"{n}", reworded(body, rate, n), minutes) for n in range(20)]))
    assert len({one.origin for one in found}) <= (2 if rate else 1)
    assert all(one.origin != one.later and one.direction == "undetermined" for one in found)


def test_credits_are_asked_for_only_where_times_do_not_tell() -> None:
    def asked(one: Article) -> bool:
        raise AssertionError(one.id)

    assert len(list(copies([article("a", text("a"), 0), article("b", text("a"), 1)], asked))) == 1


def test_odd_texts_among_others_do_no_harm() -> None:
    odd = ["", "word", "\ud800\udfff", "ferry " * 300_000, "漢" * 500, "e\u0301" * 400, "\u202e" * 90, "a b c d e f g"]
    articles = [article(str(at), body, at) for at, body in enumerate([*odd, *odd])]
    found = list(copies([*articles, article("x", text("x"), 90), article("y", text("x"), 91)]))
    assert ("x", "y") in [(one.earlier, one.later) for one in found]
    for one in found:
        texts = {made.id: made.text for made in articles} | {"x": text("x"), "y": text("x")}
        for passage in one.passages:
            assert 0 <= passage.earlier[0] < passage.earlier[1] <= len(texts[one.earlier])
            assert 0 <= passage.later[0] < passage.later[1] <= len(texts[one.later])


def test_the_index_finds_what_comparing_all_with_all_finds() -> None:
    rng = random.Random(3)
    articles = [article(f"o{n}", text(n), n) for n in range(25)]
    for n in range(50):
        paragraphs = reworded(rng.choice(articles[:25]).text, rng.choice((0, 0.1, 0.25)), n).split("\n\n")
        kept = paragraphs[rng.randrange(4) :] if rng.random() < 0.5 else paragraphs
        articles.append(article(f"d{n}", "\n\n".join((*kept, text(f"own {n}", 6))), 100 + n))
    naive = {
        frozenset((one.id, two.id))
        for one, two in combinations(articles, 2)
        if sum(len(a.split()) for a in (two.text[slice(*found.later)] for found in align(one.text, two.text))) >= 24
    }
    found = list(copies(articles))
    assert {one.later for one in found} == {f"d{n}" for n in range(50)}
    assert {frozenset((one.earlier, one.later)) for one in found} <= naive
    families = {frozenset((one.origin, one.later)) for one in found}
    assert families <= naive


def test_one_article_against_those_that_a_library_found() -> None:
    body = text("a")
    early, late, other = (
        article("early", body, 0),
        article("late", reworded(body, 0.1, 1), 99),
        article("o", text(1), 5),
    )
    found = derivations(article("mine", body, 9), [late, other, early])
    assert {(one.earlier, one.later) for one in found} >= {("early", "mine")}
    assert all("mine" in (one.earlier, one.later) for one in found)


def test_boilerplate_that_is_known_counts_for_nothing() -> None:
    from firsthand.reuse import sketch

    line = " ".join(sentence(f"standing {n}") for n in range(4))
    mine, other = article("a", f"{text('a')}\n\n{line}", 0), article("b", f"{text('b')}\n\n{line}", 9)
    assert len(derivations(mine, [other])) == 1
    assert derivations(mine, [other], boilerplate=frozenset(sketch(line).tolist())) == ()


def captioned(name: str, minutes: float, sentences: int) -> Article:
    caption = " ".join(sentence(f"caption {number}") for number in range(sentences))
    return article(name, f"{text(name)}\n\n{caption}\n\n{text(f'{name}, on')}", minutes)


@pytest.mark.parametrize(("sentences", "copied"), [(2, False), (3, False), (4, True)])
def test_a_caption_is_no_copying(sentences: int, copied: bool) -> None:
    """Sentences of 14 words, in one paragraph of an article of 700."""
    assert bool(list(copies([captioned("a", 0, sentences), captioned("b", 9, sentences)]))) is copied


def test_as_many_words_over_some_paragraphs_are_copying() -> None:
    few = "\n\n".join(sentence(f"line {number}") for number in range(3))
    articles = [article(name, f"{text(name)}\n\n{few}\n\n{text(f'{name}, on')}", at) for at, name in enumerate("ab")]
    assert [(one.earlier, one.later) for one in copies(articles)] == [("a", "b")]

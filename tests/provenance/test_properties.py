"""What holds of every claim, whatever the articles."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.model import Provenance
from firsthand.provenance import trace
from firsthand.share.trace_branches import Branches
from tests.provenance.made import OUTLETS, World, citing, copy_of, worlds
from tests.provenance.told import claim

FEW = settings(max_examples=40, deadline=None)
TIME = st.sampled_from([None, -200, 0, 1, 100, 700])
"""Hours from Monday's beginning to an article that is added; None: its time is not known."""
NAME = st.sampled_from(["z", "A"])
"""Its id: behind all others', or before them."""
SUPPORT = ("asserts", "reports")


def traced(world: World) -> Provenance:
    return trace(claim(world.appearances), world.derivations)


def counts(found: Provenance) -> tuple[int, int]:
    return found.corroboration.least, found.corroboration.most


@FEW
@given(worlds(), st.data(), st.booleans())
def test_a_copy_changes_no_count(world: World, data: st.DataObject, credit: bool) -> None:
    """Whatever its time says, if it has one, and wherever its id stands among the others'."""
    article = data.draw(st.sampled_from(world.articles()))
    after = traced(copy_of(world, article, credit=credit, name=data.draw(NAME), hours=data.draw(TIME)))
    before = traced(world)
    assert counts(before) == counts(after)
    assert len(before.denials) == len(after.denials)


@FEW
@given(worlds(), st.data())
def test_a_copy_rests_on_what_is_copied_whoever_prints_it(world: World, data: st.DataObject) -> None:
    """In an outlet that others cite it tells where that leads, and so may change counts; but it adds no root."""
    article, outlet = data.draw(st.sampled_from(world.articles())), data.draw(st.sampled_from((*OUTLETS, "Gum Wire")))
    after = traced(copy_of(world, article, credit=data.draw(st.booleans()), outlet=outlet))
    for root in (*after.roots, *after.denials, *after.doubts):
        assert (article in root.articles) == ("z" in root.articles)


@FEW
@given(worlds(), st.data(), st.booleans())
def test_who_only_cites_what_is_here_raises_no_count(world: World, data: st.DataObject, bare: bool) -> None:
    one = data.draw(st.sampled_from(world.appearances))
    if one.stance in SUPPORT and not one.corrects:
        before, after = (
            traced(world),
            traced(citing(world, one, bare=bare, name=data.draw(NAME), hours=data.draw(TIME))),
        )
        assert all(more <= less for more, less in zip(counts(after), counts(before), strict=True))


@FEW
@given(worlds(), st.randoms(use_true_random=False))
def test_order_changes_nothing(world: World, chance: object) -> None:
    appearances, derivations = list(world.appearances), list(world.derivations)
    chance.shuffle(appearances)  # type: ignore[attr-defined]
    chance.shuffle(derivations)  # type: ignore[attr-defined]
    found = traced(World(tuple(appearances), tuple(derivations)))
    assert replace(found, claim=claim(world.appearances)) == traced(world)


@FEW
@given(worlds())
def test_least_is_never_more_than_most_and_a_range_has_reasons(world: World) -> None:
    found = traced(world)
    least, most = counts(found)
    standing = [root for root in found.roots if not root.withdrawn]
    assert (least > 0) == (most > 0) == bool(standing)
    assert least <= most == len(standing)
    assert (least == most) or found.corroboration.reasons
    assert 1 <= found.credibility <= 6 and found.credibility_reason


@FEW
@given(worlds(), st.data())
def test_without_an_article_all_that_it_alone_supported_is_gone(world: World, data: st.DataObject) -> None:
    """But for whom a copy of it names by itself: without what it was taken from it speaks for itself."""
    article = data.draw(st.sampled_from(world.articles()))
    before, after = traced(world), traced(world.without(article))
    copies = {one.later for one in world.derivations if article in (one.earlier, one.origin, *one.ties)}
    for kind in ("roots", "denials", "doubts"):
        alone = {root.id for root in getattr(before, kind) if root.articles == (article,)}
        left = getattr(after, kind)
        assert alone.isdisjoint(root.id for root in left if copies.isdisjoint(root.articles))
        assert all(article not in root.articles for root in left)
    assert not [edge for edge in after.edges if edge.later.startswith(f"{article}@")]
    assert not [step for step in after.hardening if f"{article}@" in (step.earlier[:3], step.later[:3])]
    assert not [event for event in after.events if event.appearance.startswith(f"{article}@")]


@FEW
@given(worlds())
def test_every_appearance_leads_to_a_root_and_every_root_to_articles(world: World) -> None:
    found = traced(world)
    roots = {root.id for root in (*found.roots, *found.denials, *found.doubts)}
    above: dict[str, set[str]] = {}
    for edge in found.edges:
        above.setdefault(edge.later, set()).add(edge.earlier)
    for one in world.appearances:
        if not one.corrects:
            assert reached(one.id, above) & roots
    assert all(root.first == root.articles[0] for root in found.roots)
    assert len({root.id for root in found.roots}) == len(found.roots)


@FEW
@given(worlds())
def test_the_tree_of_a_root_has_each_of_its_articles_once(world: World) -> None:
    found = traced(world)
    for root in (*found.roots, *found.denials, *found.doubts):
        waiting, told = list(Branches(found).twigs(root)), list[str]()
        while waiting:
            twig = waiting.pop()
            told.append(twig.article)
            waiting += twig.twigs
        assert sorted(told) == sorted(root.articles)


def reached(start: str, above: dict[str, set[str]]) -> set[str]:
    """All that an appearance rests on; there are no circles, or this would not end."""
    found: set[str] = set()
    for one in above.get(start, ()):
        found |= {one} | reached(one, above)
    return found

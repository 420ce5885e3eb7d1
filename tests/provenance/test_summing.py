"""What lists show of a claim is what its trace says, whatever the claim."""

from __future__ import annotations

from hypothesis import given, settings

from firsthand.model import Claim, Provenance, Summary
from firsthand.provenance import summary, trace
from firsthand.provenance.summing import SHOWN
from tests.provenance.made import World, worlds
from tests.provenance.told import copied, said, source


def summed(world: World) -> tuple[Provenance, Summary]:
    claim = Claim("c1", world.appearances[0].text, world.appearances[0].id, world.appearances)
    found = trace(claim, world.derivations)
    return found, summary(found)


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_a_summary_says_what_the_trace_does(world: World) -> None:
    found, told = summed(world)
    articles = {article for root in found.roots for article in root.articles}
    corrected = {one.article for one in world.appearances if one.corrects}
    assert told.articles == len(articles - corrected)
    assert (told.least, told.most) == (found.corroboration.least, found.corroboration.most)
    assert [mark.name for mark in told.roots] == [root.name for root in found.roots][:SHOWN]
    assert len(told.roots) + told.others == len(found.roots)
    assert set(told.kinds) == {root.kind for root in found.roots}
    assert told.unmeasured == (set(told.kinds) == {"outlet not here"})
    assert set(told.denied_by) == {root.name for root in found.denials}
    ends = [(step.lost, step.earlier.split("@")[0], step.later.split("@")[0]) for step in found.hardening]
    between = [lost for lost, earlier, later in ends if lost == "hedge" or earlier != later]
    assert told.hardened == len(between) and told.evidence == found.evidence
    assert told.article == found.first


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_every_article_has_one_day_or_none_and_every_saying_is_of_the_claim(world: World) -> None:
    _, told = summed(world)
    dated = {one.article for one in world.appearances if one.published}
    assert sum(count for _, count in told.days) == len(dated)
    assert told.undated == len(set(world.articles()) - dated)
    assert list(told.days) == sorted(told.days)
    known = {one.id: one for one in world.appearances}
    for one in told.sayings:
        assert known[one.appearance].article == one.article
        assert 1 <= one.articles <= len(world.articles())
        assert (one.at is None) == (known[one.appearance].published is None)
        assert one.name in one.names
    assert {one.outlet for one in world.appearances} >= set(filter(None, (one.outlet for one in told.sayings)))


def test_a_source_is_told_as_root_or_as_named_on_the_way() -> None:
    first = said("a", source("Ilva Renn"), outlet="Alder Post", hours=0)
    copy = said("b", source("Ilva Renn"), outlet="Birch Times", hours=5)
    _, told = summed(World((first, copy), (copied("b", "a"),)))
    (one,) = told.sayings
    assert (one.name, one.kind, one.side, one.root, one.articles) == ("Ilva Renn", "person", "asserts", True, 2)
    assert one.outlets == ("Alder Post", "Birch Times") and one.outlet == "Alder Post"
    another = said("b", source("Tomas Ek"), outlet="Birch Times", hours=5)
    _, told = summed(World((first, another), (copied("b", "a"),)))
    assert {(one.name, one.root) for one in told.sayings} >= {("Ilva Renn", True)}

"""Claims made at random: chains, copies, officials, denials, corrections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import strategies as st

from firsthand.model import Alignment, Appearance, ChainLink, Derivation, Source
from tests.provenance.told import LENGTH, MAY, MONDAY, NOBODY, OFFICIAL, RENN, WILL, copied, said, source

OUTLETS = ("Alder Post", "Birch Times", "Cedar Tribune", "Dogwood Press Agency", "Elm Radio", "Fir Ledger")
FRESH = "Zelkova Courier"
PEOPLE: tuple[Source | None, ...] = (
    None,
    NOBODY,
    OFFICIAL,
    RENN,
    source("Renn"),
    source("Mira Renn", "person", "mayor of Sellenby"),
    source("Tomas Ek", "person", "spokesman for the Brennmark foreign ministry"),
    source("Ilva Renn and Tomas Ek"),
    source("two officials of Ostrel", "unnamed"),
    source("Ostreli officials", "unnamed"),
    source("an official", "unnamed"),
    source("a Brennmark diplomat", "unnamed"),
    source("a person familiar with the matter", "unnamed"),
    source("the president of Ostrel", "unnamed"),
    source("two residents", "unnamed"),
    source("Brennmark", "government"),
    source("Ostrel", "government"),
    source("the Ostrel defence ministry", "government"),
    source("Friday’s indictment", "document"),
    source("analysts", "crowd"),
    source("Birch Times", "outlet"),
)
TEXTS = (
    "The dam will fail",
    "“We have seen the trucks come over the border,” and more",
    "It has seen the same intelligence",
)
STANCES = ("asserts", "asserts", "asserts", "reports", "denies", "doubts")


@dataclass(frozen=True)
class World:
    """The appearances of one claim, and what its articles have from one another."""

    appearances: tuple[Appearance, ...]
    derivations: tuple[Derivation, ...]

    def articles(self) -> list[str]:
        return sorted({one.article for one in self.appearances})

    def of(self, article: str) -> list[Appearance]:
        return [one for one in self.appearances if one.article == article]

    def without(self, article: str) -> World:
        return World(
            tuple(one for one in self.appearances if one.article != article),
            tuple(one for one in self.derivations if article not in (one.earlier, one.later)),
        )


@st.composite
def _article(draw: st.DrawFn, name: str) -> list[Appearance]:
    outlet, hours = draw(st.sampled_from(OUTLETS)), draw(st.none() | st.integers(0, 240))
    return [
        said(
            name,
            draw(st.sampled_from(PEOPLE)),
            *draw(st.lists(st.sampled_from((*OUTLETS, "Gum Wire")), max_size=2, unique=True)),
            hours=hours,
            outlet=outlet,
            at=at * 2 * LENGTH,
            evidence=draw(st.sampled_from(("none", "none", "withheld", "shown", "eyewitness"))),
            sure=draw(st.sampled_from((MAY, WILL))),
            stance=draw(st.sampled_from(STANCES)),
            text=draw(st.sampled_from(TEXTS)),
            corrects=draw(st.integers(0, 9)) == 0,
        )
        for at in range(draw(st.integers(1, 3)))
    ]


@st.composite
def _derivation(draw: st.DrawFn, names: list[str]) -> Derivation:
    earlier, later = draw(st.sampled_from(names)), draw(st.sampled_from(names))
    start = draw(st.integers(0, 400))
    passages = (Alignment((start, start + 300), (start // 2, start // 2 + 300)),)
    return copied(later, earlier, draw(st.sampled_from(("copy", "rewrite", "excerpt"))), 0.6, passages=passages)


@st.composite
def worlds(draw: st.DrawFn, most: int = 8) -> World:
    """A world of a few articles; derivations may go round in circles, as bad input does."""
    names = [f"a{i}" for i in range(draw(st.integers(1, most)))]
    appearances = [one for name in names for one in draw(_article(name))]
    elsewhere = [*names, "not here"]
    return World(tuple(appearances), tuple(draw(st.lists(_derivation(elsewhere), max_size=6))))


def copy_of(
    world: World, article: str, *, credit: bool, name: str = "z", outlet: str = FRESH, hours: float | None = 1
) -> World:
    """The world with a copy of an article; `hours` after Monday began, or of a time that is not known."""
    first = world.of(article)[0].outlet or ""
    credited = first if credit and outlet != first else None
    when = None if hours is None else MONDAY + timedelta(hours=hours)
    added = tuple(replace(_republished(one, name, credited, outlet), published=when) for one in world.of(article))
    return World((*world.appearances, *added), (*world.derivations, copied(name, article)))


def citing(world: World, one: Appearance, *, bare: bool, name: str, hours: float | None) -> World:
    """The world with an article that only cites one that is there; `bare`: without whom that names."""
    when = None if hours is None else MONDAY + timedelta(hours=hours)
    added = replace(_republished(one, name, one.outlet), published=when)
    if bare:
        added = replace(added, who=NOBODY, role="attributed", chain=added.chain[:2])
    return World((*world.appearances, added), world.derivations)


def _republished(one: Appearance, article: str, credit: str | None, outlet: str = FRESH) -> Appearance:
    own = ChainLink(outlet, "outlet", "outlet")
    wire = (ChainLink(credit, "outlet", "wire credit"),) if credit else ()
    return replace(
        one,
        id=f"{article}@{one.spans[0][0]}-{one.spans[-1][1]}",
        article=article,
        outlet=outlet,
        chain=(own, *wire, *one.chain[1:]),
    )

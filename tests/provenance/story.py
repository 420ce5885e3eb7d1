"""The invented story of a dam: who reports, copies, confirms and denies it, told as appearances of one claim."""

from __future__ import annotations

from dataclasses import replace

from firsthand.model import Article, Claim, Derivation
from tests.provenance.told import MAY, MONDAY, OFFICIAL, PLAN, RENN, WILL, claim, copied, said, source

NPA = "Northern Press Agency"
HEDGED = "Brennmark may stage a dam failure as a pretext to move troops into the Ulm valley"
OWN = 100
"""Where the headlines stand, apart from what is attributed."""

SERVICE = source("Verran Intelligence Service", "government")
EK = source("Tomas Ek", "person", "spokesman of the Brennmark foreign ministry")
OFFICIALS = source("two officials of Ostrel", "unnamed")

APPEARANCES = (
    said("npa", OFFICIAL, outlet=NPA, hours=8, sure=MAY, evidence="withheld", text=HEDGED),
    said("npa", outlet=NPA, hours=8, at=OWN, sure=MAY, text=HEDGED),
    said("ledger", OFFICIAL, NPA, outlet="The Sellenby Ledger", hours=9, sure=MAY, evidence="withheld", text=HEDGED),
    said("gazette", OFFICIAL, outlet="Ulm Gazette", hours=10, sure=MAY, text=HEDGED),
    said("mirror", OFFICIAL, outlet="Karst Mirror", hours=11, sure=MAY, text=HEDGED),
    said("feed", outlet="Feedhouse", hours=12, at=OWN, sure=MAY, text=HEDGED),
    said("blog", outlet="Truth Lantern", hours=13, at=OWN, sure=WILL),
    said("blog", outlet="Truth Lantern", hours=13, sure=WILL),
    said("post", OFFICIALS, outlet="Ostrel Post", hours=32, sure=MAY),
    said("radio", RENN, outlet="Radio Ulm", hours=34, sure=WILL),
    said("courier", RENN, "Radio Ulm", outlet="Sellenby Courier", hours=36, sure=WILL),
    said("verran", SERVICE, outlet="Verran Times", hours=40, sure=MAY,
         text="which has seen the same intelligence, that Brennmark plans to stage a dam failure"),
    said("brenn", EK, outlet="Brennmark Today", hours=42, stance="denies"),
    said("echo", EK, outlet="Daily Echo", hours=43, stance="denies"),
    said("ledger2", RENN, outlet="The Sellenby Ledger", hours=50, sure=WILL, text="The denial is false: " + PLAN),
    said("valley", source("a miller in the valley", "unnamed"), outlet="Valley Voice", hours=60, evidence="eyewitness",
         text="“I saw men in Brennmark uniforms drill holes in the dam,”"),
    said("mirror2", outlet="Karst Mirror", hours=70, stance="denies", corrects=True),
)  # fmt: skip
DERIVATIONS = (
    copied("ledger", "npa", share=0.97),
    copied("gazette", "npa", share=0.99),
    copied("mirror", "npa", "rewrite", 0.8),
    copied("feed", "gazette", share=0.95),
    copied("blog", "mirror", "rewrite", 0.55),
    copied("echo", "brenn", share=0.9),
)
TITLES = {
    "npa": "Brennmark may stage dam failure, Ostrel official says",
    "blog": "Brennmark WILL blow up the dam",
    "valley": "“I saw the drills”: a miller speaks",
    "mirror2": "Correction: the dam story",
}


def story() -> Claim:
    """The claim, with its appearances in order of time."""
    return replace(claim(APPEARANCES), clearest=APPEARANCES[8].id)


def articles() -> dict[str, Article]:
    """The articles by id, as far as their titles go."""
    hours = {one.article: one for one in APPEARANCES}
    return {
        name: Article(
            name, "", title, hours[name].outlet, published=hours[name].published, url=f"https://{name}.example/1"
        )
        for name, title in TITLES.items()
    }


def derivations() -> tuple[Derivation, ...]:
    """Who copied whom."""
    return DERIVATIONS


__all__ = ["MONDAY", "articles", "derivations", "story"]

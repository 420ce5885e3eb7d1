"""A claim in which every string that an article gives tries to steer what shows it."""

from __future__ import annotations

from firsthand.model import Article, Claim, ClaimLink, Derivation, Source
from tests.provenance.told import claim, copied, said

TAGS = "</title><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
EVIL = TAGS + '\x1b[31m\u202e"\'\\n\\" -> {x};\n]\ud800'


def hostile() -> tuple[Claim, tuple[Derivation, ...], dict[str, Article]]:
    """The claim, its derivations and articles."""
    who = Source(EVIL, "unnamed", (), EVIL, EVIL)
    rows = (
        said(EVIL, who, EVIL + "1", text=EVIL),
        said("two", hours=2, outlet=EVIL + "2", text=EVIL + "!"),
        said("three", Source(EVIL + "3", "person"), hours=3, stance="denies", text=EVIL),
        said("four", who, hours=4, outlet=EVIL + "4", corrects=True, stance="denies"),
    )
    found = claim(rows)
    linked = Claim(EVIL, EVIL, found.clearest, rows, (ClaimLink(EVIL, "contradicts", EVIL),))
    known = {
        one.article: Article(one.article, EVIL, EVIL, url="javascript:window.hacked=1", origin=EVIL) for one in rows
    }
    return linked, (copied("two", EVIL, reason=EVIL),), known

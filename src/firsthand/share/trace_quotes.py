"""What an article says of a claim, in its own words, and whose word that is: so that a finding can be checked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from firsthand.model import Appearance
from firsthand.share.plain import one_line
from firsthand.share.trace_words import inside, several, shortened
from firsthand.share.wording import STANCES, certainty_words, quoted

LONGEST = 260
"""Characters of a statement that are quoted: most sentences whole."""

_ROLES = {"headline": "its headline, the outlet’s own word", "lead": "its lead, the outlet’s own word"}
_SILENT = {"outlet", "source", "inner", "link"}
"""How a link stands in a chain of which nothing is to be told: it is the article's own outlet, whose word it is, or
the address of one of both."""


def words_for(stated: Sequence[Appearance], resting: Collection[str]) -> tuple[str, str]:
    """What an article says by which it hangs on a root, in quotation marks; and whose word that is.

    `stated`: all that the article says; `resting`: the appearances that rest on the root.
    """
    chosen = telling(stated, resting)
    return quoted(shortened(chosen.text, LONGEST)), by(chosen)


def telling(stated: Sequence[Appearance], resting: Collection[str]) -> Appearance:
    """The statement by which an article hangs on a root, best told; the rest as for `words_for`.

    What it corrects goes before; then what a source says, where that is told at most length, so not in the headline;
    then its own word.
    """
    here = [one for one in stated if one.id in resting] or list(stated)
    chosen = max(here, key=lambda one: (one.role == "attributed", len(one.text)))
    return next((one for one in stated if one.corrects), chosen)


def by(one: Appearance) -> str:
    """Whose word it is, through whom, what it does to the claim, and how sure it is."""
    does = "corrected or withdrawn here" if one.corrects else _stance(one)
    sure = f"certainty: {certainty_words(one.certainty)}" if one.certainty and not does else ""
    return " · ".join(filter(None, (_whose(one), does, sure)))


def _whose(one: Appearance) -> str:
    links = [one_line(link.name) for link in one.chain if link.how not in _SILENT]
    own = inside(one.who.name) if one.who else _ROLES.get(one.role, "the outlet’s own word")
    through = [name for name in dict.fromkeys(links) if name.casefold() != own.casefold()]
    return f"{own}, through {several(through)}" if through else own


def _stance(one: Appearance) -> str:
    return {"denies": "denied", "doubts": STANCES["doubts"]}.get(one.stance, "")

"""What an article is mainly about: one of its claims."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.model import Claim

_ROLES = ("headline", "lead", "attributed")


def leads(found: Iterable[Claim]) -> dict[str, str]:
    """The id of each article's lead claim, by the article's: its headline's, else its lead's, else its first."""
    best: dict[str, tuple[tuple[int, int], str]] = {}
    for claim in found:
        for one in claim.appearances:
            place = _ROLES.index(one.role), one.spans[0][0]
            if one.article not in best or place < best[one.article][0]:
                best[one.article] = place, claim.id
    return {article: claim for article, (_, claim) in sorted(best.items())}

"""The words of a statement, as they are compared: folded, stemmed, with what each is worth."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[.,:'’-][^\W_]+)*\.?(?<=\w)|%|[$€£¥]")
"""A word with its inner marks ("U.S", "1,200", "co-operate"), per cent, or a currency's sign."""

SENTENCE = 500
"""Characters of a text whose words are kept, for a statement is asked for its words several times."""


def listed(text: str) -> tuple[str, ...]:
    """The words of a list, in order."""
    return tuple(text.split())


STOP = frozenset(
    listed(
        """a about above after again all also am an and any are as at be because been before being both but by can could
    did do does doing down during each even few for from further get got had has have having he her here hers him his
    how i if in into is it its itself just let like made make many me might more most much must my myself nor now of off
    on once one only or other our ours out over own per put quite rather said same say saying says shall she should so
    some such than that the their theirs them then there these they this those though through thus to too under until
    up upon us very via was we well were what when where which while who whom whose why will with would yes yet you
    your yours mr mrs ms dr"""
    )
)
"""Words that say nothing of what a statement is about. Negations are no such words."""

NEGATIONS = frozenset(
    listed(
        """no not never none nobody nothing neither nor without cannot n't hardly denied deny denies denying unlikely
    false untrue hoax fake refuse refused refuses fail failed fails rejected rejects"""
    )
)
"""Words that turn a statement round: counted, for two of them undo each other."""

OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in listed(
        """alive/dead rise/fall rose/fell increase/decrease increased/decreased up/down more/fewer win/lose
    won/lost guilty/innocent true/false real/fake real/hoax genuine/fake authentic/fake support/oppose supports/opposes
    accept/reject accepted/rejected confirm/deny confirmed/denied open/closed opened/closed begin/end began/ended
    start/stop started/stopped success/failure strong/weak good/bad best/worst better/worse legal/illegal safe/dangerous
    friend/enemy male/female man/woman men/women boy/girl father/mother son/daughter husband/wife brother/sister
    before/after first/last join/leave joined/left arrive/leave arrived/left higher/lower high/low possible/impossible
    likely/unlikely allow/ban allowed/banned admit/deny admitted/denied survive/die survived/died live/dead
    released/held free/jailed acquitted/convicted buy/sell bought/sold friend/foe north/south east/west left/right
    true/untrue right/wrong agree/disagree agreed/refused intact/destroyed empty/full cooperate/obstruct
    advance/retreat gain/loss profit/loss hired/fired born/died married/divorced pass/fail passed/failed"""
    )
)
"""Pairs of words of which a statement may have one where its contradiction has the other. Ours."""

_ENDINGS = ("ations", "ation", "ingly", "ments", "ment", "ness", "ings", "ing", "edly", "ies", "ied", "ed", "es", "ly")


def words(text: str) -> list[str]:
    """The words, in order, as they are printed; "n't" is split off, and possessives lose their "'s"."""
    return _found(text) if len(text) > SENTENCE else [*_kept(text)]


@lru_cache(1 << 14)
def _kept(text: str) -> tuple[str, ...]:
    return tuple(_found(text))


def _found(text: str) -> list[str]:
    return [word.removesuffix("'s") for word in WORD.findall(text.replace("’", "'").replace("n't", " n't"))]


def fold(text: str) -> str:
    """The words in small letters, one space between them: what makes two statements verbatim the same."""
    return " ".join(words(text)).lower()


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """The word in small letters without its commonest endings: the same for "cracks" and "cracked"."""
    low = word.lower().replace(".", "") if not any(c.isdigit() for c in word) else word
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            root = low[: -len(ending)]
            return root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls" else root
    low = low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low
    return low[:-1] if len(low) > 4 and low.endswith("e") else low

"""Statements of many articles -> claims. Pure: no database, no files but the scorer's own, no printing.

How it is used, with a library or without one:

    told = appearances(reading)              # tuple[Told, ...]: an article's statements; needs Reading.vectors
    groups = Groups(shelf)                   # a Shelf: in memory `Memory()`, or what the library gives (see shelf.py)
    for one in told:
        groups.add(one)                      # Node and edges are kept on the shelf; cost does not grow with the shelf
    groups.remove(appearance_id)             # one statement less
    groups.decide(Decision("same", a, b))    # by hand: "same", "apart", "clearest"; never undone by a machine
    groups.changes()                         # tuple[Change, ...] since it was asked last, for the log
    claim(shelf, claim_id)                   # the Claim, with appearances in order of time and its text
    claim(shelf, claim_id, judge)            # that with its links, for which pairs of statements are read together

**What S must store for a Shelf** (library/): of each statement (Told): appearance id, article, key, full, vector,
setting, and the Appearance itself; of each node: key, rank, head (an appearance's id), centre, claim (index on centre
and on claim); of each pair of neighbours: keys, same, contradicts, neighbour (at most `NEIGHBOURS` new a node); the
decisions; the changes as a log. `near` is a usearch index over the heads' vectors (int8, cosine).

**What comes out depends on the set of statements and decisions, not on the order of adding** (as long as `near` gives
what is near: an approximate index, or more than `NEIGHBOURS` near ones, may differ a little). Nodes are ranked:
those that can stand alone before fragments, then by time, then by id. Each node in the order of rank joins the claim
among those of higher rank that it fits best, or founds one. When something comes in between, only nodes that look to
it choose again. Only the ids of claims tell the history: a claim keeps its id while its centre stands, and hands it on
to where most of it goes.
"""

from __future__ import annotations

from firsthand.claims.assembling import claim
from firsthand.claims.files import maker
from firsthand.claims.grouping import NEIGHBOURS, Groups
from firsthand.claims.memory import Memory
from firsthand.claims.scoring import Judge
from firsthand.claims.shelf import Shelf
from firsthand.claims.statements import appearances

__all__ = ["NEIGHBOURS", "Groups", "Judge", "Memory", "Shelf", "appearances", "claim", "maker"]

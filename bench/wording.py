"""What the reader makes of the labelled contents and credits, beside the labels: the input of their scorers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bench import contents, credits
from bench.chains import as_article, made
from bench.gold import Labelled
from firsthand.attribution.certainty import certainty
from firsthand.attribution.credit import credits as credits_of
from firsthand.attribution.evidence import evidence
from firsthand.attribution.stance import stance
from firsthand.attribution.tagger import Tagger
from firsthand.attribution.tokens import tokens
from firsthand.model import STATED_AS_FACT, Certainty, Evidence, Stance

GUESS, FACT, NOTHING = Stance("asserts"), Certainty(STATED_AS_FACT, STATED_AS_FACT), Evidence("none")
Found = tuple[dict[str, Any], Stance, Certainty | None, Evidence]


def of_contents(tagger: Tagger, found: Iterable[Labelled]) -> tuple[dict[str, float], dict[str, float]]:
    """stance, denials (F1), certainty (within one step), evidence: per cent; ours, and those of a guess.

    The guess is that everybody asserts, states as fact and mentions no evidence.
    """
    rows = [row for labelled in found for row in _told(tagger, labelled)]
    return _scores(rows), _scores([(label, GUESS, FACT, NOTHING) for label, *_ in rows])


def _scores(rows: list[Found]) -> dict[str, float]:
    stances, evidences = [row[0]["stance"] for row in rows], [row[0]["evidence"] for row in rows]
    labels = [contents.certainty_of(row[0]["certainty"]) for row in rows]
    return {
        "asked": len(rows),
        "stance": contents.stance_accuracy(stances, [row[1].value for row in rows]),
        "denials": contents.denial_f1(stances, [row[1].value for row in rows]),
        "certainty": contents.certainty_within_one(labels, [row[2] for row in rows]),
        "evidence": contents.evidence_accuracy(evidences, [row[3].value for row in rows]),
    }


def _told(tagger: Tagger, labelled: Labelled) -> Iterator[Found]:
    for tagged in tagger.tag(labelled.text):
        toks, end = tokens(tagged.text, tagged.offset), tagged.offset + len(tagged.text)
        for label in labelled.labels:
            if label["cue"] and tagged.offset <= label["cue"][0][0] < end:
                attribution = made(label)
                taken = stance(tagged, toks, attribution)
                sure = certainty(tagged, toks, attribution, taken)
                yield label, taken, sure, evidence(tagged, toks, attribution)


def of_credits(found: Iterable[Labelled]) -> credits.Score:
    """How the agencies that articles credit are found."""
    labels, answers = {}, {}
    for labelled in found:
        row = labelled.labels[0]
        key = f"{labelled.set} {row['id']}"
        labels[key] = credits.Labelled(frozenset(row["agencies"]), tuple(row["spans"]))
        answers[key] = credits_of(as_article(labelled))
    return credits.score(labels, answers)

"""Attributions of our own for the tests of stance, certainty and evidence: "{s|..} {c|..} {t|..}" marks the roles."""

import re

from firsthand.attribution.tagger import Tagged
from firsthand.attribution.tokens import tokens
from firsthand.model import Attribution

ROLES = {"s": "source", "c": "cue", "t": "content"}


def marked(text):
    """The plain text and its one attribution."""
    roles, plain, stack = {"source": [], "cue": [], "content": []}, "", []
    for part in re.split(r"(\{[sct]\||\})", text):
        if re.fullmatch(r"\{[sct]\|", part):
            stack.append((ROLES[part[1]], len(plain)))
        elif part == "}":
            role, start = stack.pop()
            roles[role].append((start, len(plain)))
        else:
            plain += part
    return plain, Attribution(**{role: tuple(spans) for role, spans in roles.items()}, score=1.0)


def read(tagger, text):
    """(text, tagged stretch, tokens, attribution) of a marked text."""
    plain, attribution = marked(text)
    return plain, next(iter(tagger.tag(plain))), tokens(plain), attribution


def untagged(text):
    """The same where the encoder is not run: what looks at the words alone does not need it."""
    import numpy as np

    plain, attribution = marked(text)
    tagged = Tagged(plain, 0, None, np.empty((0, 0), np.float32), np.empty(0, np.float32), ())
    return plain, tagged, tokens(plain), attribution


def parts(text, spans):
    return " … ".join(text[start:end] for start, end in spans)

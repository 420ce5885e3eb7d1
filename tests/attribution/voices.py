"""Texts of our own for the tests of sources and chains: "[s Renn] [c said] [t that it was so]" marks the roles.

A digit tells apart the attributions of one text ("[s2 an aide]"); marks may stand within each other.
"""

import re

from firsthand.attribution.chain import chains
from firsthand.attribution.pool import Pool
from firsthand.attribution.resolve import Resolver
from firsthand.attribution.sources import source
from firsthand.attribution.tokens import tokens
from firsthand.model import Attribution

ROLES = {"s": "source", "c": "cue", "t": "content"}
_MARK = re.compile(r"(\[[sct]\d? |\])")


def marked(text):
    """The plain text and its attributions, by their digits."""
    found, plain, stack = {}, "", []
    for part in _MARK.split(text):
        if _MARK.fullmatch(part) and part != "]":
            stack.append((part[2:-1], ROLES[part[1]], len(plain)))
        elif part == "]":
            digit, role, start = stack.pop()
            found.setdefault(digit, {name: [] for name in ROLES.values()})[role].append((start, len(plain)))
        else:
            plain += part
    made = [{role: tuple(spans) for role, spans in found[digit].items()} for digit in sorted(found)]
    return plain, tuple(Attribution(**roles, score=1.0) for roles in made)


class Voices:
    """The parties of a marked text, resolved with the vectors of the shipped model."""

    def __init__(self, tagger, text):
        self.text, self.attributions = marked(text)
        self.tagged = next(iter(tagger.tag(self.text)))
        self.toks = tokens(self.text)
        self.resolver = Resolver(self.toks, self.attributions, Pool(self.tagged))
        self.numbers = self.resolver.resolve()

    @property
    def sources(self):
        return [source(self.resolver, number) for number in self.numbers]

    @property
    def names(self):
        return [found.name for found in self.sources]

    def layers(self, *own):
        return chains(self.resolver, self.attributions, self.numbers, own)

    def parts(self, spans):
        return " … ".join(self.text[start:end] for start, end in spans)

"""By which words an article names whom it means: a name, a surname alone, or a pronoun or description.

Of every five pronouns and descriptions one is taken for the wrong party, of names next to none (docs/decisions: whose
word). Across articles a name therefore outweighs a "he".
"""

from __future__ import annotations

from typing import Literal

from firsthand.model import Spans

from .words import bare_name, folded

By = Literal["name", "surname", "pointer"]
"""name: in full, or as fully as the article ever does; surname: one word of it; pointer: "he", "the president"."""

_SHE = frozenset(["she", "her", "herself"])


def naming(text: str, spans: Spans, name: str) -> By:
    """How the words at `spans` of `text` name whose fullest name is `name`; "name" where they are not known.

    "She" is as good as a name: few women are sources of one text, so that she is seldom another, and never a man.
    """
    said = set(folded(" ".join(text[start:end] for start, end in spans)))
    words = bare_name(name)
    if not said or said & _SHE:
        return "name"
    if len(words) == 1 or not {words[0], words[-1]} <= said:
        return "surname" if {words[0], words[-1]} & said else "pointer"
    return "name"

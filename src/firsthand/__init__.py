"""Firsthand reads news articles and shows who says what: whose word, through whom, how surely, on what evidence."""

from __future__ import annotations

from firsthand.errors import FirsthandError
from firsthand.model import Article, Attribution, Reading

__version__ = "0.1.0"
__all__ = ["Article", "Attribution", "FirsthandError", "Reading", "__version__", "read"]


def read(text: str) -> Reading:
    """Every attribution in the text of one news article, in reading order.

    `text` is the article itself, not a path or an address of it: nothing is opened or fetched. All offsets count
    characters of `text`, exactly as given. The model is loaded at the first call and kept.

    Each attribution has its spans (`source`, `cue`, `content`) and what was found of it: `who` its source stands for,
    the `chain` of links that it came through, `certainty`, `stance` and `evidence`, each with the spans of the words
    that decided; `firsthand.model` describes them. `reading.credits` are the wire agencies that the text credits,
    `reading.statements` what its headline and lead say in the outlet's own name.

    >>> import firsthand
    >>> reading = firsthand.read("Mayor Ilva Renn said that the bridge was shut. She denied that money was short.")
    >>> for said in reading.attributions:
    ...     words = [reading.article.text[start:end] for start, end in said.source + said.cue]
    ...     print(words, said.who.name, said.stance.value)
    ['Mayor Ilva Renn', 'said'] Ilva Renn asserts
    ['She', 'denied'] Ilva Renn denies

    Raises TypeError for anything but str. All other errors are under `firsthand.FirsthandError`: ModelError (in
    `firsthand.errors`) if the shipped model is missing or damaged.
    """
    if not isinstance(text, str):
        raise TypeError(f"firsthand.read takes the article's text as str, not {type(text).__name__}")
    from firsthand import pipeline

    return pipeline.read_text(text)

"""Firsthand reads news articles and shows who says what."""

from __future__ import annotations

from firsthand.errors import FirsthandError
from firsthand.model import Article, Attribution, Reading

__version__ = "0.1.0"
__all__ = ["Article", "Attribution", "FirsthandError", "Reading", "__version__", "read"]


def read(text: str) -> Reading:
    """Every attribution in the text of one news article, in reading order.

    All offsets count characters of `text`, exactly as given. The model is loaded at the first call and kept.

    >>> import firsthand
    >>> reading = firsthand.read("The mayor of Larkmoor said on Tuesday that the bridge would stay shut until May.")
    >>> for said in reading.attributions:
    ...     print([reading.article.text[start:end] for start, end in said.source + said.cue])
    ['The mayor of Larkmoor', 'said']

    Raises ModelError if the shipped model is missing or damaged.
    """
    from firsthand import pipeline

    return pipeline.read_text(text)

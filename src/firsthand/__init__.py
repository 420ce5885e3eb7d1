"""Firsthand reads news articles and shows who says what."""

from __future__ import annotations

from firsthand.errors import FirsthandError
from firsthand.model import Article, Attribution, Reading

__version__ = "0.1.0"
__all__ = ["Article", "Attribution", "FirsthandError", "Reading", "__version__", "read"]


def read(text: str) -> Reading:
    """Every attribution in the text of one news article, in reading order.

    `text` is the article itself, not a path or an address of it: nothing is opened or fetched. All offsets count
    characters of `text`, exactly as given. The model is loaded at the first call and kept.

    >>> import firsthand
    >>> reading = firsthand.read("The mayor of Larkmoor said on Tuesday that the bridge would stay shut until May.")
    >>> for said in reading.attributions:
    ...     print([reading.article.text[start:end] for start, end in said.source + said.cue])
    ['The mayor of Larkmoor', 'said']

    Raises TypeError for anything but str. All other errors are under `firsthand.FirsthandError`: ModelError (in
    `firsthand.errors`) if the shipped model is missing or damaged.
    """
    if not isinstance(text, str):
        raise TypeError(f"firsthand.read takes the article's text as str, not {type(text).__name__}")
    from firsthand import pipeline

    return pipeline.read_text(text)

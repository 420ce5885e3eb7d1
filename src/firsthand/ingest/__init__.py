"""Files, folders, globs, standard input and URLs -> Articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.config import Settings
from firsthand.ingest.document import Document
from firsthand.ingest.failures import failed
from firsthand.ingest.inputs import STANDARD_INPUT, opened
from firsthand.ingest.originals import Original, with_originals
from firsthand.ingest.readers import read
from firsthand.model import Article, Failure

__all__ = ["Original", "articles", "handed_in", "originals"]


def articles(inputs: Sequence[str], settings: Settings) -> Iterator[Article | Failure]:
    """The articles that the inputs hold, in order, one at a time; nothing is read before it is asked for.

    An input is a path, a folder (read with the folders in it), a glob, an http(s) URL or "-" for standard
    input. What cannot be read (a page that Firsthand itself wrote, too) is a Failure in its place, and the rest is
    read all the same.
    """
    for found in opened(inputs, settings):
        if isinstance(found, Failure):
            yield found
        else:
            yield from _articles(found, settings)


def originals(inputs: Sequence[str], settings: Settings) -> Iterator[tuple[Article, Original] | Failure]:
    """As `articles`, each with the bytes that it was read from."""
    for found in opened(inputs, settings):
        if isinstance(found, Failure):
            yield found
        else:
            yield from with_originals(found, settings)


def handed_in(document: Document, settings: Settings) -> Iterator[tuple[Article, Original] | Failure]:
    """As `originals`, of a document that somebody has opened; it is closed at the end.

    Its origin is an address, or looks like one ("upload://b3/news.csv"): a name of a file would be taken for one here.
    """
    return with_originals(document, settings)


def _articles(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    try:
        yield from read(document, settings)
    except Exception as error:  # one input must not end the reading of the others
        yield failed(document.origin, error)
    finally:
        if document.origin != STANDARD_INPUT:
            document.stream.close()

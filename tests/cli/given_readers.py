"""Runs the command line in a process of its own, with articles and a model that are given.

Called with the name of a reader below, or "none" for articles and the model as they are, and the arguments of
`firsthand`.
"""

from __future__ import annotations

import logging
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence

from firsthand import pipeline
from firsthand.cli.main import main
from firsthand.config import Settings
from firsthand.model import Article, Attribution, Failure, Marks, Reading


class Quick:
    name = "quick 1"

    def read(self, article: Article) -> Marks:
        return Marks((Attribution(((0, 3),), ((4, 8),), ((9, 11),), 0.5),))


class Slow(Quick):
    def read(self, article: Article) -> Marks:
        os.write(2, b"reading\n")
        time.sleep(60)
        return Marks(())


class Deadly(Quick):
    def read(self, article: Article) -> Marks:
        os.kill(os.getpid(), 9)
        return Marks(())


class Noisy(Quick):
    def read(self, article: Article) -> Marks:
        logging.getLogger("library").error("cannot make sense of %s", "\x1b[31m" + article.text[:9])
        warnings.warn(f"\x1b[31m{article.text[:9]} is odd", stacklevel=1)
        return Marks(())


def quick() -> Quick:
    return Quick()


def noisy() -> Noisy:
    return Noisy()


def slow() -> Slow:
    return Slow()


def deadly() -> Deadly:
    return Deadly()


READERS: dict[str, Callable[[], Quick]] = {"quick": quick, "noisy": noisy, "slow": slow, "deadly": deadly}


def give(reader: str) -> None:
    def read_all(inputs: Sequence[str], settings: Settings, refusal: pipeline.Refusal) -> Iterator[Reading | Failure]:
        articles = (Article(id=name, text="Ann said no. " * 3_000, title=name) for name in inputs)
        return pipeline.read_articles(articles, settings.processes, READERS[reader])

    pipeline.read_all = read_all  # type: ignore[assignment]


if __name__ == "__main__":
    if sys.argv[1] != "none":
        give(sys.argv[1])
    sys.exit(main(sys.argv[2:]))

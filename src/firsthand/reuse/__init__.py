"""Which articles share wording, and which has it from which. Pure: no database, no files, no printing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from firsthand.model import Article, Derivation
from firsthand.reuse.corpus import Corpus
from firsthand.reuse.findings import find_all
from firsthand.reuse.fingerprints import sketch
from firsthand.reuse.judging import Credited, SharedQuotation, judged
from firsthand.reuse.pairs import align

__all__ = ["SharedQuotation", "align", "copies", "derivations", "shared", "sketch"]


def never(_: Article) -> bool:
    """No article credits an agency."""
    return False


def shared(articles: Iterable[Article], credited: Credited = never) -> Iterator[Derivation | SharedQuotation]:
    """What the articles of a set have from one another, and which pairs share nothing but a quotation.

    An article has a Derivation for each of its direct parents, of which the wording decides; what it shares with
    others besides is theirs. Articles that print one report a thousand times give about a thousand. `credited` says
    whether an article carries a wire agency's credit; it is asked only where times do not tell which came first.
    Ids should differ: articles are told apart by their place, but named by their id. The later articles come in the
    order of their times, those without one last. At most 2**24 articles: more raise ValueError.
    """
    corpus = Corpus(articles)
    return judged(corpus, find_all(corpus), credited) if corpus.articles else iter(())


def copies(articles: Iterable[Article], credited: Credited = never) -> Iterator[Derivation]:
    """As `shared`, without the quotations."""
    return (one for one in shared(articles, credited) if isinstance(one, Derivation))


def derivations(
    article: Article,
    candidates: Sequence[Article],
    boilerplate: Collection[int] = frozenset(),
    credited: Credited = never,
) -> tuple[Derivation, ...]:
    """What `article` has from `candidates` and they from it, judged as `copies` does.

    `boilerplate` are fingerprints, as `sketch` gives them, that are known to be its outlet's boilerplate: the
    sentences they stand in count for nothing.
    """
    corpus = Corpus([article, *candidates])
    found = judged(corpus, find_all(corpus, boilerplate), credited)
    return tuple(one for one in found if isinstance(one, Derivation) and article.id in (one.earlier, one.later))

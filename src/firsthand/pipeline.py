"""The order of the steps, written once: inputs -> articles -> attributions and what stands behind them -> readings."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from firsthand.config import Settings
from firsthand.errors import FirsthandError
from firsthand.model import Article, Claim, Derivation, Failure, Marks, Provenance, Reading
from firsthand.workers import DeadWorkerError, Job, Workers, cores

if TYPE_CHECKING:
    from firsthand.claims import Judge, Memory, Shelf
    from firsthand.reuse import SharedQuotation

ENOUGH = 30_000
"""Characters of text for which starting processes pays: reading them takes longer than a process takes to start."""

PATIENCE = 1.0
"""Seconds to wait for so much text; a slower input is read here, so that its first results do not wait."""

IN_FLIGHT = 32
"""Articles per process that are read or wait to be read at one time."""

IN_FLIGHT_CHARACTERS = 32 * 2**20
"""Characters of all the articles in flight, beyond which no further article is taken in."""


class Reader(Protocol):
    """What finds attributions in an article; the shipped one is `firsthand.attribution.reader.Reader`."""

    @property
    def name(self) -> str:
        """Maker and version, for the record."""

    def read(self, article: Article) -> Marks:
        """Every attribution of `article`, in reading order, and what else it says of its sources."""


Load = Callable[[], Reader]
Refusal = Callable[[Article], str | None]
Answer = tuple[str, Marks]
Item = Article | Failure
Outcome = Reading | Failure
Underway = tuple[Article, Job[Article, Answer]] | Failure


def read_text(text: str) -> Reading:
    """The reading of one text that comes from nowhere in particular. Raises ModelError."""
    from firsthand.ingest.language import language_of
    from firsthand.ingest.records import content_id

    article = Article("", text, language=language_of(text))
    return read_article(replace(article, id=content_id(article)), _reader(shipped))


def read_article(article: Article, reader: Reader) -> Reading:
    """The reading of one article, warnings included."""
    return _reading(article, (reader.name, reader.read(article)))


def shipped() -> Reader:
    """The model that comes with Firsthand. Raises ModelError."""
    from firsthand.attribution.reader import Reader

    return Reader.load()


def with_vectors() -> Reader:
    """The model that comes with Firsthand, with sentence vectors in its readings. Raises ModelError."""
    from firsthand.attribution.reader import Reader

    return Reader.load(vectors=True)


def shipped_name() -> str:
    """The name of that model, told without loading it. Raises ModelError."""
    from importlib import resources

    from firsthand.attribution import files

    return files.name_of(files.card(resources.files("firsthand.attribution") / "model"))


def read_all(
    inputs: Sequence[str], settings: Settings, refusal: Refusal = lambda _: None, load: Load = shipped
) -> Iterator[Outcome]:
    """One outcome for each article found in `inputs`, in their order, as they become ready.

    `inputs` are paths, folders, globs, URLs or "-". `refusal` gives the cause why an article is not even to be read,
    or None. `load` is as in `read_articles`. Raises ModelError; an input that cannot be read is a Failure.
    """
    from firsthand.ingest import articles

    return read_articles((_unless(refusal, item) for item in articles(inputs, settings)), settings.processes, load)


def read_articles(items: Iterable[Item], processes: int = 0, load: Load = shipped) -> Iterator[Outcome]:
    """One outcome for each item, in order; failures are passed on.

    Little text is read in this process. From `ENOUGH` on, `processes` others read it (0: one a core); `load` is
    called once in each, and must be a function that can be imported there.
    """
    stream, processes = iter(items), processes or cores()
    while batch := _gather(stream):
        if processes > 1 and _worth_sharing(batch):
            yield from _shared(chain(batch, stream), processes, load)
        else:
            yield from (_here(item, load) for item in batch)


def copies_among(articles: Iterable[Article]) -> Iterator[Derivation | SharedQuotation]:
    """What articles have from one another, and which share nothing but a quotation. All are in memory at one time."""
    from firsthand.reuse import shared

    return shared(articles, carries_credit)


def claims_among(readings: Iterable[Reading]) -> list[Claim]:
    """The claims of articles read `with_vectors`, those that most articles carry first. All are in memory at one time.

    In which order the articles come makes no difference. Raises ModelError; ValueError where there are no vectors.
    """
    return claims_on(grouped(readings))


def grouped(readings: Iterable[Reading]) -> Memory:
    """The statements of articles read `with_vectors`, grouped; raises what `claims_among` does."""
    from firsthand import claims

    shelf = claims.Memory()
    groups = claims.Groups(shelf)
    for reading in readings:
        for told in claims.appearances(reading):
            groups.add(told)
    return shelf


def claims_on(shelf: Memory) -> list[Claim]:
    """The claims on a shelf, without links: those that most articles carry first."""
    from firsthand import claims

    return sorted((claims.claim(shelf, name) for name in shelf.claims()), key=_carried)


def linked(shelf: Shelf, name: str) -> Claim:
    """The claim of a shelf with this id and its links to others: pairs of their statements are read together.

    Raises ModelError; KeyError where there is none.
    """
    from firsthand import claims

    return claims.claim(shelf, name, judge())


@cache
def judge() -> Judge:
    """What reads two statements together, for the links of claims. Raises ModelError."""
    from importlib import resources

    from firsthand.attribution.together import Together

    return Together(resources.files("firsthand.claims") / "model").of


def lead_claims(articles: Iterable[Article]) -> dict[str, str]:
    """For each article's id that of what it is mainly about; whatever the order they come in. Raises ModelError."""
    from firsthand.claims.leads import lead_claims, written

    vector = _vectors()
    return lead_claims(written(article, vector) for article in articles)


def stances(pairs: Iterable[tuple[str, str]]) -> Sequence[str]:
    """Of each claim and headline whether the headline is for it, against it or observing. Raises ModelError."""
    from firsthand.claims.stances import Pair, stances

    return stances([Pair(*pair) for pair in pairs], _vectors())


def _vectors() -> Callable[[str, int], bytes]:
    """What makes the vector of a text's first word pieces."""
    from firsthand.attribution.tagger import Tagger
    from firsthand.attribution.vectors import Vectors

    return Vectors.load(Tagger.load().tokenizer).vector


def _carried(claim: Claim) -> tuple[int, int, str]:
    outlets = {one.outlet for one in claim.appearances}
    return -len({one.article for one in claim.appearances}), -len(outlets), claim.id


def traced(
    claims: Iterable[Claim], derivations: Iterable[Derivation], articles: Iterable[Article]
) -> Iterator[Provenance]:
    """What each claim rests on, one by one. `derivations` are what `articles` have from one another."""
    from firsthand.provenance import trace

    texts = {article.id: article.text for article in articles}
    later: defaultdict[str, list[Derivation]] = defaultdict(list)
    for one in derivations:
        later[one.later].append(one)
    for claim in claims:
        names = dict.fromkeys(one.article for one in claim.appearances)
        yield trace(claim, [one for name in names for one in later[name]], {name: texts[name] for name in names})


def carries_credit(article: Article) -> bool:
    """Whether an article credits a wire agency, or is of its own site: then it is nearer to the agency than others."""
    from firsthand.attribution.credit import credits

    return _is_agency(article.outlet or "") or bool(credits(article))


@cache
def _is_agency(outlet: str) -> bool:
    from firsthand.attribution.agencies import mentions

    return any(mentions(outlet))


def language_name(tag: str) -> str:
    """English name of a language tag, with its code: "French (fr)"."""
    code = _language(tag)
    if code == "en":  # nearly always: loading the names of the others takes longer than all else that is shown
        return "English (en)"
    from babel import Locale

    name = Locale("en").languages.get(code)
    return f"{name} ({code})" if name else f"another language ({code})"


def _language(tag: str) -> str:
    """The language alone, without script or country: "pt" of "pt-BR"."""
    return tag.replace("_", "-").split("-")[0].lower()


def _reading(article: Article, answer: Answer) -> Reading:
    model, marks = answer
    warnings = tuple(_warnings(article))
    return Reading(article, marks.attributions, model, warnings, marks.credits, marks.statements, marks.vectors)


def _warnings(article: Article) -> Iterator[str]:
    if article.language and _language(article.language) != "en":
        yield (
            f"This article seems to be written in {language_name(article.language)}; the model reads English only, "
            "so what it marks is not to be relied on."
        )


def _unless(refusal: Refusal, item: Item) -> Item:
    if isinstance(item, Article) and (cause := refusal(item)):
        return _failure(item, cause)
    return item


def _failure(article: Article, cause: str) -> Failure:
    return Failure(article.origin or article.id, cause)


@cache
def _reader(load: Load) -> Reader:
    return load()


def _answer(load: Load, article: Article) -> Answer:
    reader = _reader(load)
    return reader.name, reader.read(article)


def _gather(stream: Iterator[Item]) -> list[Item]:
    """The next items: all, or enough to share, or what came while patience lasted."""
    batch: list[Item] = []
    deadline = time.monotonic() + PATIENCE
    for item in stream:
        batch.append(item)
        if _worth_sharing(batch) or time.monotonic() > deadline:
            break
    return batch


def _worth_sharing(batch: Sequence[Item]) -> bool:
    texts = [len(item.text) for item in batch if isinstance(item, Article)]
    return len(texts) > 1 and sum(texts) >= ENOUGH


def _here(item: Item, load: Load) -> Outcome:
    return item if isinstance(item, Failure) else _outcome(item, partial(_answer, load, item))


def _shared(items: Iterable[Item], processes: int, load: Load) -> Iterator[Outcome]:
    """Read in other processes; no more than a window of articles is held at one time."""
    waiting: deque[Underway] = deque()
    with Workers(partial(_answer, load), processes) as workers:
        for item in items:
            waiting.append(item if isinstance(item, Failure) else (item, workers.submit(item)))
            while waiting and (_full(waiting, processes) or _ready(waiting[0])):
                yield _collect(waiting.popleft())
        while waiting:
            yield _collect(waiting.popleft())


def _full(waiting: Iterable[Underway], processes: int) -> bool:
    texts = [len(entry[0].text) for entry in waiting if isinstance(entry, tuple)]
    return len(texts) > IN_FLIGHT * processes or sum(texts) > IN_FLIGHT_CHARACTERS


def _ready(entry: Underway) -> bool:
    return isinstance(entry, Failure) or entry[1].done()


def _collect(entry: Underway) -> Outcome:
    return entry if isinstance(entry, Failure) else _outcome(entry[0], entry[1].result)


def _outcome(article: Article, answer: Callable[[], Answer]) -> Outcome:
    """What came of one article: in bulk, an error in reading one must not end the others."""
    try:
        return _reading(article, answer())
    except FirsthandError:
        raise
    except DeadWorkerError:
        cause = "the process that read it died, perhaps for want of memory"
    except Exception as error:
        cause = " ".join(f"it could not be read: {type(error).__name__}: {error}".split())
    return _failure(article, cause)

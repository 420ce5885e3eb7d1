"""A look at something that is watched: what is new there, and when to look again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from firsthand.config import Settings
from firsthand.errors import AnswerError, InputError
from firsthand.ingest import handed_in
from firsthand.ingest.document import from_bytes
from firsthand.ingest.fetch import Fetched, Stamp, fetch
from firsthand.ingest.listings import Entry, Listing, listing
from firsthand.library.submissions import PIECE, Item, Told
from firsthand.library.watches import Look, Watch
from firsthand.model import Failure
from firsthand.web import hosts
from firsthand.web.hosts import Hosts
from firsthand.web.refusals import cause

MOST_NEW = 50
"""Articles that one look hands in; what is more is found by the next."""

RECENT = timedelta(days=2)
"""How new an entry of a sitemap must be to be handed in by the first look: a sitemap lists years."""

OLD = timedelta(days=30)
"""What a sitemap says to be older is not handed in by later looks either: it is not news that it lists it now."""

MOST_SITEMAPS = 10
"""Sitemaps of an index that one look reads: those that changed last, else the first and the last ones."""

JITTER = 0.1
"""By what share of its time a look may come earlier or later, so that not all come at once."""

LONGEST = timedelta(days=1)
"""Until which the time between two looks grows that fail, unless the watch's own is longer."""

Unseen = Callable[[Iterable[str]], list[str]]
"""Gives those that a watch has not found before."""


def look(watch: Watch, settings: Settings, polite: Hosts, unseen: Unseen) -> Look:
    """Look at it now. What cannot be fetched or read is told in the result; nothing is raised for it."""
    try:
        polite.check(watch.address)
        found = fetch(watch.address, settings, known=Stamp(watch.etag, watch.modified))
        if found.unchanged:
            return _nothing(watch, "has not changed", found.stamp)
        return _looked(watch, found, settings, polite, unseen)
    except InputError as error:
        wait = error.wait if isinstance(error, AnswerError) else None
        return Look(watch.kind, cause(error), _later(watch, wait), failed=True)


def _looked(watch: Watch, found: Fetched, settings: Settings, polite: Hosts, unseen: Unseen) -> Look:
    listed = listing(found, settings)
    if listed.kind == "page":
        return _page(watch, found, settings, unseen)
    if listed.kind == "feed":
        entries, old = _new(listed.entries, unseen), list[Entry]()
    else:
        every = tuple(_of_index(watch, listed, settings, polite)) if listed.kind == "index" else listed.entries
        entries, old = _recent(watch, _new(every, unseen))
    items = [_item(entry, listed.outlet) for entry in entries[:MOST_NEW]]
    seen = [entry.url for entry in (*entries[:MOST_NEW], *old)]
    stamp = found.stamp if listed.kind != "index" and len(entries) <= MOST_NEW else Stamp()
    kind = "feed" if listed.kind == "feed" else "sitemap"
    return Look(kind, _told(len(entries)), _next(watch), stamp.etag, stamp.modified, seen=seen, items=items)


def _page(watch: Watch, found: Fetched, settings: Settings, unseen: Unseen) -> Look:
    """A page is new when its article has another text; what stands around that may change every time."""
    article = next(_articles(found, settings), None)
    if article is None or isinstance(article, Failure):
        raise InputError(watch.address, article.cause if article else "holds no article")
    name = f"text {sha256(article.encode('utf-8', 'replace')).hexdigest()}"
    if not unseen([name]):
        return _nothing(watch, "nothing new", found.stamp)
    parts = [found.content[start : start + PIECE] for start in range(0, len(found.content), PIECE)]
    item = Item("page", found.url, Told(None, None, found.url, None, found.content_type, found.charset), parts)
    stamp = found.stamp
    return Look("page", _told(1), _next(watch), stamp.etag, stamp.modified, seen=[name], items=[item])


def _articles(found: Fetched, settings: Settings) -> Iterator[str | Failure]:
    """The texts of what was fetched."""
    document = from_bytes(
        found.content, found.url, content_type=found.content_type, charset=found.charset, url=found.url
    )
    for one in handed_in(document, settings):
        yield one if isinstance(one, Failure) else one[0].text


def _nothing(watch: Watch, result: str, stamp: Stamp) -> Look:
    etag, modified = stamp.etag or watch.etag, stamp.modified or watch.modified
    return Look(watch.kind or "page", result, _next(watch), etag, modified)


def _new(entries: Sequence[Entry], unseen: Unseen) -> list[Entry]:
    """Those that were not found before, in their order; the first of those with one address."""
    by_url = dict[str, Entry]()
    for entry in entries:
        by_url.setdefault(entry.url, entry)
    return [by_url[url] for url in unseen(by_url)]


def _recent(watch: Watch, entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Those of a sitemap that are news, the newest first, and the others."""
    now = datetime.now(UTC)
    since = now - (OLD if watch.checked else RECENT)
    undated = now if watch.checked else since - OLD
    when = {entry.url: _zoned(entry.published) or undated for entry in entries}
    fresh = sorted(
        (entry for entry in entries if when[entry.url] >= since), key=lambda one: when[one.url], reverse=True
    )
    return fresh, [entry for entry in entries if when[entry.url] < since]


def _of_index(watch: Watch, listed: Listing, settings: Settings, polite: Hosts) -> Iterator[Entry]:
    """The entries of those sitemaps of an index that are to be read. One that cannot be is passed over."""
    for entry in _chosen(watch, listed.entries):
        time.sleep(hosts.PAUSE)
        try:
            polite.check(entry.url)
            inner = listing(fetch(entry.url, settings), settings)
        except InputError:
            continue
        if inner.kind == "sitemap":
            yield from inner.entries


def _chosen(watch: Watch, sitemaps: Sequence[Entry]) -> Sequence[Entry]:
    dated = sorted((one for one in sitemaps if one.published), key=_changed, reverse=True)
    if dated and watch.checked:  # a day's grace, for some give days, and in their own time
        dated = [one for one in dated if _changed(one) >= watch.checked - timedelta(days=1)]
    undated = [one for one in sitemaps if not one.published]
    half = MOST_SITEMAPS // 2
    ends = undated if len(undated) <= MOST_SITEMAPS else [*undated[:half], *undated[-half:]]
    return [*dated, *ends][:MOST_SITEMAPS]


def _item(entry: Entry, outlet: str | None) -> Item:
    return Item("address", entry.url, Told(title=entry.title, outlet=outlet, published=entry.published))


def _told(count: int) -> str:
    more = f", of which {MOST_NEW} were taken" if count > MOST_NEW else ""
    return "nothing new" if not count else f"{count:,} new article{'s' if count > 1 else ''}{more}"


def _next(watch: Watch) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=watch.minutes * random.uniform(1 - JITTER, 1 + JITTER))


def _later(watch: Watch, wait: float | None) -> datetime:
    """After one look more has failed: twice as long as before, and no sooner than the server asks."""
    own = timedelta(minutes=watch.minutes)
    grown = min(own * (1 << min(watch.failures + 1, 16)), max(LONGEST, own))
    return datetime.now(UTC) + max(grown * random.uniform(1, 1 + JITTER), timedelta(seconds=wait or 0))


def _changed(one: Entry) -> datetime:
    return _zoned(one.published) or datetime.min.replace(tzinfo=UTC)


def _zoned(when: datetime | None) -> datetime | None:
    return when.replace(tzinfo=UTC) if when and not when.tzinfo else when

"""Where an article credits a wire agency for its text: dateline, byline, sign-off, contribution, copyright."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from firsthand.attribution.agencies import Agency, mentions
from firsthand.attribution.bylines import byline, named
from firsthand.attribution.datelines import dateline
from firsthand.attribution.outlets import host_of
from firsthand.attribution.signoffs import Place, house_forms, signoff
from firsthand.attribution.spots import Spot
from firsthand.model import Article, Credit


def credits(article: Article) -> tuple[Credit, ...]:
    """Every place where `article` credits an agency for its text, in reading order.

    What only `article.byline` credits comes first and has no spans. Photo credits and sources of single statements
    ("told The Associated Press") are none. Nor is an agency's name on its own site, where it only says whose site it
    is (marked "@" in lexicons/agencies.txt). The time grows with the length of the text, and no faster.
    """
    places = _joined([*_named(article.text), *house_forms(article.text)])
    found = [Credit(agency.name, how, (span,)) for agency, how, span in places if not _at_home(article, agency)]
    return (*_in_byline(article, {credit.agency for credit in found}), *found)


def _named(text: str) -> Iterator[Place]:
    for mention in mentions(text):
        spot = Spot(text, mention.start, mention.end)
        if span := dateline(spot, mention):
            yield mention.agency, "dateline", span
        elif span := byline(spot, mention):
            yield mention.agency, "byline", span
        elif signed := signoff(spot, mention):
            yield mention.agency, *signed


def _joined(places: Iterable[Place]) -> list[Place]:
    """In reading order; those of one agency that overlap, as one."""
    joined: list[Place] = []
    for agency, how, (start, end) in sorted(places, key=lambda place: (place[0].name, place[2])):
        if joined and joined[-1][0] == agency and start < joined[-1][2][1]:
            _, how, (start, before) = joined.pop()
            end = max(end, before)
        joined.append((agency, how, (start, end)))
    return sorted(joined, key=lambda place: place[2])


def _in_byline(article: Article, found: set[str]) -> Iterator[Credit]:
    """What the byline field credits and the text does not."""
    field = article.byline or ""
    agencies = [mention.agency for mention in mentions(field) if named(field, mention)]
    for agency in dict.fromkeys(agencies):
        if agency.name not in found and not _at_home(article, agency):
            yield Credit(agency.name, "byline")


def _at_home(article: Article, agency: Agency) -> bool:
    if agency.house is None:
        return False
    host = host_of(article.url or "")
    return agency.house in re.findall(r"\w+", f"{article.outlet or ''} {host}".lower())

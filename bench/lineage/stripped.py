"""Helsinki articles that are mostly an agency's report and do not say so, found without Firsthand's finder."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bench.lineage.pairs import Linked
from bench.lineage.peers import runs
from bench.lineage.score import Share
from firsthand.attribution.credit import credits
from firsthand.model import Article

AGENCIES = {"Associated Press", "Reuters"}
MOSTLY, LEAST = 0.5, 80
"""Share of an article's runs of words that stand in one report, and how many these are at least: a page that shows
little more than an agency's picture is no report."""


def reports(articles: Sequence[Article]) -> dict[str, list[str]]:
    """By id of an article that credits no agency: the articles that credit one and hold most of its wording."""
    runs_of = {article.id: runs(article.text) for article in articles}
    credited = {article.id: {credit.agency for credit in credits(article)} for article in articles}
    signed = {name for name, agencies in credited.items() if agencies & AGENCIES}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for name in signed:
        for run in runs_of[name]:
            holders[run].append(name)
    return {
        name: held for name, agencies in credited.items() if not agencies and (held := _mostly(runs_of[name], holders))
    }


def _mostly(of: Iterable[str], holders: Mapping[str, list[str]]) -> list[str]:
    runs_of_it = list(of)
    common = Counter(holder for run in runs_of_it for holder in holders.get(run, ()))
    return [holder for holder, number in common.items() if number >= max(LEAST, MOSTLY * len(runs_of_it))]


def linked(reported: Mapping[str, Sequence[str]], found: Linked) -> Share:
    """Of these articles, those that are joined to one of the reports."""
    joined = [any(found.joins(name, report) for report in held) for name, held in reported.items()]
    return Share(sum(joined), len(joined))

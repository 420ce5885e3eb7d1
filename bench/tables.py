"""The results as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from bench import million, web
from bench.kinds import KINDS
from bench.lineage import tables as lineage
from bench.scores import FIGURES

Results = dict[str, Any]
FIGURES_OVERALL = (*FIGURES, "token.source", "token.cue", "token.content")
SPEED = (
    ("words per CPU-second, one process", "words per CPU-second", "{:,.0f}"),
    ("... without start-up", "words per CPU-second without start-up", "{:,.0f}"),
    ("start-up, CPU-seconds", "start-up CPU-seconds", "{:.2f}"),
    ("words per second of wall time, two processes", "wall words per second, two", "{:,.0f}"),
    ("... over words per CPU-second, one process", "two over one", "{:.2f}"),
    ("peak memory, one process, MiB", "memory", "{:,.0f}"),
    ("peak memory, two processes together, MiB", "memory, two", "{:,.0f}"),
)


def report(results: Results) -> Group:
    """All tables of one run of the bench."""
    reading = _reading(results) if "readers" in results else ()
    reuse = lineage.tables(results["reuse"]) if "reuse" in results else ()
    large = _large(results["million"]) if "million" in results else ()
    claims = _claims(results["claims"]) if "claims" in results else ()
    pages = _pages(results["web"]) if "web" in results else ()
    return Group(*reading, *reuse, *large, *claims, *pages)


def _claims(found: Results) -> Iterator[Table]:
    yield _shares("Pairs of statements, report half, F1 in per cent", found["pairs"])
    yield _shares("Lead claims of Emergent dev, B-cubed in per cent", found["leads"])


def _shares(title: str, found: dict[str, dict[str, float]]) -> Table:
    """A row a figure, a column each that was measured."""
    table = _table(title, "", *found)
    for figure in next(iter(found.values())):
        table.add_row(figure, *(f"{one.get(figure, 0):.1f}" for one in found.values()))
    return table


def _pages(found: Results) -> Iterator[Text]:
    yield Text("\nThe web page: 20,000 articles, 300,000 statements, one core, ten requests a second", style="bold")
    yield from map(Text, web.report(found))


def _large(found: Results) -> Iterator[Text]:
    yield Text("\nOne new article against a library of a million", style="bold")
    yield from map(Text, million.report(found))


def _reading(results: Results) -> Iterator[Table | Text]:
    measured = {name: result for name, result in results["readers"].items() if "failed" not in result}
    yield _heading(results)
    yield from (*_compared(measured), _starts(results), *_whose_word(results), *_failures(results))


def _compared(measured: Results) -> list[Table]:
    if not measured:
        return []
    return [_overall(measured), *(_kinds(measured, figure) for figure in FIGURES), _speed(measured)]


def _heading(results: Results) -> Text:
    machine = results["machine"]
    where = f"{machine['processor']}, Python {machine['python']}"
    return Text(f"PolNeAR dev: {results['articles']} articles, {results['words']:,} words. {where}")


def _overall(measured: Results) -> Table:
    table = _table("Overall: precision / recall / F1", "", *measured)
    for figure in FIGURES_OVERALL:
        table.add_row(figure, *(_prf(result["overall"][figure]) for result in measured.values()))
    table.add_row("gold, predicted", *(_count(result["overall"]["count"]) for result in measured.values()))
    return table


def _kinds(measured: Results, figure: str) -> Table:
    table = _table(f"{figure} by kind: precision / recall / F1", "", "gold", *measured)
    for kind in KINDS:
        of_kind = [result["kinds"][kind] for result in measured.values()]
        table.add_row(kind, str(of_kind[0]["count"]["gold"]), *(_prf_counted(scores, figure) for scores in of_kind))
    return table


def _speed(measured: Results) -> Table:
    table = _table("Speed and memory", "", *measured)
    for label, key, form in SPEED:
        table.add_row(label, *(form.format(r[key]) if key in r else "-" for r in measured.values()))
    return table


def _starts(results: Results) -> Table:
    table = _table("Cold start of firsthand, median", "", "wall seconds")
    for name, run in results["cold starts"].items():
        table.add_row(f"firsthand {name}", f"{run['wall']:.2f}" if "wall" in run else "not measured")
    return table


def _whose_word(results: Results) -> Iterator[Table | Text]:
    if "whose word" in results:
        table = _table("Whose word, on the report half of our labels: per cent", "", "firsthand", "a plain guess")
        for name, found in results["whose word"].items():
            shares = (found[reader] for reader in ("firsthand", "guess"))
            table.add_row(name, *("-" if share is None else f"{share:.1f}" for share in shares))
        yield table
        cost = results["cost"]
        yield Text(
            f"Reading takes {cost['reader']:.1f} CPU-seconds, the tagger alone {cost['tagger']:.1f}: "
            f"{cost['share']:.0f}% goes to whose word it is, through whom, how sure, on what evidence."
        )


def _failures(results: Results) -> Iterator[Text]:
    for name, result in (results["readers"] | results["cold starts"]).items():
        if "failed" in result:
            yield Text(f"{name}: not measured: {result['failed']}", style="bold")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=None, padding=(0, 3, 0, 0))
    for position, column in enumerate(columns):
        table.add_column(column, justify="right" if position else "left")
    return table


def _prf(score: dict[str, float]) -> str:
    return f"{score['p']:5.1f} / {score['r']:5.1f} / {score['f1']:5.1f}"


def _prf_counted(scores: Results, figure: str) -> str:
    """A kind that was never predicted has no precision: a dash, not a zero."""
    score = scores[figure]
    return _prf(score) if scores["count"]["predicted"] else f"    - / {score['r']:5.1f} /     -"


def _count(count: dict[str, int]) -> str:
    return f"{count['gold']}, {count['predicted']}"

"""python -m bench.readme: puts the last `make bench` into README.md and the model card, between their two marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bench.data import ROOT
from bench.kinds import KINDS
from bench.readers import OUT

Results = dict[str, Any]
_BETWEEN = re.compile(r"(?<=<!-- scores -->\n).*?(?=<!-- /scores -->)", re.DOTALL)


def main() -> None:
    """Write the block anew; the rest of each file stays."""
    results = json.loads((OUT / "results.json").read_text(encoding="utf-8"))
    for page in (ROOT / "README.md", ROOT / "src/firsthand/attribution/model/README.md"):
        page.write_text(filled(page.read_text(encoding="utf-8"), results), encoding="utf-8")


def filled(text: str, results: Results) -> str:
    """`text` with these results between its marks."""
    block = "\n".join(_lines(results)) + "\n"
    return _BETWEEN.sub(lambda _: block, text, count=1)


def _lines(results: Results) -> Iterator[str]:
    readers = {name: result for name, result in results["readers"].items() if "failed" not in result}
    yield f"F1 of attributions with content and source both right, on {results['articles']} articles of PolNeAR dev:"
    yield ""
    yield _row("", "in gold", *readers)
    yield _row("---", *["---:"] * (len(readers) + 1))
    yield _row("**all**", "", *(f"**{_f1(result['overall'])}**" for result in readers.values()))
    yield from (_kind(kind, list(readers.values())) for kind in KINDS)
    yield _row("words per CPU-second", "", *(f"{result['words per CPU-second']:,.0f}" for result in readers.values()))
    yield _row("peak memory, MiB", "", *(f"{result['memory']:,.0f}" for result in readers.values()))
    yield from _whose_word(results)
    yield ""
    yield f"Measured on {results['date'][:10]}, {results['machine']['processor']}. Model: {_model(readers)}."


def _whose_word(results: Results) -> Iterator[str]:
    if "whose word" not in results:
        return
    yield ""
    yield "Per cent right on the report half of our own labels (tests/gold), given where the attributions are:"
    yield ""
    yield _row("", "firsthand", "a plain guess")
    yield _row("---", "---:", "---:")
    for name, found in results["whose word"].items():
        yield _row(name, *(_share(found[reader]) for reader in ("firsthand", "guess")))
    yield ""
    yield f"All of this is {results['cost']['share']:.0f}% of the time that reading takes."


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _kind(kind: str, results: list[Results]) -> str:
    scores = [result["kinds"][kind] for result in results]
    shown = [_f1(score) if score["count"]["predicted"] else "-" for score in scores]
    return _row(kind, str(scores[0]["count"]["gold"]), *shown)


def _f1(scores: Results) -> str:
    return f"{scores['linked']['f1']:.1f}"


def _model(readers: Results) -> str:
    return ", ".join(name for result in readers.values() for name in result["model"]) or "none"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()

"""python -m bench.readme: puts the last `make bench` into README.md and the model card, between their marks.

Of text reuse and claims, what `python -m bench --only reuse` (or `claims`) measured since then; of media, `make media`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import media_readme
from bench.data import ROOT
from bench.kinds import KINDS
from bench.readers import OUT

Results = dict[str, Any]
_BETWEEN = "(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)"


def main() -> None:
    """Write the block anew; the rest of each file stays."""
    results = latest(OUT)
    for page in (ROOT / "README.md", ROOT / "src/firsthand/attribution/model/README.md"):
        page.write_text(filled(page.read_text(encoding="utf-8"), results), encoding="utf-8")


def latest(folder: Path) -> Results:
    """The last whole bench, with the text reuse and the claims that were measured alone if they are newer."""
    found = _read(folder / "results.json")
    for part in ("reuse", "claims", "media"):
        both = found, _read(folder / f"results-{part}.json")
        newest = max(both, key=lambda results: str(results.get("date", "") if part in results else ""))
        found |= {part: newest.get(part, {}), f"{part} measured": _measured(newest)}
    return found


def _read(path: Path) -> Results:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _measured(results: Results) -> str:
    return f"Measured on {results['date'][:10]}, {results['machine']['processor']}"


def filled(text: str, results: Results) -> str:
    """`text` with these results between its marks."""
    blocks = {"scores": _lines(results), "reuse": _reuse(results), "claims": _claims(results), "media": _media(results)}
    for name, lines in blocks.items():
        text = _block(text, name, lines)
    return text


def _block(text: str, name: str, lines: Iterator[str]) -> str:
    block = "\n".join(lines) + "\n"
    return re.sub(_BETWEEN.format(name=name), lambda _: block, text, count=1, flags=re.DOTALL)


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
    yield f"{_measured(results)}. Model: {_model(readers)}."


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


def _media(results: Results) -> Iterator[str]:
    if found := results.get("media"):
        yield from media_readme.lines(found)
        yield ""
        about = f"{found['references']} references, two cores. vPDQ: three frames alike or more."
        yield f"{results['media measured']}, {about}"


def _reuse(results: Results) -> Iterator[str]:
    found = results.get("reuse", {})
    speed = found.get("speed", {})
    finders = {"firsthand": found.get("lineage", {}), **found.get("peers", {})}
    finders = {name: result for name, result in finders.items() if "recall" in result}
    if not finders:
        return
    yield _row("pairs with their direct parent found, per cent", "pairs", *finders)
    yield _row("---", *["---:"] * (len(finders) + 1))
    for group, share in finders["firsthand"]["recall"].items():
        yield _row(group, f"{share['total']:,}", *(_percent(one["recall"].get(group)) for one in finders.values()))
    yield _row("precision", "", *(_percent(one["precision"]) for one in finders.values()))
    rates = {name: one.get("speed", {}) for name, one in found["peers"].items()}
    rates["firsthand"] = speed.get("5,000 articles", {})
    yield _row("articles per CPU-second", "", *(_rate(rates[name], "per CPU-second") for name in finders))
    alone = "per CPU-second without start-up"
    yield _row("... without start-up", "", *(_rate(rates[name], alone) for name in finders))
    yield _row("peak memory, MiB", "", *(_rate(rates[name], "memory") for name in finders))
    yield ""
    yield f"{results.get('reuse measured') or _measured(results)}, one core."


def _claims(results: Results) -> Iterator[str]:
    for title, part in (
        ("F1 on pairs of statements, report half, per cent", "pairs"),
        ("B-cubed of lead claims", "leads"),
    ):
        found = results.get("claims", {}).get(part)
        if found:
            yield _row(title, *found)
            yield _row("---", *["---:"] * len(found))
            figures = [name for name in next(iter(found.values())) if name not in ("articles", "gold", "predicted")]
            yield from (_row(name, *(_share(one[name]) for one in found.values())) for name in figures)
            yield ""
    if results.get("claims"):
        yield f"{results.get('claims measured') or _measured(results)}."


def _percent(share: Results | None) -> str:
    return _share(share["percent"] if share else None)


def _rate(run: Results, name: str) -> str:
    return f"{run[name]:,.0f}" if name in run else "-"


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

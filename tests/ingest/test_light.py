"""What ingest costs: nothing is imported that is not needed, and a large text takes little more than itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

MEASURE = """
import json, resource, sys
from firsthand.config import Settings
from firsthand.ingest import articles
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
lengths = [len(article.text) for article in articles(sys.argv[1:], Settings())]
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"lengths": lengths, "grown": grown, "modules": sorted(sys.modules)}))
"""
HEAVY = {"trafilatura", "pyarrow", "httpx", "lxml", "feedparser", "warcio", "pypdfium2", "numpy", "dateutil"}
SENTENCE = "The mayor of Tarn said on Monday that the bridge would stay closed. "


def measured(path: Path) -> dict[str, object]:
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def test_a_text_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE * 5)
    assert not HEAVY & set(measured(tmp_path / "a.txt")["modules"])  # type: ignore[call-overload]


def test_50_mb_of_text_are_read_in_bounded_memory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE * (50_000_000 // len(SENTENCE)))
    result = measured(tmp_path / "a.txt")
    assert result["lengths"] == [50_000_000 // len(SENTENCE) * len(SENTENCE)]
    assert int(str(result["grown"])) < 150 * 1024  # kilobytes on Linux

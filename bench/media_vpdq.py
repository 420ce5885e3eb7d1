"""media_vpdq.py FOLDER FILES HASHES: hashes by vPDQ's own code, once a second as by its default, for `bench.media`.

Run with the Python of .venv-oracles (tools/oracles makes it), which has vpdq and nothing of ours. FILES: paths in
FOLDER, one a line; HASHES: JSON Lines {"path", "hashes": [hex], "quality": [0 to 100]}, to which what is missing is
added.
"""

import json
import sys
from pathlib import Path

import vpdq  # type: ignore[import-not-found]


def main() -> None:
    """Hash what is missing."""
    folder, listed, target = map(Path, sys.argv[1:])
    known = {json.loads(line)["path"] for line in target.open()} if target.exists() else set()
    with target.open("a") as file:
        for path in listed.read_text().splitlines():
            if path not in known:
                made = vpdq.computeHash(str(folder / path), seconds_per_hash=1.0, thread_count=1)
                hashes, quality = [one.hex for one in made], [one.quality for one in made]
                file.write(json.dumps({"path": path, "hashes": hashes, "quality": quality}) + "\n")


if __name__ == "__main__":
    main()

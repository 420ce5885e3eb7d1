"""`python -m firsthand`."""

from __future__ import annotations

import sys

from firsthand.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

"""What claims rest on: graphs from statements to their roots. Pure: no database, no files, no printing."""

from __future__ import annotations

from firsthand.provenance.making import make
from firsthand.provenance.summing import maker, summary
from firsthand.provenance.tracing import trace

__all__ = ["make", "maker", "summary", "trace"]

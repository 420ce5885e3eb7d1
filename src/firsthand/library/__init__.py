"""The database: schema, migrations, queries; the only SQL."""

from __future__ import annotations

from firsthand.library.store import Library

__all__ = ["Library"]

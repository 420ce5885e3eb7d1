"""Alembic's way in: the connection, in its transaction, is given by `opening`."""

from __future__ import annotations

from alembic import context

import firsthand.library.schema_accounts
import firsthand.library.schema_judgements
import firsthand.library.schema_media
import firsthand.library.schema_media_checks
import firsthand.library.schema_submissions
import firsthand.library.schema_summaries  # noqa: F401 - their tables are part of the whole
from firsthand.library.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

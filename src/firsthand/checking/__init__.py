"""A media file is checked against what is claimed of it and against the archive of a library; files are added to that.

For the command line and for the web page alike: it joins the step `media`, which reads files, and the library, which
keeps them.
"""

from __future__ import annotations

from firsthand.checking.adding import Added, add, behind, catch_up
from firsthand.checking.asked import Asked, Told
from firsthand.checking.checks import check
from firsthand.checking.indexes import Indexes
from firsthand.checking.ordering import first
from firsthand.checking.said import unread

__all__ = ["Added", "Asked", "Indexes", "Told", "add", "behind", "catch_up", "check", "first", "unread"]

"""The order of the steps, written once."""

from __future__ import annotations

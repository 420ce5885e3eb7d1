"""The seeds, named here alone."""

from __future__ import annotations

DEVELOPMENT = ("larkmoor", "verran", "ostrel")
"""To tune on, as often as you like."""

REPORT = "tamsin quay"
"""To report on, and for the gate: what its articles are like must not be looked at, nor anything be tuned on them."""

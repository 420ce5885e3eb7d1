"""Seen before, looked at closely: crops, logos, blurred side bars and pictures in pictures, by points that fit.

PDQ hashes compare whole frames, and miss a frame of which a part was cut away, covered or put into another. Here single
points are compared (deep_features.py), looked up in one index of the archive (deep_index.py), and believed where many
of them fit one movement and one size (deep_fitting.py) in frames that follow one another (deep_chains.py), all over
what both pictures show (deep_weighing.py). Two takes from the same place may fit as well: so what is found is called
the same place or the same footage.
"""

from __future__ import annotations

from importlib.util import find_spec

from firsthand.media.deep_archive import Archive
from firsthand.media.deep_printing import print_of
from firsthand.media.deep_prints import DeepPrint

__all__ = ["Archive", "DeepPrint", "available", "print_of"]


def available() -> bool:
    """Whether the extra `deep` is installed: without, no print can be made; an archive can still be searched."""
    return find_spec("cv2") is not None

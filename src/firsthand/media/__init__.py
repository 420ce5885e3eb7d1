"""A media file -> Findings: what it says of itself, and where its pictures and its sound have been seen before.

The functions here read a file in a process that has little to lose (sandbox.py), and check what it answers. Each raises
MediaError, which names the file and says why: there is none, it cannot be read, it took too much of anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from firsthand.errors import LibraryError, MediaError
from firsthand.model import Credentials, Metadata, Still

if TYPE_CHECKING:
    from firsthand.media.deep import DeepPrint
    from firsthand.media.prints import PicturePrint
    from firsthand.media.sandbox import Limits
    from firsthand.media.sound import SoundPrint

__all__ = [
    "credentials_of",
    "deep_of",
    "metadata_of",
    "pictures_of",
    "size_of",
    "sound_of",
    "stills_of",
]

Result = TypeVar("Result")


def size_of(path: Path) -> int:
    """Bytes of a file that can be looked at: neither a pipe nor a device, not empty. To be asked before opening it."""
    from firsthand.media import sandbox

    return sandbox.size_of(path)


def metadata_of(path: Path) -> Metadata:
    """What the file's own record says."""
    from firsthand.media import sandbox, wire

    return _asked("metadata", path, {}, sandbox.QUICK, lambda sent: wire.record(Metadata, sent))


def credentials_of(path: Path, trust: Path | None = None) -> Credentials:
    """What C2PA says of the file. `trust`: the trust list, certificates in PEM; InputError where it cannot be read."""
    from firsthand.media import credentials, sandbox, wire

    arguments = {"anchors": None if trust is None else credentials.anchors(trust)}
    return _asked("credentials", path, arguments, sandbox.QUICK, lambda sent: wire.record(Credentials, sent))


def pictures_of(path: Path, rate: float) -> PicturePrint:
    """The hashes of its pictures, `rate` of them for a second."""
    from firsthand.media import sandbox
    from firsthand.media.prints import PicturePrint

    return _asked("pictures", path, {"rate": rate}, sandbox.LIMITS, PicturePrint.unpacked)


def sound_of(path: Path) -> SoundPrint:
    """The landmarks of its sound."""
    from firsthand.media import sandbox
    from firsthand.media.sound import SoundPrint

    return _asked("sound", path, {}, sandbox.LIMITS, SoundPrint.unpacked)


def deep_of(path: Path) -> DeepPrint:
    """What the deep stage compares; only where `deep.available()`."""
    from firsthand.media import sandbox
    from firsthand.media.deep import DeepPrint

    return _asked("deep", path, {}, sandbox.LIMITS, DeepPrint.unpacked)


def stills_of(path: Path, times: Sequence[float], height: int, mirrored: bool = False) -> tuple[Still, ...]:
    """The frames at `times` in s, `height` pixels high, as JPEG; at most one for each time."""
    from firsthand.media import sandbox, wire

    arguments = {"times": list(times), "height": height, "mirrored": mirrored}
    return _asked("stills", path, arguments, sandbox.QUICK, lambda sent: wire.stills(sent, len(times)))


def _asked(
    task: str, path: Path, arguments: Mapping[str, Any], limits: Limits, checked: Callable[[bytes], Result]
) -> Result:
    from firsthand.media import sandbox, wire

    try:
        return checked(sandbox.run(task, path, arguments, limits))
    except (wire.WireError, LibraryError) as error:
        raise MediaError(str(path), f"could not be read: {error}") from None

"""The order of the checks, written once: the file's own record, then where it was seen before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from firsthand import media as step
from firsthand.checking import contact, files, matched, said
from firsthand.checking.asked import Asked, Told, quiet
from firsthand.checking.comparing import Compared
from firsthand.checking.indexes import Indexes
from firsthand.checking.ordering import first
from firsthand.checking.tools import Tool, deep_is_there, has_none, tools
from firsthand.errors import LibraryError, MediaError
from firsthand.library import Library, media, media_files
from firsthand.model import Claimed, Credentials, Finding, KeptMedia, MediaFile, MediaReport, Metadata, Pair

ANYTHING = Asked()

Made = TypeVar("Made")


@dataclass(slots=True)
class _Work:
    """What is known so far of the file at `path`. `kept`: itself, where the archive has it; `others`: files beside it.

    `failed`: what could not be read, and why; `prints`: how many could be made.
    """

    library: Library | None
    path: Path
    file: MediaFile
    asked: Asked
    told: Told
    compared: Compared
    kept: KeptMedia | None = None
    others: int = 0
    found: list[Finding] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    prints: int = 0
    metadata: Metadata | None = None
    credentials: Credentials | None = None
    silences: tuple[tuple[float, float], ...] = ()

    def attempt(self, says: str, act: Callable[[], Made]) -> Made | None:
        """Do one thing; where it fails, that is noted, and the others go on."""
        self.told(says)
        try:
            return act()
        except MediaError as error:
            self.failed.append((says, said.why(error.cause, self.metadata)))
            return None

    @property
    def is_unread(self) -> bool:
        """Whether nothing could be read that a picture, a video or a sound has."""
        return self.metadata is None and not self.prints


def check(
    library: Library | None,
    path: Path,
    asked: Asked = ANYTHING,
    told: Told = quiet,
    indexes: Indexes | None = None,
) -> MediaReport:
    """All that can be found in a file, against what is claimed of it and against the archive of the library, if any.

    It adds nothing to the archive. What fails is a finding that says why. `indexes`: what many checks of one library
    share. Raises InputError where the file itself cannot be opened, LibraryError where the library cannot be used.
    """
    with files.local(path) as own:
        told("its bytes")
        file, before = files.described(own, asked.name or files.name_of(path)), _stamp(own)
        work = _Work(library, own, file, asked, told, Compared(indexes))
        _look_up(work)
        _read(work)
        _compare(work)
        report = _report(work)
        return report if _stamp(own) == before else replace(report, findings=(said.changed(), *report.findings))


def _stamp(path: Path) -> tuple[int, int] | None:
    """What changes when a file does; None where it is gone."""
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None


def _look_up(work: _Work) -> None:
    """Whether the archive has this very file, and how many others."""
    if work.library:
        with work.library.reading() as connection:
            work.kept = media.kept(connection, work.file.sha256)
            work.others = media.count(connection, but=work.file.sha256)
    work.found.extend(said.already(work.kept, work.asked.claimed.time))


def _read(work: _Work) -> None:
    """Its own record, held against what is claimed and against the outlet's other files; its credentials."""
    from firsthand.media import consistency, credentials

    path = work.path
    work.metadata = work.attempt("its record", lambda: step.metadata_of(path))
    if work.metadata:
        others, claims = _of_outlet(work)
        work.found.extend(consistency.findings(work.metadata, work.asked.claimed, others, claims))
    work.credentials = work.attempt("its Content Credentials", lambda: step.credentials_of(path, work.asked.trust))
    if work.credentials:
        work.found.extend(credentials.findings(work.credentials))


def _of_outlet(work: _Work) -> tuple[list[Metadata], list[Claimed]]:
    """What the outlet's other files say of themselves, and what is claimed of each of them."""
    outlet = work.asked.outlet or (work.kept.outlet if work.kept else None)
    if work.library is None or not outlet:
        return [], []
    with work.library.reading() as connection:
        found = media.of_outlet(connection, outlet, but=work.file.sha256)
    if not found and work.asked.outlet:
        work.found.append(said.unknown_outlet(work.asked.outlet))
    return [metadata for metadata, _ in found], [claimed for _, claimed in found]


def _compare(work: _Work) -> None:
    """Every way of comparing: its print, and what the archive has like it."""
    known = tools(deep=work.asked.deep)
    for tool in known:
        if not _is_without(work, tool):
            query = work.attempt(tool.says, lambda tool=tool: tool.asked(work.path))  # type: ignore[misc]
            if query is not None:
                work.prints += 1
                _search(work, tool, query)
    work.found.extend(one for tool in known for one in _nothing(work, tool))
    if work.asked.deep and not deep_is_there() and not has_none(work.metadata, "deep"):
        work.found.append(said.without_deep())
    work.found.extend(said.lacking(work.compared.lacking))


def _is_without(work: _Work, tool: Tool) -> bool:
    """Whether its record says that it has nothing for a tool, which is then said."""
    without = has_none(work.metadata, tool.kind)
    if without and tool.kind == "sound" and _is_film(work.metadata):
        work.found.extend(said.heard("none", ()))
    unread = any(says == "its pictures" for says, _ in work.failed)
    return without or (tool.kind == "deep" and unread)


def _is_film(metadata: Metadata | None) -> bool:
    """Whether it has moving pictures: nobody misses the sound of a photograph."""
    return metadata is not None and any(one.kind == "video" for one in metadata.streams)


def _search(work: _Work, tool: Tool, query: Any) -> None:
    if tool.kind == "sound":
        work.silences = tuple(query.silences)
        work.found.extend(said.heard(query.state, work.silences))
    if tool.empty(query):
        return
    if work.library is None or not work.others:
        why = "there is no library" if work.library is None else "the archive has no other file"
        work.found.extend([said.not_compared(tool, why)] if tool.kind != "deep" else [])
        return
    work.told(f"the archive, for {tool.says}")
    work.compared.search(work.library, tool, query, work.file.sha256)


def _nothing(work: _Work, tool: Tool) -> Iterator[Finding]:
    """That nothing was found of its pictures, which the deep stage may still have found, or of its sound."""
    names = work.compared.names.get(tool.kind)
    is_found = any((one.kind == "sound") == (tool.kind == "sound") for one in work.compared.matches)
    if names is None or is_found or tool.kind == "deep":
        return
    what = "sound" if tool.kind == "sound" else "pictures"
    no = f"no other file of the archive has {what}"
    yield said.not_found(tool, len(names)) if names else said.not_compared(tool, no)


def _report(work: _Work) -> MediaReport:
    references = _references(work)
    known = matched.Known(references, work.asked.claimed, frozenset(work.compared.names.get("pictures", ())))
    matches = matched.findings(work.compared.matches, known)
    left = said.left_out(len(work.compared.matches) - len(matches))
    failures = said.failures(work.failed, nothing=work.is_unread)
    about = () if work.is_unread and not _is_known(work) else work.found
    findings = first((*about, *matches, *left, *failures))
    return MediaReport(
        work.file,
        work.asked.claimed,
        datetime.now(UTC).isoformat(timespec="seconds"),
        findings,
        work.metadata,
        work.credentials,
        work.compared.count,
        tuple(references[name] for name in dict.fromkeys(_named(matches)) if name in references),
        _pairs(work, findings),
        work.silences,
    )


def _named(findings: Sequence[Finding]) -> Iterator[str]:
    return (one.match.reference for one in findings if one.match)


def _is_known(work: _Work) -> bool:
    """Whether it carries Content Credentials, or the archive has it: that is told though nothing else can be read."""
    return bool(work.kept) or (work.credentials is not None and work.credentials.state != "absent")


def _references(work: _Work) -> dict[str, KeptMedia]:
    """The archived files that match, by their SHA-256."""
    names = dict.fromkeys(one.reference for one in work.compared.matches)
    if work.library is None or not names:
        return {}
    with work.library.reading() as connection:
        return {name: kept for name in names if (kept := media.kept(connection, name))}


def _pairs(work: _Work, findings: Sequence[Finding]) -> tuple[Pair, ...]:
    """Frames for the contact sheet, of the matches that are told first."""
    matches = [one.match for one in findings if one.match]
    if work.library is None or not work.asked.stills or not matches:
        return ()
    work.told("frames for the contact sheet")
    originals = dict[str, Path]()
    for one in matches:
        with suppress(LibraryError):  # its bytes are gone: what it says stands without a frame
            originals[one.reference] = media_files.path_of(work.library.path, one.reference)
    return contact.pairs(work.path, matches, originals)

"""The fields of XMP -> the editing history, and the clips that a file was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from firsthand.model.media import Ingredient

from .dates import iso
from .texts import clean

PROJECT = "project"
"""The action of a step that is no step: the project of the editing program, by its name and folder."""

_REFERENCES = ("xmpMM:Ingredients", "xmpMM:DerivedFrom", "xmpMM:ManagedFrom")
_ATOMS = (
    "creatorAtom:uncProjectPath",
    "creatorAtom:posixProjectPath",
    "creatorAtom:fullPath",
    "creatorAtom:projectPath",
    "xmpDM:path",
)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


def of(fields: Iterable[tuple[str, str]]) -> tuple[Ingredient, ...]:
    """Clips, projects and steps, in the order of the packet; a clip that is named twice stands once, with its date."""
    rows = _rows(fields)
    kept = _pantry(rows)
    steps = [_step(path, row) for path, row in rows.items() if path.startswith("xmpMM:History")]
    clips = [clip for path, row in rows.items() if _last(path) in _REFERENCES for clip in _clip(path, row, kept)]
    named = {clip.name for clip in clips}
    stored = [clip for path, row in rows.items() for clip in _stored(path, row) if clip.name not in named]
    projects = [one for path, row in rows.items() for one in _projects(path, row)]
    return tuple(dict.fromkeys([*_once(clips), *_once(stored), *projects, *steps]))


def split_path(path: str) -> tuple[str, str | None]:
    r"""The name and the folder of a path of Windows ("C:\\a\\b.mp4"), of others ("/a/b.mp4"), or of an address."""
    path = clean(path.removeprefix("\\\\?\\"), 1000)
    if re.match(r"[a-z][a-z0-9+.-]+://", path, re.IGNORECASE):
        path = unquote(path).removeprefix("file://")
    # Only where it is a path of Windows is "\" no letter of a name.
    mark = "\\" if _DRIVE.match(path) and "\\" in path else "/"
    if mark == "/" and "/" not in path and "\\" in path:
        mark = "\\"
    folder, found, name = path.rstrip(mark).rpartition(mark)
    return clean(name), clean(folder + mark) if found else None


def _rows(fields: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """The fields by the structure that they stand in, in the order of the packet."""
    rows: dict[str, dict[str, str]] = {}
    for path, value in fields:
        parent, _, name = path.rpartition("/")
        rows.setdefault(parent, {}).setdefault(name, value)
    return rows


def _last(path: str) -> str:
    """The field that a structure is of, without its number in the list."""
    return path.rpartition("/")[2].partition("[")[0]


def _pantry(rows: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """What is stored of the source clips (xmpMM:Pantry), by each of their identifiers."""
    stored = [row for path, row in rows.items() if _last(path) == "xmpMM:Pantry"]
    names = ("xmpMM:InstanceID", "xmpMM:DocumentID", "xmpMM:OriginalDocumentID")
    return {row[name]: row for row in stored for name in names if name in row}


def _step(path: str, row: Mapping[str, str]) -> Ingredient:
    detail = row.get("stEvt:parameters") or row.get("stEvt:changed")
    action = " ".join(part for part in (row.get("stEvt:action"), f"({detail})" if detail else None) if part)
    return Ingredient(
        "step",
        f"XMP {path}",
        action=clean(action, 200) or None,
        at=iso(row.get("stEvt:when", "")),
        software=clean(row.get("stEvt:softwareAgent", ""), 200) or None,
    )


def _clip(path: str, row: Mapping[str, str], kept: Mapping[str, Mapping[str, str]]) -> Iterator[Ingredient]:
    identifiers = [row.get(f"stRef:{name}", "") for name in ("instanceID", "documentID", "originalDocumentID")]
    stored = next((kept[one] for one in identifiers if one in kept), {})
    told = row.get("stRef:filePath") or row.get("stRef:alternatePaths") or stored.get("dc:title") or ""
    name, folder = split_path(told)
    at = next((iso(value) for value in (_date(stored), row.get("stRef:lastModifyDate", "")) if iso(value)), None)
    if name or at:
        software = clean(stored.get("xmp:CreatorTool", ""), 200) or None
        yield Ingredient("clip", f"XMP {path}", name or None, folder, at=at, software=software)


def _stored(path: str, row: Mapping[str, str]) -> Iterator[Ingredient]:
    """A source clip that only the pantry names."""
    told = row.get("xmpMM:PreservedFileName") or row.get("dc:title") or row.get("xmpDM:shotName")
    if _last(path) == "xmpMM:Pantry" and told:
        name, folder = split_path(told)
        yield Ingredient("clip", f"XMP {path}", name, folder, at=iso(_date(row)), software=row.get("xmp:CreatorTool"))


def _date(row: Mapping[str, str]) -> str:
    return row.get("xmp:CreateDate") or row.get("photoshop:DateCreated") or row.get("xmpDM:shotDate") or ""


def _projects(path: str, row: Mapping[str, str]) -> Iterator[Ingredient]:
    """The project of the editing program, with the folder that it lay in: it names a machine and often its user."""
    for field in _ATOMS:
        if value := row.get(field):
            name, folder = split_path(value)
            where = f"XMP {path}/{field}" if path else f"XMP {field}"
            yield Ingredient("step", where, name, folder, action=PROJECT)


def _once(clips: Sequence[Ingredient]) -> Iterator[Ingredient]:
    """Of clips of one name and folder the first that has a date, else the first."""
    best: dict[tuple[str | None, str | None], Ingredient] = {}
    for clip in clips:
        key = clip.name, clip.folder
        if key not in best or (best[key].at is None and clip.at is not None):
            best[key] = clip
    yield from best.values()

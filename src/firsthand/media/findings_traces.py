"""Traces of programs and of cameras, and what they say together of a file's way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from firsthand.model.media import Finding, Metadata

from .stating import listed, stated, unmeasured
from .traces import Known, Role, known


@dataclass(frozen=True, slots=True)
class Trace:
    """A name that stands in the file, where, and what is known of it."""

    name: str
    where: str
    known: Known | None


def of(metadata: Metadata) -> Iterator[Finding]:
    """What the traces say: re-muxed or encoded anew, and by whom."""
    traces = list(_traces(metadata))
    if not traces and not metadata.device:
        yield unmeasured("traces", "No program and no camera left its name in the file, or the names were stripped")
        return
    cameras, later = _in_role(traces, "camera"), _in_role(traces, "converter", "site", "editor")
    yield from _remuxed(metadata, cameras, later)
    yield from _saved_anew(metadata, later)
    yield from _encoded_anew(metadata, cameras, traces)
    yield from _sites(traces)
    yield from _names(metadata, traces)


def _in_role(traces: list[Trace], *roles: Role) -> list[Trace]:
    return [one for one in traces if one.known and one.known.role in roles]


def _names(metadata: Metadata, traces: list[Trace]) -> Iterator[Finding]:
    """All names, for the record."""
    if traces:
        says = f"Names that programs and cameras left: {listed((one.name for one in traces), 6)}"
        yield stated("traces", "plain", says, traces[0].where, map(_fact, traces[:40]))
    if metadata.device:
        says = f"The camera, as the file has it: {metadata.device}"
        yield stated("traces", "plain", says, "", [("device", metadata.device)])


def _traces(metadata: Metadata) -> Iterator[Trace]:
    for name, where in metadata.software:
        yield Trace(name, where, known(name))
    told = {name for name, _ in metadata.software}
    for number, stream in enumerate(metadata.streams, 1):
        for text, field in ((stream.handler, "handler"), (stream.encoder, "encoder")):
            if text and text not in told:
                told.add(text)
                yield Trace(text, f"stream {number} {field}", known(text))


def _remuxed(metadata: Metadata, cameras: list[Trace], later: list[Trace]) -> Iterator[Finding]:
    """A camera's trace beside that of a program which writes files from others."""
    if not later or not (cameras or (metadata.device and metadata.duration)):
        return
    camera = f"“{cameras[0].name}” of {_who(cameras[0])}" if cameras else f"the camera {metadata.device}"
    last = f"“{later[0].name}” of {_who(later[0])}"
    says = f"Written anew after it was recorded (re-muxed, or encoded again): {camera} stands beside {last}"
    yield stated("traces", "notable", says, later[0].where, map(_fact, [*cameras, *later]))


def _saved_anew(metadata: Metadata, later: list[Trace]) -> Iterator[Finding]:
    """A picture that a program saved after the camera."""
    editors = _in_role(later, "editor")
    if editors and not metadata.duration:
        camera = f" after it was taken with {metadata.device}" if metadata.device else ""
        says = f"Saved with “{editors[0].name}”, {_who(editors[0])},{camera}".rstrip(",")
        yield stated("traces", "notable", says, editors[0].where, map(_fact, editors))


def _encoded_anew(metadata: Metadata, cameras: list[Trace], traces: list[Trace]) -> Iterator[Finding]:
    """An encoder that no camera has, in a file that names one."""
    encoders = [one for one in traces if one.known and one.known.who in ("x264", "x265")]
    if encoders and (cameras or metadata.device):
        camera = metadata.device or next(map(_who, cameras))
        says = f"Encoded anew: {camera} is named, but {encoders[0].name}, an encoder of computers, made the pictures"
        yield stated("traces", "notable", says, encoders[0].where, map(_fact, [*encoders, *cameras]))


def _sites(traces: list[Trace]) -> Iterator[Finding]:
    if sites := _in_role(traces, "site"):
        says = f"It has been through {listed(_who(one) for one in sites)}: “{sites[0].name}”"
        yield stated("traces", "notable", says, sites[0].where, map(_fact, sites))


def _who(one: Trace) -> str:
    return one.known.who if one.known else one.name


def _fact(one: Trace) -> tuple[str, str]:
    note = f": {one.known.who}, {one.known.role} (known from {one.known.source})" if one.known else ""
    return one.where, f"{one.name}{note}"

"""What checks say that are neither of the file's record nor of a match: what could not be looked at, and the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from firsthand.checking.matched import was_here
from firsthand.checking.tools import Tool
from firsthand.media.movies import NO_INDEX
from firsthand.model import Check, Finding, KeptMedia, MediaReport, Metadata
from firsthand.share.media_words import is_unread, stretch

MAKER = "checking 1"

UNKNOWN = "not a media file that is known here"
"""What the decoder says of any file that it cannot make out."""

INDEXLESS = "could not be read: there is no index that says where they are in the file"


def failures(failed: Sequence[tuple[str, str]], *, nothing: bool) -> tuple[Finding, ...]:
    """What could not be read, and why: a finding for each cause, or one where nothing could be read at all."""
    if nothing and failed:
        why = failed[0][1]
        return (Finding("reading", "unmeasured", _sentence("The file", why), MAKER, facts=tuple(failed)),)
    causes = dict.fromkeys(why for _, why in failed)
    return tuple(_unread([says for says, its in failed if its == why], why) for why in causes)


def why(cause: str, metadata: Metadata | None) -> str:
    """Why something could not be read; of a file whose record lacks its index, that, which the decoder does not say."""
    remarks = metadata.remarks if metadata else ()
    lost = any(one.startswith(NO_INDEX) for one in remarks)
    return INDEXLESS if lost and cause.endswith(UNKNOWN) else cause


def unread(report: MediaReport) -> str | None:
    """Why nothing could be read of a file at all; None where anything could."""
    causes = [one.facts[0][1] for one in report.findings if one.standing == "unmeasured" and one.facts]
    return causes[0] if causes and is_unread(report) else None


def changed() -> Finding:
    """That the file did not stay as it was."""
    return Finding("reading", "notable", "The file was changed while it was checked: check it again", MAKER)


def already(kept: KeptMedia | None, claimed: str | None) -> tuple[Finding, ...]:
    """That the archive has this very file."""
    if kept is None:
        return ()
    before = was_here(kept, claimed)
    says = f"The archive has this very file: it was added on {kept.added[:10]} by {kept.who}, as “{kept.file.name}”"
    more = f", which is before the claimed time ({claimed})" if before else ""
    told = (("added", kept.added), ("who", kept.who), ("outlet", kept.outlet), ("origin", kept.origin))
    facts = tuple((name, value) for name, value in told if value)
    return (Finding("archive", "at odds" if before else "notable", f"{says}{more}", MAKER, facts=facts),)


def unknown_outlet(outlet: str) -> Finding:
    """That there is nothing of an outlet to compare with: its name may be spelt otherwise in the archive."""
    says = f"The archive has no other file of “{outlet}”: what is usual there was not compared"
    return Finding("baseline", "unmeasured", says, MAKER)


def not_compared(tool: Tool, why: str) -> Finding:
    """That what a tool looks at was not compared, and why."""
    return Finding(check_of(tool), "unmeasured", f"{_capital(tool.says)} could not be compared: {why}", MAKER)


def not_found(tool: Tool, compared: int) -> Finding:
    """That a tool compared, and found nothing."""
    files = counted(compared)
    what = "None of its sound was heard before" if tool.kind == "sound" else "None of its pictures was seen before"
    return Finding(check_of(tool), "plain", f"{what}, in {files} of the archive", MAKER)


def left_out(count: int) -> Iterator[Finding]:
    """That there are more matches than a report has."""
    if count > 0:
        says = f"{count:,} more stretches match files of the archive: those that tell least are left out here"
        yield Finding("pictures", "plain", says, MAKER)


def lacking(counts: Mapping[str, int]) -> Iterator[Finding]:
    """How many files of the archive could not be compared with, by what was to be compared."""
    most = max(counts.values(), default=0)
    if most:
        facts = tuple((says, f"not compared with {count:,}") for says, count in counts.items() if count)
        says = f"It was not compared with {counted(most)} of the archive, of which the prints are still to be made"
        yield Finding("pictures", "unmeasured", says, MAKER, facts=facts)


def heard(state: str, silences: Sequence[tuple[float, float]]) -> Iterator[Finding]:
    """Of its sound: that there is none, that there is nothing to be heard, or where there is not."""
    if state == "none":
        yield Finding("sound", "unmeasured", "It has no sound", MAKER)
    elif state == "silent":
        yield Finding("sound", "notable", "It has a sound track, and all of it is silence", MAKER)
    elif silences:
        where = ", ".join(stretch(start, end) for start, end in silences[:3])
        more = f" and {len(silences) - 3:,} more" if len(silences) > 3 else ""
        yield Finding("sound", "plain", f"Its sound is silence from {where}{more}", MAKER)


def without_deep() -> Finding:
    """That the deep stage is not installed."""
    why = "the extra `deep` of Firsthand is not installed"
    return Finding("pictures", "unmeasured", f"Crops, logos and pictures in pictures were not looked for: {why}", MAKER)


def check_of(tool: Tool) -> Check:
    """Of which check the findings of a tool are."""
    return "sound" if tool.kind == "sound" else "pictures"


def counted(files: int) -> str:
    """How many files, in words."""
    return f"{files:,} file{'' if files == 1 else 's'}"


def _unread(what: Sequence[str], why: str) -> Finding:
    *most, last = what
    said = f"{', '.join(most)} and {last}" if most else last
    return Finding("reading", "unmeasured", _sentence(_capital(said), why), MAKER)


def _sentence(what: str, why: str) -> str:
    said = why if why.startswith("could not be read") else f"could not be read: {why}"
    return f"{what} {said}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What each field with a date normally means, and how far it can be relied on.

From ISO/IEC 14496-12 (8.2.2, 8.3.2, 8.4.2), Apple's QuickTime File Format, CIPA DC-008 (Exif 2.32), Adobe's XMP
Specification parts 1 to 3, IPTC IIM 4.2, EBU Tech 3285, RFC 9559 (Matroska), id3.org and the documentation of ExifTool.
"""

from __future__ import annotations

HEADERS = ("moov/mvhd", "tkhd", "mdhd")
"""The header fields of MP4 that are UTC by the standard, and local time in the files of some cameras."""

_HEADER = (
    "seconds since 1904, UTC by the standard, though some cameras write local time; a phone sets it when a recording "
    "begins or ends, an editor or a converter when it writes the file"
)
_MEANINGS = (
    ("quicktime.creationdate", "when the recording began, local time with its zone, as Apple's cameras write it"),
    ("EXIF DateTimeOriginal", "when the picture was taken, by the camera's clock"),
    ("EXIF DateTimeDigitized", "when the picture was stored as a file: for a camera, when it was taken"),
    ("EXIF DateTime", "when the file was last changed, by the camera or by the program that saved it"),
    ("GPS", "the time of the last satellite fix, UTC; it does not depend on the camera's clock"),
    ("mvhd", _HEADER),
    ("tkhd", _HEADER),
    ("mdhd", _HEADER),
    ("hdlr", "when the site that made this version of the clip made it"),
    ("©day", "when the content was made, as a person, a camera or a program gave it"),
    ("prft", "the clock of the encoder when it took in a frame of a live stream"),
    ("stEvt:when", "when a program did this step"),
    ("xmpMM:Pantry", "a date of one of the files that this one was made from"),
    ("xmp:CreateDate", "when the original was made; an editor writes when the project or the export was begun"),
    ("xmp:ModifyDate", "when a program last changed the file"),
    ("xmp:MetadataDate", "when a program last changed what the file says of itself"),
    ("photoshop:DateCreated", "when what is shown was made or happened, as a person or a camera gave it"),
    ("IPTC Release", "from when on an agency allows the picture to be shown"),
    ("IPTC Digital", "when the picture was digitised, as a person or a program gave it"),
    ("IPTC", "when what is shown was made, as a person or a program gave it"),
    ("PNG tIME", "when the picture was last changed, UTC"),
    ("ICC", "when the colour profile was made: nothing of the picture"),
    ("bext", "when the recording was made, by the recorder's clock"),
    ("encoded_date", "when the file was encoded or put into its container"),
    ("recorded_date", "when the recording was made, as a person or a program gave it"),
    ("tagged_date", "when the tags were written"),
    ("EncodingTime", "when Windows encoded the file, UTC"),
    ("date:create", "ImageMagick's note of the date of the file it read: no date of the picture"),
    ("date:modify", "ImageMagick's note of the date of the file it read: no date of the picture"),
)
_OTHERWISE = {
    "created": "when what the file holds was made, as the program that wrote it gave it",
    "modified": "when a program last changed the file",
    "digitised": "when what the file holds was digitised",
    "encoded": "when the file was encoded",
    "tagged": "when the tags were written",
}


def meaning(where: str, what: str) -> str:
    """What the field `where` normally means."""
    found = (words for part, words in _MEANINGS if part in where)
    return next(found, _OTHERWISE.get(what, "a date that a program left there"))


def maybe_local(where: str) -> bool:
    """Whether a field is UTC by the standard, and yet local time in the files of some cameras."""
    return any(part in where for part in HEADERS)

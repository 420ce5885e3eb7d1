"""A packet of XMP -> its fields, as (path, value), such as ("xmpMM:History[2]/stEvt:when", "2022-02-16T09:12:00Z").

Adobe's XMP Specification part 1 (ISO 16684-1). A packet is hostile: no document type, no entity, no network; its size,
its depth and its fields are bounded.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from lxml import etree

from .texts import clean, decoded

MOST_BYTES = 8 * 2**20
"""Of one packet. One of Premiere with 1,500 source clips has some 4 MB."""

MOST_FIELDS = 20_000
MOST_DEPTH = 24

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ADOBE = "http://ns.adobe.com/"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    f"{_ADOBE}xap/1.0/": "xmp",
    f"{_ADOBE}xap/1.0/mm/": "xmpMM",
    f"{_ADOBE}xap/1.0/bj/": "xmpBJ",
    f"{_ADOBE}xap/1.0/rights/": "xmpRights",
    f"{_ADOBE}xap/1.0/g/img/": "xmpGImg",
    f"{_ADOBE}xap/1.0/sType/ResourceEvent#": "stEvt",
    f"{_ADOBE}xap/1.0/sType/ResourceRef#": "stRef",
    f"{_ADOBE}xap/1.0/sType/Version#": "stVer",
    f"{_ADOBE}xap/1.0/sType/Dimensions#": "stDim",
    f"{_ADOBE}xmp/1.0/DynamicMedia/": "xmpDM",
    f"{_ADOBE}creatorAtom/1.0/": "creatorAtom",
    f"{_ADOBE}photoshop/1.0/": "photoshop",
    f"{_ADOBE}tiff/1.0/": "tiff",
    f"{_ADOBE}exif/1.0/": "exif",
    f"{_ADOBE}camera-raw-settings/1.0/": "crs",
    f"{_ADOBE}lightroom/1.0/": "lr",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.google.com/photos/1.0/camera/": "GCamera",
    "http://www.dji.com/drone-dji/1.0/": "drone-dji",
}
_OPENING = re.compile(rb"<(?:x:xmpmeta|x:xapmeta|rdf:RDF)[\s>]")
_CLOSING = (b"</x:xmpmeta>", b"</x:xapmeta>", b"</rdf:RDF>")
_WIDE = {b"<\0x\0:\0x\0": "utf-16-le", b"\0<\0x\0:\0x": "utf-16-be"}


def fields(packet: bytes) -> Iterator[tuple[str, str]]:
    """Every field of a packet with its value. Raises ValueError, saying why, where it cannot be read."""
    root = _parsed(packet)
    blocks = (block for block in root.iter(f"{_RDF}Description") if _outermost(block))
    pairs = itertools.chain.from_iterable(_described(block, "", 0) for block in blocks)
    yield from itertools.islice(pairs, MOST_FIELDS)


def _parsed(packet: bytes) -> etree._Element:
    if len(packet) > MOST_BYTES:
        raise ValueError(f"its XMP is longer than {MOST_BYTES // 2**20} MB")
    text = _body(packet)
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise ValueError("its XMP declares a document type, which none needs: not read")
    try:
        root = etree.fromstring(text, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(f"its XMP is not well-formed: {clean(str(error), 100)}") from None
    if root is None:
        raise ValueError("its XMP is empty")
    return root


def found_in(data: bytes) -> Iterator[bytes]:
    """The packets that stand as such in `data`, at most 8, first to last; also in UTF-16. Takes linear time."""
    for wide, code in _WIDE.items():
        if (start := data.find(wide)) >= 0:
            text = data[start : start + MOST_BYTES].decode(code, "ignore")
            end = text.find("</x:xmpmeta>")
            if end > 0:
                yield text[: end + 12].encode()
                break  # the same bytes, one further on, look like the other order
    start, count = 0, 0
    while count < 8 and (opening := _OPENING.search(data, start)):
        name = opening.group()[1:-1]
        end = data.find(b"</" + name + b">", opening.end())
        if end < 0:
            return
        start, count = end + len(name) + 3, count + 1
        yield data[opening.start() : start]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _body(packet: bytes) -> bytes:
    """The XML of a packet in UTF-8, without what stands before and after it."""
    if b"\0" in packet[:16]:
        code = "utf-16-be" if packet.lstrip(b"\xfe\xff\xef\xbb\xbf")[:1] == b"\0" else "utf-16-le"
        packet = packet.decode(code, "ignore").encode("utf-8", "ignore")
    opening = _OPENING.search(packet)
    ends = [packet.rfind(one) + len(one) for one in _CLOSING if one in packet]
    return packet[opening.start() : max(ends, default=len(packet))] if opening else packet.strip(b"\0 \r\n\t")


def _outermost(block: etree._Element) -> bool:
    parent = block.getparent()
    return parent is None or parent.tag == f"{_RDF}RDF"


def _described(node: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """The fields of a description: its attributes and its children."""
    for name, value in node.attrib.items():
        if not name.startswith((_RDF, _XML)):
            yield _joined(path, _name(name, node)), clean(value, 2000)
    if depth < MOST_DEPTH:
        for child in node:
            if isinstance(child.tag, str):
                yield from _field(child, _joined(path, _name(child.tag, child)), depth + 1)


def _field(node: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """A field: an array, a structure in one of RDF's three spellings, or a value."""
    child = next((one for one in node if isinstance(one.tag, str)), None)
    if child is not None and child.tag in (f"{_RDF}Bag", f"{_RDF}Seq", f"{_RDF}Alt"):
        yield from _items(child, path, depth)
    elif child is not None and child.tag == f"{_RDF}Description":
        yield from _described(child, path, depth)
    else:
        reference = node.get(f"{_RDF}resource")
        text = clean(reference or (node.text or "" if child is None else ""), 2000)
        if text:
            yield path, text
        yield from _described(node, path, depth)


def _items(array: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth < MOST_DEPTH:
        for count, item in enumerate(array.iterchildren(f"{_RDF}li"), 1):
            # A text in several languages is one text: the first is the default.
            name = path if array.tag == f"{_RDF}Alt" and count == 1 else f"{path}[{count}]"
            yield from _field(item, name, depth + 1)


def _joined(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _name(tag: str, node: etree._Element) -> str:
    """The name of a field with the usual prefix of its namespace, whichever the file has."""
    space, _, local = tag.rpartition("}")
    space = space.removeprefix("{")
    prefix = _PREFIXES.get(space) or next((short for short, long in node.nsmap.items() if long == space and short), "")
    return decoded(f"{prefix}:{local}".strip(":").encode("utf-8", "ignore"), 80)

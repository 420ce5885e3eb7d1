from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.media import xmp
from tests.media import boxing


def test_the_three_spellings_of_a_structure_give_the_same() -> None:
    written = (
        '<xmpMM:DerivedFrom stRef:filePath="a.mp4"/>',
        '<xmpMM:DerivedFrom rdf:parseType="Resource"><stRef:filePath>a.mp4</stRef:filePath></xmpMM:DerivedFrom>',
        '<xmpMM:DerivedFrom><rdf:Description stRef:filePath="a.mp4"/></xmpMM:DerivedFrom>',
    )
    for inside in written:
        assert list(xmp.fields(boxing.described(inside=inside))) == [("xmpMM:DerivedFrom/stRef:filePath", "a.mp4")]


def test_attributes_arrays_and_languages() -> None:
    found = dict(xmp.fields(boxing.saboteurs()))
    assert found["xmp:CreateDate"] == "2022-02-08T11:02:14+03:00"
    assert found["dc:title"] == "Saboteurs"
    assert found["xmpMM:Ingredients[2]/stRef:filePath"] == "/Volumes/Work/boom%20one.wav"
    assert found["xmpMM:History[2]/stEvt:action"] == "saved"
    assert found["xmpMM:Pantry[1]/xmpMM:History[1]/stEvt:when"] == "2011-01-01T00:00:00Z"


def test_a_name_has_the_usual_prefix_whichever_the_file_has() -> None:
    packet = boxing.saboteurs().replace(b"xmlns:xmpMM", b"xmlns:q").replace(b"xmpMM:", b"q:")
    assert "xmpMM:Ingredients[1]/stRef:filePath" in dict(xmp.fields(packet))


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be", "utf-16"])
def test_packets_in_utf16(code: str) -> None:
    packet = boxing.saboteurs().decode().lstrip().encode(code)
    assert dict(xmp.fields(packet))["dc:title"] == "Saboteurs"


def test_no_document_type_and_no_entity_is_taken() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    packet = boxing.described(inside="<dc:source>&b;</dc:source>").replace(b"<x:xmpmeta", bomb + b"<x:xmpmeta", 1)
    # What stands before the packet is no part of it; then the entity is not known.
    assert "passwd" not in str(list(xmp.fields(packet)))
    inside = boxing.described(inside=bomb.decode())
    with pytest.raises(ValueError, match="document type"):
        list(xmp.fields(inside))


@pytest.mark.parametrize("packet", [b"", b"\0\0", b"hello", b"<x:xmpmeta", b"<rdf:RDF \xff\xfe>"])
def test_what_is_no_packet_says_so_or_nothing(packet: bytes) -> None:
    with suppress(ValueError):
        assert list(xmp.fields(packet)) == []


def test_a_packet_too_long_is_not_parsed() -> None:
    with pytest.raises(ValueError, match="longer than 8 MB"):
        list(xmp.fields(b"<x:xmpmeta>" + b" " * xmp.MOST_BYTES))


def test_depth_and_number_are_bounded() -> None:
    deep = "<xmpMM:A rdf:parseType='Resource'>" * 100 + "</xmpMM:A>" * 100
    assert list(xmp.fields(boxing.described(inside=deep))) == []
    many = "<dc:subject><rdf:Bag>" + "<rdf:li>x</rdf:li>" * 30_000 + "</rdf:Bag></dc:subject>"
    assert len(list(xmp.fields(boxing.described(inside=many)))) == xmp.MOST_FIELDS


def test_packets_are_found_in_any_bytes() -> None:
    packet = boxing.saboteurs()
    data = bytes(100) + packet + b"junk" + packet.replace(b"Saboteurs", b"Others") + b"<x:xmpmeta never ends"
    assert [dict(xmp.fields(one))["dc:title"] for one in xmp.found_in(data)] == ["Saboteurs", "Others"]
    wide = packet.decode().encode("utf-16-le")
    assert [dict(xmp.fields(one))["dc:title"] for one in xmp.found_in(bytes(7) + wide)] == ["Saboteurs"]


def test_a_bare_rdf_is_a_packet_too() -> None:
    bare = boxing.saboteurs().replace(b'<x:xmpmeta xmlns:x="adobe:ns:meta/">', b"").replace(b"</x:xmpmeta>", b"")
    assert len(list(xmp.found_in(bare))) == 1


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_mutated_packets_raise_nothing_else(data: st.DataObject) -> None:
    broken = bytearray(boxing.saboteurs())
    for _ in range(data.draw(st.integers(1, 20))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    list(xmp.found_in(bytes(broken)))
    with suppress(ValueError):
        assert len(list(xmp.fields(bytes(broken)))) < 200

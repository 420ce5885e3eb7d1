"""Content Credentials: four states told apart, in a picture and in a video, and nothing is fetched."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from bench.media_signing import Chain, chain, edited, signed, written
from firsthand import media
from firsthand.errors import InputError, MediaError
from firsthand.media import credentials
from firsthand.model import Credentials, Finding

KINDS = {"image/jpeg": "harbour.jpg", "video/mp4": "harbour.mp4"}


@pytest.fixture(scope="module")
def known() -> Chain:
    return chain("Ilva Renn", "Quorra Root")


@pytest.fixture(scope="module")
def unknown() -> Chain:
    return chain("Tam Reed", "Orvane Root")


@pytest.fixture
def trust(tmp_path: Path, known: Chain) -> Path:
    return written(tmp_path, "trust.pem", known.root.encode())


def plain(media_type: str) -> bytes:
    """A file without credentials."""
    return _jpeg() if media_type == "image/jpeg" else _mp4()


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 48), 40).save(out, "JPEG")
    return out.getvalue()


def _mp4() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10, options={"threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for shade in range(0, 200, 40):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((48, 64, 3), shade, np.uint8))))
        container.mux(stream.encode())
    return out.getvalue()


@pytest.fixture(params=KINDS)
def media_type(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def changed(data: bytes) -> bytes:
    """One bit of what was signed is another, near the end, where pictures and boxes lie."""
    return data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]


def says(told: Credentials) -> list[tuple[str, str]]:
    return [(finding.standing, finding.says) for finding in credentials.findings(told)]


def test_four_files_are_told_apart(tmp_path: Path, media_type: str, known: Chain, unknown: Chain, trust: Path) -> None:
    data = plain(media_type)
    files = {
        "signed": signed(data, media_type, known),
        "tampered": changed(signed(data, media_type, known)),
        "untrusted": signed(data, media_type, unknown),
        "stripped": data,
    }
    told = {
        name: media.credentials_of(written(tmp_path, f"{name}-{KINDS[media_type]}", content), trust)
        for name, content in files.items()
    }
    assert {name: (one.state, one.trusted) for name, one in told.items()} == {
        "signed": ("valid", True),
        "tampered": ("tampered", True),
        "untrusted": ("valid", False),
        "stripped": ("absent", None),
    }
    first = {name: says(one)[0] for name, one in told.items()}
    assert first["signed"] == first["untrusted"] == ("plain", "It is as it was signed.")
    assert first["tampered"] == ("at odds", "It was changed after it was signed.")
    assert first["stripped"][0] == "plain" and "no Content Credentials" in first["stripped"][1]
    assert ("plain", "Its signer is on the trust list that was given.") in says(told["signed"])
    assert any("not on the trust list" in sentence for _, sentence in says(told["untrusted"]))


def test_what_the_manifest_says(tmp_path: Path, known: Chain) -> None:
    told = credentials.read(written(tmp_path, "a.jpg", signed(plain("image/jpeg"), "image/jpeg", known)))
    assert told == Credentials(
        "valid",
        trusted=None,
        signer="Ilva Renn, Ilva Renn of Larkmoor",
        issuer="Quorra Root, Quorra Root of Larkmoor",
        at=None,
        generator="Larkmoor Camera 2.1",
        actions=("c2pa.created (digitalCapture)",),
    )
    assert ("unmeasured", "Whether its signer can be trusted was not looked at: no trust list was given.") in says(told)


@pytest.mark.parametrize(
    ("trusted", "remarks", "sentence"),
    [
        (True, (), "It was signed by A Broadcaster on 2031-02-02."),
        (False, ("signingCredential.untrusted",), "Its signature names A Broadcaster as its signer on 2031-02-02."),
        (None, (), "Its signature names A Broadcaster as its signer on 2031-02-02."),
        (
            True,
            ("timeStamp.untrusted",),
            "It was signed by A Broadcaster on 2031-02-02, by a time stamp that nobody vouches for.",
        ),
    ],
)
def test_a_name_and_a_time_that_nobody_vouches_for_are_no_facts(
    trusted: bool | None, remarks: tuple[str, ...], sentence: str
) -> None:
    told = Credentials("valid", trusted, "A Broadcaster", at="2031-02-02", remarks=remarks)
    assert ("plain", sentence) in says(told)


def test_a_changed_manifest_is_tampered_with_and_its_signer_only_named(
    tmp_path: Path, known: Chain, trust: Path
) -> None:
    data = bytearray(signed(plain("image/jpeg"), "image/jpeg", known))
    data[data.rindex(b"Larkmoor Camera")] ^= 1
    told = media.credentials_of(written(tmp_path, "a.jpg", bytes(data)), trust)
    assert (told.state, told.trusted) == ("tampered", None)
    assert credentials.BROKEN in told.remarks
    assert not any("trust" in sentence for _, sentence in says(told))
    assert any("the signature does not hold" in sentence for _, sentence in says(told))


def test_ingredients_are_named_and_whether_they_were_changed(
    tmp_path: Path, known: Chain, unknown: Chain, trust: Path
) -> None:
    old = signed(plain("image/jpeg"), "image/jpeg", unknown)
    made = edited(plain("image/jpeg"), known, {"old clip.jpg": old, "pasted.jpg": changed(old)})
    told = media.credentials_of(written(tmp_path, "a.jpg", made), trust)
    assert (told.state, told.trusted) == ("valid", True)
    assert told.ingredients == ("old clip.jpg (componentOf)", "pasted.jpg (componentOf, changed after it was signed)")
    assert "c2pa.color_adjustments (Editor 3, 2031-02-02T00:00:00Z)" in told.actions
    sentence = "Its manifest names what it was made from: old clip.jpg (componentOf); pasted.jpg (componentOf, "
    assert any(text.startswith(sentence) for _, text in says(told))


def test_a_rule_that_is_broken_besides_is_a_remark(tmp_path: Path, known: Chain) -> None:
    data = signed(plain("image/jpeg"), "image/jpeg", known, source=None)
    told = credentials.read(written(tmp_path, "a.jpg", data))
    assert (told.state, told.remarks) == ("valid", ("assertion.action.malformed",))
    assert says(told)[0] == (
        "notable",
        "It is as it was signed, though its manifest does not keep to every rule of C2PA.",
    )


def test_what_is_left_out_of_a_signature_is_told() -> None:
    part = f"{credentials.LEFT_OUT}/mdat"
    told = Credentials("valid", True, "S", remarks=(part,))
    assert says(told)[0] == ("notable", "It is as it was signed, but parts of it are left out of the signature.")
    assert credentials.findings(told)[0].facts == (("code", part),)
    plain = {"assertions": {"c2pa.hash.bmff.v3": {"exclusions": [{"xpath": "/uuid"}, {"xpath": "/mdat"}]}}}
    assert list(credentials._left_out([], plain)) == ["/mdat"]
    assert list(credentials._left_out(["assertion.dataHash.additionalExclusionsPresent"], {})) == ["some of its bytes"]


@pytest.fixture
def loopback() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        yield server


@pytest.mark.parametrize("confined", [True, False])
def test_a_manifest_that_lies_elsewhere_is_not_fetched(
    tmp_path: Path, known: Chain, trust: Path, loopback: socket.socket, media_type: str, confined: bool
) -> None:
    address = f"http://127.0.0.1:{loopback.getsockname()[1]}/manifest.c2pa"
    path = written(tmp_path, KINDS[media_type], signed(plain(media_type), media_type, known, remote=address))
    assert address.encode() in path.read_bytes()
    told = (
        media.credentials_of(path, trust)
        if confined
        else credentials.read(path, credentials.anchors(trust))  # with the network at hand, the settings alone hold
    )
    with pytest.raises(TimeoutError):
        loopback.accept()
    assert told.state == "unreadable"
    assert address in told.remarks[0]
    assert [finding.standing for finding in credentials.findings(told)] == ["unmeasured"]


def test_a_manifest_that_is_cut_off_could_not_be_checked(tmp_path: Path, known: Chain, media_type: str) -> None:
    data = signed(plain(media_type), media_type, known)
    cut = data.index(b"c2pa.signature") + 40
    told = media.credentials_of(written(tmp_path, KINDS[media_type], data[:cut]))
    assert told.state == "unreadable"
    assert len(told.remarks[0]) <= 300


@pytest.mark.parametrize("data", [b"words", b"<svg xmlns='http://www.w3.org/2000/svg'/>", bytes(100), b"\xff\xd8\xff"])
def test_other_files_carry_none_or_cannot_be_read(tmp_path: Path, data: bytes) -> None:
    assert media.credentials_of(written(tmp_path, "a.jpg", data)).state in ("absent", "unreadable")


def test_where_none_are_looked_for_is_not_where_none_are(tmp_path: Path) -> None:
    unknown, without = written(tmp_path, "a.mkv", b"\x1aE\xdf\xa3" + bytes(99)), written(tmp_path, "a.jpg", _jpeg())
    assert credentials.read(unknown) == Credentials("absent", remarks=(credentials.NO_PLACE,))
    assert says(credentials.read(unknown))[0][0] == "unmeasured"
    assert says(credentials.read(without))[0][0] == "plain"


@pytest.mark.parametrize(
    "content", [None, b"", b"words", b"\xff" * 100, b"-----BEGIN CERTIFICATE-----" + bytes(5 << 20)]
)
def test_what_is_no_trust_list_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "trust.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="trust list") as caught:
        credentials.anchors(path)
    assert caught.value.origin == str(path)
    assert not isinstance(caught.value, MediaError)


def test_a_trust_list_that_holds_rubbish_is_told(tmp_path: Path, known: Chain) -> None:
    rubbish = "-----BEGIN CERTIFICATE-----\ncnViYmlzaA==\n-----END CERTIFICATE-----\n"
    for content in (rubbish, rubbish + known.root, known.root + rubbish, known.root[:-40], known.key):
        with pytest.raises(InputError, match="is not a trust list"):
            credentials.anchors(written(tmp_path, "t.pem", content.encode()))


def test_a_trust_list_may_be_long(tmp_path: Path, known: Chain) -> None:
    many = written(tmp_path, "t.pem", ("# Subject: the Quorra Root\n" + known.root * 200).encode())
    path = written(tmp_path, "a.jpg", signed(plain("image/jpeg"), "image/jpeg", known))
    assert media.credentials_of(path, many).trusted is True


@pytest.mark.parametrize("state", ["valid", "tampered", "absent", "unreadable"])
@pytest.mark.parametrize("trusted", [True, False, None])
def test_findings_never_judge(state: credentials.State, trusted: bool | None) -> None:
    told = Credentials(state, trusted, "S", "I", "2031-01-01", "G", ("a",) * 9, ("i",) * 9, ("r.mismatch",))
    for finding in credentials.findings(told):
        assert isinstance(finding, Finding)
        assert finding.says.endswith(".") and "fake" not in finding.says and len(finding.says) < 400
        assert finding.check == "credentials" and finding.maker == credentials.MAKER
    assert json.dumps([finding.facts for finding in credentials.findings(told)])

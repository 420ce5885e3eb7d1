"""Content Credentials (C2PA): whether a file is as it was signed, by whom, and whether that signer is on a trust list.

Four things that are told apart: the state of the file, the signer, the trust list, the ingredients. Nothing is fetched:
neither a manifest that lies elsewhere, nor a certificate's revocation. Absence means unknown. Read with c2pa-python;
the codes are those of the C2PA specification 2.4, "Validation status codes".
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from firsthand.errors import InputError
from firsthand.model import Credentials, Finding, Standing

MAKER = "credentials 1"
MOST_LISTED = 50
"""Actions, ingredients and remarks that are kept, each."""
MOST_TRUST = 4 << 20
"""Bytes of a trust list; that of the C2PA itself has 60 KiB."""

State = Literal["valid", "tampered", "absent", "unreadable"]

_BOUND = ("assertion.dataHash.match", "assertion.bmffHash.match", "assertion.boxesHash.match")
_CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----")
_NEVER_SIGNED = ("/uuid", "/ftyp", "/mfra", "/free", "/skip", "/emsg", "/styp", "/sidx", "/pdin")
"""Where the manifest itself lies, and what holds nothing that is seen or heard."""
NO_PLACE = "a kind of file in which none is looked for"
BROKEN = "claimSignature.mismatch"
LEFT_OUT = "left out of the signature: "
_OFFLINE: Mapping[str, Any] = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"allowed_network_hosts": []},
}


def anchors(trust: Path) -> str:
    """The certificates of a trust list, in PEM. Raises InputError: it cannot be read, or holds none."""
    try:
        with trust.open("rb") as file:
            data = file.read(MOST_TRUST + 1)
    except OSError as error:
        raise InputError(str(trust), f"cannot be read as a trust list: {error.strerror}") from None
    found = "\n".join(_CERTIFICATE.findall(data.decode("ascii", errors="replace")))
    if not found or len(data) > MOST_TRUST or not _are_certificates(found):
        raise InputError(str(trust), "is not a trust list: it does not hold certificates in PEM")
    return found


def _are_certificates(text: str) -> bool:
    """Whether each part can be read: for c2pa, one that cannot would make every file unreadable."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError):
        return False
    return True


def read(path: Path, anchors: str | None = None) -> Credentials:
    """What C2PA says of a file. `anchors`: the certificates that are trusted, in PEM. To be run in the sandbox."""
    import c2pa  # type: ignore[import-untyped]

    settings = {**_OFFLINE, **({"trust": {"trust_anchors": anchors}} if anchors else {})}
    settings["verify"] = {**settings["verify"], "verify_trust": anchors is not None}
    try:
        with path.open("rb") as file:
            reader = c2pa.Reader.try_create(None, file, context=c2pa.Context.from_dict(settings))
            return _told(reader) if reader else Credentials("absent")
    except c2pa.C2paError as error:
        return _refused(str(error))
    except (AttributeError, KeyError, TypeError, ValueError):  # a signer may put any JSON where a list should stand
        return Credentials("unreadable", remarks=("a manifest that has not the form of one",))


def _told(reader: Any) -> Credentials:
    """What the active manifest says, and what its validation found."""
    store = json.loads(reader.json())
    plain = _active(json.loads(reader.crjson()), store["active_manifest"])
    manifest = store["manifests"][store["active_manifest"]]
    results = store.get("validation_results", {})
    codes = {
        kind: [*_codes(results.get("activeManifest", {}), kind)] for kind in ("success", "informational", "failure")
    }
    signature = manifest.get("signature_info") or {}
    return Credentials(
        _state(codes["success"], codes["failure"]),
        trusted=_trusted(codes["success"], codes["failure"]),
        signer=_name(signature.get("common_name"), signature.get("issuer")),
        issuer=_issuer(plain),
        at=signature.get("time"),
        generator=_generator(manifest),
        actions=tuple(_actions(manifest))[:MOST_LISTED],
        ingredients=tuple(_ingredient(part) for part in manifest.get("ingredients", ()))[:MOST_LISTED],
        remarks=tuple(_remarks(codes, results, plain))[:MOST_LISTED],
    )


def _state(success: Sequence[str], failure: Sequence[str]) -> State:
    """To be valid, the signature must hold, and cover this file. Rules that it breaks besides are remarks."""
    if any(code.endswith((".mismatch", ".hashedURI.missing", "claimSignature.missing")) for code in failure):
        return "tampered"
    bound = any(code in _BOUND for code in success)
    return "valid" if bound and "claimSignature.validated" in success else "unreadable"


def _trusted(success: Sequence[str], failure: Sequence[str]) -> bool | None:
    """None where no list was given, and where the signature does not hold: whoever it names may not have signed."""
    if "claimSignature.validated" not in success:
        return None
    if "signingCredential.trusted" in success:
        return True
    return False if "signingCredential.untrusted" in failure else None


def _refused(cause: str) -> Credentials:
    """In some kinds of files none is looked for, which is remarked; all else is a manifest that could not be read."""
    if cause.startswith("NotSupported"):
        return Credentials("absent", remarks=(NO_PLACE,))
    return Credentials("unreadable", remarks=(cause[:300],))


def _codes(results: Mapping[str, Any], kind: str) -> Iterator[str]:
    return (str(entry.get("code")) for entry in results.get(kind, ()))


def _remarks(codes: Mapping[str, Sequence[str]], results: Mapping[str, Any], plain: Mapping[str, Any]) -> Iterator[str]:
    """What went wrong, what of the file the signature does not cover, and a time that nobody vouches for."""
    yield from dict.fromkeys(codes["failure"])
    yield from (f"{LEFT_OUT}{part}" for part in _left_out(codes["informational"], plain))
    yield from dict.fromkeys(code for code in codes["informational"] if code.startswith("timeStamp."))
    for delta in results.get("ingredientDeltas") or ():
        yield from (f"ingredient: {code}" for code in _codes(delta.get("validationDeltas", {}), "failure"))


def _left_out(informational: Sequence[str], plain: Mapping[str, Any]) -> Iterator[str]:
    """Boxes of a video outside the signature, other than those that every signer leaves out; ranges of other files."""
    if "assertion.dataHash.additionalExclusionsPresent" in informational:
        yield "some of its bytes"
    for label, assertion in plain.get("assertions", {}).items():
        if label.startswith("c2pa.hash.bmff"):
            boxes = (str(part.get("xpath")) for part in assertion.get("exclusions") or ())
            yield from (box for box in boxes if box not in _NEVER_SIGNED)


def _name(*parts: str | None) -> str | None:
    """The person or program, and the organisation, where the certificate names them."""
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def _active(told: Mapping[str, Any], label: str) -> Mapping[str, Any]:
    """The active manifest in the reader's other form, which alone has the certificate and the exclusions."""
    return next((manifest for manifest in told.get("manifests", ()) if manifest.get("label") == label), {})


def _issuer(plain: Mapping[str, Any]) -> str | None:
    """Who vouches for the signer: c2pa-python's own field of that name holds the signer's organisation instead."""
    issuer = plain.get("signature", {}).get("certificateInfo", {}).get("issuer", {})
    return _name(issuer.get("CN"), issuer.get("O"))


def _generator(manifest: Mapping[str, Any]) -> str | None:
    told = manifest.get("claim_generator_info") or [{"name": manifest.get("claim_generator")}]
    return _name(*(" ".join(str(part[key]) for key in ("name", "version") if part.get(key)) for part in told))


def _actions(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Each action as the manifest names it, with its source type ("trainedAlgorithmicMedia"), program and time."""
    for assertion in manifest.get("assertions", ()):
        if str(assertion.get("label")).startswith("c2pa.actions"):
            yield from (_action(action) for action in assertion.get("data", {}).get("actions", ()))


def _action(action: Mapping[str, Any]) -> str:
    agent = action.get("softwareAgent")
    agent = agent.get("name") if isinstance(agent, dict) else agent
    source = str(action.get("digitalSourceType") or "").rpartition("/")[2]
    about = ", ".join(str(part) for part in (source, agent, action.get("when")) if part)
    return f"{action.get('action')} ({about})" if about else str(action.get("action"))


def _ingredient(part: Mapping[str, Any]) -> str:
    """Its title and its relation, and whether the signer recorded that it was changed after a signing of its own."""
    failed = [*_codes((part.get("validation_results") or {}).get("activeManifest", {}), "failure")]
    changed = "changed after it was signed" if any(code.endswith(".mismatch") for code in failed) else ""
    about = ", ".join(text for text in (part.get("relationship"), changed) if text)
    return f"{part.get('title') or 'without a title'} ({about})" if about else str(part.get("title"))


def findings(credentials: Credentials) -> tuple[Finding, ...]:
    """State, signer, trust list and ingredients, each in a sentence of its own."""
    if credentials.state in ("absent", "unreadable"):
        return (_not_told(credentials),)
    return tuple(_sentences(credentials))


def _not_told(credentials: Credentials) -> Finding:
    if NO_PLACE in credentials.remarks:
        return _finding("unmeasured", "Content Credentials were not looked for: in this kind of file none are known.")
    if credentials.state == "absent":
        return _finding("plain", "It carries no Content Credentials, as most files do not: nothing follows from that.")
    return _finding(
        "unmeasured",
        "It carries Content Credentials, or names some, that could not be checked.",
        *(("cause", remark) for remark in credentials.remarks),
    )


def _sentences(credentials: Credentials) -> Iterator[Finding]:
    codes = tuple(("code", remark) for remark in credentials.remarks)
    if credentials.state == "tampered":
        yield _finding("at odds", "It was changed after it was signed.", *codes)
    else:
        besides = _besides(credentials)
        yield _finding("notable" if besides else "plain", f"It is as it was signed{besides}.", *codes)
    yield _signer(credentials)
    if BROKEN not in credentials.remarks:
        yield _trust(credentials)
    if credentials.actions:
        yield _listed("steps", credentials.actions, "Its manifest tells how it was made: ")
    if credentials.ingredients:
        yield _listed("ingredients", credentials.ingredients, "Its manifest names what it was made from: ")


def _besides(credentials: Credentials) -> str:
    """What is to be known of a signature that holds."""
    if any(remark.startswith(LEFT_OUT) for remark in credentials.remarks):
        return ", but parts of it are left out of the signature"
    broken = [remark for remark in credentials.remarks if remark != "signingCredential.untrusted"]
    return ", though its manifest does not keep to every rule of C2PA" if broken else ""


def _signer(credentials: Credentials) -> Finding:
    told = (("signer", credentials.signer), ("issuer", credentials.issuer))
    more = (("signed", credentials.at), ("made with", credentials.generator))
    facts = tuple((name, value) for name, value in (*told, *more) if value)
    if BROKEN in credentials.remarks:
        return _finding(
            "notable", f"It names {_who(credentials)} as its signer, but the signature does not hold.", *facts
        )
    if credentials.trusted:
        return _finding("plain", f"It was signed by {_who(credentials)}{_when(credentials)}.", *facts)
    return _finding("plain", f"Its signature names {_who(credentials)} as its signer{_when(credentials)}.", *facts)


def _when(credentials: Credentials) -> str:
    """A time stamp may be anybody's: C2PA tells apart those of an authority on a list."""
    if not credentials.at:
        return ", at a time that nobody vouches for"
    doubted = any(remark.startswith("timeStamp.") for remark in credentials.remarks)
    return f" on {credentials.at}" + (", by a time stamp that nobody vouches for" if doubted else "")


def _who(credentials: Credentials) -> str:
    return credentials.signer or "somebody whom the certificate does not name"


def _trust(credentials: Credentials) -> Finding:
    if credentials.trusted is None:
        return _finding("unmeasured", "Whether its signer can be trusted was not looked at: no trust list was given.")
    if credentials.trusted:
        return _finding("plain", "Its signer is on the trust list that was given.")
    return _finding("notable", "Its signer is not on the trust list that was given: anyone can sign under any name.")


def _listed(name: str, values: Sequence[str], before: str) -> Finding:
    shown = "; ".join(values[:3]) + (f"; and {len(values) - 3} more" if len(values) > 3 else "")
    return _finding("notable", f"{before}{shown}.", *((name, value) for value in values))


def _finding(standing: Standing, says: str, *facts: tuple[str, str]) -> Finding:
    return Finding("credentials", standing, says, MAKER, "C2PA", facts)

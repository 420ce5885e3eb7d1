"""Files with Content Credentials of our own, signed by a chain of certificates made here, of invented people."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from c2pa import Builder, C2paSignerInfo, C2paSigningAlg, Context, Signer  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
QUIET = {"verify": {"verify_after_sign": False}, "builder": {"thumbnail": {"enabled": False}}}


@dataclass(frozen=True)
class Chain:
    """A signer and the authority behind it, in PEM. `root` is what a trust list holds."""

    root: str
    certificates: str
    key: str


def chain(signer: str = "Ilva Renn", authority: str = "Quorra Root") -> Chain:
    """A new authority, and a signer that it vouches for."""
    root_key, leaf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(authority, authority, root_key, root_key, root_key)
    leaf = _certificate(signer, authority, leaf_key, root_key, None)
    key = leaf_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Chain(_pem(root), _pem(leaf) + _pem(root), key.decode())


def signed(data: bytes, media_type: str, by: Chain, remote: str | None = None, source: str | None = SOURCE) -> bytes:
    """`data` with a manifest; `remote`: an address named for the manifest, which is then left out of the file."""
    created = {"action": "c2pa.created"} | ({"digitalSourceType": source} if source else {})
    builder = _builder([created])
    if remote:
        builder.set_remote_url(remote)
        builder.set_no_embed()
    return _signed(builder, data, media_type, by)


def edited(data: bytes, by: Chain, ingredients: dict[str, bytes]) -> bytes:
    """A JPEG whose manifest names JPEGs that it was made from, and a step of editing."""
    created = {"action": "c2pa.created", "digitalSourceType": SOURCE}
    step = {"action": "c2pa.color_adjustments", "softwareAgent": "Editor 3", "when": "2031-02-02T00:00:00Z"}
    builder = _builder([created, step])
    for title, content in ingredients.items():
        told = json.dumps({"title": title, "relationship": "componentOf"})
        builder.add_ingredient(told, "image/jpeg", io.BytesIO(content))
    return _signed(builder, data, "image/jpeg", by)


def _builder(actions: list[dict[str, str]]) -> Any:
    definition = {
        "claim_generator_info": [{"name": "Larkmoor Camera", "version": "2.1"}],
        "title": "harbour",
        "assertions": [{"label": "c2pa.actions", "data": {"actions": actions}}],
    }
    return Builder(json.dumps(definition), context=Context.from_dict(QUIET))


def _signed(builder: Any, data: bytes, media_type: str, by: Chain) -> bytes:
    info = C2paSignerInfo(C2paSigningAlg.ES256, by.certificates.encode(), by.key.encode(), None)
    out = io.BytesIO()
    builder.sign(Signer.from_info(info), media_type, io.BytesIO(data), out)
    return out.getvalue()


def written(folder: Path, name: str, data: bytes) -> Path:
    """The file that now holds `data`."""
    path = folder / name
    path.write_bytes(data)
    return path


def _certificate(
    subject: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    authority: object | None,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False
    )
    ca = authority is not None
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=not ca, key_cert_sign=ca, crl_sign=ca, decipher_only=False, **usage),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not ca:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return built.sign(issuer_key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    named = [(NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, f"{common} of Larkmoor")]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in named])


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()

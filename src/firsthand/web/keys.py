"""Random words that let somebody in, and the word that a form must send back."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

BYTES = 32
"""Of a random word: 256 bits."""

_LENGTH = len(secrets.token_urlsafe(BYTES))


def fresh() -> str:
    """A new random word, which can stand in a cookie or a header."""
    return secrets.token_urlsafe(BYTES)


def is_one(text: str) -> bool:
    """Whether a cookie may be one of ours: else a new one is given."""
    return len(text) == _LENGTH and text.isascii() and text.replace("-", "a").replace("_", "a").isalnum()


def hashed(word: str) -> str:
    """What is stored of it. It has 256 bits of chance: no salt and no slow hash is needed."""
    return hashlib.sha256(word.encode("utf-8", "surrogateescape")).hexdigest()


def form_word(cookie: str) -> str:
    """What a form must send back. It is another each time, so that a compressed page does not give it away (BREACH)."""
    mask = secrets.token_bytes(BYTES)
    return base64.urlsafe_b64encode(mask + _mixed(mask, _of(cookie))).decode().rstrip("=")


def is_form_word(sent: str, cookie: str) -> bool:
    """Whether a form that was made for this cookie sent it; in a time that does not tell how much of it is right."""
    try:
        raw = base64.b64decode(sent.encode() + b"==", b"-_", validate=True)
    except (UnicodeEncodeError, ValueError, binascii.Error):
        return False
    return len(raw) == 2 * BYTES and hmac.compare_digest(_mixed(raw[:BYTES], raw[BYTES:]), _of(cookie))


def _of(cookie: str) -> bytes:
    return hmac.digest(cookie.encode("utf-8", "surrogateescape"), b"form", "sha256")


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))

"""Who signed a message: HMAC-SHA256 over its moment and its body, compared in constant time, five minutes around now."""

import datetime as dt
import hashlib
import hmac
import secrets

TIMESTAMP, SIGNATURE = "X-Mitra-Timestamp", "X-Mitra-Signature"
VERSION = "v1="
AROUND = 300  # seconds
NOBODYS = "0" * 64
"""A door nobody knows is looked at as long as one that is there."""


def new_slug() -> str:
    return secrets.token_urlsafe(32)


def new_secret() -> str:
    return secrets.token_hex(32)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`v1=` and the hexadecimal HMAC-SHA256 of `timestamp`, a full stop, and the body as it is sent."""
    said = timestamp.encode("utf-8", "replace") + b"." + body
    return VERSION + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


def is_signed(secret: str | None, timestamp: str, said: str, body: bytes) -> bool:
    """Whether the signature is that of the secret. Takes as long when there is none."""
    right = signature(secret or NOBODYS, timestamp, body)
    fits = hmac.compare_digest(right.encode(), said.encode("utf-8", "replace"))
    return fits and secret is not None


def is_fresh(timestamp: str, now: dt.datetime) -> bool:
    """Whether the moment, in seconds since 1970, is at most five minutes from now."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(int(timestamp) - now.timestamp()) <= AROUND

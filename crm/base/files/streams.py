"""Reading a file once, however long it is: its bytes, its checksum, and a copy on the way."""

import hashlib
from typing import IO, Any

BLOCK = 1024 * 1024


def copied(kept: IO[bytes] | Any, to: IO[bytes] | None = None) -> tuple[int, str]:
    """Bytes and SHA-256 of what was read, and with `to` written there."""
    size, digest = 0, hashlib.sha256()
    for block in iter(lambda: kept.read(BLOCK), b""):
        size += len(block)
        digest.update(block)
        if to is not None:
            to.write(block)
    return size, digest.hexdigest()

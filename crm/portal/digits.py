"""Six digits by e-mail: made of a salt and the server's key, kept as a hash, compared in constant time.

A row keeps `salt$hash`; no table holds the digits, and the same salt gives the same digits on every try to send them.
"""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

SALT, MADE, KEPT = "$", "crm.portal.digits.made", "crm.portal.digits.kept"


def new_digits() -> str:
    """What a row keeps of digits nobody has seen yet."""
    salt = secrets.token_hex(16)
    return _kept(salt, digits_of(salt))


def digits_of(kept: str) -> str:
    """The digits behind what a row keeps."""
    made = salted_hmac(MADE, kept.partition(SALT)[0], algorithm="sha256").digest()
    return f"{int.from_bytes(made[:8]) % 1_000_000:06d}"


def are_right(kept: str, typed: str) -> bool:
    """Whether these are the digits behind what a row keeps."""
    return constant_time_compare(_kept(kept.partition(SALT)[0], typed), kept)


def _kept(salt: str, digits: str) -> str:
    return f"{salt}{SALT}{salted_hmac(KEPT, f'{salt}/{digits}', algorithm='sha256').hexdigest()}"

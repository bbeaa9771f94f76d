"""Random signs that spell no word.

A page carries random tokens: one for each form, a key in a link. Of 62 letters and figures, sooner or later three in a row
read `CSV` or `100`, and a test that says "no CSV here" fails once in some hundreds. Of two letters that no word joins,
tokens are as long and as different as before, and say nothing.
"""

import secrets

from django.middleware import csrf

LETTERS = "qj"
OF_A_KEY = 32
"""Bytes a key has when nobody says how many."""


def _spelled(nbytes: int | None = None) -> str:
    """In place of `secrets.token_urlsafe`, and as long: four signs for three bytes."""
    return "".join(secrets.choice(LETTERS) for _sign in range(-(-(nbytes or OF_A_KEY) * 4 // 3)))


def spell_nothing() -> None:
    csrf.CSRF_ALLOWED_CHARS = LETTERS
    secrets.token_urlsafe = _spelled

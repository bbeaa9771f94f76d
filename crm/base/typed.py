"""What somebody typed, in short: what is confirmed on a page must be what was shown there."""

import hashlib

from django.http import QueryDict

UNTYPED = ("csrfmiddlewaretoken", "shown", "sure")


def typed_as(data: QueryDict) -> str:
    """The same for the same fields, whatever their order; the button does not count."""
    told = sorted((name, values) for name, values in data.lists() if name not in UNTYPED)
    return hashlib.sha256(repr(told).encode()).hexdigest()

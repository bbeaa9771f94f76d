"""Column types every room may use."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable

from crm.base.zones import validate_zone


class ZoneField(models.CharField[str, str]):
    """An IANA zone name such as ``Asia/Makassar``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("default", "Asia/Jakarta")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_zone]


class LanguageField(models.CharField[str, str]):
    """``id`` or ``en``: the languages Mitra speaks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 5)
        kwargs.setdefault("default", "id")
        kwargs["choices"] = settings.LANGUAGES
        super().__init__(*args, **kwargs)


def same_sum(name: str, of: Combinable) -> Q:
    """The condition that a column is a sum of others, for a constraint: SQLite keeps amounts as floats, so to half a cent."""
    near = Decimal("0.005")
    return Q(**{f"{name}__gt": of - near, f"{name}__lt": of + near})

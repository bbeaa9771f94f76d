"""Column types every room may use."""

from typing import Any

from django.conf import settings
from django.db import models

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

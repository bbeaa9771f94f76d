"""Column types every room may use."""

from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def validate_zone(name: str) -> None:
    """Refuse anything that is not an IANA zone name; abbreviations such as WIT changed meaning over the years."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Choose one such as Asia/Jakarta."), params={"name": name}
        )


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

"""What was released never changes: the tables of a version refuse it, one row at a time and many at once."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

M = TypeVar("M", bound=models.Model)


class ReleasedStays(Exception):
    """Somebody tried to change or remove what was released; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("This version was released and stays as it is. Write the next one."))


class KeptQuerySet(models.QuerySet[M]):
    """Rows that may be changed only while their version is a draft. `RELEASED` leads to the moment of its release."""

    RELEASED = "version__released_at"

    def update(self, **kwargs: Any) -> int:
        self._refuse()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse()
        return super().delete()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows: list[Any] = list(objs)
        if any(getattr(row, "version", row).is_released for row in rows):
            raise ReleasedStays
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse(self) -> None:
        if self.filter(**{f"{self.RELEASED}__isnull": False}).exists():
            raise ReleasedStays


class OfDraft(models.Model):
    """A row of a version: written and removed only while that is a draft."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse()
        return super().delete(*args, **kwargs)

    def _refuse(self) -> None:
        if self.version.is_released:  # type: ignore[attr-defined]
            raise ReleasedStays

"""Files nobody shows any more: their rows go, and they themselves go from the store once the transaction holds."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

from crm.base.files.letting_go import bytes_go
from crm.base.hers import ERASED
from crm.base.models import StoredFile


def remove_files(pks: Iterable[int]) -> int:
    """Remove these files. One that another row shows stays; of one whose row must stay only the number stays."""
    asked = set(pks)
    if not asked:
        return 0
    needed, husks = _shown(asked)
    gone = asked - needed
    bytes_go(stored.file for stored in StoredFile.objects.filter(pk__in=gone).exclude(file=""))
    StoredFile.objects.filter(pk__in=gone & husks).update(file="", label=ERASED, uploaded_by="", sha256="")
    StoredFile.objects.filter(pk__in=gone - husks).delete()
    return len(gone)


def _shown(asked: set[int]) -> tuple[set[int], set[int]]:
    """Which of the files rows still show, and which are shown only by rows that cannot be without one."""
    free: set[int] = set()
    husks: set[int] = set()
    for column in _columns():
        found = (
            set(column["rows"].filter(pk__in=asked).values_list("pk", flat=True))
            if column["many"]
            else _of(column, asked)
        )
        (husks if column["must"] else free).update(found)
    return free, husks - free


def _of(column: dict[str, Any], asked: set[int]) -> set[int]:
    rows = column["model"]._base_manager.filter(**{f"{column['name']}__in": asked})
    return set(rows.values_list(column["name"], flat=True))


def _columns() -> Iterable[dict[str, Any]]:
    """Every column and list of every table that shows kept files."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if column.is_relation and column.related_model is StoredFile:
                yield {"model": model, "name": column.attname, "must": not column.null, "many": False}
        for many in model._meta.many_to_many:
            if many.related_model is StoredFile:
                rows: models.QuerySet[Any] = StoredFile.objects.filter(
                    pk__in=getattr(model, many.name).through._base_manager.values("storedfile_id")
                )
                yield {"model": model, "name": many.name, "must": False, "many": True, "rows": rows}

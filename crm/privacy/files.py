"""Files nobody shows any more: their rows go, and they themselves go from the store once the transaction holds."""

from collections.abc import Iterable

from django.apps import apps

from crm.base.files.letting_go import bytes_go
from crm.base.hers import ERASED, file_fields
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
    for model in apps.get_models():
        for column in file_fields(model):
            rows = model._base_manager.filter(**{f"{column.name}__in": asked}).order_by()
            found = asked.intersection(rows.values_list(column.name, flat=True))
            (free if column.many_to_many or column.null else husks).update(found)
    return free, husks - free

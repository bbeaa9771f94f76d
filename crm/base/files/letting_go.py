"""Kept files whose time is over: their row and checksum stay where something points at them, the bytes go."""

from collections.abc import Iterable, Sequence

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.fields.files import FieldFile

from crm.base.models import StoredFile


def let_bytes_go(pks: Sequence[int]) -> int:
    """What the files were and their checksums stay. Bytes leave the store once this is really written."""
    stored = list(StoredFile.objects.filter(pk__in=pks).exclude(file="").select_for_update(of=("self",)))
    StoredFile.objects.filter(pk__in=[one.pk for one in stored]).update(file="")
    bytes_go(one.file for one in stored)
    return len(stored)


def let_files_go(pks: Sequence[int]) -> int:
    """The rows go with the bytes; nothing may point at them any more."""
    stored = list(StoredFile.objects.filter(pk__in=pks).select_for_update(of=("self",)))
    StoredFile.objects.filter(pk__in=[one.pk for one in stored]).delete()
    bytes_go(one.file for one in stored if one.file)
    return len(stored)


def bytes_go(files: Iterable[FieldFile]) -> None:
    """Delete these from the store after the transaction: one that is rolled back has lost nothing."""
    for store, name in [(file.storage, file.name) for file in files if file.name]:
        _delete_on_commit(store, name)


def _delete_on_commit(store: Storage, name: str) -> None:
    transaction.on_commit(lambda: store.delete(name), robust=True)

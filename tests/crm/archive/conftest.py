"""A house with a row in nearly every table, exported once; the tests begin in an empty one."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from crm.archive.everything.actions import export_all
from crm.archive.everything.rows import Written, sum_of
from crm.archive.everything.tables import carried
from crm.exclusivity.gate import joining
from crm.influencers.models import Influencer
from crm.outbox.models import Email
from crm.team.models import Role
from tests.conftest import NOW
from tests.permissions_world import build

STRANGE = "Ünlü 🧕🏽 “quotes”, commas;\ttabs\nlines \u202eturned\u202c =SUM(A1) \\ O'Brien 漢字"


@dataclass(frozen=True)
class House:
    """Where its export lies, and what its tables came to."""

    folder: Path
    kept: Path
    tables: dict[str, Written]


def strange_rows(user_id: int) -> None:
    """What people paste, and what JSON may hold."""
    one = Influencer.objects.order_by("pk").first()
    assert one is not None
    odd = {"z": [1, 1.0, 1e16, -0.0, 1e-7], "a": {"ö": STRANGE, "null": None, "deep": [[], {}]}}
    Influencer.objects.filter(pk=one.pk).update(aesthetic=STRANGE[:80], city="")
    Email.objects.filter(pk__in=Email.objects.values("pk")[:1]).update(context=odd)
    LogEntry.objects.create(
        user_id=user_id,
        content_type=ContentType.objects.get_for_model(Influencer),
        object_id=str(one.pk),
        object_repr=STRANGE[:200],
        action_flag=CHANGE,
    )


@pytest.fixture(scope="session")
def house(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[House]:
    place = tmp_path_factory.mktemp("house")
    folder, kept = place / "export", place / "media"
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(kept)), transaction.atomic(), joining():
        world = build()
        strange_rows(world.users[Role.OWNER].pk)
        export_all(folder, now=NOW)
        tables = {table.label: sum_of(table) for table in carried()}
        transaction.set_rollback(True)
    yield House(folder, kept, tables)


@pytest.fixture
def copy(house: House, tmp_path: Path) -> Path:
    """The export, to be spoiled."""
    return Path(shutil.copytree(house.folder, tmp_path / "copy"))


Rewrite = Callable[[Path, str, Callable[[str], str]], None]


@pytest.fixture
def rewrite() -> Rewrite:
    """Change a table's file and let the manifest say that it was always so."""
    import hashlib

    def changed(folder: Path, label: str, change: Callable[[str], str]) -> None:
        file = folder / "tables" / f"{label.lower()}.jsonl"
        file.write_text(change(file.read_text()))
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["tables"][label]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest))

    return changed

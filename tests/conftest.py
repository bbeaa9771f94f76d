"""The cast every test may use: who owns, who works, who only looks, and the clock."""

import datetime as dt
import functools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.team.models import Role, User
from scripts.run_tests import DATABASE_ONLY, ONLY_ON, REAL_ONLY
from tests import brisk, emptying, ready, signs
from tests.factories import UserFactory

DRAW_ANEW = "MITRA_DRAW_ANEW"
"""Set to anything, properties draw lives nobody drew before; else the same ones each time, so that red means changed."""

# How long an example takes says something about the machine, not about the product.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow],
    derandomize=DRAW_ANEW not in os.environ, database=None,
)  # fmt: skip
settings.load_profile("untimed")
brisk.look_for_cycles_seldom()
signs.spell_nothing()
emptying.by_putting_back()

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)  # Tuesday 24 November 2026, 10.00 WIB


PAGE = re.compile(r"test_(?!undo)(\w+_)?(pages?|panels?)\.py")
"""Files about what pages show. That PostgreSQL takes their questions too, tests/test_forms_fuzzed.py asks of each page;
the pages of undoing count questions that it asks otherwise."""


REAL = re.compile(r"mark\.(browser|integration)\b")


def today_here() -> dt.date:
    """Today where the colleagues of these tests are, for tests without a clock of their own: after 17.00 UTC it is tomorrow."""
    return local_date(timezone.now(), "Asia/Jakarta")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Asked by pytest-django before it makes the database of a worker."""
    ready.offer(connection)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo that is started by its one command lives: its season is written once for all who start it."""
    return tmp_path_factory.mktemp("installation")


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture(autouse=True)
def _media(tmp_path: object, settings: object) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    yield


@pytest.fixture
def organisation(db: None) -> Organisation:
    house = Organisation.load()
    house.opened_at = NOW
    house.save()
    return house


@pytest.fixture
def owner(organisation: Organisation) -> User:
    return UserFactory(role=Role.OWNER, name="Owner Satu")


@pytest.fixture
def coordinator(organisation: Organisation) -> User:
    return UserFactory(role=Role.COORDINATOR, name="Dinda Ayuningrum")


@pytest.fixture
def viewer(organisation: Organisation) -> User:
    return UserFactory(role=Role.VIEWER, name="Viewer Lima")


@pytest.fixture
def as_coordinator(coordinator: User) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


@pytest.fixture
def as_owner(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def as_viewer(viewer: User) -> Client:
    client = Client()
    client.force_login(viewer)
    return client


def is_asked_elsewhere(item: pytest.Item) -> bool:
    """Whether the pass on SQLite asks the very same: a test to which every database is closed, or what a page shows."""
    if any(str(item.path).endswith(path) for path in ONLY_ON["postgres"]) or item.get_closest_marker("postgres"):
        return False
    database, fixtures = item.get_closest_marker("django_db"), set(getattr(item, "fixturenames", ()))
    if database is None and {"db", "transactional_db"}.isdisjoint(fixtures):
        return True
    really_commits = "transactional_db" in fixtures or (database is not None and database.kwargs.get("transaction"))
    return PAGE.fullmatch(item.path.name) is not None and not really_commits


def _leave_to_the_other_pass(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if is_asked_elsewhere(item)])
    items[:] = [item for item in items if not is_asked_elsewhere(item)]


@functools.cache
def drives_what_is_real(path: Path) -> bool:
    """Whether a file says that some of it drives a browser or processes."""
    return REAL.search(path.read_text()) is not None


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """The parts about what is real read no file without it."""
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if os.environ.get(REAL_ONLY) and is_test and not drives_what_is_real(collection_path) else None


def pytest_collection_finish(session: pytest.Session) -> None:
    brisk.forget_what_stays()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    return brisk.run(item, nextitem)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `postgres` race real transactions against each other; SQLite in memory has one writer and no race."""
    real = {item.path for item in items if item.get_closest_marker("browser") or item.get_closest_marker("integration")}
    unsaid = [str(path) for path in real if not drives_what_is_real(path)]
    if unsaid:
        raise pytest.UsageError(f"Write the mark into these files, or no run finds them: {', '.join(unsaid)}")
    if os.environ.get(DATABASE_ONLY):
        _leave_to_the_other_pass(config, items)
    if connection.vendor == "postgresql":
        return
    alone = pytest.mark.skip(reason="means something on PostgreSQL only")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(alone)

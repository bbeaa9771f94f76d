"""A house that knows its platforms, formats, niches and tiers, and files to import into it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from crm.base.models import Organisation
from crm.base.seeding import lay_all
from crm.influencers.imports import actions
from crm.influencers.imports.mapping import with_overrides
from crm.influencers.imports.queries import columns_of
from crm.influencers.imports.rehearsal import rehearse as rehearse_run
from crm.influencers.imports.writing import write
from crm.influencers.models import ImportRun
from crm.team.models import User
from crm.timeline.record import Actor
from tests.conftest import NOW

OWN = Path(__file__).parent.parent / "data"
SHARED = Path(__file__).parents[5] / "shared" / "data"

Import = Callable[..., ImportRun]


def shared(name: str) -> Path:
    """A file of the real world, where it is at hand."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not here; the invented files beside this test cover the same ground")
    return path


@pytest.fixture
def house(organisation: Organisation) -> Organisation:
    lay_all()
    return organisation


@pytest.fixture
def rehearse(house: Organisation, coordinator: User) -> Import:
    """Take a file and rehearse it as its columns are guessed."""

    def run_of(
        name: str,
        data: bytes,
        *,
        now: dt.datetime = NOW,
        replaces_known: bool = False,
        platform: str = "",
        **columns: str,
    ) -> ImportRun:
        run, table = actions.take(name, data, user=coordinator, now=now)
        guessed = columns_of(run)
        guessed = guessed._replace(platform=platform or guessed.platform)
        actions.choose_columns(
            run,
            with_overrides(table.header, guessed, columns),
            counted_at=run.counted_at or now,
            replaces_known=replaces_known,
            now=now,
            actor=Actor.user(coordinator),
        )
        assert rehearse_run(run, now=now)
        return run

    return run_of


@pytest.fixture
def imported(rehearse: Import, coordinator: User) -> Import:
    """Import a file from the upload to the last row."""

    def run_of(name: str, data: bytes, *, now: dt.datetime = NOW, **options: object) -> ImportRun:
        run = rehearse(name, data, now=now, **options)
        run.confirm(at=now, actor=Actor.user(coordinator))
        assert write(run, now=now)
        return run

    return run_of

"""A house that knows its platforms, formats, niches and tiers, and files to import into it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from crm.base.models import Organisation
from crm.influencers.imports import actions
from crm.influencers.imports.mapping import with_overrides
from crm.influencers.models import Format, ImportRun, Niche, Platform, Tier, TierScheme
from crm.team.models import User
from crm.timeline.record import Actor
from tests.conftest import NOW

OWN = Path(__file__).parent.parent / "data"
SHARED = Path(__file__).parents[5] / "shared" / "data"

PLATFORMS = ("instagram", "tiktok", "youtube", "x", "facebook", "threads")
NICHES = {
    "parenting": ("Parenting", "Parenting"),
    "make-up": ("Make-up", "Make-up"),
    "interior-design": ("Interior design", "Desain interior"),
    "photography": ("Photography", "Fotografi"),
    "finance": ("Finance", "Keuangan"),
    "sport": ("Sport", "Olahraga"),
    "skincare": ("Skincare", "Perawatan kulit"),
}

Import = Callable[..., ImportRun]


def shared(name: str) -> Path:
    """A file of the real world, where it is at hand."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not here; the invented files beside this test cover the same ground")
    return path


@pytest.fixture
def house(organisation: Organisation) -> Organisation:
    for position, code in enumerate(PLATFORMS):
        Platform.objects.get_or_create(code=code, defaults={"name": code.title(), "position": position})
    for code, platform in (("reel", "instagram"), ("story", "instagram"), ("video", "tiktok")):
        found = Platform.objects.get(code=platform)
        Format.objects.get_or_create(platform=found, code=code, defaults={"name_en": code, "name_id": code})
    for slug, (english, indonesian) in NICHES.items():
        Niche.objects.get_or_create(slug=slug, defaults={"name_en": english, "name_id": indonesian})
    scheme, _made = TierScheme.objects.get_or_create(code="marketeers", defaults={"name": "Marketeers"})
    if not scheme.tiers.exists():
        Tier.objects.create(scheme=scheme, code="micro", name="Micro", low=1_000, high=100_000)
        Tier.objects.create(scheme=scheme, code="macro", name="Macro", low=100_000, high=1_000_000, high_included=True)
        Tier.objects.create(scheme=scheme, code="celebrity", name="Celebrity", low=1_000_000, low_included=False)
    return organisation


@pytest.fixture
def rehearse(house: Organisation, coordinator: User) -> Import:
    """Take a file and rehearse it as its columns are guessed."""

    def run_of(
        name: str, data: bytes, *, now: dt.datetime = NOW, replaces_known: bool = False, platform: str = "", **columns: str
    ) -> ImportRun:
        run, table = actions.take(name, data, user=coordinator, now=now)
        guessed = actions.columns_of(run)
        guessed = guessed._replace(platform=platform or guessed.platform)
        actions.choose_columns(
            run,
            with_overrides(table.header, guessed, columns),
            counted_at=run.counted_at or now,
            replaces_known=replaces_known,
            now=now,
            actor=Actor.user(coordinator),
        )
        assert actions.rehearse(run, now=now)
        return run

    return run_of


@pytest.fixture
def imported(rehearse: Import, coordinator: User) -> Import:
    """Import a file from the upload to the last row."""

    def run_of(name: str, data: bytes, *, now: dt.datetime = NOW, **options: object) -> ImportRun:
        run = rehearse(name, data, now=now, **options)
        run.confirm(at=now, actor=Actor.user(coordinator))
        assert actions.write(run, now=now)
        return run

    return run_of

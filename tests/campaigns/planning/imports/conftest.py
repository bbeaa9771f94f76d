"""A house with campaigns of Lumi and a file of running work."""

from collections.abc import Callable
from typing import Any

import pytest

from campaigns.planning.imports.kind import RunningWork
from campaigns.planning.models import Campaign
from crm.base.models import Organisation
from crm.base.seeding import lay_all
from crm.intake import actions
from crm.intake.models import Intake
from crm.intake.rehearsal import rehearse
from crm.intake.taking_back import take_back
from crm.intake.writing import write
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.conftest import NOW
from tests.factories import BrandFactory, CampaignFactory, InfluencerFactory, PlatformFactory, SocialAccountFactory

Bring = Callable[..., Intake]

HEADER = "Akun IG;Campaign;SOW;Fee;Tgl draft;Tgl posting;Status;Link;Catatan"


@pytest.fixture
def house(organisation: Organisation) -> Organisation:
    lay_all()
    return organisation


@pytest.fixture
def glow(house: Organisation, coordinator: User) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator)


@pytest.fixture
def known(house: Organisation) -> None:
    """Kirana, Bagas and Sekar with their Instagram accounts."""
    instagram = PlatformFactory(code="instagram")
    for name in ("kirana", "bagas", "sekar"):
        person = InfluencerFactory(stage_name=f"{name.title()} Wijaya")
        SocialAccountFactory(influencer=person, platform=instagram, handle=name)


@pytest.fixture
def bring(coordinator: User) -> Bring:
    """Rehearse lines of a sheet; with `write` also import them."""

    def bring_in(*lines: str, header: str = HEADER, name: str = "running.csv", **choices: Any) -> Intake:
        do_write = choices.pop("write", False)
        data = "\n".join([header, *lines]).encode()
        run = actions.take(RunningWork(), name, data, user=coordinator)
        chosen = {"platform": "instagram", **choices}
        actions.choose_columns(run, run.columns["targets"], chosen, now=NOW, actor=SYSTEM)
        rehearse(run, now=NOW)
        if do_write:
            run.confirm(at=NOW, actor=SYSTEM)
            write(run, now=NOW)
        return run

    return bring_in


@pytest.fixture
def take_it_back() -> Callable[[Intake], Intake]:
    def back(run: Intake) -> Intake:
        run.refresh_from_db()
        run.take_back(at=NOW, actor=SYSTEM)
        take_back(run, now=NOW)
        return run

    return back

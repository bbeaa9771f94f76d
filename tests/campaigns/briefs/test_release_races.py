"""Two colleagues who release the same draft at once: one does, the other is told."""

import datetime as dt

import pytest
from django.db import transaction

from campaigns.briefs.actions.writing import release
from campaigns.briefs.models import Brief, BriefVersion
from campaigns.briefs.queries import state_of
from campaigns.planning.models import Campaign
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import CampaignFactory, UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 5


def a_draft() -> Campaign:
    campaign = CampaignFactory()
    BriefVersion.objects.create(brief=Brief.objects.create(campaign=campaign), number=1, pose="Standing")
    return campaign


def test_of_many_who_release_one_does(now: dt.datetime) -> None:
    actor = Actor.user(UserFactory())
    for _round in range(3):
        campaign = a_draft()
        state = state_of(campaign)
        assert state.draft is not None
        draft, seen = state.draft, state.token

        def press(draft: BriefVersion = draft, seen: str = seen) -> None:
            release(draft, seen=seen, change="ask_again", at=now, actor=actor)

        assert together(*(press for _one in range(CROWD))) == ["Meanwhile"] * (CROWD - 1)
        assert BriefVersion.objects.get(pk=draft.pk).released_at == now
    assert Entry.objects.filter(verb="brief.released").count() == 3


def test_control_looking_first_and_writing_then_lets_several_through(now: dt.datetime) -> None:
    done: list[int] = []

    def unguarded(pk: int) -> None:
        with transaction.atomic():
            if BriefVersion.objects.drafts().filter(pk=pk).exists():
                done.append(BriefVersion._base_manager.filter(pk=pk).update(number=1, updated_at=now))

    pk = BriefVersion.objects.get(brief__campaign=a_draft()).pk
    together(*(lambda: unguarded(pk) for _one in range(CROWD)))
    assert len(done) == CROWD

"""Moving a day into somebody else's window: what it meets is told before anybody presses, and nothing of the try stays."""
# ruff: noqa: F811  a test asks for a fixture by its name

import datetime as dt

import pytest

from campaigns.planning.calendar.moving import picks_of, plan_moves
from campaigns.planning.models import Collaboration
from crm.exclusivity.models import Claim, Clause, Finding
from crm.influencers.models import Influencer
from crm.reminders.registry import Outlook, Shift
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import clause, deal, kirana, on, ours, post_of, promise  # noqa: F401

pytestmark = pytest.mark.django_db


def looked(card: Collaboration, to_on: dt.date, user: User, now: dt.datetime) -> Outlook:
    before = list(Claim.objects.order_by("pk").values_list()), Finding.objects.count(), Entry.objects.count()
    (found,) = plan_moves(picks_of([f"deliverable.post:{post_of(card).pk}"]), Shift(to_on), user, now)
    assert (list(Claim.objects.order_by("pk").values_list()), Finding.objects.count(), Entry.objects.count()) == before
    return found.outlook


def test_a_promise_that_would_break_refuses_the_move_and_is_named(
    kirana: Influencer,
    clause: Clause,
    owner: User,
    now: dt.datetime,
    actor: Actor,
) -> None:
    rival = deal(kirana, "Serasi", on(12, 20))
    rival.put("agreed", at=now, actor=actor)
    told = looked(rival, on(12, 16), owner, now)
    assert str(told.refused).startswith("An exclusivity promise stands against this. Nothing was changed.")
    assert looked(rival, on(12, 22), owner, now).refused == ""


def test_a_promise_that_only_warns_is_told_beside_the_move(
    kirana: Influencer,
    ours: Collaboration,
    owner: User,
    now: dt.datetime,
    actor: Actor,
) -> None:
    promise(ours, blocks=False)
    ours.put("agreed", at=now, actor=actor)
    rival = deal(kirana, "Serasi", on(12, 30))
    rival.put("agreed", at=now, actor=actor)
    told = looked(rival, on(12, 11), owner, now)
    (warning,) = told.warnings
    assert (told.refused, warning) == ("", "Kirana Maheswari promised exclusivity to Lumi: Fri, 11 Dec 2026.")

"""ADDR: she is asked for address and choice in one mail, in one series with offer, contract and brief, until she answered."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from campaigns.planning.models import Collaboration
from campaigns.samples.asking.actions import Wanted, approve, ask_for, call_off
from campaigns.samples.asking.answers import Heard, goes_to
from campaigns.samples.asking.reminders import ADDRESS
from campaigns.samples.models import SampleRequest
from crm.brands.models import Product
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.samples.asking.test_address import HOME
from tests.factories import CollaborationFactory, SampleItemFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def asked(card: Collaboration, serum: Product, coordinator: User, now: dt.datetime, actor: Actor) -> SampleRequest:
    return ask_for(
        card.influencer, card.campaign.brand, [Wanted(serum)], card=card, purpose="contractual", owner=coordinator,
        at=now, actor=actor,
    )  # fmt: skip


def still_asked(subject: int, now: dt.datetime) -> list[str]:
    return [due.subject for due in dues(Asked(now, subjects=[subject]), [ADDRESS]) if not due.stopped_why]


def test_rule_4_5_14_she_is_asked_thrice_then_her_coordinator_is_told(asked: SampleRequest, now: dt.datetime) -> None:
    """Rule 4.5.14: an address is missing."""
    for day in range(9):
        at = now + day * DAY
        with time_machine.travel(at, tick=False):
            plan(at)
            mail_due(at)
            send_due(lambda at=at: at)  # type: ignore[misc]
    assert list(Email.objects.order_by("pk").values_list("name", flat=True)) == [
        "sample_address", "sample_address", "sample_address", "escalation",
    ]  # fmt: skip


def test_her_answer_stops_what_was_planned_in_the_same_transaction(
    asked: SampleRequest, card: Collaboration, now: dt.datetime
) -> None:
    plan(now)
    assert Reminder.objects.queued().filter(kind=ADDRESS).exists()
    contact = Contact.objects.get(representations__influencer=card.influencer)
    goes_to(asked, HOME, Heard(now, Actor.contact(contact), contact), only_once=False, agrees=True, choices={})
    assert list(Reminder.objects.queued().filter(kind=ADDRESS)) == []


@pytest.mark.parametrize("how", ["cancelled", "off", "paused"])
def test_nobody_is_asked_once_it_is_off(asked: SampleRequest, now: dt.datetime, actor: Actor, how: str) -> None:
    card: Any = asked.collaboration
    assert still_asked(card.pk, now) == [f"campaigns.collaboration:{card.pk}"]
    if how == "cancelled":
        call_off(asked, "Not needed", at=now, actor=actor)
    elif how == "paused":
        card.pause_reminders(at=now, actor=actor)
    else:
        card.put("off", at=now, actor=actor, why="Not now")
    assert still_asked(card.pk, now) == []


def test_rule_4_5_1_nobody_is_asked_before_the_approver_said_yes(
    card: Collaboration, serum: Product, coordinator: User, owner: User, now: dt.datetime, actor: Actor
) -> None:
    """Rule 4.5.1."""
    card.campaign.brand.approves_samples = True
    made = ask_for(
        card.influencer, card.campaign.brand, [Wanted(serum)], purpose="gift_no_ask", owner=coordinator, at=now,
        actor=actor,
    )  # fmt: skip
    assert still_asked(made.pk, now) == []
    approve(made, at=now + DAY, actor=Actor.user(owner))
    (found,) = dues(Asked(now + DAY, subjects=[made.pk]), [ADDRESS])
    assert (found.subject, found.born_at, str(found.stopped_why)) == (
        f"campaigns.samplerequest:{made.pk}", now + DAY, "",
    )  # fmt: skip


@pytest.mark.parametrize("many", [1, 3])
def test_any_number_of_cards_costs_the_same_queries(
    many: int, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    for card in CollaborationFactory.create_batch(many):
        SampleItemFactory(request__collaboration=card, request__status="to_send")
    with django_assert_num_queries(13):
        assert len(list(dues(Asked(now), [ADDRESS]))) == many

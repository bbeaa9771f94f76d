"""Who is reminded of an offer and when that stops; and that of offer and contract only one asks."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from djmoney.money import Money

from campaigns.offers.actions.answers import accept, ask_question, counter
from campaigns.offers.actions.sending import Ask, send_offer, withdraw
from campaigns.offers.reminders import ENDS, OFFER
from campaigns.planning.models import Campaign, Collaboration
from crm.contracts.models import Contract
from crm.outbox.delivery import send_due
from crm.outbox.models import Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.reminders.todos import settle_todo
from crm.timeline.record import Actor
from tests.factories import CollaborationFactory, ContactFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
RP3 = Money(3_000_000, "IDR")  # type: ignore[no-untyped-call]


@pytest.fixture
def asked(card: Collaboration, ask: Ask, now: dt.datetime, actor: Actor) -> Collaboration:
    send_offer(card, ask, at=now, actor=actor)
    return Collaboration.objects.select_related("campaign__brand", "campaign__owner", "influencer").get(pk=card.pk)


def days_on(start: dt.datetime, count: int) -> Counter[dt.date]:
    """Let so many days go by, looking each morning; how many reminders were written on each."""
    for day in range(count):
        now = start + day * DAY
        with time_machine.travel(now, tick=False):
            plan(now)
            mail_due(now)
            send_due(lambda at=now: at)  # type: ignore[misc]
    return Counter(mail.send_at.date() for mail in Email.objects.exclude(name__in=["campaign_offer", "escalation"]))


def still_asked(card: Collaboration, now: dt.datetime) -> list[str]:
    """Which kinds nothing stops, asked about this card."""
    found = dues(Asked(now, subjects=[card.pk]), [OFFER, ENDS])
    return [due.kind for due in found if not due.stopped_why]


def test_she_is_reminded_thrice_and_never_twice_a_day_then_the_owner(asked: Collaboration, now: dt.datetime) -> None:
    sent = days_on(now, 7)
    assert (sum(sent.values()), max(sent.values())) == (3, 1)
    assert Email.objects.filter(name="escalation").count() == 1


def test_an_answer_stops_what_was_planned(asked: Collaboration, now: dt.datetime, actor: Actor) -> None:
    plan(now)
    assert Reminder.objects.queued().exists()
    accept(asked, at=now, actor=actor)
    plan(now)
    assert list(Reminder.objects.queued()) == []


def test_a_price_or_a_question_of_hers_waits_for_us(asked: Collaboration, now: dt.datetime, actor: Actor) -> None:
    ask_question(asked, "Kapan?", at=now, actor=actor)
    assert still_asked(asked, now) == []
    settle_todo(Todo.objects.get(), by=None, at=now)
    assert still_asked(asked, now) == [OFFER, ENDS]
    counter(asked, RP3, "", at=now, actor=actor)
    assert still_asked(asked, now) == []


@pytest.mark.parametrize("how", ["withdrawn", "paused", "off", "campaign", "contract"])
def test_nobody_is_asked_once_it_is_over_or_waits(
    asked: Collaboration, now: dt.datetime, actor: Actor, how: str
) -> None:
    assert still_asked(asked, now) == [OFFER, ENDS]
    if how == "withdrawn":
        withdraw(asked, at=now, actor=actor)
    elif how == "paused":
        asked.pause_reminders(at=now, actor=actor)
    elif how == "off":
        asked.put("off", at=now, actor=actor, why="Too dear")
    elif how == "campaign":
        Campaign.objects.update(status="paused")
    else:
        contract = Contract.objects.create(
            title="Lumi",
            brand=asked.campaign.brand,
            owner=asked.campaign.owner,
            status="sent",
            sent_at=now,
            text_sha256="a" * 64,
        )
        party = contract.parties.create(role="talent", influencer=asked.influencer, name="Kirana")
        Collaboration.objects.update(party=party)
    assert still_asked(asked, now) == []


@pytest.mark.parametrize("people", [1, 3])
def test_any_number_of_offers_costs_the_same_queries(
    campaign: Campaign, ask: Ask, now: dt.datetime, actor: Actor, people: int,
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:  # fmt: skip
    for _number in range(people):
        person = InfluencerFactory()
        RepresentationFactory(influencer=person, contact=ContactFactory())
        send_offer(
            CollaborationFactory(campaign=campaign, influencer=person, fee=1_000_000, status="shortlist"), ask,
            at=now, actor=actor,
        )  # fmt: skip
    with django_assert_num_queries(13):  # type: ignore[operator]
        found = list(dues(Asked(now, to_at=now + 9 * DAY), [OFFER, ENDS]))
    assert len(found) == 2 * people

"""A contract that waits: who is reminded when, never twice a day about one contract, and what stops it."""

import datetime as dt
from collections import Counter

import pytest
import time_machine

from crm.brands.models import Brand
from crm.contracts.actions.answers import ask_question, decline
from crm.contracts.actions.sending import send
from crm.contracts.actions.signing import sign
from crm.contracts.models import Contract
from crm.contracts.reminders.answers import OFFER, SIGN
from crm.influencers.models import Influencer, Representation
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.reminders.today import all_lines
from crm.reminders.todos import settle_todo
from crm.team.models import User
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.test_sending import allow, stands
from tests.crm.contracts.test_signing import yes

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def her(kirana: Influencer) -> Contact:
    return stands(kirana, "Kirana Maheswari", zone="Asia/Jakarta")


def days_on(start: dt.datetime, count: int) -> Counter[dt.date]:
    """Let so many days go by, looking each morning; how many reminders were written on each."""
    for day in range(count):
        now = start + day * DAY
        with time_machine.travel(now, tick=False):
            plan(now)
            mail_due(now)
            send_due(lambda at=now: at)  # type: ignore[misc]
    mails = Email.objects.exclude(name__in=["contract_sent", "escalation"])
    return Counter(email.send_at.date() for email in mails)


def names() -> list[str]:
    return list(Email.objects.exclude(name="contract_sent").order_by("pk").values_list("name", flat=True))


def test_she_is_reminded_three_times_then_the_owner(
    write: Write, kirana: Influencer, her: Contact, actor: Actor, now: dt.datetime, coordinator: User
) -> None:
    send(write(kirana, said="1 reel 2jt"), at=now, actor=actor)
    sent = days_on(now, 9)
    assert sent == {now.date() + DAY: 1, now.date() + 3 * DAY: 1, now.date() + 6 * DAY: 1}
    assert names() == ["contract_waits", "contract_waits", "contract_waits", "escalation"]
    assert Email.objects.get(name="escalation").contact == coordinator.contact


def test_the_end_of_the_offer_and_the_signature_share_a_day(
    write: Write, kirana: Influencer, her: Contact, actor: Actor, now: dt.datetime
) -> None:
    """Three days after it was sent is the day before the offer ends: one letter, the other is replaced."""
    send(write(kirana, said="1 reel 2jt", offer_until_on=now.date() + 4 * DAY), at=now, actor=actor)
    sent = days_on(now, 5)
    assert sent == {now.date() + DAY: 1, now.date() + 3 * DAY: 1}
    third = Reminder.objects.filter(send_at__date=now.date() + 3 * DAY).order_by("state")
    assert [(row.state, row.why) for row in third] == [
        ("mailed", ""), ("skipped", "A newer reminder about the same thing took its place."),
    ]  # fmt: skip


def test_nothing_leaves_after_she_signed(
    write: Write, kirana: Influencer, her: Contact, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt", offer_until_on=now.date() + 4 * DAY)
    send(contract, at=now, actor=actor)
    plan(now)
    assert Reminder.objects.queued().count() > 0
    sign(yes(contract.talents[0], now), at=now, actor=actor)
    assert Reminder.objects.queued().count() == 0
    assert (days_on(now, 9), names()) == ({}, [])


def test_nothing_leaves_after_she_declined(
    write: Write, kirana: Influencer, her: Contact, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    send(contract, at=now, actor=actor)
    plan(now)
    contract = Contract.objects.get()
    decline(contract, contract.talents[0], "Penuh", at=now, actor=actor, channel="whatsapp")
    assert (days_on(now, 9), names()) == ({}, [])


def test_a_question_holds_them_until_we_answered(
    write: Write, kirana: Influencer, her: Contact, actor: Actor, now: dt.datetime, coordinator: User
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    send(contract, at=now, actor=actor)
    plan(now)
    ask_question(contract, contract.talents[0], "Boleh tanpa story?", at=now, actor=actor, channel="")
    assert (days_on(now, 4), names()) == ({}, [])
    settle_todo(Todo.objects.get(kind="question"), by=coordinator, at=now + 4 * DAY)
    assert days_on(now + 4 * DAY, 4) == {now.date() + 6 * DAY: 1}


def test_an_agent_of_two_gets_one_letter_about_one_contract(
    write: Write, kirana: Influencer, lumi: Brand, actor: Actor, now: dt.datetime
) -> None:
    sekar = person("Sekar Ayu")
    agent = stands(kirana, "Sari Manajemen", "agent", zone="Asia/Jakarta")
    Representation.objects.create(influencer=sekar, contact=agent, capacity="agent")
    allow(kirana, agent), allow(sekar, agent)
    send(write(kirana, sekar, said="1 reel 2jt"), at=now, actor=actor)
    assert days_on(now, 2) == {now.date() + DAY: 1}
    assert Email.objects.get(name="contract_waits").context["people"] == "Kirana Maheswari, Sekar Ayu"


def test_it_stands_on_today_once_reminding_did_not_help(
    write: Write, kirana: Influencer, her: Contact, actor: Actor, now: dt.datetime, coordinator: User
) -> None:
    send(write(kirana, said="1 reel 2jt"), at=now, actor=actor)
    assert [line.kind for line in all_lines(coordinator, now + 6 * DAY)] == []
    assert [line.kind for line in all_lines(coordinator, now + 7 * DAY)] == [SIGN]


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_both_kinds_costs_as_much_as_at_one_and_the_same_for_many(
    write: Write, actor: Actor, now: dt.datetime, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        who = person(f"Nomor{number} Satu")
        stands(who, f"Nomor{number} Satu")
        send(write(who, said="1 reel 2jt", offer_until_on=now.date() + 4 * DAY), at=now, actor=actor)
    with django_assert_num_queries(5):  # type: ignore[operator]
        assert Counter(one.kind for one in dues(Asked(now=now), {SIGN, OFFER})) == {SIGN: count, OFFER: count}

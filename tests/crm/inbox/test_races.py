"""Two colleagues at one mail, and two readers that took in the same one: once is once."""

import datetime as dt
import uuid

import pytest

from crm.inbox import actions, taking_in
from crm.inbox.models import AnswerHold, InboundMail
from crm.inbox.sorting import sort_in
from crm.inbox.taking_in import take_in
from crm.influencers.models import Influencer
from crm.outbox.models import Email
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from tests.conftest import NOW
from tests.crm.inbox.conftest import Arrive, eml
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_one_of_two_colleagues_puts_a_mail_under_a_person_and_the_other_is_told(
    asked: Email, kirana: Influencer, arrive: Arrive, coordinator: User, owner: User
) -> None:
    mail = arrive("stranger")

    def put(by: User) -> None:
        actions.put_under(InboundMail.objects.get(pk=mail.pk), kirana, None, by=by, at=NOW)

    assert together(lambda: put(coordinator), lambda: put(owner)) == ["TransitionRefused"]
    told = Entry.objects.filter(verb="email.received").count()
    assert (told, Todo.objects.count(), AnswerHold.objects.count()) == (1, 1, 1)


def test_two_sorters_of_one_mail_deliver_it_once(asked: Email, now: dt.datetime, organisation: object) -> None:
    mail = take_in(eml("reply_gmail_en"), now)
    assert mail is not None

    def sort() -> None:
        sort_in(InboundMail.objects.get(pk=mail.pk), now)

    assert together(sort, sort, sort) == []
    assert (Todo.objects.count(), Entry.objects.filter(verb="email.received").count()) == (1, 2)
    assert Email.objects.filter(name="reply_arrived").count() == 1


def test_the_same_mail_taken_in_by_several_at_once_is_one_row(asked: Email, now: dt.datetime) -> None:
    raw, kept = eml("reply_gmail_en"), []

    def bring() -> None:
        kept.append(take_in(raw, now))

    assert together(bring, bring, bring, bring) == []
    assert len([mail for mail in kept if mail is not None]) == 1
    assert InboundMail.objects.count() == 1


def test_without_the_key_each_would_keep_its_own(
    asked: Email, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what the key is for."""
    monkeypatch.setattr(taking_in, "key_of", lambda message_id, raw: uuid.uuid4().hex)
    raw = eml("reply_gmail_en")

    def bring() -> None:
        take_in(raw, now)

    assert together(bring, bring, bring, bring) == []
    assert InboundMail.objects.count() == 4

"""How long her answers take: from the first message about a thing to what she says about it; a median from three on."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.influencers.queries.replies import Promptness, promptness, promptness_of
from crm.outbox.models import Contact, Email
from crm.team.models import User
from crm.timeline.models import Channel
from crm.timeline.record import Actor, entry
from tests.factories import BrandFactory, ContactFactory, RepresentationFactory

HOUR = dt.timedelta(hours=1)


def at(hours: float, now: dt.datetime) -> dt.datetime:
    return now + hours * HOUR


# ---- the arithmetic --------------------------------------------------------------------------------------------------


def test_the_median_needs_three_answers(now: dt.datetime) -> None:
    asked = [(thing, now) for thing in "abc"]
    said = [("a", at(1, now)), ("b", at(5, now)), ("c", at(30, now))]
    assert promptness(asked, said[:2]) == Promptness(None, 2, 2)
    assert promptness(asked, said) == Promptness(5 * HOUR, 3, 2)


def test_answers_within_a_day_are_counted_to_the_minute(now: dt.datetime) -> None:
    asked = [(thing, now) for thing in "abcd"]
    said = [("a", at(24, now)), ("b", at(24, now) + dt.timedelta(minutes=1)), ("c", at(1, now)), ("d", at(90, now))]
    assert promptness(asked, said).soon == 2


def test_reminders_in_between_do_not_start_the_clock_again(now: dt.datetime) -> None:
    asked = [("a", now), ("a", at(24, now)), ("b", now), ("c", now)]
    said = [(thing, at(30, now)) for thing in "abc"]
    assert promptness(asked, said) == Promptness(30 * HOUR, 3, 0)


def test_what_nobody_asked_and_what_she_never_answered_count_for_nothing(now: dt.datetime) -> None:
    asked = [("a", now), ("b", now)]
    said = [("a", at(-1, now)), ("z", at(2, now)), ("a", at(3, now)), ("a", at(9, now))]
    assert promptness(asked, said) == Promptness(None, 1, 1)


def test_the_same_thing_asked_again_later_counts_again(now: dt.datetime) -> None:
    asked = [("a", at(hours, now)) for hours in (0, 100, 200)]
    said = [("a", at(hours, now)) for hours in (2, 104, 206)]
    assert promptness(asked, said) == Promptness(4 * HOUR, 3, 3)


def test_only_the_latest_twenty_answers_count(now: dt.datetime) -> None:
    asked = [(str(number), at(1_000 * number, now)) for number in range(23)]
    said = [(about, when + (99 if int(about) < 3 else 1) * HOUR) for about, when in asked]
    assert promptness(asked, said) == Promptness(HOUR, 20, 20)


# ---- from the rows ---------------------------------------------------------------------------------------------------


@pytest.fixture
def kirana(db: None) -> Influencer:
    return RepresentationFactory(contact=ContactFactory(name="Kirana")).influencer


def mail(person: Influencer, about: str, sent_at: dt.datetime, **known: object) -> None:
    contact = known.pop("contact", None) or Contact.objects.get(representations__influencer=person)
    number = Email.objects.count()
    known = {"state": "sent", "sent_at": sent_at, "send_at": sent_at, "influencer_ref": person.pk, **known}
    Email.objects.create(
        name="draft_due", key=f"key {number}", contact=contact, from_name="Lumi", subject_refs=[about], **known
    )


def answer(person: Influencer, about: str, when: dt.datetime, actor: Actor, **known: str) -> None:
    said = entry("deliverable.submitted", "Said", at=when, actor=actor, influencer=person, **known)  # type: ignore[arg-type]
    said.subject = about
    said.save()


@pytest.fixture
def herself(kirana: Influencer) -> Actor:
    return Actor.contact(Contact.objects.get(representations__influencer=kirana))


def test_her_page_and_what_colleagues_were_told_are_answers_and_our_own_work_is_none(
    kirana: Influencer, herself: Actor, coordinator: User, now: dt.datetime
) -> None:
    for number in (1, 2, 3):
        mail(kirana, f"campaigns.deliverable:{number}", now)
    us = Actor.user(coordinator)
    answer(kirana, "campaigns.deliverable:3", at(1, now), us)
    answer(kirana, "campaigns.deliverable:1", at(2, now), herself)
    answer(kirana, "campaigns.deliverable:2", at(8, now), us, channel=Channel.WHATSAPP)
    assert promptness_of(kirana, coordinator) == Promptness(None, 2, 2)
    answer(kirana, "campaigns.deliverable:3", at(20, now), herself)
    assert promptness_of(kirana, coordinator) == Promptness(8 * HOUR, 3, 3)


def test_mail_that_never_left_and_mail_to_colleagues_ask_nothing(
    kirana: Influencer, herself: Actor, coordinator: User, now: dt.datetime
) -> None:
    mail(kirana, "a:1", now, state="failed", why="550 no such user")
    mail(kirana, "a:2", now, contact=coordinator.contact)
    for about in ("a:1", "a:2"):
        answer(kirana, about, at(1, now), herself)
    assert promptness_of(kirana, coordinator) == Promptness(None, 0)


def test_answers_about_a_brand_behind_the_wall_do_not_count(
    kirana: Influencer, herself: Actor, coordinator: User, now: dt.datetime
) -> None:
    hidden = BrandFactory()
    for number in range(3):
        mail(kirana, f"a:{number}", now, brand_ref=hidden.pk)
        answer(kirana, f"a:{number}", at(1, now), herself)
    assert promptness_of(kirana, coordinator) == Promptness(HOUR, 3, 3)
    Organisation.objects.update(brand_walls=True)
    assert promptness_of(kirana, User.objects.get(pk=coordinator.pk)) == Promptness(None, 0)


def test_the_panel_says_the_median_or_what_is_missing(
    as_viewer: Client, kirana: Influencer, herself: Actor, now: dt.datetime
) -> None:
    url = reverse("person-panels", args=[kirana.pk])
    assert "0 answers so far, 3 more make a median" in as_viewer.get(url).content.decode()
    for number in range(3):
        mail(kirana, f"a:{number}", now)
        answer(kirana, f"a:{number}", at(5, now), herself)
    page = as_viewer.get(url).content.decode()
    assert ("5 hours" in page, "median of 3 answers, 3 within a day" in page) == (True, True)


def test_it_costs_two_queries_however_much_was_said(
    kirana: Influencer, herself: Actor, coordinator: User, now: dt.datetime
) -> None:
    coordinator.brand_ids()
    costs = []
    for number in range(3):
        mail(kirana, f"a:{number}", now)
        answer(kirana, f"a:{number}", at(1, now), herself)
        with CaptureQueriesContext(connection) as caught:
            promptness_of(kirana, coordinator)
        costs.append(len(caught))
    assert costs == [2, 2, 2]

"""Who gets which mail about a person: as usual, as chosen, never nobody, never twice at one address."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.influencers.mail_words import mail_in_words
from crm.influencers.models import Influencer, Representation
from crm.influencers.queries.mail import NOBODY, Route, mail_routes
from crm.influencers.queries.person import contacts_of
from crm.outbox.models import Contact
from crm.outbox.topics import Topic
from tests.factories import InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db

SELF, AGENT, GUARDIAN = Representation.Capacity


@pytest.fixture
def kirana(organisation: object) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Larasati", zone="Asia/Jakarta")


def stand(person: Influencer, name: str, capacity: str, **details: Any) -> int:
    """Somebody stands for her; returns the contact's id."""
    row = RepresentationFactory(influencer=person, capacity=capacity, contact__name=name, **details)
    return row.contact_id


def went(person: Influencer, now: dt.datetime) -> dict[str, Route]:
    routes = mail_routes([person.pk], now)
    return {topic: routes.of(person.pk, topic) for topic in Topic.values}


def test_everything_goes_to_her_until_somebody_else_is_named(kirana: Influencer, now: dt.datetime) -> None:
    hers = stand(kirana, "Kirana", SELF)
    assert went(kirana, now) == dict.fromkeys(Topic.values, Route((hers,)))


def test_an_agent_gets_contracts_and_payments(kirana: Influencer, now: dt.datetime) -> None:
    hers, agent = stand(kirana, "Kirana", SELF), stand(kirana, "Sari", AGENT)
    to_agent, to_her = Route((agent,)), Route((hers,))
    assert went(kirana, now) == {
        "work": to_her, "contracts": to_agent, "payments": to_agent, "parcels": to_her, "news": to_her,
    }  # fmt: skip


def test_an_agent_alone_gets_everything(kirana: Influencer, now: dt.datetime) -> None:
    agent = stand(kirana, "Sari", AGENT)
    assert went(kirana, now) == dict.fromkeys(Topic.values, Route((agent,)))


def test_what_was_chosen_comes_before_what_is_usual(kirana: Influencer, now: dt.datetime) -> None:
    hers = stand(kirana, "Kirana", SELF, mail_work="copy", mail_contracts="copy")
    agent = stand(kirana, "Sari", AGENT, mail_work="to", mail_payments="nothing")
    found = went(kirana, now)
    assert found["work"] == Route((agent,), (hers,))
    assert found["contracts"] == Route((agent,), (hers,))
    assert found["payments"] == Route((hers,))


def test_a_minors_guardian_gets_what_binds_whatever_was_chosen(kirana: Influencer, now: dt.datetime) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(birth_on=dt.date(2010, 5, 1))
    hers = stand(kirana, "Kirana", SELF)
    mother = stand(kirana, "Ibu Retno", GUARDIAN, mail_contracts="nothing", mail_payments="copy")
    assert went(kirana, now) == {
        "work": Route((hers,), (mother,)),
        "contracts": Route((mother,)),
        "payments": Route((mother,)),
        "parcels": Route((hers,), (mother,)),
        "news": Route((hers,)),
    }


def test_once_she_is_of_age_her_guardian_gets_nothing_any_more(kirana: Influencer, now: dt.datetime) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(birth_on=now.date().replace(year=now.year - 18))
    hers = stand(kirana, "Kirana", SELF)
    stand(kirana, "Ibu Retno", GUARDIAN)
    assert went(kirana, now) == dict.fromkeys(Topic.values, Route((hers,)))


@pytest.mark.parametrize(
    ("since", "until", "stands"),
    [(None, 0, True), (None, -1, False), (0, None, True), (1, None, False), (-3, 3, True)],
)
def test_who_no_longer_stands_for_her_gets_nothing(
    kirana: Influencer, now: dt.datetime, since: int | None, until: int | None, stands: bool
) -> None:
    def day(offset: int | None) -> dt.date | None:
        return None if offset is None else now.date() + dt.timedelta(days=offset)

    hers = stand(kirana, "Kirana", SELF)
    agent = stand(kirana, "Sari", AGENT, since_on=day(since), until_on=day(until))
    assert went(kirana, now)["contracts"] == Route((agent if stands else hers,))


def test_one_address_reads_a_message_once(kirana: Influencer, now: dt.datetime) -> None:
    hers = stand(kirana, "Kirana", SELF, contact__email="tim@contoh.example")
    stand(kirana, "Sari", AGENT, contact__email="TIM@contoh.example", mail_work="to")
    third = stand(kirana, "Bima", AGENT, contact__email="bima@contoh.example", mail_work="copy")
    kirana.representations.filter(contact=hers).update(mail_work="to")
    assert went(kirana, now)["work"] == Route((hers,), (third,))


def test_contacts_without_an_address_are_not_one(kirana: Influencer, now: dt.datetime) -> None:
    hers = stand(kirana, "Kirana", SELF, contact__email="", mail_work="to")
    agent = stand(kirana, "Sari", AGENT, contact__email="", mail_work="to")
    assert went(kirana, now)["work"] == Route((hers, agent))


def test_routes_of_many_people_cost_one_query_and_one_more_with_a_guardian(
    kirana: Influencer, now: dt.datetime
) -> None:
    others = [InfluencerFactory() for _number in range(3)]
    for person in (kirana, *others):
        stand(person, "Own", SELF)
    ids = [person.pk for person in (kirana, *others)]
    with CaptureQueriesContext(connection) as caught:
        routes = mail_routes([*ids, 999_999], now)
    assert len(caught) == 1
    assert routes.of(999_999, Topic.WORK) == NOBODY
    Influencer.objects.filter(pk__in=ids).update(birth_on=dt.date(2010, 5, 1))
    for person in (kirana, *others):
        stand(person, "Ibu", GUARDIAN)
    with CaptureQueriesContext(connection) as caught:
        mail_routes(ids, now)
    assert len(caught) == 2
    with CaptureQueriesContext(connection) as caught:
        assert mail_routes([], now).of(kirana.pk, Topic.WORK) == NOBODY
    assert len(caught) == 0


def said(person: Influencer, *, is_minor: bool = False) -> str:
    return mail_in_words(contacts_of(person.pk), is_minor=is_minor)


def test_who_gets_what_is_said_in_one_line(kirana: Influencer) -> None:
    assert said(kirana) == ""
    stand(kirana, "Kirana", SELF)
    assert said(kirana) == "All mail goes to her."
    stand(kirana, "Sari", AGENT, mail_parcels="copy")
    assert said(kirana) == (
        "Work reminders and news go to her, contracts and payments go to Sari (agent), "
        "samples go to her, with a copy to Sari (agent)."
    )


# ---- in the form -----------------------------------------------------------------------------------------------------

NEW = {"capacity": "agent", "prefers": "email", "language": "id", "zone": "Asia/Jakarta", "receives_mail": "on"}


def test_mail_that_nobody_would_get_is_refused(as_coordinator: Client, kirana: Influencer) -> None:
    hers = RepresentationFactory(influencer=kirana)
    url = reverse("contact-edit", args=[kirana.pk, hers.pk])
    form = as_coordinator.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"mail_work": "nothing", "mail_news": "copy"}
    response = as_coordinator.post(url, typed)
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "__all__": ["Nobody would get: Work and reminders, News and offers. Let somebody get it."]
    }
    assert Representation.objects.get(pk=hers.pk).shares == dict.fromkeys(Topic.values, "")


def test_an_agent_who_gets_the_work_leaves_her_a_copy(
    as_coordinator: Client, kirana: Influencer, now: dt.datetime
) -> None:
    hers = stand(kirana, "Kirana", SELF, mail_work="copy")
    typed = {**NEW, "name": "Sari", "email": "sari@agensi.example", "agency": "Arunika Talent", "mail_work": "to"}
    response = as_coordinator.post(reverse("contact-new", args=[kirana.pk]), typed)
    assert response.status_code == 302
    agent = Contact.objects.get(name="Sari")
    assert agent.agency == "Arunika Talent"
    assert went(kirana, now)["work"] == Route((agent.pk,), (hers,))


def test_the_last_one_who_gets_something_is_not_removed_while_others_are_left_without(
    as_coordinator: Client, kirana: Influencer
) -> None:
    stand(kirana, "Kirana", SELF, mail_contracts="nothing")
    agent = RepresentationFactory(influencer=kirana, capacity=AGENT)
    response = as_coordinator.post(reverse("contact-remove", args=[kirana.pk, agent.pk]), follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Nobody would get: Contracts. Let somebody get it."
    ]
    assert kirana.representations.count() == 2


def test_dates_in_the_wrong_order_are_refused(as_coordinator: Client, kirana: Influencer) -> None:
    typed = {**NEW, "name": "Sari", "email": "s@agensi.example", "since_on": "2026-11-20", "until_on": "2026-11-19"}
    response = as_coordinator.post(reverse("contact-new", args=[kirana.pk]), typed)
    assert response.context["form"].errors == {
        "__all__": ["The last day lies before the first. Swap them or correct one."]
    }
    assert kirana.representations.count() == 0

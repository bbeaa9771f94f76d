"""An agent as a thing of its own: whom she stands for, one address for all, links and authority of her own."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.brands.models import Brand
from crm.influencers.actions.authority import Grant, end_authority, record_authority
from crm.influencers.actions.contacts import Standing, link_to_many
from crm.influencers.actions.own_links import revoke_own_links, send_own_link
from crm.influencers.models import Authority, Influencer, Representation
from crm.outbox.models import Contact, Email
from crm.portal.links import mint
from crm.portal.models import Link
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.conftest import NOW
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db

AGENT = Representation.Capacity.AGENT
DAY = dt.timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _clock(organisation: object) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def agent() -> Contact:
    return ContactFactory(
        kind=Contact.Kind.AGENT, name="Sari Wulandari", agency="Arunika Talent", email="sari@arunika.example"
    )


@pytest.fixture
def kirana(agent: Contact) -> Influencer:
    return stood_for(agent, "Kirana Larasati").influencer


@pytest.fixture
def lumi() -> Brand:
    return BrandFactory(name="Lumi Skincare")


def stood_for(agent: Contact, name: str, **details: Any) -> Representation:
    person = InfluencerFactory(stage_name=name, zone="Asia/Jakarta")
    return RepresentationFactory(influencer=person, contact=agent, capacity=AGENT, **details)


def of(person: Influencer) -> Representation:
    return Representation.objects.select_related("contact", "influencer").get(influencer=person)


# ---- her page --------------------------------------------------------------------------------------------------------


def test_her_page_lists_everybody_she_stands_for_and_stood_for(
    as_coordinator: Client, agent: Contact, kirana: Influencer
) -> None:
    stood_for(agent, "Bima Aditya")
    stood_for(agent, "Citra Ayu", until_on=TODAY - DAY)
    page = as_coordinator.get(reverse("contact", args=[agent.pk])).context["page"]
    assert [line.stands.influencer.stage_name for line in page.lines] == ["Bima Aditya", "Kirana Larasati"]
    assert [line.stands.influencer.stage_name for line in page.former] == ["Citra Ayu"]
    assert page.lines[0].asked == [
        "Work and reminders", "Contracts", "Payments", "Samples and addresses", "News and offers",
    ]  # fmt: skip


def test_one_change_of_address_counts_for_all_and_stands_in_each_story(
    as_coordinator: Client, agent: Contact, kirana: Influencer
) -> None:
    bima = stood_for(agent, "Bima Aditya").influencer
    url = reverse("contact-change", args=[agent.pk])
    form = as_coordinator.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"email": "Baru@arunika.example"}
    assert as_coordinator.post(url, typed).status_code == 302
    assert Contact.objects.get(pk=agent.pk).email == "baru@arunika.example"
    told = Entry.objects.filter(verb="contact.changed").order_by("influencer_id")
    assert list(told.values_list("influencer", flat=True)) == [kirana.pk, bima.pk]


def test_a_contact_without_any_way_to_reach_it_is_refused(as_coordinator: Client, agent: Contact) -> None:
    url = reverse("contact-change", args=[agent.pk])
    form = as_coordinator.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"email": "", "phone": "", "whatsapp": ""}
    response = as_coordinator.post(url, typed)
    assert response.context["form"].errors == {
        "__all__": ["Give at least an e-mail address, a phone or a WhatsApp number."]
    }
    assert Contact.objects.get(pk=agent.pk).email == "sari@arunika.example"


def test_a_colleagues_own_contact_has_no_page(as_coordinator: Client, coordinator: User) -> None:
    assert as_coordinator.get(reverse("contact", args=[coordinator.contact_id])).status_code == 404


def test_her_page_costs_the_same_for_one_person_and_for_three(as_coordinator: Client, agent: Contact) -> None:
    Authority.objects.create(stands=stood_for(agent, "Kirana"), power="settle", since_on=TODAY, evidence="Said so")
    as_coordinator.get(reverse("contact", args=[agent.pk]))
    costs = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as caught:
            as_coordinator.get(reverse("contact", args=[agent.pk]))
        costs.append(len(caught))
        for name in ("Bima", "Citra"):
            row = stood_for(agent, name)
            Authority.objects.create(stands=row, power="settle", since_on=TODAY, evidence="Said so")
    assert costs == [11, 11]


# ---- the list, and the search of the house ---------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["sari", "arunika", "ARUNIKA.example"])
def test_agents_are_found_by_name_agency_and_address(as_coordinator: Client, agent: Contact, words: str) -> None:
    ContactFactory(kind=Contact.Kind.AGENT, name="Pak Anton")
    ContactFactory(name="Sari Influencer")
    stood_for(agent, "Kirana Larasati")
    stood_for(agent, "Citra Ayu", until_on=TODAY - DAY)
    found = as_coordinator.get(reverse("agents"), {"q": words}).context["found"]
    assert found.rows == [(agent, ["Kirana Larasati"])]


def test_the_list_of_agents_costs_the_same_for_one_and_for_three(as_coordinator: Client, agent: Contact) -> None:
    costs = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as caught:
            as_coordinator.get(reverse("agents"))
        costs.append(len(caught))
        for _number in range(2):
            RepresentationFactory(contact=ContactFactory(kind=Contact.Kind.AGENT), capacity=AGENT)
    assert costs == [4, 4]


def test_the_search_of_the_house_finds_agents_by_agency(as_coordinator: Client, agent: Contact) -> None:
    text = as_coordinator.get(reverse("search"), {"q": "arunika"}).content.decode()
    assert reverse("contact", args=[agent.pk]) in text


# ---- several people at once ------------------------------------------------------------------------------------------


def test_an_agent_is_given_to_many_each_with_her_own_answer(
    as_coordinator: Client, agent: Contact, kirana: Influencer
) -> None:
    bima, citra = InfluencerFactory(stage_name="Bima"), InfluencerFactory(stage_name="Citra")
    ids = [kirana.pk, bima.pk, citra.pk]
    asked = as_coordinator.post(reverse("people-bulk"), {"action": "agent", "ids": ids})
    assert asked.context["names"] == ["Bima", "Citra", "Kirana Larasati"]
    typed = {"ids": ids, "contact": agent.pk, "receives_mail": "on"}
    done = as_coordinator.post(reverse("agent-for-many"), typed)
    assert [(one.name, str(one.said), one.changed) for one in done.context["outcomes"]] == [
        ("Bima", "Stands for her now.", True),
        ("Citra", "Stands for her now.", True),
        ("Kirana Larasati", "Stands for her already.", False),
    ]
    assert agent.representations.count() == 3


def test_giving_an_agent_to_nobody_is_refused(as_coordinator: Client, agent: Contact) -> None:
    response = as_coordinator.post(reverse("agent-for-many"), {"contact": agent.pk}, follow=True)
    assert [str(one) for one in response.context["messages"]] == [
        "Choose at least one person, and at most 500 at once."
    ]
    assert agent.representations.count() == 0


def test_a_second_press_changes_nothing(agent: Contact, kirana: Influencer, coordinator: User) -> None:
    outcomes = link_to_many([kirana], agent, Standing(AGENT), at=NOW, actor=Actor.user(coordinator))
    assert [outcome.changed for outcome in outcomes] == [False]
    assert not Entry.objects.exists()


# ---- addresses that are shared ---------------------------------------------------------------------------------------


def test_a_shared_address_and_a_shared_number_are_named(as_coordinator: Client, agent: Contact) -> None:
    same = ContactFactory(name="Kirana", email="sari@arunika.example", phone="+6281290001111")
    ContactFactory(name="Bima", email="", whatsapp="+6281290001111")
    page = as_coordinator.get(reverse("contact", args=[same.pk])).context["page"]
    assert [other.name for other in page.sharing] == ["Bima", "Sari Wulandari"]
    page = as_coordinator.get(reverse("contact", args=[agent.pk])).context["page"]
    assert [other.name for other in page.sharing] == ["Kirana"]


# ---- links of her own ------------------------------------------------------------------------------------------------


def link_for(contact: Contact, person: Influencer, brand: Brand) -> str:
    url = mint(contact=contact, influencer_id=person.pk, brand_id=brand.pk, at=NOW)
    return url.removeprefix("http://127.0.0.1:8000")


def test_two_people_at_one_address_have_two_links_and_two_visits(lumi: Brand, coordinator: User) -> None:
    one, other = (
        RepresentationFactory(contact__email="keluarga@contoh.example", contact__name=name, influencer__stage_name=name)
        for name in ("Kirana", "Bima")
    )
    doors = {row: link_for(row.contact, row.influencer, lumi) for row in (one, other)}
    visits = {}
    for row, door in doors.items():
        client = Client()
        visits[row] = (client, str(client.post(door)["Location"]))
        page = client.get(visits[row][1])
        assert page.context["frame"].greeting == row.influencer.stage_name
    client, path = visits[one]
    assert client.get(visits[other][1]).status_code == 404
    assert revoke_own_links(one, at=NOW, actor=Actor.user(coordinator)) == 1
    assert [client.get(path).status_code, Client().get(doors[one]).status_code] == [404, 404]
    client, path = visits[other]
    assert [client.get(path).status_code, Client().get(doors[other]).status_code] == [200, 200]


def test_a_new_link_goes_to_this_recipient_alone_and_once_an_hour(
    as_coordinator: Client, agent: Contact, kirana: Influencer, lumi: Brand
) -> None:
    stands = of(kirana)
    url = reverse("contact-link-send", args=[kirana.pk, stands.pk])
    for _press in range(2):
        response = as_coordinator.post(url, {"brand": lumi.pk}, follow=True)
    assert [str(one) for one in response.context["messages"]][-1] == "A new link is on its way to Sari Wulandari."
    assert list(Email.objects.values_list("contact", "name", "influencer_ref", "brand_ref")) == [
        (agent.pk, "portal_link", kirana.pk, lumi.pk)
    ]


def test_no_link_leaves_without_an_address_or_after_the_last_day(
    agent: Contact, kirana: Influencer, lumi: Brand, coordinator: User
) -> None:
    stands, actor = of(kirana), Actor.user(coordinator)
    Contact.objects.filter(pk=agent.pk).update(email="")
    assert send_own_link(of(kirana), lumi, at=NOW, actor=actor) is None
    Contact.objects.filter(pk=agent.pk).update(email="sari@arunika.example")
    Representation.objects.filter(pk=stands.pk).update(until_on=TODAY - DAY)
    assert send_own_link(of(kirana), lumi, at=NOW, actor=actor) is None
    assert not Email.objects.exists()


def test_closing_links_twice_is_once(as_coordinator: Client, agent: Contact, kirana: Influencer, lumi: Brand) -> None:
    link_for(agent, kirana, lumi)
    url = reverse("contact-links-revoke", args=[kirana.pk, of(kirana).pk])
    said = [str(list(as_coordinator.post(url, follow=True).context["messages"])[-1]) for _press in range(2)]
    assert said == ["1 link is closed.", "No link was open."]
    assert Link.objects.get().revoked_at == NOW
    assert list(Entry.objects.values_list("verb", flat=True)) == ["link.revoked"]


# ---- what she may do -------------------------------------------------------------------------------------------------


def entered(contact: Contact, person: Influencer, brand: Brand) -> tuple[Client, Any]:
    client = Client()
    return client, client.get(str(client.post(link_for(contact, person, brand))["Location"]))


def test_without_authority_her_page_says_why_and_whom_to_ask(
    agent: Contact, kirana: Influencer, lumi: Brand, coordinator: User
) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(owner=coordinator)
    _client, page = entered(agent, kirana, lumi)
    frame = page.context["frame"]
    assert (frame.acting_for, frame.powers, page.context["standing"]) == ("Kirana Larasati", frozenset(), [])
    assert str(frame.notice) == (
        "Nothing is recorded yet that you may do for Kirana Larasati. You can look, but not settle anything for her."
    )
    assert coordinator.email in page.content.decode()


def test_what_is_recorded_is_offered_and_nothing_else(
    agent: Contact, kirana: Influencer, lumi: Brand, coordinator: User
) -> None:
    grant = Grant(["settle"], TODAY, evidence="Kirana by phone")
    record_authority(of(kirana), grant, user=coordinator, at=NOW)
    _client, page = entered(agent, kirana, lumi)
    assert (page.context["frame"].powers, page.context["frame"].notice) == (frozenset({"settle"}), "")
    assert [task.feature for task in page.context["standing"]] == ["days_off", "elsewhere"]


def test_what_ended_says_so_with_its_day(agent: Contact, kirana: Influencer, lumi: Brand) -> None:
    ended = TODAY - DAY
    Authority.objects.create(stands=of(kirana), power="settle", since_on=ended - DAY, until_on=ended, evidence="x")
    client, page = entered(agent, kirana, lumi)
    assert str(page.context["frame"].notice).startswith("What you may do for Kirana Larasati ended on ")
    assert client.get(f"{page.request['PATH_INFO']}days_off/{kirana.pk}/days_off/").status_code == 404


def test_a_link_of_somebody_whose_days_are_over_says_why(agent: Contact, kirana: Influencer, lumi: Brand) -> None:
    client, page = entered(agent, kirana, lumi)
    Representation.objects.filter(contact=agent).update(until_on=TODAY - DAY)
    for url in (page.request["PATH_INFO"], link_for(agent, kirana, lumi)):
        closed = client.get(url)
        assert closed.status_code == 403
        assert "You stood for Kirana Larasati until" in closed.content.decode()
    assert client.post(link_for(agent, kirana, lumi)).status_code == 403


def test_authority_is_recorded_with_evidence_or_not_at_all(as_coordinator: Client, kirana: Influencer) -> None:
    url = reverse("authority-new", args=[kirana.pk, of(kirana).pk])
    typed = {"powers": ["settle", "sign"], "since_on": "2026-11-01", "until_on": "2027-10-31"}
    response = as_coordinator.post(url, typed)
    assert response.context["form"].errors == {"__all__": ["Say how we know, in words or with a paper."]}
    assert not Authority.objects.exists()
    as_coordinator.post(url, typed | {"evidence": "Wrote so on 31 October"})
    assert list(
        Authority.objects.order_by("pk").values_list("power", "since_on", "until_on", "recorded_by__email")
    ) == [
        (power, dt.date(2026, 11, 1), dt.date(2027, 10, 31), User.objects.get(role="coordinator").email)
        for power in ("settle", "sign")
    ]
    assert Entry.objects.get().quote == "Wrote so on 31 October"


def test_ending_a_power_ends_it_today_whatever_was_recorded_before(
    kirana: Influencer, coordinator: User, agent: Contact, lumi: Brand
) -> None:
    stands, actor = of(kirana), Actor.user(coordinator)
    older = Authority.objects.create(stands=stands, power="settle", since_on=TODAY - 9 * DAY, evidence="x")
    (newer,) = record_authority(stands, Grant(["settle"], TODAY, evidence="y"), user=coordinator, at=NOW)
    assert end_authority(newer, on=TODAY, at=NOW, actor=actor) is True
    assert list(Authority.objects.values_list("pk", "until_on")) == [(older.pk, TODAY - DAY)]
    assert end_authority(older, on=TODAY, at=NOW, actor=actor) is False
    _client, page = entered(agent, kirana, lumi)
    assert page.context["frame"].powers == frozenset()


def test_a_minor_settles_and_her_guardian_may_everything(lumi: Brand) -> None:
    kirana = InfluencerFactory(birth_on=dt.date(2010, 5, 1))
    hers = RepresentationFactory(influencer=kirana).contact
    mother = RepresentationFactory(influencer=kirana, capacity=Representation.Capacity.GUARDIAN).contact
    assert entered(hers, kirana, lumi)[1].context["frame"].powers == frozenset({"settle", "dates"})
    assert entered(mother, kirana, lumi)[1].context["frame"].powers is None

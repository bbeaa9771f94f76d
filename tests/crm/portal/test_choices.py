"""What she hears from us: a GET changes nothing, a POST saves all or nothing, every change is told."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.outbox.compose import enqueue
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.outbox.topics import Purpose
from crm.portal.links import choices_address, mint
from crm.portal.models import Link
from crm.preferences.actions import ConsentRefused, agree
from crm.preferences.models import Consent, ReminderWish
from crm.preferences.queries import standing_purposes
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.conftest import NOW
from tests.crm.portal.test_pages import BASE, enter, rows
from tests.factories import BrandFactory, ContactFactory, RepresentationFactory, UserFactory

pytestmark = pytest.mark.django_db

AS_IT_IS = {"pace": "each", "weekday": "0", "extras": "on", "prefers": "email", "whatsapp": "", "language": "en"}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def contact(organisation: Organisation) -> Contact:
    return ContactFactory(name="Kirana Maheswari", email="kirana@contoh.example")


@pytest.fixture
def kirana(contact: Contact) -> Influencer:
    person: Influencer = RepresentationFactory(contact=contact).influencer
    Influencer.objects.filter(pk=person.pk).update(stage_name="Kirana Maheswari")
    return Influencer.objects.get(pk=person.pk)


@pytest.fixture
def door(contact: Contact, kirana: Influencer) -> str:
    return choices_address(contact).removeprefix(BASE)


def save(client: Client, page: str, **changes: str) -> Any:
    data = {name: value for name, value in {**AS_IT_IS, **changes}.items() if value is not None}
    return client.post(page, data)


def test_opening_changes_nothing_and_the_button_opens_her_choices_only(client: Client, door: str) -> None:
    before = rows()
    for method in ("get", "head", "options"):
        getattr(client, method)(door)
    assert rows() == before
    page = enter(client, door)
    assert Link.objects.get().purpose == Link.Purpose.PREFERENCES
    assert client.get(page).status_code == 200
    assert client.get(page.removesuffix("choices/")).status_code == 404


def test_looking_at_the_page_changes_nothing(client: Client, door: str) -> None:
    page = enter(client, door)
    before = rows()
    client.get(page)
    assert rows() == before


def test_saving_what_is_so_already_tells_nothing(client: Client, door: str) -> None:
    answer = save(client, enter(client, door))
    assert answer.status_code == 302
    assert (Consent.objects.count(), ReminderWish.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_everything_she_chooses_is_kept_and_stands_in_her_story(
    client: Client, door: str, contact: Contact, kirana: Influencer
) -> None:
    save(
        client,
        enter(client, door),
        news="on",
        pace="weekly",
        weekday="2",
        extras=None,  # type: ignore[arg-type]
        prefers="whatsapp",
        whatsapp="+6281234567890",
        language="id",
    )
    contact.refresh_from_db()
    assert standing_purposes(contact) == {Purpose.NEWS, Purpose.WHATSAPP}
    assert (contact.prefers, str(contact.whatsapp), contact.language) == ("whatsapp", "+6281234567890", "id")
    wish = ReminderWish.objects.get(contact=contact)
    assert (wish.pace, wish.weekday, wish.only_binding) == ("weekly", 2, True)
    told = Entry.objects.filter(influencer=kirana).order_by("pk").values_list("verb", "actor_label")
    assert list(told) == [
        ("consent.given", "Kirana Maheswari"),
        ("wish.reminders", "Kirana Maheswari"),
        ("consent.given", "Kirana Maheswari"),
        ("wish.reach", "Kirana Maheswari"),
    ]
    assert "+6281234567890" not in str(list(Entry.objects.values_list("changes", flat=True)))


def test_no_longer_ticked_is_taken_back(client: Client, door: str, contact: Contact) -> None:
    agree(contact, Purpose.NEWS, at=NOW - dt.timedelta(days=1), actor=SYSTEM)
    save(client, enter(client, door))
    assert list(Consent.objects.values_list("purpose", "withdrawn_at")) == [("news", NOW)]


def test_whatsapp_without_a_number_saves_nothing_and_keeps_what_was_typed(
    client: Client, door: str, contact: Contact
) -> None:
    answer = save(client, enter(client, door), news="on", prefers="whatsapp", pace="weekly")
    assert answer.status_code == 422
    assert "Tell us the number" in answer.content.decode()
    assert (Consent.objects.count(), ReminderWish.objects.count()) == (0, 0)
    assert answer.context["form"]["pace"].value() == "weekly"


def test_it_says_what_cannot_be_switched_off(client: Client, door: str) -> None:
    page = client.get(enter(client, door)).content.decode()
    assert "Reminders of what we agreed on cannot be switched off." in page


def test_from_her_own_page_it_opens_within_the_same_visit(client: Client, contact: Contact, kirana: Influencer) -> None:
    brand = BrandFactory(name="Lumi Skincare")
    address = mint(contact=contact, influencer_id=kirana.pk, brand_id=brand.pk, at=NOW).removeprefix(BASE)
    page = enter(client, address)
    assert f'href="{page}choices/"' in client.get(page).content.decode()
    assert save(client, f"{page}choices/", news="on").status_code == 302
    assert standing_purposes(contact) == {Purpose.NEWS}


def test_an_agent_decides_for_herself(client: Client, kirana: Influencer) -> None:
    agent = ContactFactory(name="Sari", kind="agent", email="sari@agensi.example")
    RepresentationFactory(contact=agent, influencer=kirana, capacity="agent")
    address = mint(contact=agent, influencer_id=kirana.pk, brand_id=BrandFactory().pk, at=NOW).removeprefix(BASE)
    page = f"{enter(client, address)}choices/"
    assert "This is about messages to you" in client.get(page).content.decode()
    save(client, page, news="on")
    assert list(Consent.objects.values_list("contact", flat=True)) == [agent.pk]
    assert Entry.objects.filter(influencer=kirana).count() == 0


class TestMinors:
    @pytest.fixture
    def minor(self, kirana: Influencer) -> Influencer:
        Influencer.objects.filter(pk=kirana.pk).update(birth_on=dt.date(2010, 5, 1), country="ID")
        return kirana

    def test_a_minor_cannot_agree_by_herself(
        self, client: Client, door: str, minor: Influencer, contact: Contact
    ) -> None:
        page = enter(client, door)
        assert "only her guardian can agree" in client.get(page).content.decode()
        save(client, page, news="on", pace="weekly")
        assert (Consent.objects.count(), ReminderWish.objects.get().pace) == (0, "weekly")
        with pytest.raises(ConsentRefused):
            agree(contact, Purpose.NEWS, at=NOW, actor=SYSTEM)
        assert Consent.objects.count() == 0

    def test_she_may_still_take_back(self, client: Client, door: str, contact: Contact, minor: Influencer) -> None:
        Consent.objects.create(contact=contact, purpose="news", given_at=NOW - dt.timedelta(days=900))
        save(client, enter(client, door))
        assert standing_purposes(contact) == set()

    def test_her_guardian_agrees_to_the_use_of_her_data(self, client: Client, minor: Influencer) -> None:
        guardian = ContactFactory(name="Ibu Ratna", kind="guardian", email="ratna@contoh.example")
        RepresentationFactory(contact=guardian, influencer=minor, capacity="guardian")
        page = enter(client, choices_address(guardian).removeprefix(BASE))
        save(client, page, minor="on")
        assert standing_purposes(guardian) == {Purpose.MINOR}
        assert Entry.objects.filter(influencer=minor, verb="consent.given").count() == 1


class TestAddress:
    def test_it_dies_with_the_e_mail_address_it_was_sent_to(self, client: Client, door: str, contact: Contact) -> None:
        Contact.objects.filter(pk=contact.pk).update(email="other@contoh.example")
        assert (client.get(door).status_code, client.post(door).status_code) == (404, 404)

    def test_after_a_year_and_a_bit_it_is_old(self, client: Client, door: str) -> None:
        with time_machine.travel(NOW + dt.timedelta(days=401), tick=False):
            assert client.post(door).status_code == 404

    def test_a_colleague_has_none(self, client: Client) -> None:
        assert client.post(choices_address(UserFactory().contact).removeprefix(BASE)).status_code == 404

    def test_it_stands_under_every_message_to_a_partner_and_is_stored_in_none(self, contact: Contact) -> None:
        facts = {"greeting": "Kirana", "brand": "Lumi Skincare", "owner": "Dinda"}
        email = enqueue("portal_link", to=contact, key="a", at=NOW, context=facts)
        assert email is not None
        send_due(lambda: NOW)
        address = choices_address(contact)
        assert address in str(mail.outbox[0].body)
        stored = Email.objects.get(pk=email.pk)
        assert (address in stored.text, address in stored.html) == (False, False)
        assert "${late:choices}" in stored.text

    def test_the_way_out_of_news_leads_there_too(self, client: Client, contact: Contact) -> None:
        from crm.outbox.headers import unsubscribe_url

        page = client.get(unsubscribe_url(contact).removeprefix(BASE)).content.decode()
        assert reverse("portal-choices-door", args=["x"]).removesuffix("x/") in page


def test_where_parcels_go_may_be_taken_back_once_it_was_agreed(client: Client, door: str, contact: Contact) -> None:
    page = enter(client, door)
    assert b'name="address"' not in client.get(page).content
    agree(contact, Purpose.ADDRESS, at=NOW, actor=SYSTEM)
    assert b'name="address"' in client.get(page).content
    save(client, page, address=None)
    assert not Consent.objects.open().filter(contact=contact, purpose=Purpose.ADDRESS).exists()

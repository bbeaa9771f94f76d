"""Sending a contract: frozen words, soft promises, one letter for whoever signs, a task for whom no mail reaches."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.contracts.actions.sending import send
from crm.contracts.actions.steps import back_to_draft, void
from crm.contracts.models import Contract
from crm.influencers.models import Authority, Influencer, Representation
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.portal.models import Link
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.test_signing import promise, sign_both
from tests.factories import BrandFactory, ContactFactory

pytestmark = pytest.mark.django_db


def stands(who: Influencer, name: str, capacity: str = "self", **fields: object) -> Contact:
    contact = ContactFactory(name=name, **fields)
    Representation.objects.create(influencer=who, contact=contact, capacity=capacity)
    return contact


def allow(who: Influencer, contact: Contact, power: str = "sign", since: dt.date = dt.date(2026, 1, 1)) -> Authority:
    row = Representation.objects.get(influencer=who, contact=contact)
    return Authority.objects.create(stands=row, power=power, since_on=since, evidence="Letter")


def test_it_is_frozen_sent_and_told(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contact = stands(kirana, "Kirana Maheswari", language="id", email="kirana@contoh.example")
    contract = write(kirana, said="1 reel 2jt", offer_until_on=dt.date(2026, 12, 4))
    letters = send(contract, at=now, actor=actor)
    contract.refresh_from_db()
    assert (contract.status, contract.sent_at, len(contract.text_sha256)) == ("sent", now, 64)
    assert Entry.objects.filter(verb="contract.sent").count() == 1
    email = Email.objects.get()
    assert letters == [email]
    assert (email.name, email.contact, email.language, email.state) == ("contract_sent", contact, "id", "queued")
    assert (email.influencer_ref, email.brand_ref) == (kirana.pk, contract.brand_id)
    assert "4 Desember 2026" in email.text
    assert (email.from_name, email.reply_to) == ("Dinda, Lumi Skincare", contract.owner.email)


def test_its_letter_carries_her_own_link(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contact = stands(kirana, "Kirana Maheswari")
    send(write(kirana, said="1 reel 2jt"), at=now, actor=actor)
    assert Link.objects.count() == 0
    send_due(lambda: now)
    link = Link.objects.get()
    assert (link.contact, link.influencer_ref, link.purpose) == (contact, kirana.pk, "tasks")


def test_nothing_to_sign_is_not_sent(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana, wording=None)
    with pytest.raises(ValidationError, match="nothing to sign yet"):
        send(contract, at=now, actor=actor)
    contract.refresh_from_db()
    assert (contract.status, Email.objects.count(), Todo.objects.count()) == ("draft", 0, 0)


def test_a_manager_approves_first(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    Organisation.load()
    Organisation.objects.update(contracts_approved_above=Decimal(1_000_000))
    contract = write(kirana, said="1 reel 2jt")
    with pytest.raises(ValidationError, match="A manager approves"):
        send(contract, at=now, actor=actor)
    assert Contract.objects.values_list("status", "text").get() == ("draft", "")


def test_an_offer_that_is_over_is_not_sent(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana, said="1 reel 2jt", offer_until_on=dt.date(2026, 11, 23))
    with pytest.raises(ValidationError, match="is over"):
        send(contract, at=now, actor=actor)
    assert Contract.objects.values_list("status", flat=True).get() == "draft"


def test_it_is_sent_once(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    stands(kirana, "Kirana Maheswari")
    contract = write(kirana, said="1 reel 2jt")
    send(contract, at=now, actor=actor)
    with pytest.raises(TransitionRefused):
        send(contract, at=now, actor=actor)
    assert Email.objects.count() == 1


def test_what_it_would_promise_stands_softly(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    stands(kirana, "Kirana Maheswari")
    contract = write(kirana, said="1 reel 2jt", start_on=dt.date(2026, 12, 1), end_on=dt.date(2026, 12, 31))
    clause = promise(contract, now, actor)
    send(contract, at=now, actor=actor)
    clause.refresh_from_db()
    assert clause.standing == "proposed"


def test_somebody_without_an_address_is_a_task(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    stands(kirana, "Kirana Maheswari", email="")
    contract = write(kirana, said="1 reel 2jt")
    assert send(contract, at=now, actor=actor) == []
    contract.refresh_from_db()
    todo = Todo.objects.get()
    assert (contract.status, todo.kind, todo.owner) == ("sent", "no_address", contract.owner)


def test_who_reads_whatsapp_gets_it_by_hand(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, as_coordinator: Client
) -> None:
    contact = stands(kirana, "Kirana Maheswari", prefers="whatsapp", whatsapp="+6281290001234", language="id")
    contract = write(kirana, said="1 reel 2jt")
    assert send(contract, at=now, actor=actor) == []
    todo = Todo.objects.get()
    assert (todo.kind, todo.url) == ("message", f"/contracts/{contract.pk}/hand/{contact.pk}/")
    page = as_coordinator.get(todo.url)
    assert (page.status_code, "Lumi · Kirana" in page.content.decode(), Email.objects.count()) == (200, True, 0)
    taken = as_coordinator.post(todo.url, {"channel": "whatsapp"}).content.decode()
    assert "wa.me/6281290001234" in taken
    assert Email.objects.values_list("channel", "state").get() == ("whatsapp", "sent")


def test_nobody_who_may_sign_is_a_task(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    stands(kirana, "Sari Manajemen", "agent")
    assert send(write(kirana, said="1 reel 2jt"), at=now, actor=actor) == []
    todo = Todo.objects.get()
    assert (todo.kind, "may sign for" in todo.text or "tanda tangan" in todo.text) == ("no_address", True)


def test_an_agent_with_authority_gets_one_letter_for_two(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    sekar = person("Sekar Ayu")
    agent = stands(kirana, "Sari Manajemen", "agent")
    Representation.objects.create(influencer=sekar, contact=agent, capacity="agent")
    allow(kirana, agent), allow(sekar, agent)
    send(write(kirana, sekar, said="1 reel 2jt"), at=now, actor=actor)
    email = Email.objects.get()
    assert (email.contact, email.context["people"]) == (agent, "Kirana Maheswari, Sekar Ayu")


def test_a_minors_letter_goes_to_her_guardian(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    kirana.birth_on = dt.date(2011, 5, 5)
    kirana.save()
    stands(kirana, "Kirana Maheswari")
    mother = stands(kirana, "Ibu Ratna", "guardian")
    send(write(kirana, said="1 reel 2jt"), at=now, actor=actor)
    assert list(Email.objects.values_list("contact", flat=True)) == [mother.pk]


@pytest.mark.parametrize("end", ["void", "draft"])
def test_a_letter_still_waiting_stays_when_it_is_taken_back(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, end: str
) -> None:
    stands(kirana, "Kirana Maheswari")
    contract = write(kirana, said="1 reel 2jt")
    send(contract, at=now, actor=actor)
    if end == "void":
        void(contract, "Written twice", at=now, actor=actor)
    else:
        back_to_draft(contract, at=now, actor=actor)
    send_due(lambda: now)
    email = Email.objects.get()
    assert (email.state, email.why) == ("skipped", "The contract is not open for signing any more.")


def test_sending_is_the_contracts_next_step(
    write: Write, kirana: Influencer, as_coordinator: Client, coordinator: User, lumi: Brand
) -> None:
    stands(kirana, "Kirana Maheswari")
    contract = write(kirana, said="1 reel 2jt")
    url = f"/contracts/{contract.pk}/do/send/"
    assert f'btn-primary" href="{url}"' in as_coordinator.get(f"/contracts/{contract.pk}/").content.decode()
    assert as_coordinator.get(url).status_code == 200
    assert Contract.objects.values_list("status", flat=True).get() == "draft"
    assert as_coordinator.post(url).status_code == 302
    assert Contract.objects.values_list("status", flat=True).get() == "sent"
    assert url not in as_coordinator.get(f"/contracts/{contract.pk}/").content.decode()


def test_what_stands_against_it_warns_before_it_is_sent(
    write: Write, kirana: Influencer, lumi: Brand, actor: Actor, now: dt.datetime, as_coordinator: Client
) -> None:
    days = {"start_on": dt.date(2026, 12, 1), "end_on": dt.date(2026, 12, 31)}
    rival = write(kirana, said="1 reel 3jt", brand=BrandFactory(name="Senja Glow", category=lumi.category), **days)
    promise(rival, now, actor)
    sign_both(rival, now, actor)
    stands(kirana, "Kirana Maheswari")
    contract = write(kirana, said="1 reel 2jt", **days)
    url = f"/contracts/{contract.pk}/do/send/"
    assert "Senja Glow" in as_coordinator.get(url).content.decode()
    as_coordinator.post(url)
    assert Contract.objects.get(pk=contract.pk).status == "sent"

"""The signed paper is made once, kept, sent to everybody who signed, and only shown to whom it concerns."""

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from crm.base.models import StoredFile
from crm.contracts.actions import papers
from crm.contracts.actions.papers import make_papers
from crm.contracts.actions.signing import sign
from crm.contracts.actions.stamping import stamp
from crm.contracts.models import Contract, Signature
from crm.contracts.paper import chain
from crm.contracts.paper.keeping import found_in
from crm.influencers.models import Influencer, Representation
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email, EmailFile
from crm.portal.links import exchange, find_link, mint
from crm.portal.visits import COOKIE
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.test_signing import sign_both, yes

pytestmark = pytest.mark.django_db


def contact_of(someone: Influencer, email: str, capacity: str = "self", **fields: Any) -> Contact:
    kind = {"self": "person"}.get(capacity, capacity)
    contact = Contact.objects.create(kind=kind, name=fields.pop("name", someone.stage_name), email=email)
    Representation.objects.create(influencer=someone, contact=contact, capacity=capacity, **fields)
    return contact


@pytest.fixture
def signed(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> Contract:
    contact_of(kirana, "kirana@contoh.example")
    return sign_both(write(kirana, said="1 reel 2jt", language="id"), now, actor)


def stored(contract: Contract) -> bytes:
    contract.refresh_from_db()
    assert contract.document is not None
    with contract.document.file.open("rb") as kept:
        return bytes(kept.read())


def test_every_signed_contract_gets_its_paper_once(signed: Contract, now: dt.datetime) -> None:
    assert make_papers(now) == {"made": 1}
    data = stored(signed)
    assert (signed.document.mime, signed.document.size) == ("application/pdf", len(data))  # type: ignore[union-attr]
    assert signed.document.sha256 == hashlib.sha256(data).hexdigest()  # type: ignore[union-attr]
    assert make_papers(now) == {}
    assert (StoredFile.objects.count(), Email.objects.count()) == (1, 2)
    assert Entry.objects.filter(verb="contract.papered").count() == 1


def test_what_is_not_signed_by_everybody_or_is_void_gets_none(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    half = write(kirana, said="1 reel 2jt")
    sign(yes(half.parties.talents().get(), now), at=now, actor=actor)
    assert make_papers(now) == {}
    voided = sign_both(write(kirana, said="1 reel 2jt", title="Other"), now, actor)
    Contract.objects.filter(pk=voided.pk).update(status="void")
    assert make_papers(now) == {}
    assert StoredFile.objects.count() == 0


def test_a_worker_killed_between_the_steps_leaves_nothing_half_done(signed: Contract, now: dt.datetime) -> None:
    class Killed(BaseException):
        """What nobody catches."""

    with pytest.raises(Killed), transaction.atomic():
        papers.make_paper(signed.pk, now)
        raise Killed
    signed.refresh_from_db()
    assert (signed.document, Email.objects.count(), EmailFile.objects.count(), StoredFile.objects.count()) == (
        None,
        0,
        0,
        0,
    )
    assert make_papers(now) == {"made": 1}
    assert (Email.objects.count(), EmailFile.objects.count()) == (2, 2)


def test_one_that_cannot_be_made_keeps_no_other_waiting(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    sign_both(write(kirana, said="1 reel 2jt"), now, actor)
    Signature.objects.update(zone="Nowhere/Land")
    whole = sign_both(write(kirana, said="1 reel 2jt", title="Whole"), now, actor)
    assert make_papers(now) == {"made": 1, "failed": 1}
    whole.refresh_from_db()
    assert whole.document is not None


def test_each_who_signs_gets_one_letter_with_the_paper_in_it(
    write: Write, kirana: Influencer, coordinator: User, actor: Actor, now: dt.datetime
) -> None:
    own = contact_of(kirana, "kirana@contoh.example")
    agent = contact_of(kirana, "sari@agen.example", "agent", name="Sari Dewanti")
    raka = person("Raka Nugraha")
    Representation.objects.create(influencer=raka, contact=agent, capacity="agent")
    contract = write(kirana, raka, said="1 reel 2jt", language="en")
    for party in contract.parties.who_sign():
        contract = sign(yes(party, now, how="house" if party.is_brand else "chat"), at=now, actor=actor)
    make_papers(now)
    rows = Email.objects.order_by("pk")
    assert [(row.name, row.contact_id) for row in rows] == [
        ("contract_signed", agent.pk),
        ("contract_signed_house", coordinator.contact_id),
    ]
    assert not Email.objects.filter(contact=own).exists()
    assert {row.doubt for row in rows} == {"hold"}
    contract.refresh_from_db()
    assert set(EmailFile.objects.values_list("email__name", "file_id")) == {
        ("contract_signed", contract.document_id),
        ("contract_signed_house", contract.document_id),
    }


def test_the_letter_leaves_with_the_paper(signed: Contract, now: dt.datetime) -> None:
    make_papers(now)
    send_due(lambda: now)
    data = stored(signed)
    assert len(mail.outbox) == 2
    hers = next(message for message in mail.outbox if message.to == ["kirana@contoh.example"])
    assert [(one[0], one[1], one[2]) for one in hers.attachments] == [
        (signed.document.label, data, "application/pdf")  # type: ignore[union-attr]
    ]
    assert signed.document.label == f"Kontrak {signed.number.replace('/', '-')}.pdf"  # type: ignore[union-attr]


def test_what_was_signed_long_ago_gets_its_paper_and_nobody_a_letter(signed: Contract, now: dt.datetime) -> None:
    assert make_papers(now + dt.timedelta(days=14)) == {"made": 1}
    assert (Email.objects.count(), StoredFile.objects.count()) == (0, 1)


def test_a_stamp_is_added_to_the_chain_and_nothing_before_it_changes(
    signed: Contract, actor: Actor, now: dt.datetime
) -> None:
    make_papers(now)
    before = found_in(stored(signed))
    stamp(signed, "EM-0099-1234", dt.date(2026, 11, 24), None, at=now, actor=actor)
    after = found_in(stored(signed))
    assert before is not None and after is not None
    assert after.facts[:-1] == before.facts
    assert (after.facts[-1].kind, after.facts[-1].facts["serial"]) == (chain.STAMP, "EM-0099-1234")
    assert Email.objects.count() == 2
    stamp(signed, "EM-0099-1234", dt.date(2026, 11, 24), None, at=now, actor=actor)
    assert Entry.objects.filter(verb="contract.stamped").count() == 1


def test_an_amendment_signed_later_is_added(
    signed: Contract, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
) -> None:
    make_papers(now)
    later = now + dt.timedelta(days=3)
    amendment = sign_both(write(kirana, said="1 story 1jt", title="Longer", amends=signed), later, actor)
    assert make_papers(later) == {"made": 2}
    kept = found_in(stored(signed))
    assert kept is not None
    assert [link.kind for link in kept.links] == ["document", "signature", "signature", "amendment", "pages"]
    assert kept.links[3].facts["number"] == amendment.number


def portal(client: Client, someone: Influencer, contract: Contract, now: dt.datetime) -> int:
    contact = Representation.objects.get(influencer=someone).contact
    address = mint(contact=contact, influencer_id=someone.pk, brand_id=contract.brand_id, at=now)
    link = find_link(address.rstrip("/").rsplit("/", 1)[-1], now)
    assert link is not None
    opened = exchange(link, now)
    client.cookies[COOKIE] = opened.key
    return int(opened.session.pk)


def test_she_gets_her_paper_on_her_page_and_nobody_elses(
    client: Client, signed: Contract, kirana: Influencer, write: Write, actor: Actor, now: dt.datetime
) -> None:
    make_papers(now)
    others = sign_both(write(person("Raka Nugraha"), said="1 reel 2jt", title="Raka"), now, actor)
    draft = write(kirana, said="1 reel 2jt", title="Not sent")
    visit = portal(client, kirana, signed, now)
    answer = client.get(reverse("portal-contract-pdf", args=[visit, signed.pk]))
    assert (answer.status_code, answer["Content-Type"], b"".join(answer)) == (200, "application/pdf", stored(signed))
    assert answer["Cache-Control"] == "no-store, private"
    for other in (others, draft):
        assert client.get(reverse("portal-contract-pdf", args=[visit, other.pk])).status_code == 404


def test_a_draft_is_written_for_whoever_asks_and_kept_nowhere(
    client: Client, coordinator: User, write: Write, kirana: Influencer
) -> None:
    contract = write(kirana, said="1 reel 2jt")
    client.force_login(coordinator)
    answer = client.post(reverse("contract-pdf", args=[contract.pk]))
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer.content.startswith(b"%PDF-1.7") and found_in(answer.content) is None
    assert StoredFile.objects.count() == 0


def test_the_stamp_form_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, coordinator: User, signed: Contract, now: dt.datetime
) -> None:
    client.force_login(coordinator)
    url = reverse("contract-stamp", args=[signed.pk])
    answer = client.post(url, {"serial": "!!", "on": "2031-01-01"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"serial", "on"}
    assert 'value="!!"' in answer.content.decode()
    assert client.post(url, {"serial": "EM 0099 1234", "on": now.date().isoformat()}).status_code == 302
    signed.refresh_from_db()
    assert (signed.stamp_serial, signed.stamp_on) == ("EM00991234", now.date())


def test_the_address_never_brings_a_paper_of_before(
    client: Client, coordinator: User, signed: Contract, actor: Actor, now: dt.datetime
) -> None:
    make_papers(now)
    client.force_login(coordinator)
    url = reverse("contract-pdf", args=[signed.pk])
    first = client.post(url)
    assert (first["Cache-Control"], b"".join(first)) == ("private, no-cache", stored(signed))
    stamp(signed, "EM-0099-1234", dt.date(2026, 11, 24), None, at=now, actor=actor)
    again = client.post(url)
    assert (again.status_code, b"".join(again)) == (200, stored(signed))
    told = Entry.objects.filter(verb="contract.file_taken").order_by("pk")
    label = signed.document.label  # type: ignore[union-attr]
    assert list(told.values_list("sentence_en", "actor_id", "influencer_id")) == [
        (f"{label} was taken as a file", coordinator.pk, pk) for pk in 2 * signed.people
    ]

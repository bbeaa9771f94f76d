"""Her own page: reading changes nothing; she signs by name or by code, asks, names another price, or says no."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
import time_machine

from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.contracts.actions.sending import send
from crm.contracts.actions.steps import back_to_draft
from crm.contracts.models import Bid, Contract, Party, Signature, SigningCode
from crm.influencers.models import Influencer, Representation
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.test_sending import allow, stands
from tests.crm.contracts.test_signing import promise, yes
from tests.crm.contracts.visiting import Visitor, another, newest_code, open_page
from tests.crm.portal.test_pages import rows
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db
Sent = Callable[..., Contract]


@pytest.fixture
def her(kirana: Influencer) -> Contact:
    return stands(kirana, "Kirana Maheswari", email="kirana@contoh.example", language="en")


@pytest.fixture
def sent(write: Write, actor: Actor, now: dt.datetime) -> Sent:
    """sent(person, ..., said=...): a contract that was sent."""

    def made(*people: Influencer, **fields: object) -> Contract:
        contract = write(*people, **{"said": "1 reel 3 story 2,8jt nett", **fields})
        send(contract, at=now, actor=actor)
        contract.refresh_from_db()
        return contract

    return made


def tick(contract: Contract, name: str = "Kirana Maheswari", **more: object) -> dict[str, object]:
    return {"name": name, "yes": "on", "document": contract.document_sha256, **more}


def by_name() -> None:
    """In this house a name and a tick are enough."""
    Organisation.load()
    Organisation.objects.update(contracts_by_code_above=Decimal(10_000_000))


def ask_code(visitor: Visitor, contract: Contract, **more: object) -> str:
    answer = visitor.client.post(visitor.at("sign", contract.pk), tick(contract, **more))
    assert (answer.status_code, answer["Location"]) == (302, visitor.at("sign-code", contract.pk))
    return newest_code()


def test_it_stands_on_her_page(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    contract = sent(kirana, offer_until_on=dt.date(2026, 12, 4))
    visitor = open_page(her, kirana, lumi)
    page = visitor.client.get(visitor.page).content.decode()
    assert f'btn-primary" href="{visitor.at("contract", contract.pk)}"' in page
    read = visitor.client.get(visitor.at("contract", contract.pk)).content.decode()
    for words in ("1 × Instagram Reel", "2,800,000", "Sign now", "I have a question", "Suggest another price"):
        assert words in read


def test_a_note_beside_a_sum_stands_on_her_page_as_it_was_written(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent
) -> None:
    contract = sent(kirana)
    contract.lines.update(note="Rp2.200.000 (net)")
    read = open_page(her, kirana, lumi)
    page = read.client.get(read.at("contract", contract.pk)).content.decode()
    assert ("Rp2.200.000 (net)" in page, "\\." in page) == (True, False)


def test_reading_changes_nothing(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    ask_code(visitor, contract)
    before = rows()
    for kind in ("contract", "contract-paper", "sign", "sign-code"):
        for method in ("get", "get", "get", "head", "options"):
            getattr(visitor.client, method)(visitor.at(kind, contract.pk))
    assert rows() == before


def test_a_draft_and_a_strangers_contract_open_nothing(
    her: Contact, kirana: Influencer, lumi: Brand, write: Write, sent: Sent
) -> None:
    draft, other = write(kirana, said="1 reel 2jt"), sent(person("Sekar Ayu"))
    rival = sent(kirana, brand=BrandFactory(name="Senja"))
    visitor = open_page(her, kirana, lumi)
    for contract in (draft, other, rival):
        for kind in ("contract", "contract-paper", "sign", "sign-code"):
            assert visitor.client.get(visitor.at(kind, contract.pk)).status_code == 404
            assert visitor.client.post(visitor.at(kind, contract.pk), tick(contract)).status_code in (404, 405)
    assert Signature.objects.count() == 0


def test_below_the_amount_a_name_and_a_tick_sign(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, now: dt.datetime
) -> None:
    by_name()
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    answer = visitor.client.post(visitor.at("sign", contract.pk), tick(contract))
    assert answer["Location"] == f"{visitor.page}?thanks=contract.signed"
    signature = Signature.objects.get()
    assert (signature.how, signature.name, signature.acting_for, signature.authority) == (
        "name", "Kirana Maheswari", "", None,
    )  # fmt: skip
    assert (signature.document_sha256, signature.signed_at) == (contract.text_sha256, now)
    assert (signature.address, signature.browser, signature.zone) == ("127.0.0.1", "Chrome on Android", "Asia/Jakarta")
    assert signature.consent_words.startswith("I have read this contract and agree to it for Kirana Maheswari.")
    assert "Nothing is waiting for you" in visitor.client.get(visitor.page).content.decode()
    assert SigningCode.objects.count() == 0


@pytest.mark.parametrize("missing", ["name", "yes"])
def test_without_name_or_tick_nothing_is_signed(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, missing: str
) -> None:
    by_name()
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    answer = visitor.client.post(visitor.at("sign", contract.pk), {**tick(contract), missing: ""})
    assert (answer.status_code, Signature.objects.count()) == (422, 0)


def test_above_it_a_code_signs(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, now: dt.datetime) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    code = ask_code(visitor, contract)
    assert (Signature.objects.count(), Contract.objects.get().status) == (0, "sent")
    email = Email.objects.get(name="contract_code")
    assert (email.urgent, email.ignores_quiet_hours, email.mail_class, email.contact) == (True, True, "code", her)
    assert email.subject == "${late:signing}: your code for Lumi Skincare"
    assert visitor.client.get(visitor.at("sign-code", contract.pk)).status_code == 200
    answer = visitor.client.post(visitor.at("sign-code", contract.pk), {"code": f"{code[:3]} {code[3:]}"})
    assert answer["Location"] == f"{visitor.page}?thanks=contract.signed"
    signature, row = Signature.objects.get(), SigningCode.objects.get()
    assert (signature.how, signature.code, signature.name, row.used_at) == ("code", row, "Kirana Maheswari", now)


def test_the_code_stands_in_the_mail_and_in_no_table(
    her: Contact,
    kirana: Influencer,
    lumi: Brand,
    sent: Sent,
    now: dt.datetime,
    mailoutbox: list,
    caplog: pytest.LogCaptureFixture,
) -> None:
    contract = sent(kirana)
    caplog.set_level("DEBUG")
    code = ask_code(open_page(her, kirana, lumi), contract)
    send_due(lambda: now)
    mail = next(one for one in mailoutbox if ": your code" in one.subject)
    assert (mail.subject, code in mail.body) == (f"{code}: your code for Lumi Skincare", True)
    assert code not in repr([*SigningCode.objects.values(), *Email.objects.values()])
    assert code not in caplog.text


def refused(visitor: Visitor, contract: Contract, code: str, why: str) -> None:
    answer = visitor.client.post(visitor.at("sign-code", contract.pk), {"code": code})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert (Signature.objects.count(), Contract.objects.get(pk=contract.pk).status) == (0, "sent")
    assert SigningCode.objects.filter(used_at__isnull=False).count() == 0


def test_a_wrong_code_is_counted_and_the_sixth_try_is_none(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent
) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    code = ask_code(visitor, contract)
    for _try in range(5):
        refused(visitor, contract, another(code), "not the code in our newest e-mail")
    assert SigningCode.objects.get().tries == 5
    refused(visitor, contract, code, "tried too often")
    assert SigningCode.objects.get().tries == 5


def test_what_is_no_code_is_no_try(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    ask_code(visitor, contract)
    for typed in ("", "12345", "abcdef", "१२३४५६", "1234567"):
        answer = visitor.client.post(visitor.at("sign-code", contract.pk), {"code": typed})
        assert answer.status_code == 422
    assert SigningCode.objects.get().tries == 0


def test_a_code_ends_to_the_second(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, now: dt.datetime) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    code = ask_code(visitor, contract)
    with time_machine.travel(now + dt.timedelta(minutes=10), tick=False):
        refused(visitor, contract, code, "has run out")
    with time_machine.travel(now + dt.timedelta(minutes=9, seconds=59), tick=False):
        assert visitor.client.post(visitor.at("sign-code", contract.pk), {"code": code}).status_code == 302
    assert Signature.objects.count() == 1


def test_a_code_is_good_for_the_visit_that_asked(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    contract = sent(kirana)
    code = ask_code(open_page(her, kirana, lumi), contract)
    other = open_page(her, kirana, lumi)
    answer = other.client.post(other.at("sign-code", contract.pk), {"code": code})
    assert answer["Location"] == other.at("sign", contract.pk)
    assert (Signature.objects.count(), SigningCode.objects.get().tries) == (0, 0)


def test_changed_words_are_read_again(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, actor: Actor, now: dt.datetime
) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    code, old = ask_code(visitor, contract), tick(contract)
    back_to_draft(contract, at=now, actor=actor)
    Contract.objects.update(extra_words="And one more story.")
    send(Contract.objects.get(), at=now, actor=actor)
    refused(visitor, contract, code, "was changed after you opened it")
    by_name()
    answer = visitor.client.post(visitor.at("sign", contract.pk), old)
    assert (answer.status_code, Signature.objects.count()) == (422, 0)
    assert "was changed after you opened it" in answer.content.decode()


def test_a_second_press_finds_it_done(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    code = ask_code(visitor, contract)
    for _press in range(2):
        answer = visitor.client.post(visitor.at("sign-code", contract.pk), {"code": code})
        assert answer["Location"] == f"{visitor.page}?thanks=contract.signed"
    assert Signature.objects.count() == 1


def test_codes_are_not_sent_one_after_the_other(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, now: dt.datetime
) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    ask_code(visitor, contract)
    again = visitor.client.post(visitor.at("sign", contract.pk), tick(contract))
    assert (again.status_code, "A code is on its way" in again.content.decode()) == (422, True)
    for minutes in (2, 4, 6, 8):
        with time_machine.travel(now + dt.timedelta(minutes=minutes), tick=False):
            ask_code(visitor, contract)
    with time_machine.travel(now + dt.timedelta(minutes=10), tick=False):
        sixth = visitor.client.post(visitor.at("sign", contract.pk), tick(contract))
    assert (sixth.status_code, "within an hour. Ask again in 50 minutes, or" in sixth.content.decode()) == (422, True)
    assert (SigningCode.objects.count(), Email.objects.filter(name="contract_code").count()) == (5, 5)


def test_only_the_newest_code_counts(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, now: dt.datetime
) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    first = ask_code(visitor, contract)
    with time_machine.travel(now + dt.timedelta(minutes=2), tick=False):
        second = ask_code(visitor, contract)
        if first != second:
            refused(visitor, contract, first, "not the code in our newest e-mail")
        assert visitor.client.post(visitor.at("sign-code", contract.pk), {"code": second}).status_code == 302


def test_who_has_no_address_is_told_so(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    contract = sent(kirana)
    visitor = open_page(her, kirana, lumi)
    Contact.objects.filter(pk=her.pk).update(email="")
    answer = visitor.client.post(visitor.at("sign", contract.pk), tick(contract))
    assert (answer.status_code, "no e-mail address" in answer.content.decode()) == (422, True)


def test_an_agent_signs_only_with_authority_on_record(kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    by_name()
    agent = stands(kirana, "Sari Manajemen", "agent", language="en")
    allow(kirana, agent, "settle")
    contract = sent(kirana)
    visitor = open_page(agent, kirana, lumi)
    assert "Only Kirana Maheswari herself" in visitor.client.get(visitor.at("contract", contract.pk)).content.decode()
    answer = visitor.client.post(visitor.at("sign", contract.pk), tick(contract, "Sari"))
    assert (answer["Location"], Signature.objects.count()) == (visitor.at("contract", contract.pk), 0)
    authority = allow(kirana, agent)
    visitor.client.post(visitor.at("sign", contract.pk), tick(contract, "Sari Wulandari"))
    signature = Signature.objects.get()
    assert (signature.name, signature.acting_for, signature.authority) == (
        "Sari Wulandari", "Kirana Maheswari", authority,
    )  # fmt: skip


def test_an_agent_signs_for_two_with_one_code(kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    sekar = person("Sekar Ayu")
    agent = stands(kirana, "Sari Manajemen", "agent", language="en")
    Representation.objects.create(influencer=sekar, contact=agent, capacity="agent")
    allow(kirana, agent), allow(sekar, agent)
    contract = sent(kirana, sekar)
    both = [party.pk for party in contract.talents]
    visitor = open_page(agent, kirana, lumi)
    code = ask_code(visitor, contract, people=both)
    assert Email.objects.filter(name="contract_code").count() == 1
    assert visitor.client.post(visitor.at("sign-code", contract.pk), {"code": code}).status_code == 302
    signed = Signature.objects.order_by("party")
    assert [(one.party_id, one.code.party_id, one.acting_for) for one in signed] == [
        (both[0], both[0], "Kirana Maheswari"), (both[1], both[1], "Sekar Ayu"),
    ]  # fmt: skip


def test_two_agents_each_sign_for_their_own(kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    by_name()
    sekar = person("Sekar Ayu")
    hers, theirs = stands(kirana, "Kirana Maheswari"), stands(sekar, "Sekar Ayu")
    contract = sent(kirana, sekar)
    first, second = contract.talents
    visitor = open_page(hers, kirana, lumi)
    visitor.client.post(visitor.at("sign", contract.pk), tick(contract, people=[first.pk, second.pk]))
    assert list(Signature.objects.values_list("party", flat=True)) == [first.pk]
    visitor = open_page(theirs, sekar, lumi)
    visitor.client.post(visitor.at("sign", contract.pk), tick(contract, "Sekar Ayu"))
    assert Signature.objects.count() == 2


def test_a_minor_reads_and_her_guardian_signs(kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    by_name()
    kirana.birth_on = dt.date(2011, 5, 5)
    kirana.save()
    hers = stands(kirana, "Kirana Maheswari", language="en")
    mother = stands(kirana, "Ibu Ratna", "guardian", language="en")
    contract = sent(kirana)
    child = open_page(hers, kirana, lumi)
    read = child.client.get(child.at("contract", contract.pk)).content.decode()
    assert ("Your guardian signs it for you" in read, "No, thank you" in read) == (True, False)
    child.client.post(child.at("sign", contract.pk), tick(contract))
    assert Signature.objects.count() == 0
    visitor = open_page(mother, kirana, lumi)
    visitor.client.post(visitor.at("sign", contract.pk), tick(contract, "Ratna Dewi"))
    assert Signature.objects.values_list("name", "acting_for").get() == ("Ratna Dewi", "Kirana Maheswari")


def test_a_promise_that_stands_refuses_her_yes(
    her: Contact, kirana: Influencer, lumi: Brand, write: Write, sent: Sent, actor: Actor, now: dt.datetime
) -> None:
    from crm.contracts.actions.signing import sign

    by_name()
    days = {"start_on": dt.date(2026, 12, 1), "end_on": dt.date(2026, 12, 31)}
    rival = write(kirana, said="1 reel 3jt", brand=BrandFactory(name="Senja", category=lumi.category), **days)
    promise(rival, now, actor)
    for party in rival.parties.all():
        sign(yes(party, now), at=now, actor=actor)
    contract = sent(kirana, **days)
    house = contract.parties.get(role=Party.Role.BRAND)
    sign(yes(house, now, how="house", said=""), at=now, actor=actor)
    visitor = open_page(her, kirana, lumi)
    answer = visitor.client.post(visitor.at("sign", contract.pk), tick(contract))
    assert (answer.status_code, "stands against this" in answer.content.decode()) == (422, True)
    assert "Senja" not in answer.content.decode()
    assert Contract.objects.get(pk=contract.pk).status == "sent"
    assert not Signature.objects.filter(party__contract=contract, party__role="talent").exists()


def answer_with(visitor: Visitor, contract: Contract, code: str, **said: object) -> None:
    url = f"{visitor.page}contract/{contract.pk}/{code}/"
    assert visitor.client.get(url).status_code == 200
    answer = visitor.client.post(url, said)
    assert answer["Location"] == f"{visitor.page}?thanks=contract.{code}"


def test_a_question_reaches_the_owner_and_it_stays_open(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent
) -> None:
    contract = sent(kirana)
    answer_with(open_page(her, kirana, lumi), contract, "question", note="Boleh tanpa story?")
    todo = Todo.objects.get()
    assert (todo.kind, todo.quote, todo.owner, todo.url) == (
        "question", "Boleh tanpa story?", contract.owner, f"/contracts/{contract.pk}/",
    )  # fmt: skip
    assert Entry.objects.get(verb="contract.question").quote == "Boleh tanpa story?"
    assert Contract.objects.get().status == "sent"


def test_another_price_is_noted_beside_the_others(her: Contact, kirana: Influencer, lumi: Brand, sent: Sent) -> None:
    contract = sent(kirana)
    said = {"amount_0": "3500000", "amount_1": "IDR", "note": "3,5 ya kak"}
    answer_with(open_page(her, kirana, lumi), contract, "price", **said)
    bid = Bid.objects.get(kind="counter")
    assert (bid.amount.amount, str(bid.amount.currency), bid.said, bid.channel) == (
        Decimal(3_500_000), "IDR", "3,5 ya kak", "",
    )  # fmt: skip
    assert (Todo.objects.get().kind, Contract.objects.get().status) == ("question", "sent")


def test_a_no_closes_it_and_frees_what_it_promised(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, write: Write, actor: Actor, now: dt.datetime
) -> None:
    contract = write(kirana, said="1 reel 2jt", start_on=dt.date(2026, 12, 1), end_on=dt.date(2026, 12, 31))
    clause = promise(contract, now, actor)
    send(contract, at=now, actor=actor)
    visitor = open_page(her, kirana, lumi)
    answer_with(visitor, contract, "decline", note="Sudah penuh bulan itu")
    contract.refresh_from_db()
    clause.refresh_from_db()
    assert (contract.status, contract.closed_why, clause.standing) == ("declined", "Sudah penuh bulan itu", "void")
    assert (Todo.objects.get().kind, Entry.objects.get(verb="contract.declined").quote) == (
        "check", "Sudah penuh bulan itu",
    )  # fmt: skip
    assert visitor.client.post(visitor.at("sign", contract.pk), tick(contract)).status_code == 404


def test_a_colleague_notes_what_she_said(her: Contact, kirana: Influencer, sent: Sent, as_coordinator: object) -> None:
    contract = sent(kirana)
    url = f"/people/{kirana.pk}/told/contract/{contract.pk}/price/"
    said = {"channel": "whatsapp", "quote": "3 juta bisa?", "amount_0": "3000000", "amount_1": "IDR"}
    assert as_coordinator.post(url, said).status_code == 302  # type: ignore[attr-defined]
    assert Bid.objects.values_list("kind", "said", "channel").latest("pk") == ("counter", "3 juta bisa?", "whatsapp")


@pytest.mark.parametrize("count", [1, 3])
def test_many_contracts_cost_her_page_no_more(
    her: Contact, kirana: Influencer, lumi: Brand, sent: Sent, django_assert_num_queries: object, count: int
) -> None:
    for number in range(count):
        sent(kirana, title=f"Lumi {number}")
    visitor = open_page(her, kirana, lumi)
    visitor.client.get(visitor.page)
    with django_assert_num_queries(35):  # type: ignore[operator]
        visitor.client.get(visitor.page)
    with django_assert_num_queries(19):  # type: ignore[operator]
        visitor.client.get(visitor.at("contract", Contract.objects.latest("pk").pk))

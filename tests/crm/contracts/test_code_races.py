"""Sixty-four presses of one button sign once. The same without the database's own compare-and-set shows what that is for."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.test import Client

from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.contracts.actions.codes import Codes, use_codes
from crm.contracts.actions.sending import send
from crm.contracts.models import Contract, Signature, SigningCode
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.test_sending import stands
from tests.crm.contracts.visiting import Visitor, another, newest_code, open_page
from tests.races import let_go, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


@pytest.fixture
def contract(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> Contract:
    stands(kirana, "Kirana Maheswari", language="en")
    made = write(kirana, said="1 reel 2,8jt nett", start_on=dt.date(2026, 12, 1), end_on=dt.date(2026, 12, 31))
    send(made, at=now, actor=actor)
    return Contract.objects.get()


@pytest.fixture
def visitor(contract: Contract, kirana: Influencer, lumi: Brand) -> Visitor:
    return open_page(kirana.representations.get().contact, kirana, lumi)


def pressed(visitor: Visitor, url: str, data: dict[str, str], times: int) -> Counter[tuple[int, str]]:
    """So many browsers' tabs at once; how often each answer came."""
    start, answers = threading.Barrier(times), list[tuple[int, str]]()

    def press() -> None:
        client = Client()
        client.cookies = visitor.client.cookies.copy()
        try:
            start.wait(60)
            answer = client.post(url, data)
            answers.append((answer.status_code, str(answer.get("Location", ""))))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _number in range(times)]
    let_go(threads)
    return Counter(answers)


def ask(visitor: Visitor, contract: Contract) -> str:
    said = {"name": "Kirana Maheswari", "yes": "on", "document": contract.document_sha256}
    visitor.client.post(visitor.at("sign", contract.pk), said)
    return newest_code()


def assert_signed_once() -> None:
    assert (Signature.objects.count(), Entry.objects.filter(verb="contract.signature").count()) == (1, 1)
    assert Contract.objects.get().status == "sent"


def test_sixty_four_posts_of_one_code_give_one_signature(contract: Contract, visitor: Visitor) -> None:
    code = ask(visitor, contract)
    answers = pressed(visitor, visitor.at("sign-code", contract.pk), {"code": code}, 64)
    assert sum(answers.values()) == 64
    assert {status for status, _where in answers} <= {302, 422}
    assert answers[302, f"{visitor.page}?thanks=contract.signed"] >= 1
    assert_signed_once()
    row = SigningCode.objects.get()
    assert (row.used_at is not None, row.tries <= 5) == (True, True)


def test_eight_presses_of_a_name_give_one_signature(contract: Contract, visitor: Visitor) -> None:
    Organisation.load()
    Organisation.objects.update(contracts_by_code_above=10_000_000)
    said = {"name": "Kirana Maheswari", "yes": "on", "document": contract.document_sha256}
    answers = pressed(visitor, visitor.at("sign", contract.pk), said, 8)
    assert answers == {(302, f"{visitor.page}?thanks=contract.signed"): 8}
    assert_signed_once()


def test_wrong_codes_at_once_are_all_counted(contract: Contract, visitor: Visitor) -> None:
    wrong = another(ask(visitor, contract))
    answers = pressed(visitor, visitor.at("sign-code", contract.pk), {"code": wrong}, 16)
    assert answers == {(422, ""): 16}
    assert (SigningCode.objects.get().tries, Signature.objects.count()) == (5, 0)


def test_one_code_is_mailed_however_often_it_is_asked_for(contract: Contract, visitor: Visitor) -> None:
    said = {"name": "Kirana Maheswari", "yes": "on", "document": contract.document_sha256}
    answers = pressed(visitor, visitor.at("sign", contract.pk), said, 8)
    assert {status for status, _where in answers} == {302, 422}
    assert SigningCode.objects.count() == 1


def used(use: Callable[[SigningCode], None], contract: Contract, visitor: Visitor) -> int:
    """How many of eight believe that the code was theirs to use."""
    ask(visitor, contract)
    row, wins = SigningCode.objects.get(), list[int]()

    def act() -> None:
        use(row)
        wins.append(1)

    together(*[act] * 8)
    return len(wins)


def test_a_code_is_used_by_one(contract: Contract, visitor: Visitor, now: dt.datetime) -> None:
    assert used(lambda row: use_codes(Codes([row]), at=now), contract, visitor) == 1


def test_control_looking_first_and_writing_then_lets_several_use_it(
    contract: Contract, visitor: Visitor, now: dt.datetime
) -> None:
    looked = threading.Barrier(8)

    def look_then_write(row: SigningCode) -> None:
        is_free = SigningCode.objects.filter(pk=row.pk, used_at=None).exists()
        looked.wait(10)
        assert is_free
        SigningCode.objects.filter(pk=row.pk).update(used_at=now)

    assert used(look_then_write, contract, visitor) == 8

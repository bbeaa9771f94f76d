"""Her own page: the details, six digits from her mail, and an account that waits for our call."""

import datetime as dt

import pytest
import time_machine

from crm.brands.models import Brand
from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact, Email
from crm.payments.models import AccountCode, BankAccount, PaidThrough, Payee
from crm.portal.digits import digits_of
from crm.timeline.models import Entry
from tests.conftest import NOW
from tests.crm.contracts.visiting import Visitor, another, open_page
from tests.crm.payments.payees.conftest import NUMBER
from tests.factories import InfluencerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_clock")]
SAID = {"bank": "Bank Nusa", "number": "0012 3456 7890 1234", "holder": "Kirana Maheswari"}


@pytest.fixture
def _clock() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def visitor(kirana: Influencer, her: Contact, lumi: Brand) -> Visitor:
    return open_page(her, kirana, lumi)


def digits() -> str:
    return digits_of(AccountCode.objects.latest("pk").code_hash)


def post(visitor: Visitor, where: str, **said: str) -> int:
    return int(visitor.client.post(f"{visitor.page}{where}", said).status_code)


def test_with_the_code_the_account_waits_for_a_call(visitor: Visitor, payee: Payee) -> None:
    assert post(visitor, "bank/", **SAID) == 302
    assert (BankAccount.objects.count(), Email.objects.filter(name="account_code").count()) == (0, 1)
    assert post(visitor, "bank/code/", code=digits()) == 302
    account = BankAccount.objects.get()
    assert (account.number, account.status, account.entered_by_user) == (NUMBER, "waiting", None)
    assert account.entered_by == "Kirana Maheswari"
    row = AccountCode.objects.get()
    assert (row.number, row.bank, row.holder, row.used_at) == ("", "", "", NOW)
    assert Entry.objects.filter(verb="payee.account_entered", actor_kind="contact").count() == 1


def test_whom_nobody_entered_becomes_her_own_payee(visitor: Visitor, kirana: Influencer) -> None:
    post(visitor, "bank/", **SAID)
    post(visitor, "bank/code/", code=digits())
    way = PaidThrough.objects.select_related("payee").get()
    assert (way.influencer, way.payee.name, way.payee.contact, way.payee.tax_checked_at) == (
        kirana, "Kirana Maheswari", None, None,
    )  # fmt: skip


def test_a_wrong_code_changes_nothing_and_five_end_it(visitor: Visitor, payee: Payee) -> None:
    post(visitor, "bank/", **SAID)
    right = digits()
    assert [post(visitor, "bank/code/", code=another(right)) for _try in range(5)] == [422] * 5
    assert post(visitor, "bank/code/", code=right) == 422
    assert BankAccount.objects.count() == 0


def test_a_code_that_ran_out_changes_nothing(visitor: Visitor, payee: Payee, _clock: object) -> None:
    post(visitor, "bank/", **SAID)
    _clock.shift(dt.timedelta(minutes=10))  # type: ignore[attr-defined]
    assert post(visitor, "bank/code/", code=digits()) == 422
    assert BankAccount.objects.count() == 0


def test_another_code_within_a_minute_is_refused(visitor: Visitor, payee: Payee) -> None:
    assert [post(visitor, "bank/", **SAID) for _try in range(2)] == [302, 422]
    assert AccountCode.objects.count() == 1


def test_a_later_code_takes_the_details_of_the_one_before(visitor: Visitor, payee: Payee, _clock: object) -> None:
    post(visitor, "bank/", **SAID)
    _clock.shift(dt.timedelta(minutes=2))  # type: ignore[attr-defined]
    post(visitor, "bank/", **{**SAID, "number": "9988776655"})
    assert list(AccountCode.objects.order_by("pk").values_list("number", flat=True)) == ["", "9988776655"]


def test_the_code_is_good_in_her_own_visit_only(
    visitor: Visitor, payee: Payee, kirana: Influencer, her: Contact, lumi: Brand
) -> None:
    post(visitor, "bank/", **SAID)
    other = open_page(her, kirana, lumi)
    answer = other.client.post(f"{other.page}bank/code/", {"code": digits()})
    assert (answer.status_code, answer["Location"]) == (302, f"{other.page}bank/")
    assert BankAccount.objects.count() == 0


def test_who_may_not_receive_her_money_sees_no_form(kirana: Influencer, lumi: Brand, payee: Payee) -> None:
    agent = Contact.objects.create(kind="agent", name="Bima", email="bima@contoh.example", language="en")
    Representation.objects.create(influencer=kirana, contact=agent, capacity="agent")
    visitor = open_page(agent, kirana, lumi)
    assert 'name="number"' not in visitor.client.get(f"{visitor.page}bank/").content.decode()
    assert post(visitor, "bank/", **SAID) == 200
    assert AccountCode.objects.count() == 0


def test_a_guardian_is_paid_for_a_minor(lumi: Brand) -> None:
    young = InfluencerFactory(birth_on=dt.date(2010, 1, 1))
    mother = Contact.objects.create(kind="guardian", name="Ratna", email="ratna@contoh.example", language="en")
    Representation.objects.create(influencer=young, contact=mother, capacity="guardian")
    visitor = open_page(mother, young, lumi)
    post(visitor, "bank/", **{**SAID, "holder": "Ratna Dewi"})
    assert post(visitor, "bank/code/", code=digits()) == 302
    assert (Payee.objects.get().contact, BankAccount.objects.get().holder) == (mother, "Ratna Dewi")


def test_looking_changes_nothing_and_shows_no_whole_number(visitor: Visitor, payee: Payee) -> None:
    post(visitor, "bank/", **SAID)
    pages = [visitor.client.get(f"{visitor.page}{where}").content.decode() for where in ("bank/", "bank/code/", "")]
    assert [NUMBER in page for page in pages] == [False, False, False]
    assert "···1234" in pages[1]
    assert BankAccount.objects.count() == 0

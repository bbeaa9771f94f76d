"""What pages show of the money of a contract, and what they do with what is typed."""

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.contracts.models import Contract, Party, PayLine
from crm.payments.milestones.commissions import earn
from crm.payments.milestones.laying import Part
from crm.payments.milestones.statements import close_month
from crm.payments.models import CommissionStatement, LedgerLine, Milestone
from tests.crm.payments.milestones.conftest import NOW, Say
from tests.crm.payments.milestones.test_commissions import NOVEMBER

pytestmark = pytest.mark.django_db
OTHER = {"how": "other", "net_days": "30", "in_kind_tax": "payee_cash"}


@pytest.fixture
def signed_in(as_owner: Client) -> Client:
    return as_owner


def draft(contract: Contract) -> Contract:
    Contract.objects.filter(pk=contract.pk).update(status="draft", signed_at=None)
    return Contract.objects.get(pk=contract.pk)


def rows(*said: tuple[str, str]) -> dict[str, str]:
    return {f"part{n}-{name}": value for n, pair in enumerate(said)
            for name, value in zip(("percent", "trigger"), pair, strict=True)}  # fmt: skip


def test_a_usual_way_is_one_choice(signed_in: Client, contract: Contract) -> None:
    draft(contract)
    url = reverse("contract-milestones", args=[contract.pk])
    assert signed_in.get(url).status_code == 200
    answer = signed_in.post(url, {**OTHER, "how": "halves"})
    assert answer.headers["Location"] == f"/contracts/{contract.pk}/#money"
    assert list(Milestone.objects.values_list("share_bp", "trigger")) == [(5_000, "signed"), (5_000, "published")]


def test_parts_that_are_not_whole_keep_what_was_typed(signed_in: Client, contract: Contract) -> None:
    draft(contract)
    url = reverse("contract-milestones", args=[contract.pk])
    answer = signed_in.post(url, {**OTHER, **rows(("60", "signed"), ("30", "published"))})
    assert answer.status_code == 422
    assert "The parts come to 90 %" in answer.content.decode()
    assert 'value="60"' in answer.content.decode()
    assert Milestone.objects.count() == 0


def test_a_day_that_is_missing_is_asked_for(signed_in: Client, contract: Contract) -> None:
    draft(contract)
    answer = signed_in.post(reverse("contract-milestones", args=[contract.pk]), {**OTHER, **rows(("100", "date"))})
    assert (answer.status_code, "Enter the day." in answer.content.decode()) == (422, True)
    assert Milestone.objects.count() == 0


def test_a_signed_contract_without_a_word_about_it_is_told_once(signed_in: Client, contract: Contract) -> None:
    url = reverse("contract-milestones", args=[contract.pk])
    signed_in.post(url, {**OTHER, "how": "before"})
    assert [int(line.amount.amount) for line in LedgerLine.objects.all()] == [10_000_000]
    assert signed_in.get(url).status_code == 302


def test_the_contract_says_what_is_due_and_what_waits(signed_in: Client, contract: Contract, say: Say) -> None:
    say(Part(5_000, "signed"), Part(5_000, "published"))
    signed_in.post(reverse("contract-milestones", args=[contract.pk]), {})
    page = signed_in.get(reverse("contract", args=[contract.pk])).content.decode()
    for words in ("50 %, the contract is signed", "50 %, it is posted", "IDR\u00a05,000,000", "waits"):
        assert words in page


def test_calling_off_is_shown_before_it_is_done(signed_in: Client, contract: Contract, party: Party, say: Say) -> None:
    say(Part(10_000, "published"))
    url = reverse("contract-kill", args=[contract.pk])
    typed = {"by": "us", "why": "The launch moved", f"share_{party.pk}": "50"}
    shown = signed_in.post(url, typed)
    assert (shown.status_code, LedgerLine.objects.count()) == (200, 0)
    sure = {**typed, "shown": shown.context["shown"], "sure": "1"}
    assert signed_in.post(url, {**sure, f"share_{party.pk}": "80"}).status_code == 200
    assert LedgerLine.objects.count() == 0
    assert signed_in.post(url, sure).status_code == 302
    assert [(line.kind, int(line.amount.amount)) for line in LedgerLine.objects.all()] == [("kill_fee", 5_000_000)]


def test_a_share_where_she_calls_it_off_is_refused(
    signed_in: Client, contract: Contract, party: Party, say: Say
) -> None:
    say(Part(10_000, "published"))
    url = reverse("contract-kill", args=[contract.pk])
    answer = signed_in.post(url, {"by": "her", "why": "Ill", f"share_{party.pk}": "50"})
    assert (answer.status_code, Milestone.objects.waiting().count()) == (422, 1)


def test_a_bonus_beyond_what_was_agreed_is_refused_in_the_form(signed_in: Client, contract: Contract) -> None:
    bonus = PayLine.objects.create(contract=contract, kind="bonus", amount=1_000_000)
    url = reverse("milestone-extra", args=[contract.pk, bonus.pk])
    assert signed_in.get(url).status_code == 200
    party = contract.talents[0]
    typed = {"who": str(party.pk), "amount_0": "1000001", "amount_1": "IDR", "why": "A million views"}
    assert (signed_in.post(url, typed).status_code, LedgerLine.objects.count()) == (422, 0)
    assert signed_in.post(url, {**typed, "amount_0": "400000"}).status_code == 302
    assert [int(line.amount.amount) for line in LedgerLine.objects.all()] == [400_000]


def test_a_month_of_commission_is_listed_and_told_order_by_order(
    signed_in: Client, contract: Contract, party: Party
) -> None:
    PayLine.objects.create(contract=contract, kind="commission", rate_bp=1_000)
    earn(party, Money(1_000_000, "IDR"), key="1", on=NOVEMBER, at=NOW, by="Mitra", label="Order 1")
    (made,) = close_month(NOVEMBER, at=NOW)
    page = signed_in.get(reverse("commission-statements")).content.decode()
    assert "IDR\u00a0100,000" in page
    one = signed_in.get(reverse("commission-statement", args=[made.pk])).content.decode()
    assert "Order 1" in one


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_statements_costs_the_same_for_one_and_for_three(
    signed_in: Client, contract: Contract, rows: int, django_assert_num_queries: object
) -> None:
    person = contract.talents[0].influencer
    for number in range(rows):
        month_on = NOVEMBER.replace(month=number + 1)
        CommissionStatement.objects.create(influencer=person, brand=contract.brand, month_on=month_on)
    with django_assert_num_queries(4):  # type: ignore[operator]
        signed_in.get(reverse("commission-statements"))

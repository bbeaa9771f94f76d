"""Contracts for many: everybody with her fee and findings before anything is written, and a result for each after."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.brands.models import Brand
from crm.contracts.many import work
from crm.contracts.models import Contract, ContractTemplate
from crm.exclusivity.models import Clause
from crm.influencers.models import BulkRun, Format, Influencer, RateCard
from crm.team.models import User
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db


def typed(brand: Brand, **more: Any) -> dict[str, Any]:
    usual = {
        "who": "@kirana\n@sekar", "brand": brand.pk, "template": ContractTemplate.objects.get(code="campaign").pk,
        "said": "1 reel 3 story 2,8jt nett", "rule": "fixed", "amount_0": "", "amount_1": "IDR", "cash_percent": "100",
        "tax": "", "start_on": "2026-12-01", "end_on": "2026-12-31", "before": "30", "after": "30", "anchor": "each_post",
        "right": "paid_ads", "right_days": "90", "zone": "Asia/Jakarta",
    }  # fmt: skip
    return {**usual, **more}


@pytest.fixture
def sekar(db: None) -> Influencer:
    return person("Sekar Ayu")


def begun(client: Client, brand: Brand, **more: Any) -> BulkRun:
    answer = client.post(reverse("contract-many"), typed(brand, **more))
    assert answer.status_code == 302, answer.context["form"].errors
    return BulkRun.objects.get()


def plan_of(client: Client, run: BulkRun) -> Any:
    return client.get(reverse("contract-many-run", args=[run.pk])).context["plan"]


def press(client: Client, run: BulkRun, on: list[int], fees: dict[int, str] | None = None, **more: Any) -> Any:
    data = {"on": on, **{f"fee-{place}": fee for place, fee in (fees or {}).items()}, **more}
    return client.post(reverse("contract-many-run", args=[run.pk]), data)


def results(run: BulkRun) -> list[tuple[str, str, str]]:
    return [(row.label, row.outcome, row.reason[0] if row.reason else "") for row in run.rows.order_by("place")]


def test_nothing_is_written_before_everybody_was_looked_at(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand
) -> None:
    run = begun(as_coordinator, lumi, cash_percent="50")
    rows = plan_of(as_coordinator, run).rows
    assert [(row.label, row.one.cash, row.one.in_kind, row.on) for row in rows] == [
        ("Kirana Maheswari", Decimal(1_400_000), Decimal(1_400_000), True),
        ("Sekar Ayu", Decimal(1_400_000), Decimal(1_400_000), True),
    ]
    assert (Contract.objects.count(), run.status) == (0, "shown")


def test_each_gets_a_contract_with_the_same_terms_and_her_own_fee(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand
) -> None:
    run = begun(as_coordinator, lumi, cash_percent="50", exclusive="on", in_kind="Serum")
    press(as_coordinator, run, [1, 2], {1: "", 2: "3000000"}, write="1")
    assert results(run) == [("Kirana Maheswari", "changed", "written"), ("Sekar Ayu", "changed", "written")]
    first, second = Contract.objects.order_by("pk")
    assert (first.title, second.title) == ("Lumi Skincare · Kirana Maheswari", "Lumi Skincare · Sekar Ayu")
    assert [post.format.code for post in first.posts.all()] == ["reel", "story", "story", "story"]
    assert [(line.kind, line.amount, line.tax, line.note) for line in first.lines.all()] == [
        ("cash_fee", Money(1_400_000, "IDR"), "net", ""), ("product", Money(1_400_000, "IDR"), "", "Serum"),
    ]  # fmt: skip
    assert [line.amount for line in second.lines.all()] == [Money(1_500_000, "IDR")] * 2
    assert [(right.kind, right.days, right.counted_from) for right in first.rights.all()] == [
        ("paid_ads", 90, "first_post")
    ]
    clauses = Clause.objects.order_by("pk")
    assert [(one.influencer, one.start_offset, one.end_offset, one.standing) for one in clauses] == [
        (kirana, -30, 30, "draft"), (sekar, -30, 30, "draft"),
    ]  # fmt: skip
    assert [one.stretches.count() for one in clauses] == [4, 4]
    assert as_coordinator.get(reverse("contract", args=[first.pk])).status_code == 200


def test_who_is_barred_is_shown_with_the_other_deal_and_left_out_unless_ticked_knowing_it(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand, now: dt.datetime
) -> None:  # fmt: skip
    bar(kirana, lumi, now)
    run = begun(as_coordinator, lumi)
    rows = plan_of(as_coordinator, run).rows
    assert [(row.label, row.on, row.is_held) for row in rows] == [
        ("Kirana Maheswari", False, True), ("Sekar Ayu", True, False),
    ]  # fmt: skip
    (told,) = rows[0].one.findings
    assert (told.title, told.free_on) == (
        "Kirana Maheswari promised exclusivity to Nara Beauty", dt.date(2027, 1, 1),
    )  # fmt: skip
    press(as_coordinator, run, [1, 2], {}, write="1", barred=[1])
    assert [row[1] for row in results(run)] == ["changed", "changed"]


def test_a_promise_made_since_one_looked_keeps_her_contract_from_being_written(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand, now: dt.datetime
) -> None:
    run = begun(as_coordinator, lumi)
    bar(kirana, lumi, now)
    press(as_coordinator, run, [1, 2], {}, write="1")
    assert results(run) == [("Kirana Maheswari", "refused", "barred"), ("Sekar Ayu", "changed", "written")]
    assert [contract.people for contract in Contract.objects.all()] == [[sekar.pk]]


def test_the_worst_findings_are_told_and_the_others_counted(
    as_coordinator: Client, kirana: Influencer, lumi: Brand, now: dt.datetime
) -> None:
    for _number in range(3):
        bar(kirana, lumi, now)
    (row,) = plan_of(as_coordinator, begun(as_coordinator, lumi, who="@kirana")).rows
    assert (len(row.one.findings), row.one.more) == (2, 1)


def bar(kirana: Influencer, lumi: Brand, now: dt.datetime) -> Clause:
    from crm.exclusivity.actions.clauses import save_clause
    from crm.exclusivity.terms import ACT_NUMBERS, Act, Standing
    from crm.timeline.record import SYSTEM

    nara = Brand.objects.filter(name="Nara Beauty").first() or BrandFactory(name="Nara Beauty")
    clause = Clause(
        influencer=kirana, brand=nara, anchor="fixed", zone="Asia/Jakarta",
        fixed_start_on=dt.date(2026, 11, 1), fixed_end_on=dt.date(2026, 12, 31),
        act_numbers=frozenset({ACT_NUMBERS[Act.PAID_POST]}),
    )  # fmt: skip
    save_clause(clause, {"categories": [lumi.category_id or 0]}, at=now, actor=SYSTEM)
    clause.stand(Standing.ACTIVE, at=now, actor=SYSTEM, effective_from=now)
    return clause


def test_the_fee_follows_each_rate_card_and_who_has_none_is_asked_for(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand, now: dt.datetime
) -> None:
    on = now.date() - dt.timedelta(days=10)
    for code, price in (("reel", 2_000_000), ("story", 500_000)):
        row = Format.objects.get(code=code, platform__code="instagram")
        RateCard.objects.create(influencer=kirana, format=row, price=Money(price, "IDR"), valid_from=on, tax="net")
    run = begun(as_coordinator, lumi, rule="rates", said="1 reel 3 story")
    rows = plan_of(as_coordinator, run).rows
    assert [(row.typed, row.on) for row in rows] == [("3,500,000", True), ("", False)]
    assert str(rows[1].one.missing[0]) == "No fee: her rate card has no price for this. Type one."
    press(as_coordinator, run, [1, 2], {1: "", 2: ""}, write="1")
    assert results(run) == [("Kirana Maheswari", "changed", "written"), ("Sekar Ayu", "refused", "no-fee")]


def test_a_package_price_is_worth_more_than_its_parts(
    as_coordinator: Client, kirana: Influencer, lumi: Brand, now: dt.datetime
) -> None:
    RateCard.objects.create(
        influencer=kirana, package="1 reel + 3 story", price=Money(2_800_000, "IDR"), valid_from=now.date()
    )
    run = begun(as_coordinator, lumi, who="@kirana", rule="rates", said="1 reel 3 story")
    assert [row.one.fee for row in plan_of(as_coordinator, run).rows] == [Decimal(2_800_000)]


def test_what_is_missing_is_said_for_each(
    as_coordinator: Client, write: Write, kirana: Influencer, lumi: Brand, now: dt.datetime
) -> None:
    write(kirana)
    kirana.birth_on = dt.date(2012, 1, 1)
    kirana.save()
    run = begun(as_coordinator, lumi, who="@kirana", said="1 video 1jt")
    (row,) = plan_of(as_coordinator, run).rows
    assert ([one.code for one in row.one.missing], row.on, row.may_be_ticked) == (
        ["unclear", "open", "mail", "held"], False, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"who": "@kirana\n@nobody"}, "who"),
        ({"who": ""}, "who"),
        ({"said": "ok deal kak"}, "said"),
        ({"said": "1 reel 3 story"}, "amount"),
        ({"end_on": "2026-11-01"}, "end_on"),
        ({"rule": "rates", "said": ""}, "said"),
        ({"offer_until_on": "2020-01-01"}, "offer_until_on"),
        ({"cash_percent": "101"}, "cash_percent"),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field_and_stays_typed(
    as_coordinator: Client, kirana: Influencer, lumi: Brand, wrong: dict[str, str], field: str
) -> None:
    answer = as_coordinator.post(reverse("contract-many"), typed(lumi, **{"who": "@kirana", **wrong}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert BulkRun.objects.count() == 0


def test_a_fee_that_is_no_amount_is_said_in_its_row_and_nothing_is_lost(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand
) -> None:
    run = begun(as_coordinator, lumi)
    answer = press(as_coordinator, run, [2], {1: "lots", 2: "4jt"}, write="1")
    assert answer.status_code == 422
    assert [(row.typed, row.on, bool(row.error)) for row in answer.context["plan"].rows] == [
        ("lots", False, True), ("4jt", True, False),
    ]  # fmt: skip
    assert Contract.objects.count() == 0


def test_pressing_twice_writes_each_once(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand
) -> None:
    run = begun(as_coordinator, lumi)
    press(as_coordinator, run, [1], {}, write="1")
    press(as_coordinator, run, [1, 2], {}, write="1")
    assert results(run) == [("Kirana Maheswari", "changed", "written"), ("Sekar Ayu", "left_out", "not-ticked")]
    assert Contract.objects.count() == 1


def test_one_that_fails_loses_none_of_the_others(
    as_coordinator: Client, coordinator: User, kirana: Influencer, sekar: Influencer, lumi: Brand, now: dt.datetime
) -> None:
    run = begun(as_coordinator, lumi)
    Influencer.objects.filter(pk=kirana.pk).update(archived_at=now)
    press(as_coordinator, run, [1, 2], {}, write="1")
    assert results(run) == [("Kirana Maheswari", "refused", "gone"), ("Sekar Ayu", "changed", "written")]


def test_people_ticked_in_the_list_come_along(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand
) -> None:
    answer = as_coordinator.post(reverse("people-bulk"), {"action": "contracts", "ids": [kirana.pk, sekar.pk]})
    assert [one.pk for one in answer.context["chosen"]] == [kirana.pk, sekar.pk]
    run = begun(as_coordinator, lumi, who="", chosen=f"{kirana.pk},{sekar.pk}")
    assert run.total == 2


def test_one_more_promise_stands_in_every_contract(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand
) -> None:
    run = begun(as_coordinator, lumi)
    address = reverse("contract-many-sentence", args=[run.pk])
    data = {
        "category": lumi.category_id, "kind": "product", "anchor": "term", "before": "0", "after": "14", "acts": ["paid_post"],
        "unit": "days", "count_mode": "after", "survival": "full", "tail_days": "0", "buffer_days": "0", "cure_days": "3",
        "blocks": "on",
    }  # fmt: skip
    assert as_coordinator.post(address, data).url == reverse("contract-many-run", args=[run.pk])
    assert len(plan_of(as_coordinator, run).sentences) == 1
    press(as_coordinator, run, [1, 2], {}, write="1")
    assert [(one.anchor, one.end_offset, one.stretches.count()) for one in Clause.objects.all()] == [
        ("term", 14, 1)
    ] * 2
    run.refresh_from_db()
    as_coordinator.post(reverse("contract-many-sentence-drop", args=[run.pk, 0]))
    assert len(BulkRun.objects.get().data["sentences"]) == 1


def test_the_shared_page_of_such_a_run_leads_to_its_own(
    as_coordinator: Client, kirana: Influencer, sekar: Influencer, lumi: Brand
) -> None:
    run = begun(as_coordinator, lumi)
    assert as_coordinator.get(reverse("bulk-run", args=[run.pk])).url == reverse("contract-many-run", args=[run.pk])
    assert as_coordinator.post(reverse("bulk-run-continue", args=[run.pk])).status_code == 404
    assert BulkRun.objects.get().status == "shown"


@pytest.mark.parametrize("many", [3, 12])
def test_findings_cost_the_same_for_few_and_for_many(
    as_coordinator: Client, lumi: Brand, now: dt.datetime, many: int, django_assert_num_queries: Any
) -> None:
    people = [person(f"orang{n} x") for n in range(many)]
    for one in people:
        bar(one, lumi, now)
    run = begun(as_coordinator, lumi, who="\n".join(f"@orang{n}" for n in range(many)), exclusive="on")
    rows, user = list(run.rows.all()), run.started_by
    assert user is not None
    with django_assert_num_queries(51):
        found = work.planned(run, rows, user, now)
    assert [one.is_barred for one in found.values()] == [True] * many


@pytest.mark.parametrize("many", [3, 12])
def test_each_contract_is_written_with_25_queries(
    as_coordinator: Client, lumi: Brand, now: dt.datetime, many: int, django_assert_num_queries: Any
) -> None:
    for n in range(many):
        person(f"orang{n} x")
    run = begun(as_coordinator, lumi, who="\n".join(f"@orang{n}" for n in range(many)), exclusive="on")
    rows = list(run.rows.all())
    with django_assert_num_queries(33 + 25 * many):
        found = work.write_batch(rows, run, now, Actor.of(run.started_by))
    assert [one.outcome for one in found.values()] == ["changed"] * many

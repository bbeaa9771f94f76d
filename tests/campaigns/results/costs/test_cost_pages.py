"""What the pages of costs and of what stands beside the figures show and take."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.planning.models import Campaign
from campaigns.results.models import BrandLift, CampaignCost, Confounder
from crm.timeline.models import Entry
from tests.factories import CollaborationFactory

pytestmark = pytest.mark.django_db
QUERIES = 10


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_cost_is_noted_told_and_taken_out(as_coordinator: Client, campaign: Campaign) -> None:
    url = reverse("campaign-costs", args=[campaign.pk])
    said = {"kind": "agency", "amount_0": "2,000,000", "amount_1": "IDR", "on": "2026-11-20", "note": "November"}
    as_coordinator.post(url, said)
    row = CampaignCost.objects.get()
    assert (int(row.amount.amount), row.by is not None) == (2_000_000, True)
    assert "IDR 2,000,000" in text_of(as_coordinator.get(url)).replace("\xa0", " ")
    as_coordinator.post(reverse("cost-drop", args=[row.pk]))
    assert CampaignCost.objects.count() == 0
    assert [
        one.sentence_en.replace("\xa0", " ") for one in Entry.objects.filter(verb__startswith="cost.").order_by("pk")
    ] == [
        "Cost noted: Agency fee, IDR 2,000,000",
        "Cost taken out again: Agency fee, IDR 2,000,000",
    ]


def test_a_cost_of_nothing_is_refused_and_keeps_what_was_typed(as_coordinator: Client, campaign: Campaign) -> None:
    said = {"kind": "agency", "amount_0": "0", "amount_1": "IDR", "on": "2026-11-20", "note": "November"}
    answer = as_coordinator.post(reverse("campaign-costs", args=[campaign.pk]), said)
    assert (answer.status_code, CampaignCost.objects.count()) == (422, 0)
    assert 'value="November"' in text_of(answer)


def test_the_switch_leaves_money_only(as_coordinator: Client, campaign: Campaign) -> None:
    CollaborationFactory(campaign=campaign, fee=Money(1_000_000, "IDR"))
    CampaignCost.objects.create(campaign=campaign, kind="agency", amount=Money(500_000, "IDR"), on="2026-11-20")
    url = reverse("campaign-costs", args=[campaign.pk])
    shown = [text_of(as_coordinator.get(url, {"cost": cost})).replace("\xa0", " ") for cost in ("full", "cash")]
    assert ["<strong>IDR 1,500,000</strong>" in page for page in shown] == [True, False]


def test_costs_of_one_and_of_three_people_cost_the_same(
    as_coordinator: Client,
    campaign: Campaign,
    django_assert_num_queries: Any,
) -> None:
    url = reverse("campaign-costs", args=[campaign.pk])
    as_coordinator.get(url)
    for already in (0, 1):
        for _more in range(1 + already):
            CollaborationFactory(campaign=campaign, fee=Money(1_000_000, "IDR"))
            CampaignCost.objects.create(campaign=campaign, amount=Money(1, "IDR"), on="2026-11-20")
        with django_assert_num_queries(QUERIES):
            assert as_coordinator.get(url).status_code == 200


def test_what_also_happened_is_noted_and_taken_out(as_coordinator: Client, campaign: Campaign) -> None:
    said = {"kind": "price", "first_on": "2026-11-10", "last_on": "2026-11-12", "note": "11.11 sale"}
    as_coordinator.post(reverse("campaign-happened", args=[campaign.pk]), said)
    url = reverse("campaign-lift", args=[campaign.pk])
    assert "The price changed: 11.11 sale" in text_of(as_coordinator.get(url))
    as_coordinator.post(reverse("happened-drop", args=[Confounder.objects.get().pk]))
    assert Confounder.objects.count() == 0


def test_what_happened_does_not_end_before_it_begins(as_coordinator: Client, campaign: Campaign) -> None:
    said = {"kind": "price", "first_on": "2026-11-10", "last_on": "2026-11-09", "note": "x"}
    answer = as_coordinator.post(reverse("campaign-happened", args=[campaign.pk]), said)
    assert (answer.status_code, Confounder.objects.count()) == (422, 0)
    assert "The last day is before the first." in text_of(answer)


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((200, 80, 200, 60), "more said yes"),
        ((40, 10, 40, 9), "too few to tell"),
        ((200, 60, 200, 90), "fewer said yes"),
    ],
)
def test_a_survey_says_whether_it_can_tell(
    as_coordinator: Client,
    campaign: Campaign,
    counts: tuple[int, ...],
    says: str,
) -> None:
    names = ("exposed", "exposed_yes", "control", "control_yes")
    said = {"question": "Heard of Lumi?", "on": "2026-11-20", **dict(zip(names, counts, strict=True))}
    url = reverse("campaign-lift", args=[campaign.pk])
    assert as_coordinator.post(url, said).status_code == 302
    assert says in text_of(as_coordinator.get(url))


@pytest.mark.parametrize("wrong", [{"exposed": 0}, {"exposed_yes": 201}, {"control_yes": 999}, {"question": ""}])
def test_a_survey_that_cannot_be_is_refused(
    as_coordinator: Client,
    campaign: Campaign,
    wrong: dict[str, Any],
) -> None:
    said = {"question": "Q?", "on": "2026-11-20", "exposed": 200, "exposed_yes": 0, "control": 200, "control_yes": 0}
    answer = as_coordinator.post(reverse("campaign-lift", args=[campaign.pk]), said | wrong)
    assert (answer.status_code, BrandLift.objects.count()) == (422, 0)


def test_what_was_noted_while_wrapping_up_stands_beside_the_figures(as_coordinator: Client, campaign: Campaign) -> None:
    said = {"what": "stock", "first_on": "2026-11-10", "last_on": "2026-11-12", "words": "Serum sold out"}
    as_coordinator.post(reverse("wrap-up-note", args=[campaign.pk, "also"]), said)
    row = Confounder.objects.get()
    assert (row.kind, str(row.first_on), str(row.last_on), row.note) == (
        "stock", "2026-11-10", "2026-11-12", "Serum sold out"
    )  # fmt: skip
    again = as_coordinator.post(reverse("wrap-up-note", args=[campaign.pk, "also"]), {**said, "last_on": "2026-11-01"})
    assert (again.status_code, Confounder.objects.count()) == (422, 1)

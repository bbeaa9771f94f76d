"""The pages on which a deal is asked for: shown before it is written, and nothing that was typed is lost."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, Program, QuotaQuantity
from crm.ambassadors.places import DealHint, deal_hints
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from tests.crm.ambassadors.conftest import DealOf, format_of

pytestmark = pytest.mark.django_db
NEW = reverse("ambassador-new")
ROWS = {"quota-TOTAL_FORMS": "2", "quota-INITIAL_FORMS": "0"}


def typed(circle: Program, /, **more: Any) -> dict[str, Any]:
    usual = {
        "who": "Kirana Maheswari", "program": circle.pk, "said": "2 reel 4 story a month, 5jt", "start_on": "2027-03-11",
        "months": "12", "renewal": "none", "zone": "Asia/Jakarta", "unit": "month", "every": "1", **ROWS,
    }  # fmt: skip
    return {**usual, **more}


def test_the_form_asks_four_questions(as_coordinator: Client, circle: Program) -> None:
    page = as_coordinator.get(NEW, {"program": circle.pk})
    assert page.status_code == 200
    legends = ("How many of what, each period", "What fee", "How long", "What happens at the end")
    assert [one for one in legends if one in page.text] == list(legends)


def test_it_shows_what_it_comes_to_and_writes_nothing(
    as_coordinator: Client, circle: Program, kirana: Influencer
) -> None:
    account(kirana)
    page = as_coordinator.post(NEW, typed(circle, renewal="manual", notice_value="30", show="1"))
    shown = page.context["shown"]
    assert (page.status_code, shown.days) == (200, "12 months from 11 March 2027 end on 10 March 2028.")
    assert (len(shown.figures.periods), shown.figures.cash, shown.labels) == (
        12, 60_000_000, ["Instagram Reel", "Instagram Story"],
    )  # fmt: skip
    assert (shown.notice_on, shown.review_on) == (dt.date(2028, 2, 9), dt.date(2028, 1, 26))
    assert AmbassadorDeal.objects.count() == 0


def account(person: Influencer, platform: str = "instagram") -> None:
    from crm.influencers.models import Platform, SocialAccount

    row = Platform.objects.get(code=platform)
    SocialAccount.objects.create(influencer=person, platform=row, handle="kirana", followers=34_000)


def test_saving_leads_to_the_deal(as_coordinator: Client, circle: Program, kirana: Influencer) -> None:
    account(kirana)
    page = as_coordinator.post(NEW, typed(circle, save="1"))
    deal = AmbassadorDeal.objects.get()
    assert (page.status_code, page["Location"]) == (302, reverse("ambassador-deal", args=[deal.pk]))
    assert list(QuotaQuantity.objects.order_by("pk").values_list("quantity", flat=True)) == [2, 4]


def test_pressing_twice_writes_once_and_says_so(as_coordinator: Client, circle: Program, kirana: Influencer) -> None:
    account(kirana)
    as_coordinator.post(NEW, typed(circle, save="1"))
    page = as_coordinator.post(NEW, typed(circle, save="1"))
    assert page.status_code == 422
    assert "is in this programme on these days already" in page.text
    assert AmbassadorDeal.objects.count() == 1


def test_lines_count_before_words_and_one_more_keeps_what_was_typed(
    as_coordinator: Client, circle: Program, kirana: Influencer
) -> None:
    lines = {"quota-0-quantity": "3", "quota-0-format": str(format_of("reel").pk), "quota-0-note": "Try-ons"}
    more = as_coordinator.post(NEW, typed(circle, said="", **lines, more="1"))
    assert (more.status_code, more.context["form"].rows.total_form_count()) == (200, 3)
    assert 'value="Try-ons"' in more.text
    page = as_coordinator.post(NEW, typed(circle, said="", **lines, retainer_0="2500000", retainer_1="IDR", show="1"))
    assert (page.context["shown"].labels, page.context["shown"].figures.cash) == (["Try-ons"], 30_000_000)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"who": "Nobody Known"}, "who"), ({"said": "as we said"}, "said"), ({"said": ""}, "said"),
        ({"months": "", "end_on": ""}, "months"), ({"end_on": "2027-01-01"}, "end_on"), ({"program": ""}, "program"),
        ({"every": "0"}, "every"), ({"percent": "101"}, "percent"), ({"anchor_on": "2027-04-01"}, "anchor_on"),
        ({"offer_until_on": "2026-11-01"}, "offer_until_on"), ({"is_open": "on", "renewal": "auto"}, "is_open"),
        ({"start_on": "9999-12-31"}, "start_on"), ({"end_on": "9999-12-31"}, "end_on"),
        ({"retainer_0": "900000000000", "retainer_1": "IDR"}, "retainer"), ({"carry_lasts": "0"}, "carry_lasts"), ({"notice_value": "99999"}, "notice_value"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(
    as_coordinator: Client, circle: Program, kirana: Influencer, more: dict[str, str], field: str
) -> None:
    account(kirana)
    page = as_coordinator.post(NEW, typed(circle, save="1", **more))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert AmbassadorDeal.objects.count() == 0


def test_a_line_without_its_number_is_said_in_the_line(
    as_coordinator: Client, circle: Program, kirana: Influencer
) -> None:
    page = as_coordinator.post(NEW, typed(circle, said="", save="1", **{"quota-0-format": str(format_of("reel").pk)}))
    assert page.status_code == 422
    assert "How many in each period?" in page.text


def test_what_goes_on_by_itself_has_its_answers_already(
    as_coordinator: Client, circle: Program, kirana: Influencer
) -> None:
    account(kirana)
    as_coordinator.post(NEW, typed(circle, renewal="auto", months="6", save="1"))
    contract = Contract.objects.get()
    assert (contract.renewal, contract.renew_months, contract.notice_value, contract.end_on) == (
        "auto", 6, 30, dt.date(2027, 9, 10),
    )  # fmt: skip


def test_without_a_last_day_the_first_year_is_shown(
    as_coordinator: Client, circle: Program, kirana: Influencer
) -> None:
    account(kirana)
    page = as_coordinator.post(NEW, typed(circle, is_open="on", show="1"))
    shown = page.context["shown"]
    assert (shown.days, len(shown.figures.periods), shown.figures.is_whole) == (
        "From 11 March 2027 on, until somebody ends it.", 12, False,
    )  # fmt: skip


def test_what_was_agreed_before_is_there_already(
    as_coordinator: Client, circle: Program, kirana: Influencer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = DealHint("campaigns.collaboration:7", "Ramadan glow", ((format_of("reel").pk, 2),), Money(3_000_000, "IDR"))
    monkeypatch.setitem(deal_hints._placed, "planning", placed(lambda person, brand: [hint]))
    page = as_coordinator.get(NEW, {"person": kirana.pk, "brand": circle.brand_id})
    assert "The first values are what was agreed for Ramadan glow." in page.text
    assert [one.quantity for one in page.context["form"].initial["quotas"]] == [2]
    assert page.context["form"]["who"].value() == "Kirana Maheswari"


def placed(function: Any) -> Any:
    from crm.base.places import Placed

    return Placed("planning", function, 100, {})


def test_a_draft_is_asked_again_with_its_answers(as_coordinator: Client, circle: Program, kirana: Influencer) -> None:
    account(kirana)
    as_coordinator.post(
        NEW, typed(circle, exclusive="on", tail_days="30", percent="7.5", in_kind_0="900000", in_kind_1="IDR",
                   in_kind_note="Serum, refills", label="featured", save="1")
    )  # fmt: skip
    edit = reverse("ambassador-edit", args=[AmbassadorDeal.objects.get().pk])
    form = as_coordinator.get(edit).context["form"]
    asked = ("exclusive", "tail_days", "percent", "in_kind_note", "label", "end_on")
    assert [form[name].value() for name in asked] == [
        True,
        30,
        "7.5",
        "Serum, refills",
        "featured",
        dt.date(2028, 3, 10),
    ]
    assert form.initial["in_kind"] == Money(900_000, "IDR")
    page = as_coordinator.post(edit, typed(circle, said="3 reel", save="1"))
    assert page.status_code == 302
    assert list(QuotaQuantity.objects.values_list("quantity", flat=True)) == [3]


def test_a_signed_deal_is_not_asked_again(as_coordinator: Client, deal_of: DealOf) -> None:
    deal = deal_of()
    page = as_coordinator.get(reverse("ambassador-edit", args=[deal.pk]))
    assert (page.status_code, page["Location"]) == (302, reverse("ambassador-deal", args=[deal.pk]))


def test_a_draft_is_changed_with_its_deal_not_by_itself(
    as_coordinator: Client, circle: Program, kirana: Influencer
) -> None:
    account(kirana)
    as_coordinator.post(NEW, typed(circle, extra_words="She may name one charity.", save="1"))
    deal = AmbassadorDeal.objects.get()
    assert deal.contract.extra_words == "She may name one charity."
    page = as_coordinator.get(reverse("contract-edit", args=[deal.contract_id]))
    assert (page.status_code, page["Location"]) == (302, reverse("ambassador-edit", args=[deal.pk]))

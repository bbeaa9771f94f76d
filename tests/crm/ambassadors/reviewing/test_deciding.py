"""A decision is taken once, and does to the contract what its kind of going on asks for."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from crm.ambassadors.models import AmbassadorDeal, DealReview, ProgramTier
from crm.ambassadors.reviewing.deciding import decide_review
from crm.ambassadors.reviewing.meaning import next_page
from crm.ambassadors.reviewing.planning import reviews_due
from crm.contracts.actions.deciding import decided
from crm.contracts.models import Contract
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
NOV = dt.datetime(2026, 11, 10, 5, tzinfo=dt.UTC)
AUTO = {"renewal": "auto", "renew_months": 12, "notice_value": 30}
OPTION = {"renewal": "option", "renew_months": 12, "notice_value": 30}


def looked_at(deal: AmbassadorDeal) -> DealReview:
    reviews_due(deal, at=NOV)
    return deal.reviews.get()


def decide(review: DealReview, decision: str, user: User) -> Contract | None:
    return decide_review(review, decision, scores={"content": 4}, note="Warm and on time.", at=NOV, by=user)


def after(deal: AmbassadorDeal) -> Contract:
    return Contract.objects.get(pk=deal.contract_id)


def test_it_is_kept_with_its_marks_and_told_once(deal_of: DealOf, coordinator: User) -> None:
    review = looked_at(deal_of(**AUTO))
    decide(review, "continue", coordinator)
    review.refresh_from_db()
    assert (review.decision, review.scores, review.note, review.decided_by, review.decided_at) == (
        "continue", {"content": 4}, "Warm and on time.", coordinator, NOV,
    )  # fmt: skip
    assert Entry.objects.filter(verb="deal.reviewed").count() == 1


def test_a_second_decision_is_refused_and_changes_nothing(deal_of: DealOf, coordinator: User) -> None:
    review = looked_at(deal_of(**AUTO))
    decide(review, "improve", coordinator)
    with pytest.raises(ValidationError, match="decided already"):
        decide(review, "continue", coordinator)
    review.refresh_from_db()
    assert (review.decision, Entry.objects.filter(verb="deal.reviewed").count()) == ("improve", 1)


def test_what_goes_on_by_itself_needs_no_reminder_any_more(deal_of: DealOf, coordinator: User) -> None:
    deal = deal_of(**AUTO)
    assert decide(looked_at(deal), "continue", coordinator) is None
    assert (decided(after(deal)), Contract.objects.count()) == ("goes_on", 1)


@pytest.mark.parametrize("renewal", ["manual", "none"])
@pytest.mark.parametrize("decision", ["continue", "upgrade", "downgrade"])
def test_what_does_not_go_on_by_itself_is_drafted_anew(
    deal_of: DealOf, coordinator: User, renewal: str, decision: str
) -> None:
    deal = deal_of(renewal=renewal)
    made = decide(looked_at(deal), decision, coordinator)
    assert made is not None
    assert (made.replaces_id, made.status, made.start_on) == (deal.contract_id, "draft", dt.date(2027, 1, 1))


def test_where_the_next_contract_is_written_already_none_is_drafted(deal_of: DealOf, coordinator: User) -> None:
    deal = deal_of(renewal="manual")
    Contract.objects.create(
        title="Next", brand=deal.contract.brand, owner=deal.contract.owner, replaces=deal.contract,
        start_on=dt.date(2027, 1, 1), end_on=dt.date(2027, 12, 31),
    )  # fmt: skip
    assert decide(looked_at(deal), "continue", coordinator) is None
    assert Contract.objects.count() == 2


@pytest.mark.parametrize(("renewal", "known"), [("manual", "ends"), ("option", "ends"), ("none", ""), ("auto", "")])
def test_to_end_is_kept_where_no_notice_is_needed(deal_of: DealOf, coordinator: User, renewal: str, known: str) -> None:
    deal = deal_of(**{**AUTO, "renewal": renewal})
    decide(looked_at(deal), "end", coordinator)
    assert (decided(after(deal)), after(deal).status) == (known, "active")


def test_to_get_better_leaves_the_contract_as_it_is(deal_of: DealOf, coordinator: User) -> None:
    deal = deal_of(**AUTO)
    decide(looked_at(deal), "improve", coordinator)
    assert decided(after(deal)) == ""


def test_on_the_way_nothing_is_decided_about_the_end(deal_of: DealOf, coordinator: User) -> None:
    deal = deal_of(renewal="manual")
    review = DealReview.objects.create(
        deal=deal, kind="regular", for_on=dt.date(2026, 6, 30), due_on=dt.date(2026, 7, 1)
    )
    assert decide(review, "continue", coordinator) is None
    assert (decided(after(deal)), Contract.objects.count()) == ("", 1)


@pytest.mark.parametrize(
    ("terms", "decision", "page"),
    [
        (AUTO, "end", "/contracts/{contract}/notice/"),
        (OPTION, "continue", "/contracts/{contract}/notice/"),
        (AUTO, "continue", "/ambassadors/{deal}/"),
        ({"renewal": "none"}, "end", "/ambassadors/{deal}/"),
        ({"renewal": "manual"}, "improve", "/ambassadors/{deal}/"),
    ],
)
def test_each_decision_leads_on(
    deal_of: DealOf, coordinator: User, terms: dict[str, object], decision: str, page: str
) -> None:
    deal = deal_of(**terms)
    review = looked_at(deal)
    made = decide(review, decision, coordinator)
    review.refresh_from_db()
    assert next_page(review, deal, made) == page.format(contract=deal.contract_id, deal=deal.pk)


def test_another_tier_is_only_given_with_a_reason(deal_of: DealOf, owner: User, as_owner: Client) -> None:
    deal = deal_of(**AUTO)
    deal.program.has_tiers = True
    deal.program.save()
    tier = ProgramTier.objects.create(program=deal.program, rank=1, name="Glow")
    address = reverse("ambassador-review", args=[looked_at(deal).pk])
    refused = as_owner.post(address, {"decision": "downgrade", "tier": tier.pk})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["note"])
    assert as_owner.post(address, {"decision": "downgrade", "tier": tier.pk, "note": "Fewer posts"}).status_code == 302
    deal.refresh_from_db()
    assert (deal.tier, deal.reviews.get().decision) == (tier, "downgrade")

"""The door before the first offer: what is missing, going on with a reason, strict starts, and the budget behind it."""

import datetime as dt
import threading
from typing import Any

import pytest

from campaigns.planning.actions.people import add_people
from campaigns.planning.door import DoorClosed, OverBudget, check_budget, may_go_over, missing_of, open_door
from campaigns.planning.models import Campaign, Collaboration, Kpi, KpiKind, Refused, budget
from crm.base.models import Organisation
from crm.influencers.models import Format
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, InfluencerFactory, UserFactory
from tests.races import together

EVERYTHING = [
    "brand_values", "brand_tone", "brand_does", "brand_avoids", "brand_audience", "kpi", "formats", "why", "risk", "budget",
]  # fmt: skip
PROFILE = {
    "values": "Honest skin", "tone": "Warm", "does": "Shows skin as it is", "avoids": "Swearing",
    "audience": "Women of 20 to 35",
}  # fmt: skip


def bare(**said: Any) -> Campaign:
    return CampaignFactory(offers_open_at=None, **said)


def complete(**said: Any) -> Campaign:
    """A campaign that has said everything, with its door still closed."""
    known: dict[str, Any] = {
        "brand": BrandFactory(**PROFILE),
        "why": "Creators show it",
        "risk": "low",
        "budget": 1_000_000,
    }
    campaign = bare(**{**known, **said})
    kind = KpiKind.objects.get_or_create(code="reach", defaults={"name_en": "Reach", "name_id": "Jangkauan"})[0]
    Kpi.objects.create(campaign=campaign, kind=kind, target=300_000)
    campaign.formats.set(Format.objects.all()[:1])
    return campaign


def codes(campaign: Campaign) -> list[str]:
    return [one.code for one in missing_of(campaign)]


def strict() -> None:
    Organisation.load()
    Organisation.objects.update(strict_start=True)


pytestmark = pytest.mark.django_db


def test_a_bare_campaign_misses_everything_and_a_complete_one_nothing() -> None:
    assert (codes(bare()), codes(complete())) == (EVERYTHING, [])


def test_a_kpi_that_is_only_tracked_is_no_kpi_with_a_target() -> None:
    campaign = complete()
    campaign.kpis.update(target=None)
    assert codes(campaign) == ["kpi"]


def test_the_budget_of_its_umbrella_is_budget_enough() -> None:
    umbrella = complete()
    assert codes(complete(parent=umbrella, brand=umbrella.brand, budget=None)) == []


@pytest.mark.parametrize("to", ["in_talks", "agreed"])
def test_the_first_offer_is_refused_while_something_is_missing(now: dt.datetime, to: str) -> None:
    card = CollaborationFactory(campaign=bare(), status="shortlist")
    before = Entry.objects.count()
    with pytest.raises(DoorClosed) as refused:
        card.put(to, at=now, actor=SYSTEM)
    assert [one.code for one in refused.value.missing] == EVERYTHING
    card.refresh_from_db()
    assert (card.status, card.campaign.offers_open_at, Entry.objects.count()) == ("shortlist", None, before)


def test_with_everything_said_the_first_offer_opens_the_door(now: dt.datetime) -> None:
    card = CollaborationFactory(campaign=complete(), status="shortlist")
    card.put("in_talks", at=now, actor=SYSTEM)
    campaign = Campaign.objects.get()
    assert (campaign.offers_open_at, campaign.offers_open_because) == (now, "")
    assert Entry.objects.filter(verb="campaign.offers_open").count() == 1


def test_a_reason_opens_it_once_for_the_whole_campaign_and_is_told(now: dt.datetime) -> None:
    campaign = bare()
    cards = [CollaborationFactory(campaign=campaign, status="shortlist") for _each in range(2)]
    open_door(campaign, "The client waits", at=now, actor=SYSTEM)
    for card in cards:
        card.put("in_talks", at=now, actor=SYSTEM)
    assert [card.status for card in cards] == ["in_talks", "in_talks"]
    assert Campaign.objects.get().offers_open_because == "The client waits"
    (told,) = Entry.objects.filter(verb="campaign.offers_open")
    assert "because: The client waits" in told.sentence


def test_without_a_reason_the_door_stays_closed(now: dt.datetime) -> None:
    campaign = bare()
    with pytest.raises(DoorClosed):
        open_door(campaign, "   ", at=now, actor=SYSTEM)
    assert Campaign.objects.get().offers_open_at is None


def test_whoever_was_asked_already_goes_on(now: dt.datetime) -> None:
    card = CollaborationFactory(campaign=bare(), status="in_talks")
    card.put("agreed", at=now, actor=SYSTEM)
    assert card.status == "agreed"


def test_a_shortlist_is_open_until_campaigns_start_strictly(now: dt.datetime) -> None:
    campaign, person = bare(), InfluencerFactory()
    add_people(campaign, [person], at=now, actor=SYSTEM)
    assert campaign.collaborations.count() == 1
    strict()
    with pytest.raises(DoorClosed) as refused:
        add_people(campaign, [InfluencerFactory()], at=now, actor=SYSTEM)
    assert [one.code for one in refused.value.missing] == EVERYTHING[:7]
    assert campaign.collaborations.count() == 1


def test_a_strict_shortlist_takes_people_once_brand_goal_and_kpis_are_there(now: dt.datetime) -> None:
    strict()
    campaign = complete(why="", budget=None)
    add_people(campaign, [InfluencerFactory()], at=now, actor=SYSTEM)
    (card,) = campaign.collaborations.all()
    with pytest.raises(DoorClosed) as refused:
        card.put("in_talks", at=now, actor=SYSTEM)
    assert [one.code for one in refused.value.missing] == ["why", "budget"]


def test_a_yes_over_the_budget_is_refused_with_the_sums(now: dt.datetime) -> None:
    campaign = complete()
    CollaborationFactory(campaign=campaign, status="agreed", fee=800_000)
    card = CollaborationFactory(campaign=campaign, status="in_talks", fee=200_001)
    with pytest.raises(OverBudget) as refused:
        card.put("agreed", at=now, actor=SYSTEM)
    held = refused.value
    assert (held.committed.amount, held.budget.amount, held.over.amount) == (800_000, 1_000_000, 1)
    assert Collaboration.objects.get(pk=card.pk).status == "in_talks"


def test_what_just_fits_is_agreed_and_other_currencies_stand_beside(now: dt.datetime) -> None:
    campaign = complete()
    CollaborationFactory(campaign=campaign, status="agreed", fee=800_000)
    CollaborationFactory(campaign=campaign, status="agreed", fee=900_000, fee_currency="USD")
    card = CollaborationFactory(campaign=campaign, status="in_talks", fee=200_000)
    card.put("agreed", at=now, actor=SYSTEM)
    assert card.status == "agreed"


def test_a_card_with_its_reason_goes_over(now: dt.datetime) -> None:
    card = CollaborationFactory(
        campaign=complete(), status="in_talks", fee=1_100_000, over_budget_because="The client pays the rest"
    )
    card.put("agreed", at=now, actor=SYSTEM)
    assert card.status == "agreed"


def test_what_sub_campaigns_committed_counts_in_the_umbrellas_budget(now: dt.datetime) -> None:
    umbrella = complete()
    first, second = (complete(parent=umbrella, brand=umbrella.brand, budget=None) for _each in range(2))
    CollaborationFactory(campaign=first, status="agreed", fee=900_000)
    card = CollaborationFactory(campaign=second, status="in_talks", fee=200_000)
    with pytest.raises(OverBudget) as refused:
        card.put("agreed", at=now, actor=SYSTEM)
    assert refused.value.whose == umbrella


def yes_twice(now: dt.datetime) -> tuple[list[str], int]:
    """Two yeses of 600,000 each at once, for a budget of a million."""
    campaign = complete()
    cards = [CollaborationFactory(campaign=campaign, status="in_talks", fee=600_000) for _each in range(2)]
    campaign.offers_open_at = now
    campaign.save()
    raised = together(
        *[lambda pk=card.pk: Collaboration.objects.get(pk=pk).put("agreed", at=now, actor=SYSTEM) for card in cards]
    )
    return raised, campaign.collaborations.promised().count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_fees_at_once_that_fit_only_singly_one_is_refused(now: dt.datetime) -> None:
    assert [yes_twice(now) for _round in range(3)] == [(["OverBudget"], 1)] * 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_control_without_holding_the_budget_both_would_fit(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    both_counted = threading.Barrier(2)
    count = budget.committed

    def slowly(*given: Any, **more: Any) -> Any:
        found = count(*given, **more)
        both_counted.wait(timeout=10)
        return found

    monkeypatch.setattr(budget, "hold_budgets", lambda campaigns: None)
    monkeypatch.setattr(budget, "committed", slowly)
    assert yes_twice(now) == ([], 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_who_open_the_door_at_once_one_is_told_it_is_open(now: dt.datetime) -> None:
    for _round in range(3):
        pk = bare().pk
        raised = together(
            *[lambda: open_door(Campaign.objects.get(pk=pk), "The client waits", at=now, actor=SYSTEM)] * 2  # noqa: B023
        )
        assert raised == [Refused.__name__]
        assert Entry.objects.filter(verb="campaign.offers_open", subject=f"campaigns.campaign:{pk}").count() == 1


def test_no_fee_and_no_budget_are_never_over() -> None:
    card = CollaborationFactory(campaign=bare(), status="in_talks", fee=5_000_000)
    check_budget(card, card.fee)
    check_budget(CollaborationFactory(campaign=complete(), status="in_talks"), None)


@pytest.mark.parametrize(("role", "may"), [("manager", True), ("coordinator", False)])
def test_where_campaigns_start_strictly_only_who_decides_may_go_on(role: str, may: bool) -> None:
    colleague = UserFactory(role=role)
    assert may_go_over(colleague)
    strict()
    assert may_go_over(colleague) is may

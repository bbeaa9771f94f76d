"""Campaigns on other pages: what a person is part of, and the way from the list of people into a campaign."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.planning import carried, objectives  # noqa: F401  put themselves into places of contracts and of money
from campaigns.planning.actions.people import WORDS, add_batch
from campaigns.planning.audience import AUDIENCE, CampaignPeople
from campaigns.planning.campaign_list import campaign_rows
from campaigns.planning.cards import Card, cards_of
from campaigns.planning.goals import figure
from campaigns.planning.models import Campaign, Collaboration, Deliverable, PartnerScore
from campaigns.planning.views.people import campaign_from_list
from campaigns.planning.wrapping.scores import partner_score
from crm.base.places import panel
from crm.exclusivity.places import OwnWork, own_work, work_page
from crm.influencers.places import Door, TalkAbout, keeps_person, people_action, people_work, talk_about
from crm.messages.places import message_audience
from crm.timeline.record import subject_of
from crm.vetting.places import fact_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm.brands.models import Brand
    from crm.contracts.models import Contract
    from crm.influencers.bulk_runs.together import Result
    from crm.influencers.models import BulkRow, BulkRun, Influencer
    from crm.influencers.models.people import InfluencerQuerySet
    from crm.team.models import User

SHOWN = 12

message_audience(AUDIENCE)(CampaignPeople)


@people_action("campaign", label=_("Add to a campaign"), icon="megaphone", permission="campaigns.change_campaign")
def into_a_campaign(request: HttpRequest, chosen: "InfluencerQuerySet") -> HttpResponseBase:
    """Which campaign the chosen people go to."""
    return campaign_from_list(request)


def _the_campaign(run: "BulkRun", user: "User") -> Door | None:
    """The campaign they went to, for those who may see it."""
    seen = Campaign.objects.visible_to(user).filter(pk=run.data["campaign"]).first()
    return (reverse("campaign", args=[seen.pk]), seen.name) if seen is not None else None


@people_work("campaign", title=_("Add to a campaign"), reasons=WORDS, leads_to=_the_campaign)
def onto_a_shortlist(rows: "Sequence[BulkRow]", run: "BulkRun", at: Any, actor: Any) -> "dict[int, Result]":
    """Everybody the list's filter means, a batch at a time."""
    return add_batch(rows, run, at, actor)


@keeps_person("campaigns.collaboration", said=_("Is part of a campaign."))
def in_a_campaign(people: Collection[int]) -> Iterable[int]:
    """Whoever was ever in a campaign stays on file; which campaign is not for every reader."""
    theirs = Collaboration.objects.filter(influencer_id__among=people).order_by()
    return theirs.values_list("influencer_id", flat=True).distinct()


@panel("person/campaigns", order=10)
def person_campaigns(request: HttpRequest, person: "Influencer") -> tuple[str, dict[str, Any]] | None:
    """The campaigns this person, and whoever was merged into her, is part of; as far as the colleague may see them."""
    user = cast("User", request.user)
    if not user.has_perm("campaigns.view_campaign"):
        return None
    seen = Collaboration.objects.visible_to(user).of_person(person.pk)
    rows = list(seen.select_related("campaign__brand", "influencer__main_platform").order_by("-pk")[: SHOWN + 1])
    hers = PartnerScore.objects.visible_to(user).filter(collaboration__in=Collaboration.objects.of_person(person.pk))
    context = {
        "person": person, "cards": cards_for(rows[:SHOWN]), "more": len(rows) > SHOWN,
        "score": partner_score(hers) if rows else None,
    }  # fmt: skip
    return "campaigns/planning/person_panel.html", context


@fact_page("campaigns.collaboration", label=_("Collaboration"))
def page_of_card(pk: int) -> str:
    """Where the work a fact belongs to is looked at."""
    return reverse("collaboration", args=[pk])


@panel("brand/campaigns", order=10)
def brand_campaigns(request: HttpRequest, brand: "Brand") -> tuple[str, dict[str, Any]] | None:
    """The brand's campaigns with the figures of the list, the latest first."""
    user = cast("User", request.user)
    if not user.has_perm("campaigns.view_campaign"):
        return None
    seen = Campaign.objects.visible_to(user).filter(brand=brand).select_related("brand", "owner")
    found = list(seen.order_by("-start_on", "-pk")[: SHOWN + 1])
    context = {"brand": brand, "rows": campaign_rows(found[:SHOWN], timezone.now()), "more": len(found) > SHOWN}
    return "campaigns/planning/brand_panel.html", context


@panel("collaboration/shares", order=50)
def card_shares(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """What she is to bring to the campaign's figures; nothing where the campaign aims at no number."""
    rows = list(card.kpi_shares.select_related("kpi__kind", "kpi__campaign"))
    if not rows and not card.campaign.kpis.aimed().exists():
        return None
    may = cast("User", request.user).has_perm("campaigns.change_campaign")
    url = reverse("collaboration-shares", args=[card.pk]) if may else ""
    shown = {"shares": [(row.kpi.kind, figure(row.kpi, row.target)) for row in rows], "url": url}
    return "campaigns/planning/shares_panel.html", shown


@panel("contract/campaigns", order=10)
def contract_cards(request: HttpRequest, contract: "Contract") -> tuple[str, dict[str, Any]] | None:
    """The cards that go on under a contract, where there are any."""
    user = cast("User", request.user)
    if not user.has_perm("campaigns.view_campaign"):
        return None
    seen = Collaboration.objects.visible_to(user).filter(party__contract=contract)
    rows = list(seen.select_related("campaign__brand", "influencer__main_platform").order_by("pk")[:SHOWN])
    return ("campaigns/planning/contract_panel.html", {"cards": cards_for(rows)}) if rows else None


def cards_for(rows: list[Collaboration]) -> list[Card]:
    """Cards with what a row shows of each; three queries more whatever their number."""
    return cards_of(rows, timezone.now())


@talk_about("campaigns")
def talks_about_campaigns(user: "User", influencer_id: int) -> list[TalkAbout]:
    """Her parts in our campaigns, the latest first; one query."""
    seen = Collaboration.objects.visible_to(user).of_person(influencer_id)
    rows = seen.select_related("campaign__brand", "influencer").order_by("-campaign__end_on", "-pk")[:SHOWN]
    return [
        TalkAbout(subject_of(row), f"{row.campaign.name}, {row.campaign.brand}", row, row.campaign.brand_id)
        for row in rows
    ]


@own_work("campaigns")
def own_campaigns(person: "Influencer", user: "User") -> list[OwnWork]:
    """What she agreed to in our campaigns: her work for the house's own brands. One query."""
    rows = Collaboration.objects.visible_to(user).promised().filter(influencer=person)
    return [
        OwnWork(
            brand=card.campaign.brand.name,
            what=card.campaign.name,
            url=reverse("collaboration", args=[card.pk]),
            start_on=card.campaign.start_on,
            end_on=card.campaign.end_on,
            category=str(card.campaign.brand.category or ""),
        )
        for card in rows.select_related("campaign__brand__category").order_by("-campaign__end_on", "-pk")[:SHOWN]
    ]


@work_page("campaigns.deliverable")
def page_of_post(pk: int, user: "User") -> str:
    """A thing to be posted is looked at on the page of its collaboration."""
    row = Deliverable.objects.visible_to(user).filter(pk=pk).values_list("collaboration_id", flat=True).first()
    return f"{reverse('collaboration', args=[row])}#made-{pk}" if row else ""

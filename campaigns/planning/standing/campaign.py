"""The standing campaign of a programme, and the card of each of its ambassadors there."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Min
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from campaigns.planning.actions.campaigns import save_campaign
from campaigns.planning.models import Campaign, Collaboration, Refused
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, Program
from crm.base.inserts import ANY_UNIQUE, insert_missing
from crm.contracts.models import Party
from crm.timeline.record import SYSTEM, record

OPENED = _("Standing campaign %(campaign)s opened: the posts of ambassadors are planned in it")
JOINED = _("Ambassador: posts are planned in %(campaign)s")
NAME_LENGTH = 120


@dataclass(frozen=True)
class Days:
    """The days of the deals of a programme, taken together."""

    start_on: dt.date
    end_on: dt.date


def standing_of(program: Program) -> Campaign | None:
    return Campaign.objects.filter(program=program).select_related("brand", "owner").first()


def campaign_for(deal: AmbassadorDeal, *, at: dt.datetime) -> Campaign:
    """The standing campaign of the deal's programme, opened when the first of its deals needs one. Two at once open one."""
    found = standing_of(deal.program)
    while found is None:  # again only where somebody gave the name to another campaign meanwhile
        is_mine = insert_missing([_first_of(deal, at)], ANY_UNIQUE)
        found = Campaign.objects.select_related("brand", "owner").filter(program=deal.program).first()
        if is_mine and found is not None:
            record(
                "campaign.standing", OPENED, at=at, actor=SYSTEM, subject=found, params={"campaign": found},
                brand=found.brand_id,
            )  # fmt: skip
    return found


def _first_of(deal: AmbassadorDeal, at: dt.datetime) -> Campaign:
    program = deal.program
    days = days_of([program.pk]).get(program.pk) or Days(
        deal.contract.start_on or at.date(), deal.contract.end_on or at.date()
    )
    return Campaign(
        program=program, brand_id=program.brand_id, name=name_for(program), owner_id=program.owner_id,
        category_id=program.category_id or program.brand.category_id, goal=Campaign.Goal.ADVOCACY, zone=deal.contract.zone,
        start_on=days.start_on, end_on=days.end_on, status=Campaign.Status.LIVE, live_at=at, offers_open_at=at,
        about=program.about, created_at=at, updated_at=at,
    )  # fmt: skip


def name_for(program: Program) -> str:
    """Called like the programme; told apart where the brand has a campaign of that name already."""
    taken = set(Campaign.objects.filter(brand=program.brand_id).values_list("name", flat=True))
    with override(program.owner.language):
        suffix = f" · {_now('Ambassadors')}"
    names = [program.name, f"{program.name[: NAME_LENGTH - len(suffix)]}{suffix}"]
    more = (f"{program.name[: NAME_LENGTH - 12]} ({number})" for number in range(2, len(taken) + 3))
    return next(name for name in (*names, *more) if name not in taken)


def days_of(programs: Collection[int]) -> dict[int, Days]:
    """From the first day of the first deal to the last day of the last; one without an end counts as far as it is laid out.

    By programme, those without a deal left out. Two queries.
    """
    deals = AmbassadorDeal.objects.in_force().filter(program__in=programs, contract__start_on__isnull=False)
    terms = deals.order_by().values("program").annotate(start=Min("contract__start_on"), end=Max("contract__end_on"))
    endless = deals.order_by().filter(contract__end_on__isnull=True)
    rows = DealPeriod.objects.standing().filter(deal__in=endless.values("pk")).order_by()
    laid_out = dict(rows.values("deal__program").annotate(last=Max("last_on")).values_list("deal__program", "last"))
    found = {}
    for program, start_on, end_on in terms.values_list("program", "start", "end"):
        ends = [on for on in (end_on, laid_out.get(program)) if on is not None]
        found[program] = Days(start_on, max([start_on, *ends]))
    return found


def follow_days_of_all(*, at: dt.datetime) -> int:
    """Let the days of every standing campaign follow; how many changed. Three queries where none does."""
    campaigns = list(Campaign.objects.of_programs().live().select_related("program", "brand", "owner").order_by("pk"))
    days = days_of([campaign.program_id for campaign in campaigns if campaign.program_id])
    return sum(follow_days(campaign, days.get(campaign.program_id or 0), at=at) for campaign in campaigns)


def follow_days(campaign: Campaign, days: Days | None, *, at: dt.datetime) -> bool:
    """Let its days follow those of the deals; what has begun once stays in it. Holds the campaign, then people: ask while nobody is held."""
    if days is None:
        return False
    start_on, end_on = min(days.start_on, campaign.start_on), max(days.end_on, days.start_on)
    if (start_on, end_on) == (campaign.start_on, campaign.end_on):
        return False
    campaign.start_on, campaign.end_on = start_on, end_on
    try:
        save_campaign(campaign, at=at, actor=SYSTEM)
    except Refused:
        return False  # somebody holds the people whose promises hang on it; the next tick takes it up
    return True


def card_for(deal: AmbassadorDeal, campaign: Campaign, *, at: dt.datetime) -> Collaboration:
    """Her card, agreed under the deal's contract; one that went on under a former contract goes on under this one.

    The person is held. One that somebody put off under this very contract stays off.
    """
    party = deal.contract.parties.talents().filter(influencer=deal.influencer_id).first()
    card = Collaboration.objects.filter(campaign=campaign, influencer=deal.influencer_id).first()
    if card is None:
        card = Collaboration(campaign=campaign, influencer=deal.influencer, status=Collaboration.Status.AGREED)
        card.promised_at, card.party = at, party
        card.save()
        _tell(card, at)
    elif card.party_id != (party.pk if party else None):
        _go_on(card, party, at)
    card.campaign, card.influencer = campaign, deal.influencer
    return card


def _go_on(card: Collaboration, party: Party | None, at: dt.datetime) -> None:
    card.party = party
    card.save(update_fields=["party", "updated_at"])
    if card.is_off:
        card.come_back(at=at, actor=SYSTEM)
    _tell(card, at)


def _tell(card: Collaboration, at: dt.datetime) -> None:
    record(
        "collaboration.ambassador", JOINED, at=at, actor=SYSTEM, subject=card, params={"campaign": card.campaign},
        influencer=card.influencer_id, brand=card.campaign.brand_id,
    )  # fmt: skip

"""The one door before the first offer: what a campaign has to know first, and going on without (domain rules R1-16..19)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.budget import chain_of, check_budget
from campaigns.planning.models.campaign import Campaign
from campaigns.planning.models.told import Refused
from crm.base.models import Organisation
from crm.brands.profile import brand_profile_missing
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from campaigns.planning.models.collaboration import Collaboration
    from crm.team.models import User

PERMISSION = "campaigns.open_the_door"
OPENED = _("Offers may be made for %(campaign)s")
OPENED_ANYWAY = _(
    "Offers may be made for %(campaign)s although something is missing (%(missing)s), because: %(because)s"
)
OPEN_ALREADY = _("Offers may be made already: somebody opened them a moment ago.")


@dataclass(frozen=True)
class Missing:
    """One thing nobody has said yet: a code, its name, and what it is good for."""

    code: str
    label: Any
    hint: Any = ""


BRAND: dict[str, Missing] = {
    "values": Missing("brand_values", _("What the brand stands for"), _("Two or three things it never gives up.")),
    "tone": Missing("brand_tone", _("How the brand speaks"), _("Warm, a little cheeky, never loud.")),
    "does": Missing(
        "brand_does", _("What the brand always does"), _("Shows skin as it is, says where things come from.")
    ),
    "avoids": Missing("brand_avoids", _("What the brand never does"), _("No before and after, no swearing.")),
    "audience": Missing("brand_audience", _("Whom the brand is for"), _("Women of 20 to 35 in cities, first job.")),
}
GOAL = Missing("goal", _("Goal"), _("Exactly one. It says by what the campaign is measured."))
KPI = Missing("kpi", _("A KPI with a target"), _("At least one number to reach, for example 300000 reach."))
FORMATS = Missing("formats", _("Kinds of post expected"), _("At least one, for example Reel."))
WHY = Missing("why", _("Why influencers"), _("What they can do here that nothing else can."))
RISK = Missing("risk", _("Risk for the brand's name"), _("What could go wrong for it, at worst."))
BUDGET = Missing("budget", _("Budget"), _("What all fees together may come to."))
START = (*(one.code for one in BRAND.values()), GOAL.code, KPI.code, FORMATS.code)
"""What even a shortlist waits for where campaigns start strictly."""


class DoorClosed(Refused):
    """The first offer of this campaign, and something is missing; nothing was changed. `missing` says what."""

    def __init__(self, campaign: Campaign, missing: Sequence[Missing]) -> None:
        self.campaign, self.missing = campaign, list(missing)
        words = _now("Before the first offer of %(campaign)s, say: %(what)s. Or go on without and log why.")
        super().__init__(campaign, words % {"campaign": campaign, "what": named(missing)})


def named(missing: Sequence[Missing]) -> str:
    return ", ".join(str(one.label) for one in missing)


def missing_of(campaign: Campaign) -> list[Missing]:
    """What nobody has said yet, in the order it is asked."""
    brand = [BRAND[name] for name in brand_profile_missing(campaign.brand)]
    said = {
        GOAL: campaign.goal in Campaign.Goal.values,
        KPI: campaign.kpis.aimed().exists(),
        FORMATS: campaign.formats.exists(),
        WHY: bool(campaign.why.strip()),
        RISK: bool(campaign.risk),
        BUDGET: any(one.budget is not None and one.budget.amount for one in chain_of(campaign)),
    }
    return [*brand, *(one for one, is_said in said.items() if not is_said)]


def missing_at_start(campaign: Campaign) -> list[Missing]:
    """The part of it that belongs to the brand, the goal and its KPIs."""
    return [one for one in missing_of(campaign) if one.code in START]


def is_strict() -> bool:
    return Organisation.load().strict_start


def may_go_on(user: "User") -> bool:
    """Whether this colleague may go on although something is missing, or over the budget."""
    return not is_strict() or user.has_perm(PERMISSION)


may_go_over = may_go_on


def open_door(campaign: Campaign, because: str, *, at: dt.datetime, actor: Actor) -> None:
    """Offers may be made from now on. Raises DoorClosed while something is missing and nobody says why to go on.

    Raises Refused for the second of two who open it at once.
    """
    missing, because = missing_of(campaign), because.strip()
    if missing and not because:
        raise DoorClosed(campaign, missing)
    if not _open(campaign, missing, because, at, actor):
        raise Refused(campaign, OPEN_ALREADY)


def _open(campaign: Campaign, missing: Sequence[Missing], because: str, at: dt.datetime, actor: Actor) -> bool:
    """Compare and set; False when it was open."""
    why = because if missing else ""
    with transaction.atomic():
        closed = Campaign._base_manager.filter(pk=campaign.pk, offers_open_at__isnull=True)
        if not closed.update(offers_open_at=at, offers_open_because=why, updated_at=at):
            return False
        record(
            "campaign.offers_open", OPENED_ANYWAY if missing else OPENED, at=at, actor=actor, subject=campaign,
            params={"campaign": campaign, "missing": named(missing), "because": because}, brand=campaign.brand_id,
        )  # fmt: skip
    campaign.offers_open_at, campaign.offers_open_because = at, why
    return True


def pass_door(campaign: Campaign, *, at: dt.datetime, actor: Actor) -> None:
    """Before an offer: raises DoorClosed, or opens the door by itself when nothing is missing.

    Asks the stored row. Once open it stays open, so nothing has to be held meanwhile.
    """
    require_door(campaign)
    _open(campaign, [], "", at, actor)


def require_door(campaign: Campaign) -> None:
    """Raises DoorClosed like `pass_door`, and changes nothing: for a page that only shows what would happen."""
    stored = Campaign._base_manager.select_related("brand").get(pk=campaign.pk)
    if stored.offers_open_at is None and (missing := missing_of(stored)):
        raise DoorClosed(stored, missing)


def check_start(campaign: Campaign) -> None:
    """Before people are put on a shortlist: raises DoorClosed where campaigns start strictly."""
    if campaign.offers_open_at is None and is_strict() and (missing := missing_at_start(campaign)):
        raise DoorClosed(campaign, missing)


def is_locked(campaign: Campaign) -> bool:
    """Whether its shortlist waits for brand profile, goal and KPIs."""
    try:
        check_start(campaign)
    except DoorClosed:
        return True
    return False


def knock(card: "Collaboration", to: str, *, at: dt.datetime, actor: Actor) -> None:
    """Whoever was not asked yet is asked when the card goes into talks or further."""
    stored = type(card)._base_manager.filter(pk=card.pk).values_list("status", flat=True).first()
    if to in ("in_talks", *card.PROMISED) and stored in ("shortlist", "off") and card.campaign.offers_open_at is None:
        pass_door(card.campaign, at=at, actor=actor)


def check_yes(card: "Collaboration", to: str, at: dt.datetime) -> None:
    """Refuse to agree with somebody whose offer is held, or who no longer fits the budget; of two yeses one is first.

    Asks the stored row, because the one at hand may be old.
    """
    if to not in card.PROMISED:
        return
    stored = type(card)._base_manager.select_related("campaign", "influencer").get(pk=card.pk)
    if stored.is_promised:
        return
    if why := stored.held_because(at):
        raise Refused(card, why)
    check_budget(stored, stored.fee)

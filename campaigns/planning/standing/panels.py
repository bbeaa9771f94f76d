"""Posts of deals on other pages: on the deal's own, and on a collaboration's, with the way to make her an ambassador."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.planning.marks import Mark
from campaigns.planning.models import Collaboration, Deliverable, QuotaPost
from campaigns.planning.places import card_marks, card_rides
from campaigns.planning.standing.both import deals_beside
from campaigns.planning.standing.missing import missing_in
from crm.ambassadors.models import AmbassadorDeal, DealPeriod
from crm.ambassadors.places import deal_panel
from crm.base.places import panel
from crm.base.zones import local_date
from crm.team.views.access import me
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User

RIDE = "is_ambassador"


@dataclass(frozen=True)
class Row:
    """One post of a deal, with where it is made."""

    post: QuotaPost
    now: dt.datetime

    @property
    def made(self) -> Deliverable:
        return self.post.deliverable

    @property
    def url(self) -> str:
        return f"{reverse('collaboration', args=[self.made.collaboration_id])}#made-{self.made.pk}"

    @property
    def is_late(self) -> bool:
        return self.made.is_late(self.now)

    @property
    def out_on(self) -> dt.date | None:
        at = self.made.published_at
        return local_date(at, self.made.zone) if at is not None and not self.made.is_unposted else None

    @property
    def beside(self) -> str:
        """Why it stands here although no period asked for it."""
        if self.post.make_good_id is not None:
            return _("Makes good for period %(number)s") % {
                "number": self.post.period.number if self.post.period else ""
            }
        if self.post.slot is None:
            return _("Of %(campaign)s, counts here as well") % {"campaign": self.made.collaboration.campaign.name}
        return ""


@dataclass(frozen=True)
class Missing:
    """What a period still owes that has no card."""

    period: DealPeriod
    number: int

    @property
    def url(self) -> str:
        return reverse("period-plan-missing", args=[self.period.pk])


@deal_panel("posts", order=10)
def her_posts(deal: AmbassadorDeal, user: "User", now: dt.datetime) -> tuple[str, dict[str, Any]] | None:
    """The posts of the periods under way, with their days. Four queries."""
    if not user.has_perm("campaigns.view_campaign"):
        return None
    periods = list(deal.periods.open().order_by("number"))
    rows = [Row(post, now) for post in posts_of(deal, periods, user)]
    if not rows and not periods:
        return None
    found = missing_in(periods) if deal.plans_posts else {}
    missing = [Missing(one, sum(n for (pk, _line), n in found.items() if pk == one.pk)) for one in periods]
    campaign = next((row.made.collaboration.campaign for row in rows if row.post.slot is not None), None)
    context = {"rows": rows, "missing": [one for one in missing if one.number], "campaign": campaign, "deal": deal}
    return "campaigns/planning/standing/deal_panel.html", context


def posts_of(deal: AmbassadorDeal, periods: Sequence[DealPeriod], user: "User") -> list[QuotaPost]:
    """Those of these periods, what is still made good, and what of other campaigns falls into them."""
    first_on = min((period.first_on for period in periods), default=None)
    beside = Q(slot__isnull=True) & (
        Q(deliverable__published_at__isnull=True) | Q(deliverable__published_at__date__gte=first_on or dt.date.max)
    )
    mending = Q(make_good__isnull=False, deliverable__status__in=Deliverable.UNPOSTED)
    rows = QuotaPost.objects.visible_to(user).standing().with_work().filter(line__deal=deal)
    found = rows.filter(Q(period__in=periods, make_good__isnull=True) | mending | beside)
    return list(found.order_by("deliverable__post_due_on", "pk"))


@dataclass(frozen=True)
class Counted:
    """One thing on a card, and for what it counts."""

    made: Deliverable
    post: QuotaPost | None
    may_count: bool

    @property
    def words(self) -> str:
        if self.post is None:
            return ""
        params = {"program": self.post.line.deal.program, "number": self.post.period.number if self.post.period else ""}
        if self.post.slot is not None:
            return _("Planned for period %(number)s of %(program)s") % params
        return _("Counts for %(program)s") % params

    @property
    def url(self) -> str:
        return reverse("deliverable-counts", args=[self.made.pk])


@panel("collaboration/ambassador", order=14)
def on_a_card(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Her deals with this house and what of this card counts for them; else the way to make her an ambassador. Three queries."""
    user = me(request)
    if card.is_off or not user.has_perm("crm.view_ambassadordeal"):
        return None
    deals = list(deals_beside(card).visible_to(user).with_contract().order_by("pk"))
    if not deals:
        ways = _ways(card, user) if card.is_promised else {}
        return ("campaigns/planning/standing/card_panel.html", {"card": card, **ways}) if ways else None
    context = {
        "card": card,
        "deals": deals,
        "rows": _counted(card, deals),
        "may": user.has_perm("campaigns.change_campaign"),
    }
    return "campaigns/planning/standing/card_panel.html", context


def _counted(card: Collaboration, deals: Sequence[AmbassadorDeal]) -> list[Counted]:
    """What goes ahead on the card; only a format one of her deals owes may count."""
    owed = {line.format_id for deal in deals for line in deal.quotas.all()}
    posts = QuotaPost.objects.filter(deliverable__collaboration=card).select_related("line__deal__program", "period")
    known = {post.deliverable_id: post for post in posts}
    made = card.deliverables.standing().select_related("format__platform").order_by("post_due_on", "pk")
    rows = [Counted(row, known.get(row.pk), row.format_id in owed) for row in made]
    return [row for row in rows if row.post is not None or row.may_count]


def _ways(card: Collaboration, user: "User") -> dict[str, str]:
    """Where she becomes an ambassador, with what was agreed here; where she is noted as somebody who might."""
    person, brand = card.influencer_id, card.campaign.brand_id
    ways = {}
    if user.has_perm("crm.add_ambassadordeal"):
        asked = urlencode({"person": person, "brand": brand, "from": subject_of(card)})
        ways["make_url"] = f"{reverse('ambassador-new')}?{asked}"
    if user.has_perm("crm.change_prospect"):
        asked = urlencode({"brand": brand, "why": card.campaign.name})
        ways["note_url"] = f"{reverse('ambassador-prospect-note', args=[person])}?{asked}"
    return ways


@card_rides("ambassador")
def rides() -> dict[str, Any]:
    """Whether she has a deal with the house of the campaign's brand; a standing campaign is full of them."""
    house = OuterRef("campaign__brand__owner")
    deals = AmbassadorDeal.objects.in_force().filter(influencer=OuterRef("influencer"), contract__brand__owner=house)
    return {RIDE: Exists(deals) & Q(campaign__program__isnull=True)}


@card_marks("ambassador")
def ambassador_marks(cards: Sequence[Collaboration], now: dt.datetime) -> dict[int, list[Mark]]:
    """Asks nothing: what the row brought along. Whoever is not agreed yet has the badge of the lists of people."""
    mark = Mark(_("Ambassador"), "accent", "person-heart")
    return {card.pk: [mark] for card in cards if card.is_promised and getattr(card, RIDE, False)}

"""The list of campaigns: its tabs, and the figures of each row in a fixed number of queries."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from campaigns.planning.cards import Sums, written
from campaigns.planning.models import Campaign, CampaignQuerySet, Collaboration, Deliverable
from crm.base.trees import Tree
from crm.base.zones import end_of_day
from crm.brands.models import Territory

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Tab:
    """One part of the list."""

    label: Any
    statuses: tuple[str, ...]

    def narrow(self, rows: CampaignQuerySet) -> CampaignQuerySet:
        return (
            rows.filter(status__in=self.statuses)
            .select_related("brand", "owner", "parent")
            .order_by("-start_on", "-pk")
        )


TABS = {
    "": Tab(_("In motion"), ("draft", "live", "paused")),
    "live": Tab(_("Live"), ("live",)),
    "draft": Tab(_("Drafts"), ("draft",)),
    "paused": Tab(_("Paused"), ("paused",)),
    "wrapped": Tab(_("Wrapped up"), ("wrapped",)),
    "cancelled": Tab(_("Cancelled"), ("cancelled",)),
}


@dataclass(frozen=True)
class Sort:
    """One sort of campaign, and how the list is narrowed to it."""

    label: Any
    narrow: Callable[[CampaignQuerySet], CampaignQuerySet]


SORTS = {
    "dated": Sort(_("With an end"), CampaignQuerySet.with_an_end),
    "standing": Sort(_("Of ambassadors"), CampaignQuerySet.of_programs),
}


def tab_counts(
    rows: CampaignQuerySet, chosen: str, words: str, *, mine: bool, place: str = "", sort: str = ""
) -> list[dict[str, Any]]:
    """The tabs with how many campaigns of this search stand in each."""
    counts: Counter[str] = Counter(dict(rows.order_by().values_list("status").annotate(number=Count("pk"))))
    chosen = chosen if chosen in TABS else ""
    tabs = []
    for key, tab in TABS.items():
        asked = {"tab": key, "q": words, "whose": "mine" if mine else "", "place": place, "sort": sort}
        query = urlencode({name: value for name, value in asked.items() if value})
        count = sum(counts[status] for status in tab.statuses)
        tabs.append({"label": tab.label, "url": f"?{query}", "active": key == chosen, "count": count})
    return tabs


def places_asked_for(user: "User") -> list[tuple[int, str]]:
    """The places campaigns run in, by name: what the list can be narrowed to. One query."""
    used = Campaign.objects.visible_to(user).filter(territories__isnull=False).order_by()
    return sorted(used.values_list("territories", "territories__name").distinct(), key=lambda pair: pair[1].casefold())


def run_in(rows: CampaignQuerySet, place: int) -> CampaignQuerySet:
    """Those meant for a place or for somewhere within it: whoever asks for Sulawesi is shown Makassar."""
    meant = Tree.of(Territory).below([place])
    return rows.filter(pk__in=Campaign.territories.through.objects.filter(territory__in=meant).values("campaign"))


@dataclass
class CampaignRow:
    """A campaign with the figures somebody looks for in a list."""

    campaign: Campaign
    people: int = 0
    posted: int = 0
    planned: int = 0
    late: int = 0
    waiting: int = 0
    promised: Sums = field(default_factory=lambda: defaultdict(Decimal))
    depth: int = 1

    @property
    def steps(self) -> range:
        """One for each campaign it stands below on this page."""
        return range(self.depth - 1)

    @property
    def promised_words(self) -> str:
        return written(self.promised)


def campaign_rows(campaigns: Iterable[Campaign], now: dt.datetime) -> list[CampaignRow]:
    """The figures of these campaigns, in three queries more."""
    rows = {campaign.pk: CampaignRow(campaign) for campaign in campaigns}
    for pk, status, currency, people, total in money_and_people(rows):
        rows[pk].people += people
        if status in Collaboration.PROMISED and total is not None:
            rows[pk].promised[str(currency)] += total
    for pk, posted, planned, waiting in work(rows):
        rows[pk].posted, rows[pk].planned, rows[pk].waiting = posted, planned, waiting
    for pk, people in late_people(rows, now).items():
        rows[pk].late = len(people)
    return list(rows.values())


def as_tree(rows: Iterable[CampaignRow]) -> list[CampaignRow]:
    """The rows of one page, each part right below its umbrella when that is on the page, too."""
    by_pk = {row.campaign.pk: row for row in rows}
    placed: dict[int, int] = {}
    for row in by_pk.values():
        if row.campaign.parent_id not in by_pk and row.campaign.pk not in placed:
            below = in_order([one.campaign for one in by_pk.values()], row.campaign.pk)
            placed |= {row.campaign.pk: 1, **{one.pk: depth + 1 for one, depth in below}}
    for pk, depth in placed.items():
        by_pk[pk].depth = depth
    return [by_pk[pk] for pk in placed]


def in_order(campaigns: Iterable[Campaign], top: int) -> list[tuple[Campaign, int]]:
    """Everything below a campaign, each part right below its umbrella, with how far below the top it stands."""
    children: dict[int | None, list[Campaign]] = defaultdict(list)
    for one in campaigns:
        children[one.parent_id].append(one)

    def below(node: int, depth: int) -> Iterator[tuple[Campaign, int]]:
        for one in children.pop(node, []):
            yield one, depth
            yield from below(one.pk, depth + 1)

    return list(below(top, 1))


def money_and_people(campaigns: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    found = Collaboration.objects.going_ahead().filter(campaign__in=list(campaigns)).order_by()
    grouped = found.values_list("campaign_id", "status", "fee_currency")
    return grouped.annotate(people=Count("pk"), total=Sum("fee"))


def promised_work(campaigns: Iterable[int]) -> Any:
    """Everything somebody has said yes to in these campaigns."""
    return Deliverable.objects.standing().filter(
        collaboration__campaign__in=list(campaigns), collaboration__status__in=Collaboration.PROMISED
    )


def work(campaigns: Iterable[int]) -> Iterable[tuple[int, int, int, int]]:
    posted, waiting = Q(status=Deliverable.Status.PUBLISHED), Q(status=Deliverable.Status.SUBMITTED)
    grouped = promised_work(campaigns).order_by().values_list("collaboration__campaign_id")
    counted: Iterable[tuple[int, int, int, int]] = grouped.annotate(
        posted=Count("pk", filter=posted), planned=Count("pk"), waiting=Count("pk", filter=waiting)
    )
    return counted


def late_people(campaigns: Iterable[int], now: dt.datetime) -> dict[int, set[int]]:
    """Who is late, by campaign; whether a day is over is a question of its own zone."""
    tomorrow = (now + dt.timedelta(days=1)).date()
    near = (
        promised_work(campaigns).post_open().unheld().filter(Q(draft_due_on__lt=tomorrow) | Q(post_due_on__lt=tomorrow))
    )
    late: dict[int, set[int]] = defaultdict(set)
    columns = ("collaboration__campaign_id", "collaboration_id", "status", "draft_due_on", "post_due_on", "zone")
    for campaign, card, status, draft_on, post_on, zone in near.values_list(*columns):
        due_on = draft_on if status == Deliverable.Status.EXPECTED and draft_on else post_on
        if end_of_day(due_on, zone) <= now:
            late[campaign].add(card)
    return late

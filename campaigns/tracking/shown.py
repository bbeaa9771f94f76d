"""Codes and links as pages show them, with their visits counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.tracking.models import LinkClick, TrackedLink, VoucherCode


@dataclass(frozen=True)
class Visits:
    """How often somebody came by a link: people, and machines apart from them."""

    people: int = 0
    visitors: int = 0  # different ones, counted anew each day
    machines: int = 0


@dataclass(frozen=True)
class Tracked:
    """One deliverable with its link, if it has one."""

    row: Deliverable
    link: TrackedLink | None
    visits: Visits = Visits()


@dataclass(frozen=True)
class OfCard:
    """Codes and links of one card."""

    card: Collaboration
    code: VoucherCode | None
    retired: list[VoucherCode]
    made: list[Tracked]

    @property
    def links(self) -> int:
        return sum(one.link is not None for one in self.made)

    @property
    def clicks(self) -> int:
        return sum(one.visits.people for one in self.made)


@dataclass(frozen=True)
class OfCampaign:
    """Everybody's codes and links in one campaign."""

    cards: list[OfCard]
    total: Visits
    without_code: list[Collaboration] = field(default_factory=list)

    @property
    def codes(self) -> int:
        return sum(one.code is not None for one in self.cards)

    @property
    def links(self) -> int:
        return sum(one.links for one in self.cards)


def visits_of(links: Iterable[int]) -> dict[int, Visits]:
    """The visits of these links, in one query."""
    people = Q(is_scanner=False)
    rows = LinkClick.objects.filter(link__in=list(links)).order_by().values_list("link")
    counted = rows.annotate(
        people=Count("pk", filter=people),
        visitors=Count("visitor", filter=people & ~Q(visitor=""), distinct=True),
        machines=Count("pk", filter=~people),
    )
    return {link: Visits(*numbers) for link, *numbers in counted}


def of_card(card: Collaboration) -> OfCard:
    return of_cards([card])[0]


def of_cards(cards: Sequence[Collaboration]) -> list[OfCard]:
    """Three queries, however many cards."""
    keys = [card.pk for card in cards]
    codes = list(VoucherCode.objects.filter(collaboration__in=keys).order_by("retired_at", "pk"))
    made = Deliverable.objects.standing().filter(collaboration__in=keys)
    rows = list(made.select_related("format__platform", "tracked_link").order_by("post_due_on", "pk"))
    links = {row.pk: getattr(row, "tracked_link", None) for row in rows}
    visits = visits_of(link.pk for link in links.values() if link is not None)
    return [_card(card, codes, rows, links, visits) for card in cards]


def _card(
    card: Collaboration,
    codes: Sequence[VoucherCode],
    rows: Sequence[Deliverable],
    links: dict[int, TrackedLink | None],
    visits: dict[int, Visits],
) -> OfCard:
    hers = [code for code in codes if code.collaboration_id == card.pk]
    made = [
        Tracked(row, link, visits.get(link.pk, Visits()) if link is not None else Visits())
        for row in rows
        if row.collaboration_id == card.pk
        for link in [links[row.pk]]
    ]
    standing = [code for code in hers if code.retired_at is None]
    return OfCard(card, next(iter(standing), None), [code for code in hers if code.retired_at is not None], made)


def of_campaign(campaign: Campaign) -> OfCampaign:
    """Everybody who agreed, or has a code or a link from before she left."""
    cards = campaign.collaborations.select_related("influencer").order_by("influencer__name_key", "pk")
    wanted = Q(status__in=Collaboration.PROMISED) | Q(codes__isnull=False) | Q(deliverables__tracked_link__isnull=False)
    found = of_cards(list(cards.filter(wanted).distinct()))
    counted = [made.visits for one in found for made in one.made]
    total = Visits(
        sum(one.people for one in counted), sum(one.visitors for one in counted), sum(one.machines for one in counted)
    )
    bare = [one.card for one in found if one.code is None and one.card.is_promised]
    return OfCampaign(found, total, bare)

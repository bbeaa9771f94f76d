"""What every part of a report is reckoned from: asked once, in a fixed number of queries, however many posts there are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q, Subquery

from campaigns.planning.models import Campaign
from campaigns.planning.umbrella import currency_of
from campaigns.results.formulas import Counts
from campaigns.results.reckoning.basis import Basis, basis_of
from campaigns.results.reckoning.figures import post_figures
from campaigns.results.reckoning.purse import Purse, purse_of
from campaigns.results.reckoning.shape import Group, PostFigure, group_of
from campaigns.results.reports.chosen import Chosen, chosen_in
from campaigns.results.reports.meanwhile import Meanwhile, meanwhile_of
from campaigns.results.reports.spending import Card, Spending, cards_of, client_prices, own_costs
from crm.base.models import Organisation

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Ground:
    """A campaign, with all that is part of it, its posts and its money."""

    campaign: Campaign
    parts: Sequence[Campaign]
    chosen: Chosen
    figures: Sequence[PostFigure]
    cards: Sequence[Card]
    spending: Spending
    purse: Purse
    meanwhile: Meanwhile
    now: dt.datetime
    client: bool

    @property
    def ids(self) -> list[int]:
        return [self.campaign.pk, *(part.pk for part in self.parts)]

    @property
    def currency(self) -> str:
        return self.purse.currency

    @cached_property
    def basis(self) -> Basis:
        return basis_of(self.figures)

    @cached_property
    def total(self) -> Group:
        return self.of_campaigns(self.campaign.name, self.ids)

    def of_campaigns(self, label: str, ids: Sequence[int]) -> Group:
        """Whole campaigns, with what they cost beside their people."""
        beside = self.spending.beside_of(ids, self.currency)
        figures = [one for one in self.figures if one.campaign in ids]
        cards = {card.pk for card in self.cards if card.campaign in ids} | {one.card for one in figures}
        counts = group_of("", label, figures).counts
        return Group(str(ids[0]), label, figures, with_money(counts, self.purse.of_cards(sorted(cards), beside)))

    def of_cards(self, label: str, figures: Sequence[PostFigure], cards: Sequence[int]) -> Group:
        """Whole cards: a person of the campaign."""
        counts = group_of("", label, figures).counts
        return Group(str(cards[0]), label, figures, with_money(counts, self.purse.of_cards(cards)))


def with_money(counts: Counts, money: Counts) -> Counts:
    """Clicks of our own links go before those a platform reports: adding the two would count people twice."""
    clicks = counts.clicks if money.clicks is None else money.clicks
    return replace(
        counts, clicks=clicks, orders=money.orders, revenue=money.revenue, margin=money.margin, cost=money.cost
    )


def ground_of(
    campaign: Campaign,
    *,
    user: "User | None",
    now: dt.datetime,
    client: bool,
    chosen: Chosen | None,
    prices: bool = True,
) -> Ground:
    campaign, parts = whole_of(campaign, user)
    if client:
        parts = [one for one in parts if one.brand_id == campaign.brand_id]
    chosen = chosen or chosen_in(getattr(campaign, "report_settings", None))
    ids = [campaign.pk, *(part.pk for part in parts)]
    figures = post_figures(ids, chosen.mark, now)
    cards = cards_of(ids)
    spending = client_prices(cards if prices else ()) if client else own_costs(ids, cards, chosen.cost)
    currency = main_currency(campaign, spending)
    posted = {one.card for one in figures}
    cards = [one for one in cards if one.is_promised or one.pk in posted or one.pk in spending.by_card]
    purse = purse_of(ids, figures, currency, spending.by_card)
    meanwhile = meanwhile_of(campaign, ids, currency)
    return Ground(campaign, parts, chosen, figures, cards, spending, purse, meanwhile, now, client)


def whole_of(campaign: Campaign, user: "User | None") -> tuple[Campaign, list[Campaign]]:
    """It, with its brand, settings and the currency of the house, and what is part of it as far as the reader may see it.

    One query.
    """
    below = Campaign.objects.filter(Q(parent=campaign.pk) | Q(parent__parent=campaign.pk))
    seen = below if user is None else below.visible_to(user)
    rows = Campaign.objects.filter(Q(pk=campaign.pk) | Q(pk__in=seen.order_by().values("pk")))
    house = Organisation.objects.filter(pk=1).values("currency")[:1]
    whole = rows.select_related("brand", "report_settings").annotate(house=Subquery(house))
    found = list(whole.order_by("start_on", "name", "pk"))
    own = next(one for one in found if one.pk == campaign.pk)
    return own, [one for one in found if one is not own]


def main_currency(campaign: Campaign, spending: Spending) -> str:
    """That of the budget; without one, the only one that was spent; else that of the house."""
    if campaign.budget is not None:
        return str(campaign.budget.currency)
    spent = list(spending.by_currency)
    return (
        spent[0]
        if len(spent) == 1
        else currency_of(campaign, getattr(campaign, "house", None) or Organisation.load().currency)
    )

"""The shortlist of a campaign as its page shows it: everybody with a score, its reasons, a price and her free days."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration
from campaigns.shortlist.fit import Fit, fit_of, rank_key
from campaigns.shortlist.fit_audience import target_match
from campaigns.shortlist.fit_facts import Facts, facts_of, median_of
from campaigns.shortlist.fit_free import Channel, Free, free_for
from campaigns.shortlist.fit_known import Known
from campaigns.shortlist.fit_parts import niche_match, parts_of
from campaigns.shortlist.fit_prices import Prices, bands_in, paid_before, prices_of
from campaigns.shortlist.fit_weights import Counting, counting_of
from campaigns.shortlist.fit_wish import Wish, wish_of
from crm.base.formats import count_full, count_short
from crm.vetting.authenticity.compare import Comparison, compare
from crm.vetting.facts import Figures, figures_of
from crm.vetting.facts_shown import Line, share_line
from crm.vetting.models import CheckItem
from crm.vetting.queries.checklist import Checklist, line_of
from crm.vetting.queries.screening import SHOWN_FIRST, band_of, fitting, judged_by

if TYPE_CHECKING:
    from crm.team.models import User

CHOSEN_FROM = (Collaboration.Status.SHORTLIST, Collaboration.Status.IN_TALKS)
AUTHENTICITY = "authenticity"


@dataclass(frozen=True)
class Forecast:
    """How many people one post may reach, told by a median reach rate and never by followers alone."""

    reach: int
    effective: int | None
    match: Fraction | None
    words: str


@dataclass
class Row:
    """One person of the shortlist."""

    card: Collaboration
    facts: Facts
    figures: Figures
    known: Known
    fit: Fit
    niche: Fraction | None
    prices: Prices
    forecast: Forecast | None
    comparisons: Sequence[Comparison]
    checklist: Checklist
    free: Free
    tier: str
    fits_tier: bool

    @property
    def name(self) -> str:
        return self.card.influencer.stage_name

    @property
    def niche_percent(self) -> int | None:
        return None if self.niche is None else round(self.niche * 100)

    @property
    def cost(self) -> Money | None:
        """What she is counted with: the fee on her card, else what she asks, else what she got before."""
        return self.card.fee or self.prices.asks or self.prices.paid

    @property
    def engagement(self) -> Comparison | None:
        """The first rate that stands beside a chosen set."""
        return self.comparisons[0] if self.comparisons else None

    @property
    def with_us(self) -> Sequence[Line]:
        """What working with her was like, in two figures."""
        shares = (share_line("on-time", self.figures.on_time), share_line("first-pass", self.figures.first_pass))
        return [line for line in shares if line is not None]

    @property
    def city(self) -> str:
        person = self.card.influencer
        return person.city or (person.territory.name if person.territory else "")


@dataclass(frozen=True)
class Shortlist:
    """Everything the page shows."""

    campaign: Campaign
    rows: Sequence[Row]
    wish: Wish
    counting: Counting
    sort: str

    @property
    def outside_tiers(self) -> int:
        """How many have another tier than those suggested. Nobody is kept from taking them."""
        return sum(bool(row.tier) and not row.fits_tier for row in self.rows) if self.wish.wanted.tiers else 0

    @cached_property
    def sorted_by_followers(self) -> bool:
        return self.sort == "followers"


def shortlist_of(campaign: Campaign, user: "User", now: dt.datetime, sort: str = "fit") -> Shortlist:
    """People in shortlist and in talks, the best fit first. A fixed number of queries, whatever their number."""
    cards = list(
        campaign.collaborations.filter(status__in=CHOSEN_FROM)
        .select_related("influencer__territory", "influencer__main_platform")
        .order_by("pk")
    )
    for card in cards:
        card.campaign = campaign
    wish, counting = wish_of(campaign, now), counting_of(campaign, timezone.localdate(now))
    rows = _rows(cards, wish, counting, user, now) if cards else []
    chosen = sort if sort in SORTS else "fit"
    return Shortlist(campaign, sorted(rows, key=SORTS[chosen][1]), wish, counting, chosen)


def _rows(cards: Sequence[Collaboration], wish: Wish, counting: Counting, user: "User", now: dt.datetime) -> list[Row]:
    campaign, today = wish.campaign, timezone.localdate(now)
    people = [card.influencer_id for card in cards]
    facts = facts_of(people, {one.platform_id for one in wish.formats}, now)
    before, bands = paid_before(people, campaign, user), bands_in(wish.currency, today)
    free = free_for(campaign, {person: channels_of(wish, facts[person]) for person in people}, user, now)
    figures = figures_of(people, user)
    items, usual = list(CheckItem.objects.valid_on(today)), median_of(facts.values())
    return [
        _row(
            card, facts[card.influencer_id], figures[card.influencer_id], wish, counting, free[card.influencer_id],
            prices_of(
                facts[card.influencer_id].rates, wish.formats, facts[card.influencer_id].account,
                before.get(card.influencer_id), bands,
            ),
            checklist_of(items, facts[card.influencer_id], today), usual, today,
        )
        for card in cards
    ]  # fmt: skip


def _row(
    card: Collaboration, facts: Facts, figures: Figures, wish: Wish, counting: Counting, free: Free, prices: Prices,
    checklist: Checklist, usual: Decimal | None, today: dt.date,
) -> Row:  # fmt: skip
    known = known_of(card, facts, figures, wish, prices, today)
    fitting_bands = fitting(wish.bands, facts.account) if facts.account else []
    chosen = [(one.benchmark_set.measure, band_of(one)) for one in fitting_bands if one.benchmark_set.is_chosen]
    chosen.sort(key=lambda pair: SHOWN_FIRST.index(pair[0]))
    return Row(
        card=card,
        facts=facts,
        figures=figures,
        known=known,
        fit=fit_of(parts_of(known, wish.wanted, wish.world), counting.weights),
        niche=niche_match(known, wish.wanted, wish.world.niches),
        prices=prices,
        forecast=forecast_of(known, facts, wish, usual),
        comparisons=list(compare(chosen, facts.counts, facts.sponsored, wish.times)),
        checklist=checklist,
        free=free,
        tier=wish.world.tier_names.get(known.tier, known.tier),
        fits_tier=known.tier in wish.wanted.tiers,
    )


def known_of(card: Collaboration, facts: Facts, figures: Figures, wish: Wish, prices: Prices, today: dt.date) -> Known:
    """What the score is counted from."""
    account, person = facts.account, card.influencer
    rate, band = judged_by(facts.counts, fitting(wish.bands, account)) if account else (None, None)
    screened = next((one for one in facts.checks if one.item.code == AUTHENTICITY and not one.is_over(today)), None)
    counted = account.followers if account else None
    tier = wish.ladder.tier(counted)
    return Known(
        niches=facts.niches,
        main_niche=person.main_niche_id,
        audience=facts.audience,
        rate=rate if rate is not None else facts.counts.public,
        band=band,
        sponsored=facts.sponsored.public,
        ratings=facts.ratings,
        posts_due=facts.posts_due,
        posts_on_time=facts.posts_on_time,
        first_pass=figures.first_pass,
        screened=screened.verdict if screened else "",
        screened_on=screened.checked_on if screened else None,
        tier=person.tier_code or (tier.code if tier else ""),
        followers=counted,
        followers_on=timezone.localdate(account.followers_at) if account and account.followers_at else None,
        asks=prices.asks,
        in_mind=card.fee or wish.even_share,
        in_mind_is_share=card.fee is None,
    )


def checklist_of(items: Iterable[CheckItem], facts: Facts, today: dt.date) -> Checklist:
    return Checklist([line_of(item, [one for one in facts.checks if one.item_id == item.pk], today) for item in items])


def channels_of(wish: Wish, facts: Facts) -> Collection[Channel]:
    """Where she would post: what the campaign expects, else her own account."""
    if wish.formats:
        return [(one.platform_id, one.pk) for one in wish.formats]
    return [(facts.account.platform_id if facts.account else None, None)]


def forecast_of(known: Known, facts: Facts, wish: Wish, usual: Decimal | None) -> Forecast | None:
    """By the middle of her own reach rates, else of everybody's on this list; nothing where nobody knows any."""
    own = facts.reach_rate
    rate = own if own is not None else usual
    if known.followers is None or rate is None:
        return None
    reach = round(known.followers * rate)
    match = target_match(known, wish.wanted, wish.world.places)
    source = (
        ngettext("by her own reach rate, %(n)d count", "by the middle of her own %(n)d counts", len(facts.reach_rates))
        % {"n": len(facts.reach_rates)}
        if own is not None
        else _("by the reach rate in the middle of this list")
    )
    words = _("%(reach)s of %(followers)s followers, %(source)s") % {
        "reach": count_full(reach), "followers": count_short(known.followers), "source": source,
    }  # fmt: skip
    return Forecast(reach, None if match is None else round(reach * match), match, words)


# ---- Orders --------------------------------------------------------------------------------------------------------


def _by_fit(row: Row) -> tuple[Any, ...]:
    (unscored, score, known), name, pk = rank_key(row.fit, row.card.influencer.name_key, row.card.pk)
    return -unscored, -score, -known, name, pk


def _by_name(row: Row) -> tuple[Any, ...]:
    return row.card.influencer.name_key, row.card.pk


def _by_price(row: Row) -> tuple[Any, ...]:
    """The cheapest first, within each currency; unknown prices last."""
    cost = row.cost
    return cost is None, str(cost.currency) if cost else "", cost.amount if cost else 0, *_by_name(row)


def _by_engagement(row: Row) -> tuple[Any, ...]:
    return row.known.rate is None, -(row.known.rate or 0), *_by_name(row)


def _by_followers(row: Row) -> tuple[Any, ...]:
    return row.known.followers is None, -(row.known.followers or 0), *_by_name(row)


SORTS: dict[str, tuple[Any, Any]] = {
    "fit": (gettext_lazy("Fit"), _by_fit),
    "name": (gettext_lazy("Name"), _by_name),
    "price": (gettext_lazy("Price"), _by_price),
    "engagement": (gettext_lazy("Engagement"), _by_engagement),
    "followers": (gettext_lazy("Followers"), _by_followers),
}

"""Posts somebody saw for other brands, held against what was promised."""

import datetime as dt
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from crm.exclusivity.bars import sells_of
from crm.exclusivity.conflicts import conflict_source
from crm.exclusivity.models import OutsideDeal
from crm.exclusivity.terms import Act, Certainty, Engagement
from crm.influencers.imports.values.accounts import HOSTS
from crm.influencers.models import Platform
from crm.timeline.record import subject_of

NO_BRAND = 0
"""A brand nobody has on file: it belongs to no house, so it is nobody's sister."""


@conflict_source("observed")
def seen_posts(people: Collection[int], now: dt.datetime) -> list[Engagement]:
    """Posts these people were seen with. Three queries where there are any, one where there are none."""
    rows = OutsideDeal.objects.filter(influencer_id__among=set(people), source=OutsideDeal.Source.OBSERVED)
    found = list(rows.order_by("pk"))
    if not found:
        return []
    platforms = {platform.code: platform.pk for platform in Platform.objects.all()}
    sells = sells_of({deal.brand_id for deal in found if deal.brand_id})
    return [_engagement(deal, platforms, sells) for deal in found]


def _engagement(deal: OutsideDeal, platforms: Mapping[str, int], sells: Mapping[int, frozenset[int]]) -> Engagement:
    categories = frozenset({deal.category_id}) if deal.category_id else None
    return Engagement(
        ref=subject_of(deal),
        people=frozenset({deal.influencer_id}),
        brand=deal.brand_id or NO_BRAND,
        window=deal.window,
        act=Act.PAID_POST,
        certainty=Certainty.OBSERVED,
        categories=categories,
        company=sells.get(deal.brand_id or NO_BRAND, frozenset()) | (categories or frozenset()),
        platform=platform_of(deal.url, platforms),
        territories=None,
        committed_at=deal.window.end_at,
        label=deal.brand_name,
    )


def platform_of(url: str, platforms: Mapping[str, int]) -> int | None:
    """Which platform an address belongs to, by its host; None when nobody can tell."""
    host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("vm.")
    return platforms.get(HOSTS.get(host, ""))

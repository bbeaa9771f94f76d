"""Everybody's tier follows the house: another scheme, edited bands, or a scheme whose days begin or end."""

import datetime as dt

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.influencers.models import Influencer, SocialAccount, Tier
from crm.influencers.tiers import Ladder, ladder
from crm.reminders.models import Beat
from crm.reminders.tick import remember

NAME = "tiers"


def keep_tiers(now: dt.datetime) -> dict[str, int]:
    """Sort everybody anew when the house's bands are no longer those of the last look; else one glance is all."""
    house = Organisation.load()
    rungs = ladder(house.tier_scheme, local_date(now, house.zone))
    bands = [[tier.code, tier.low, tier.low_included, tier.high, tier.high_included] for tier in rungs.tiers]
    last = Beat.objects.filter(name=NAME).values_list("said", flat=True).first()
    if last is not None and last.get("bands") == bands:
        return {}
    sorted_anew = sort_people(rungs)
    remember(NAME, now, {"bands": bands, "sorted_anew": sorted_anew})
    return {"sorted_anew": sorted_anew} if sorted_anew else {}


def sort_people(rungs: Ladder) -> int:
    """Write the tier of every main account whose tier is another one now; tiers set by hand stay. One UPDATE."""
    bands = (When(_band(tier), then=Value(tier.code)) for tier in rungs.tiers)
    code = Case(*bands, default=Value(""), output_field=CharField())
    main = SocialAccount.objects.filter(
        influencer=OuterRef("pk"), platform=OuterRef("main_platform"), handle=OuterRef("main_handle")
    )
    people = Influencer.objects.filter(~Exists(main.exclude(tier_override="")))
    return people.annotate(right=code).exclude(tier_code=F("right")).update(tier_code=code)


def _band(tier: Tier) -> Q:
    above = Q(**{f"followers__{'gte' if tier.low_included else 'gt'}": tier.low})
    return (
        above if tier.high is None else above & Q(**{f"followers__{'lte' if tier.high_included else 'lt'}": tier.high})
    )

"""Who is free on the days of a campaign, and from which day on: everybody's bars read once, judged in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from campaigns.planning.models import Campaign
from crm.base.formats import day_words
from crm.base.windows import day_window
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.exclusivity.bars import bars_of, brands_of, sells_of, world_of
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.models import OutsideDeal
from crm.exclusivity.predicate import Severity, judge
from crm.exclusivity.terms import Bar, Certainty, Engagement, World
from crm.exclusivity.words import days_in_words, reason_in_words
from crm.team.models import User

DAY = dt.timedelta(days=1)
LOOKED_AHEAD = 400  # days
Channel = tuple[int | None, int | None]


@dataclass(frozen=True)
class Free:
    """Whether somebody may post for this campaign, in a word and a sentence. Brands the reader may not know stay unnamed."""

    label: str
    tone: str
    sentence: str = ""
    free_on: dt.date | None = None

    @property
    def is_barred(self) -> bool:
        return self.tone == "bad"


@dataclass(frozen=True)
class Days:
    """The campaign as work somebody might do, and what it is read against."""

    campaign: Campaign
    first: dt.date
    world: World
    names: Mapping[int, str]
    elsewhere: Mapping[int, str]


def free_for(
    campaign: Campaign, channels: Mapping[int, Collection[Channel]], user: User, now: dt.datetime
) -> dict[int, Free]:
    """By person; `channels` are the platforms and formats each would post on. A fixed number of queries."""
    mine: dict[int, list[Bar]] = defaultdict(list)
    for bar in bars_of(list(channels)):
        mine[bar.person].append(bar)
    barring = [bar for bars in mine.values() for bar in bars]
    brands = brands_of(barring)
    days = Days(
        campaign=campaign,
        first=max(campaign.start_on, min(local_date(now, campaign.zone), campaign.end_on)),
        world=world_of({campaign.brand_id} | brands),
        names={one.pk: one.name for one in Brand.objects.visible_to(user).filter(pk__in=brands)},
        elsewhere=_elsewhere([bar.clause for bar in barring if bar.beneficiary is None]),
    )
    company = sells_of({campaign.brand_id}).get(campaign.brand_id, frozenset())
    return {
        person: _judged(mine[person], [_work(days, company, person, *one) for one in on], days)
        for person, on in channels.items()
    }


def _work(days: Days, company: frozenset[int], person: int, platform: int | None, format: int | None) -> Engagement:
    """A paid post on any of the campaign's days."""
    campaign = days.campaign
    return Engagement(
        ref=f"campaigns.campaign:{campaign.pk}",
        people=frozenset({person}),
        brand=campaign.brand_id,
        window=day_window(days.first, campaign.end_on, campaign.zone),
        certainty=Certainty.DRAFT,
        categories=frozenset({campaign.category_id}) if campaign.category_id else None,
        company=company,
        platform=platform,
        format=format,
        territories=campaign.places,
    )


def _judged(bars: Sequence[Bar], works: Sequence[Engagement], days: Days) -> Free:
    found = [Conflict(bar, work, judge(bar, work, days.world, is_signing=True)) for bar in bars for work in works]
    blocking = [one for one in found if one.blocks]
    if blocking:
        return _barred(blocking, bars, works, days)
    warning = [one for one in found if one.severity == Severity.WARN]
    if warning:
        reasons = " ".join(reason_in_words(code) for code in warning[0].finding.reasons)
        return Free(
            _("Free, look first"),
            "warn",
            _("Something for %(whom)s. %(why)s")
            % {
                "whom": _whom(warning, days),
                "why": reasons,
            },
        )
    return Free(_("Free"), "ok")


def _barred(blocking: Sequence[Conflict], bars: Sequence[Bar], works: Sequence[Engagement], days: Days) -> Free:
    whom = _("For %(whom)s.") % {"whom": _whom(blocking, days)}
    free_on = first_free_day(bars, works, days)
    if free_on is None:
        return Free(_("Barred"), "bad", _("%(whom)s No free day within a year.") % {"whom": whom})
    if free_on == days.first:
        overlap = blocking[0].finding.overlap
        on = days_in_words(*overlap.first_and_last(blocking[0].bar.zone)) if overlap else ""
        return Free(_("Barred on some days"), "warn", f"{whom} {on}", free_on)
    until = _("Barred until %(day)s") % {"day": day_words(free_on - DAY, "short")}
    later = _("Free from %(day)s.") if free_on <= days.campaign.end_on else _("Free from %(day)s, after the campaign.")
    tone = "warn" if free_on <= days.campaign.end_on else "bad"
    return Free(until, tone, f"{whom} {later % {'day': day_words(free_on, 'short')}}", free_on)


def _whom(found: Iterable[Conflict], days: Days) -> str:
    """The brands a reader may know of; one without a row of ours is called as somebody called it."""
    bars = [one.bar for one in found]
    said = [days.names.get(bar.beneficiary or 0) or days.elsewhere.get(bar.clause) for bar in bars]
    return ", ".join(dict.fromkeys(name or _("a brand you do not work with") for name in said))


def _elsewhere(clauses: Iterable[int]) -> dict[int, str]:
    """By bar, what the brand of a deal elsewhere is called; bars of deals have their number turned around."""
    deals = OutsideDeal.objects.filter(pk__in=[-clause for clause in clauses if clause < 0], brand__isnull=True)
    return {-pk: name for pk, name in deals.values_list("pk", "brand_name")}


def first_free_day(bars: Sequence[Bar], works: Sequence[Engagement], days: Days) -> dt.date | None:
    """The first day on which nothing refuses any of it. Only days on which something ends are looked at."""
    for day in sorted(_ends(bars, days)):
        moved = [replace(work, window=day_window(day, day, days.campaign.zone)) for work in works]
        if all(judge(bar, one, days.world, is_signing=True).severity < Severity.BLOCK for bar in bars for one in moved):
            return day
    return None


def _ends(bars: Iterable[Bar], days: Days) -> set[dt.date]:
    """The first day, and those around the end of each window, with what the promise keeps free after it."""
    found = {days.first}
    for bar in bars:
        for stretch in bar.stretches:
            if stretch.window.end_at is not None:
                end = local_date(stretch.window.end_at, days.campaign.zone)
                found |= {end + step * DAY for step in {0, 1, bar.buffer_days, bar.buffer_days + 1}}
    last = days.first + LOOKED_AHEAD * DAY
    return {day for day in found if days.first <= day <= last}

"""The page that says why somebody cannot be agreed with: what stands against it, from when she is free, who else could."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.promise_page import Stands, stands
from crm.base.formats import count_short, day_words
from crm.base.windows import union
from crm.base.zones import local_date
from crm.brands.models import Territory
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.explaining import free_people
from crm.exclusivity.free import FOR, FROM, ON, TO
from crm.exclusivity.free_days import free_from
from crm.exclusivity.models import Clause, Finding
from crm.exclusivity.words import days_in_words
from crm.influencers.models import Influencer, Platform
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.exclusivity.terms import Bar, Engagement
    from crm.team.models import User


@dataclass(frozen=True)
class Promise:
    """What the promise says of itself, beside its sentence: where it was made, its days, and where it holds."""

    source: str
    days: str
    where: str
    collides: str


@dataclass(frozen=True)
class Way:
    """One click out of it: this piece of work on the first free day."""

    row: Deliverable
    on: dt.date


@dataclass(frozen=True)
class Held:
    """Everything the page shows; `first` is the worst that stands against it."""

    first: Stands
    promise: Promise
    others: list[Stands]
    work_on: str = ""
    way: Way | None = None
    free: list[Influencer] = field(default_factory=list)
    free_url: str = ""
    for_client: str = ""

    @property
    def against(self) -> list[Stands]:
        return [self.first, *self.others]


def held_page(card: Collaboration, conflicts: Sequence[Conflict], user: "User", now: dt.datetime) -> Held | None:
    """Everything that helps when a promise stands against it; None when nothing of it can be told."""
    told = stands(conflicts, user, now)
    if not told:
        return None
    worst = next(one for one in conflicts if (one.bar.clause, one.engagement.ref) == (told[0].clause, told[0].work))
    mine = next((one.engagement for one in conflicts if one.engagement.brand == card.campaign.brand_id), None)
    row = next((one for one in card.deliverables.post_open() if mine and subject_of(one) == mine.ref), None)
    zone = row.zone if row else card.campaign.zone
    promise = promise_of(worst, zone, is_masked=told[0].told.is_masked)
    if mine is None:
        return Held(told[0], promise, told[1:])
    way = way_out(card, row, mine, now)
    free = free_people(mine, card.influencer, user, now)
    return Held(
        told[0], promise, told[1:], day_of(mine, zone), way, free, free_url(mine, card, zone),
        for_client(card, mine, zone, free, way.on if way else None),
    )  # fmt: skip


def promise_of(conflict: Conflict, zone: str, *, is_masked: bool) -> Promise:
    """`zone` is the one the work's own days are counted in."""
    clause = Clause.objects.filter(pk=conflict.bar.clause).first()
    windows = union(one.window for one in conflict.bar.stretches)
    hit = [window for window in windows if window.overlaps(conflict.engagement.window)]
    days = "; ".join(days_in_words(*window.first_and_last(conflict.bar.zone)) for window in hit)
    source = ""
    if clause is not None and not is_masked:
        source = str(clause.work_label or clause.brand)
        if clause.effective_from is not None:
            day = day_words(local_date(clause.effective_from, clause.zone), "short")
            source = _("%(deal)s, in force since %(day)s") % {"deal": source, "day": day}
    return Promise(source, days, where_of(conflict.bar), collides_of(conflict, zone))


def where_of(bar: "Bar") -> str:
    platforms = Platform.objects.filter(pk__in=bar.scope.platforms).values_list("name", flat=True)
    places = Territory.objects.filter(pk__in=bar.scope.territories).values_list("name", flat=True)
    everywhere = [] if platforms else [_("every platform")]
    return ", ".join(str(one) for one in (*everywhere, *platforms, *places))


def collides_of(conflict: Conflict, zone: str) -> str:
    """The days on which both hold; a single day stands in the sentence above already."""
    overlap = conflict.finding.overlap
    days = overlap.days(zone) if overlap else None
    if overlap is None or days == 1:
        return ""
    said = days_in_words(*overlap.first_and_last(zone))
    return f"{said}, {ngettext('%(n)s day', '%(n)s days', days) % {'n': days}}" if days else said


def day_of(work: "Engagement", zone: str) -> str:
    """The planned day in a few words."""
    first, _last = work.window.first_and_last(zone)
    return day_words(first, "short") if first else ""


def way_out(card: Collaboration, row: Deliverable | None, work: "Engagement", now: dt.datetime) -> Way | None:
    """The piece this is about and the first day it could be posted on; None when it is not one of this card's plans."""
    if row is None:
        return None
    excused = Finding.objects.of_people([card.influencer_id]).waived_pairs()
    on = free_from(work, row.zone, now, excused=excused)
    return Way(row, on) if on else None


def free_url(work: "Engagement", card: Collaboration, zone: str) -> str:
    """The list of everybody who is free for this on these days."""
    if card.campaign.category_id is None:
        return ""
    first, last = work.window.first_and_last(zone)
    platform = Platform.objects.filter(pk=work.platform).values_list("code", flat=True).first() if work.platform else ""
    asked = {FOR: card.campaign.category_id, ON: platform, FROM: first, TO: last}
    return f"{reverse('people')}?{urlencode({name: value for name, value in asked.items() if value})}"


def for_client(
    card: Collaboration, mine: "Engagement", zone: str, free: Sequence[Influencer], free_on: dt.date | None
) -> str:
    """Sentences to paste to the client, in the brand's language: why she cannot, from when she can, and who else could.

    No other client is named.
    """
    campaign = card.campaign
    with override(campaign.brand.language):
        what = str(campaign.category or _("this"))
        known = {"name": card.influencer.stage_name, "what": what, "day": day_of(mine, zone)}
        said = [_("%(name)s is not free for %(what)s on %(day)s because of an exclusivity promise.") % known]
        if free_on is not None:
            said.append(_("The first day she could post is %(day)s.") % {"day": day_words(free_on, "short")})
        if free:
            said.append(_("We suggest %(names)s instead.") % {"names": ", ".join(map(in_short_of, free))})
    return " ".join(said)


def in_short_of(person: Influencer) -> str:
    return f"{person.stage_name} ({count_short(person.followers)})" if person.followers else person.stage_name

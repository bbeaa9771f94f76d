"""The list of people: one page of plain values, without model instances, joins or a count of the table."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crm.base.paging import Count, Page, capped_count, page_of
from crm.influencers.filters import PeopleFilter
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.models import User


class Line(NamedTuple):
    """One person of the list, as the columns say it."""

    pk: int
    name: str
    platform: int | None
    handle: str
    followers: int | None
    tier: str
    niche: int | None
    city: str
    stage: str
    owner: int | None
    barred_at: dt.datetime | None
    barred_until: dt.date | None
    created_at: dt.datetime
    name_key: str
    followers_rank: int

    def is_barred_on(self, on: dt.date) -> bool:
        return self.barred_at is not None and (self.barred_until is None or self.barred_until >= on)


COLUMNS = (
    "pk", "stage_name", "main_platform_id", "main_handle", "followers", "tier_code", "main_niche_id", "city", "stage",
    "owner_id", "do_not_contact_at", "do_not_contact_until", "created_at", "name_key", "followers_rank",
)  # fmt: skip

TagsOf = Mapping[int, Sequence[tuple[str, int]]]
"""Name and colour of the tags of each person."""


@dataclass(frozen=True)
class Listing:
    """One page of the list and how many match in all."""

    page: Page[Line]
    count: Count


def matching(asked: PeopleFilter, *, user: User, now: dt.datetime) -> InfluencerQuerySet:
    """Everybody the filter means whom this colleague may see."""
    return asked.narrow(Influencer.objects.visible_to(user), user=user, now=now)


def listing(asked: PeopleFilter, cursor: str, *, user: User, now: dt.datetime) -> Listing:
    """The page the cursor asks for, in the filter's order."""
    rows = matching(asked, user=user, now=now)
    place = Line._fields.index(asked.order.column)
    page = page_of(rows.values_list(*COLUMNS), asked.order, cursor, key=lambda row: (row[place], row[0]))
    lines = Page([Line._make(row) for row in page.rows], page.earlier, page.later)
    return Listing(lines, _count(rows, page))


def tags_of(lines: Iterable[Line]) -> TagsOf:
    """The tags of everybody on a page. One query."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Influencer.tags.through.objects.filter(influencer__in=[line.pk for line in lines])
    for pk, name, hue in rows.values_list("influencer_id", "tag__name", "tag__hue"):
        found[pk].append((name, hue))
    return found


def _count(rows: InfluencerQuerySet, page: "Page[tuple[object, ...]]") -> Count:
    """What fits on one page is counted already."""
    return Count(len(page.rows), is_capped=False) if page.is_whole else capped_count(rows)

"""How old numbers are: said wherever they are shown (domain rule R1-33)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from campaigns.results.models import PostSnapshot
from crm.base.formats import age

STALE_AFTER = dt.timedelta(days=7)


@dataclass(frozen=True)
class Age:
    """The moment of the newest numbers, in words, and whether that is long ago. Falsy where there are none."""

    at: dt.datetime | None
    words: str = ""
    is_stale: bool = False

    def __bool__(self) -> bool:
        return self.at is not None


def age_of(at: dt.datetime | None, now: dt.datetime) -> Age:
    """For components/age.html."""
    if at is None:
        return Age(None)
    return Age(at, _("%(age)s old") % {"age": age(at, now)}, now - at > STALE_AFTER)


def newest_at(campaigns: Collection[int]) -> dict[int, dt.datetime]:
    """{campaign id: when the newest standing numbers were counted}. One query."""
    way = f"{PostSnapshot.objects.all().way}_id"
    rows = PostSnapshot.objects.standing().of_campaigns(set(campaigns)).order_by()
    return dict(rows.values_list(way).annotate(newest=Max("taken_at")))

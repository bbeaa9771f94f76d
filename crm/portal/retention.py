"""Links that open nothing any more, and the visits they led to."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from crm.base.places import Outlived, kept_for
from crm.portal.models import Link


@kept_for(
    "portal_links", label=_("Links into an own page"), days=90, order=30,
    goes=_("A link that has run out or was revoked goes with the visits it led to. What was done there stays."),
)  # fmt: skip
def dead_links(before: dt.datetime, now: dt.datetime) -> Outlived:
    return Outlived(Link.objects.dead_since(before).select_related("contact"), _take)


def _take(pks: Sequence[int]) -> int:
    Link.objects.filter(pk__in=pks).delete()
    return len(pks)

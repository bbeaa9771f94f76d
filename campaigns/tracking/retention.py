"""Visits of tracked links: they stay counted, and nobody can be recognised in them any more."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from campaigns.tracking.models import LinkClick
from crm.base.places import Outlived, kept_for


@kept_for(
    "link_visits", label=_("Visits of tracked links"), days=400, order=110,
    goes=_("Where a visit came from goes, and the mark of its visitor is replaced by one nobody can compare. Counts stay."),
)  # fmt: skip
def old_visits(before: dt.datetime, now: dt.datetime) -> Outlived:
    return Outlived(LinkClick.objects.recognisable().filter(at__lt=before), _take)


def _take(pks: Sequence[int]) -> int:
    """Different visitors of a day stay different; the salt that made their marks is thrown away."""
    rows, salt = list(LinkClick.objects.recognisable().filter(pk__in=pks)), secrets.token_bytes(32)
    for row in rows:
        row.came_from = ""
        row.visitor = LinkClick.UNKNOWN + _mark(row.visitor, salt) if row.visitor else ""
    LinkClick.objects.bulk_update(rows, ["came_from", "visitor"])
    return len(rows)


def _mark(visitor: str, salt: bytes) -> str:
    return hashlib.blake2b(visitor.encode(), key=salt, digest_size=20).hexdigest()

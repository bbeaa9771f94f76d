"""Until when an incident has to be told: on Today of whoever may see it."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.privacy.models import DataIncident
from crm.reminders.registry import Asked, Due, due, wanted

KIND = "privacy.incident"
TOLD = _("Everybody was told")


@due(KIND, label=_("Data incidents"), of="crm.DataIncident", order=2)
def untold(asked: Asked) -> Iterator[Due]:
    """Three times 24 hours after it was found."""
    if asked.user is not None and not asked.user.has_perm("crm.view_incident"):
        return
    rows = DataIncident.objects.all()
    rows = rows.filter(pk__in=asked.subjects) if asked.subjects is not None else rows.open()
    found = list(rows.order_by("due_at", "pk"))
    zone = Organisation.load().zone if found else ""
    for row in found:
        yield from wanted(_due(row, zone, asked.now), asked)


def _due(row: DataIncident, zone: str, now: dt.datetime) -> Due:
    return Due(
        kind=KIND, subject=f"crm.dataincident:{row.pk}", due_on=local_date(row.due_at, zone), due_at=row.due_at, zone=zone,
        title=_("Tell authority and people about a data incident"), owner_id=row.found_by_id,
        url=reverse("privacy-incident", args=[row.pk]), verb=_("Tell them"), icon="shield-exclamation",
        detail=hours_left(row.due_at, now), stopped_why="" if row.is_open else TOLD, changed_at=row.updated_at,
    )  # fmt: skip


def hours_left(due_at: dt.datetime, now: dt.datetime) -> object:
    """In whole hours: three days run out by the hour, not by the day."""
    hours = int((due_at - now).total_seconds() // 3600)
    return (
        _("%(hours)s hours left") % {"hours": hours}
        if hours >= 0
        else _("%(hours)s hours too late") % {"hours": -hours}
    )

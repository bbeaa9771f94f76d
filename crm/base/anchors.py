"""What windows hang on: a post, a delivery, an approval. Whoever knows its day tells it here, and windows follow."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.fields import ZoneField
from crm.base.models import Stamped
from crm.base.places import Place
from crm.base.zones import local_date


class AnchorKind(models.TextChoices):
    """What happens on the day."""

    POST = "post", _("post")
    SIGNATURE = "signature", _("signature")
    TERM = "term", _("term")
    DELIVERED = "delivered", _("delivery")
    APPROVED = "approved", _("approval")


class AnchorQuerySet(models.QuerySet["Anchor"]):
    def of_work(self, ref: str) -> "AnchorQuerySet":
        return self.filter(work_ref=ref)

    def of_kind(self, kind: str) -> "AnchorQuerySet":
        return self.filter(kind=kind)


class Anchor(Stamped):
    """One moment something is counted from: planned between two days, or happened at an instant."""

    work_ref = models.CharField(_("part of"), max_length=80, help_text="campaigns.collaboration:7")
    ref = models.CharField(_("what"), max_length=80, help_text="campaigns.deliverable:12")
    kind = models.CharField(_("kind"), max_length=10, choices=AnchorKind)
    first_on = models.DateField(_("planned from"))
    last_on = models.DateField(_("planned until"))
    happened_at = models.DateTimeField(_("happened"), null=True, blank=True)
    zone = ZoneField(_("time zone"))

    objects = AnchorQuerySet.as_manager()

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        indexes = [models.Index(fields=["work_ref", "kind"], name="anchor_work")]
        constraints = [
            models.UniqueConstraint(fields=["ref", "kind"], name="anchor_once"),
            models.CheckConstraint(condition=models.Q(first_on__lte=models.F("last_on")), name="anchor_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and last day it may fall on; the day itself once it has happened."""
        if self.happened_at is None:
            return self.first_on, self.last_on
        on = local_date(self.happened_at, self.zone)
        return on, on


@dataclass(frozen=True)
class Day:
    """What is known of one anchor now."""

    ref: str
    kind: str
    first_on: dt.date
    last_on: dt.date
    zone: str
    happened_at: dt.datetime | None = None


windows_follow: Place[Callable[[str, dt.datetime], Any]] = Place("windows_follow")
"""`@windows_follow("exclusivity")`: function(work_ref, now), in the transaction that moved an anchor of that work."""


def anchor_moved(work_ref: str, days: Collection[Day], *, now: dt.datetime) -> bool:
    """Tell all the anchors of one work as they are now; windows that hang on them follow. False when nothing moved."""
    there = {(row.ref, row.kind): row for row in Anchor.objects.of_work(work_ref)}
    wanted = {(day.ref, day.kind): day for day in days}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    moved = [day for key, day in wanted.items() if key not in there or _differs(there[key], day)]
    if not gone and not moved:
        return False
    Anchor.objects.filter(pk__in=gone).delete()
    for day in moved:
        Anchor.objects.update_or_create(
            ref=day.ref,
            kind=day.kind,
            defaults={
                "work_ref": work_ref, "first_on": day.first_on, "last_on": day.last_on, "zone": day.zone,
                "happened_at": day.happened_at,
            },
        )  # fmt: skip
    for placed in windows_follow.all():
        placed.call(work_ref, now)
    return True


def _differs(row: Anchor, day: Day) -> bool:
    return (row.first_on, row.last_on, row.zone, row.happened_at) != (
        day.first_on, day.last_on, day.zone, day.happened_at,
    )  # fmt: skip

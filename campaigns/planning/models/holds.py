"""What a deliverable waits for before it is due: a parcel that has not arrived. Rooms above put it there and lift it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.deliverable import Deliverable
from campaigns.planning.models.seen import OfCampaign
from crm.base.models import Stamped

if TYPE_CHECKING:
    from crm.team.models import User


class DeliverableHoldQuerySet(OfCampaign):
    way = "deliverable__collaboration__campaign"

    def visible_to(self, user: "User") -> "DeliverableHoldQuerySet":
        return super().visible_to(user)

    def open(self) -> "DeliverableHoldQuerySet":
        """What is still waited for."""
        return self.filter(lifted_at__isnull=True)


class DeliverableHold(Stamped):
    """One thing that holds one deliverable: until it is lifted, the deliverable is not due and nobody is reminded of it.

    `expected_on` is the day its days were planned for. When what it waits for comes so many days later, its days move by as
    many (domain rule 4.5.6); with `days_after`, the draft is due so many days after the arrival instead. `moved_days` and
    `is_our_fault` say what came of it.
    """

    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="holds", verbose_name=_("deliverable"))
    source = models.CharField(_("what it waits for"), max_length=80, help_text="campaigns.samplerequest:12")
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    days_after = models.PositiveSmallIntegerField(_("draft due, days after the arrival"), null=True, blank=True)
    since_at = models.DateTimeField(_("since"))
    arrived_on = models.DateField(_("arrived"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    moved_days = models.PositiveSmallIntegerField(_("days moved"), default=0)
    is_our_fault = models.BooleanField(_("our fault"), default=False)

    objects = DeliverableHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold on a deliverable")
        verbose_name_plural = _("holds on deliverables")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "source"], name="hold_once_per_source"),
            models.CheckConstraint(
                condition=Q(arrived_on__isnull=True) | Q(lifted_at__isnull=False), name="hold_arrived_is_lifted"
            ),
        ]
        indexes = [
            models.Index(fields=["source"], name="hold_source"),
            models.Index(fields=["deliverable"], condition=Q(lifted_at__isnull=True), name="hold_open"),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.source}"

"""What a deliverable waits for before it is due: a parcel that has not arrived. Rooms above put it there and lift it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.deliverable import Deliverable
from campaigns.planning.models.seen import OfCampaign
from crm.base.models import Stamped

if TYPE_CHECKING:
    from campaigns.planning.models.collaboration import Collaboration
    from crm.team.models import User


class DeliverableHoldQuerySet(OfCampaign):
    way = "deliverable__collaboration__campaign"

    def visible_to(self, user: "User") -> "DeliverableHoldQuerySet":
        return super().visible_to(user)

    def open(self) -> "DeliverableHoldQuerySet":
        """What still keeps its deliverable from being due."""
        return self.filter(lifted_at__isnull=True)

    def awaited(self) -> "DeliverableHoldQuerySet":
        """What has not come yet."""
        return self.open().filter(arrived_on__isnull=True)

    def undecided(self) -> "DeliverableHoldQuerySet":
        """What came too late to move the days by itself: somebody has to choose."""
        return self.open().filter(arrived_on__isnull=False)

    def unsettled(self) -> "DeliverableHoldQuerySet":
        """Whatever still counts when the last thing waited for comes."""
        return self.filter(settled_at__isnull=True)

    def of_source(self, source: str) -> "DeliverableHoldQuerySet":
        return self.filter(source=source)

    def of_card(self, card: "Collaboration") -> "DeliverableHoldQuerySet":
        return self.filter(deliverable__collaboration=card)

    def moved(self) -> "DeliverableHoldQuerySet":
        """What really moved days."""
        return self.filter(Q(moved_days__gt=0) | Q(draft_moved_days__gt=0))

    def ours(self) -> "DeliverableHoldQuerySet":
        """Days that moved because of us: nobody may hold them against her."""
        return self.moved().filter(is_our_fault=True)

    def with_work(self) -> "DeliverableHoldQuerySet":
        """With everything its words, its page and its story need, in the same query."""
        return self.select_related(
            "deliverable__format__platform",
            "deliverable__collaboration__influencer",
            "deliverable__collaboration__campaign__brand",
            "deliverable__collaboration__campaign__owner",
        )


class DeliverableHold(Stamped):
    """One thing that holds one deliverable: until it is lifted, the deliverable is not due and nobody is reminded of it.

    `expected_on` is the day its days were planned for. When what it waits for comes so many days later, its days move by as
    many (domain rule 4.5.6); with `days_after`, the draft is due so many days after the arrival instead, and `expected_on`
    is as many days before the planned one. What arrived and is still open came too late for the campaign, and somebody has
    to choose. Holds settled in the same moment were waited for together.
    """

    class Outcome(models.TextChoices):
        IN_TIME = "in_time", _("Came in time")
        MOVED = "moved", _("Days moved")
        WIDENED = "widened", _("Campaign made longer")
        SHORTENED = "shortened", _("Review made shorter")
        DROPPED = "dropped", _("Dropped")
        BY_HAND = "by_hand", _("Days set by hand")
        NOTHING = "nothing", _("Nothing was left to move")
        LET_GO = "let_go", _("Not waited for any more")

    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="holds", verbose_name=_("deliverable"))
    source = models.CharField(_("what it waits for"), max_length=80, help_text="campaigns.samplerequest:12")
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    days_after = models.PositiveSmallIntegerField(_("draft due, days after the arrival"), null=True, blank=True)
    since_at = models.DateTimeField(_("since"))
    arrived_on = models.DateField(_("arrived"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=9, choices=Outcome, blank=True)
    moved_days = models.PositiveSmallIntegerField(_("days the post moved"), default=0)
    draft_moved_days = models.PositiveSmallIntegerField(_("days the draft moved"), default=0)
    is_our_fault = models.BooleanField(_("our fault"), default=False)

    objects = DeliverableHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold on a deliverable")
        verbose_name_plural = _("holds on deliverables")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "source"], name="hold_once_per_source"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | (Q(lifted_at__isnull=False) & ~Q(outcome="")),
                name="hold_settled_is_lifted",
            ),
        ]
        indexes = [
            models.Index(fields=["source"], name="hold_source"),
            models.Index(fields=["deliverable"], condition=Q(lifted_at__isnull=True), name="hold_open"),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.source}"

    @property
    def late_days(self) -> int:
        """How many days after the expected one it came; 0 in time, and where nothing was expected."""
        if self.arrived_on is None or self.expected_on is None:
            return 0
        return max(0, (self.arrived_on - self.expected_on).days)

    @property
    def is_undecided(self) -> bool:
        return self.arrived_on is not None and self.lifted_at is None

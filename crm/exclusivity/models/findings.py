"""Where a promise and a piece of work meet, kept until it is settled."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import Stamped
from crm.brands.models import Brand
from crm.exclusivity.models.clauses import Clause
from crm.influencers.models import Influencer
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: "User") -> "FindingQuerySet":
        """Those about brands the colleague may see, on either side; the other side is masked."""
        brands = user.brand_ids()
        if brands is None:
            return self
        return self.filter(models.Q(clause__brand_id__in=brands) | models.Q(brand_id__in=brands))

    def of_promises_seen_by(self, user: "User") -> "FindingQuerySet":
        """Those whose promised brand is the colleague's own: only there she decides."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(clause__brand_id__in=brands)

    def worse_than_a_remark(self) -> "FindingQuerySet":
        return self.filter(severity__gt=Finding.Severity.INFO)

    def open(self) -> "FindingQuerySet":
        return self.filter(status=Finding.Status.OPEN)

    def unsettled(self) -> "FindingQuerySet":
        return self.filter(status__in=[Finding.Status.OPEN, Finding.Status.ACKNOWLEDGED])

    def waived(self) -> "FindingQuerySet":
        return self.filter(status=Finding.Status.WAIVED)

    def waived_pairs(self) -> set[tuple[int, str]]:
        """Which work was allowed beside which clause."""
        return set(self.waived().values_list("clause_id", "engagement_ref"))

    def blocking_pairs(self) -> set[tuple[int, str]]:
        """Which work stands against which clause already, as somebody knows and has not settled."""
        blocking = self.unsettled().filter(severity=Finding.Severity.BLOCK)
        return set(blocking.values_list("clause_id", "engagement_ref"))

    def of_people(self, people: "list[int] | set[int] | frozenset[int]") -> "FindingQuerySet":
        return self.filter(influencer_id__among=people)

    def settled(self) -> "FindingQuerySet":
        return self.exclude(status__in=[Finding.Status.OPEN, Finding.Status.ACKNOWLEDGED])

    def touching(self, brand: int) -> "FindingQuerySet":
        """With this brand on either side."""
        return self.filter(models.Q(clause__brand_id=brand) | models.Q(brand_id=brand))

    def latest_first(self) -> "FindingQuerySet":
        return self.order_by(models.F("decided_at").desc(nulls_last=True), "-id")

    def asked_for(self) -> "FindingQuerySet":
        """Those somebody wants to allow and a second person has to agree to."""
        return self.unsettled().exclude(wished_why="")

    def of_direction(self, *directions: str) -> "FindingQuerySet":
        return self.filter(direction__in=directions)

    def of_work(self, ref: str) -> "FindingQuerySet":
        return self.filter(engagement_ref=ref)

    def with_sides(self) -> "FindingQuerySet":
        """Everything a line about a finding says."""
        sides = self.select_related("clause__brand", "clause__influencer__owner", "influencer__owner", "brand")
        return sides.select_related("decided_by", "wished_by", "case").prefetch_related("clause__categories")

    def worst_first(self) -> "FindingQuerySet":
        return self.order_by("-severity", "overlap_start_at", "id")


class Finding(Stamped):
    """One clause and one piece of work that meet. Found again it is the same row; names are kept as they were."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("a state", "Open")
        ACKNOWLEDGED = "acknowledged", _("Seen")
        WAIVED = "waived", _("Allowed")
        RESOLVED = "resolved", _("Settled")
        FALSE_POSITIVE = "false_positive", _("No conflict")

    class Direction(models.TextChoices):
        NEW_WORK = "new_work", _("New work hits a promise")
        NEW_CLAUSE = "new_clause", _("A new promise hits work")
        BREACH = "breach", _("It happened")
        AMENDMENT = "amendment", _("A changed promise hits earlier work")

    class Severity(models.IntegerChoices):
        INFO = 1, _("For information")
        WARN = 2, _("Warning")
        BLOCK = 3, _("Refused")

    MOVES: ClassVar[Moves] = {
        Status.ACKNOWLEDGED: (Status.OPEN,),
        Status.WAIVED: (Status.OPEN, Status.ACKNOWLEDGED),
        Status.FALSE_POSITIVE: (Status.OPEN, Status.ACKNOWLEDGED),
        Status.RESOLVED: (Status.OPEN, Status.ACKNOWLEDGED),
        Status.OPEN: (Status.RESOLVED, Status.FALSE_POSITIVE, Status.WAIVED),
    }
    TONES: ClassVar[dict[int, str]] = {Severity.BLOCK: "bad", Severity.WARN: "warn", Severity.INFO: "info"}

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="findings", verbose_name=_("clause"))
    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, related_name="+", verbose_name=_("works for"))
    engagement_ref = models.CharField(_("work"), max_length=80)
    engagement_label = models.CharField(_("work"), max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    direction = models.CharField(_("how"), max_length=10, choices=Direction, default=Direction.NEW_WORK)
    severity = models.SmallIntegerField(_("weight"), choices=Severity)
    overlap_start_at = models.DateTimeField(_("from"), null=True, blank=True)
    overlap_end_at = models.DateTimeField(_("until"), null=True, blank=True)
    overlap_days = models.PositiveIntegerField(_("days"), null=True, blank=True)
    reasons = models.JSONField(_("reasons"), default=list)
    status = models.CharField(_("status"), max_length=14, choices=Status, default=Status.OPEN, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    why = models.CharField(_("because"), max_length=300, blank=True)
    wished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("wants to allow it"),
    )  # fmt: skip
    wished_why = models.CharField(_("wants to allow it because"), max_length=300, blank=True, default="")

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-severity", "id"]
        indexes = [
            models.Index(fields=["influencer", "status"], name="finding_person"),
            models.Index(fields=["engagement_ref"], name="finding_work"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(status="waived") | ~models.Q(why=""), name="waiver_has_reason")
        ]

    def __str__(self) -> str:
        """The promise alone: whoever reads its story need not work for the brand the work is for."""
        return f"{self.clause}, {self.get_severity_display()}"

    @property
    def tone(self) -> str:
        return self.TONES[self.severity]

    @property
    def is_unsettled(self) -> bool:
        return self.status in (self.Status.OPEN, self.Status.ACKNOWLEDGED)

    def may_be(self, to: str) -> bool:
        return may_move(self, to, self.MOVES)

    def decide(
        self, to: str, *, by: "User", at: dt.datetime, verb: str, sentence: Any, why: str = "", **also: Any
    ) -> None:
        """Somebody decides about it, told in the story of the promise. Raises TransitionRefused."""
        move(
            self,
            to,
            moves=self.MOVES,
            at=at,
            actor=Actor.user(by),
            verb=verb,
            sentence=sentence,
            params={"brand": self.clause.brand, "why": why},
            influencer=self.influencer_id,
            brand=self.clause.brand_id,
            also={"decided_by": by, "decided_at": at, "why": why, "wished_by": None, "wished_why": "", **also},
        )

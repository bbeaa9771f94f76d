"""When a promise seems to be broken: a case that people take step by step, and evidence nobody can change."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import ZoneField
from crm.base.models import Stamped, StoredFile
from crm.base.zones import end_of_day
from crm.brands.models import Brand
from crm.exclusivity.models.findings import Finding
from crm.influencers.models import Influencer
from crm.timeline.guards import append_only
from crm.timeline.models import Channel
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move, move

if TYPE_CHECKING:
    from crm.team.models import User


class BreachCaseQuerySet(models.QuerySet["BreachCase"]):
    def visible_to(self, user: "User") -> "BreachCaseQuerySet":
        """Cases of brands the colleague works for; nobody else hears of them."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def running(self) -> "BreachCaseQuerySet":
        return self.exclude(status__in=BreachCase.OVER)

    def confirmed(self) -> "BreachCaseQuerySet":
        """A promise was broken, as somebody confirmed, and it was neither put right nor let go."""
        return self.filter(status__in=BreachCase.CONFIRMED)

    def over(self) -> "BreachCaseQuerySet":
        return self.filter(status__in=BreachCase.OVER)

    def of_people(self, people: "list[int] | set[int] | frozenset[int]") -> "BreachCaseQuerySet":
        return self.filter(influencer_id__among=people)

    def due_between(self, first: dt.date, last: dt.date) -> "BreachCaseQuerySet":
        """Those with time to put it right whose last day is one of these."""
        return self.filter(status__in=BreachCase.CURING, cure_due_on__range=(first, last))

    def told_before(self, at: dt.datetime) -> "BreachCaseQuerySet":
        """Those she was told of before this instant whose time to put it right has not been noted as begun."""
        return self.filter(status=BreachCase.Status.NOTIFIED, notified_at__lt=at)

    def with_sides(self) -> "BreachCaseQuerySet":
        """Everything a line about a case says, in one query."""
        return self.select_related("finding__clause__brand", "finding__brand", "influencer", "brand", "owner")


class BreachCase(Stamped):
    """One piece of work that seems to break one promise, from the suspicion to what came of it.

    Only people move it on; what Mitra does by itself is to count the days she has to put it right.
    """

    class Status(models.TextChoices):
        SUSPECTED = "suspected", _("Suspected")
        UNDER_REVIEW = "under_review", _("Being looked at")
        DISMISSED = "dismissed", _("Was nothing")
        CONFIRMED = "confirmed", _("Confirmed")
        NOTIFIED = "notified", _("She was told")
        CURE_PERIOD = "cure_period", _("Time to put it right")
        CURED = "cured", _("Put right")
        REMEDIED = "remedied", _("Made good")
        WAIVED = "waived", _("Let go")
        ESCALATED = "escalated", _("Goes further")
        TERMINATED = "terminated", _("Deal ended")

    class Remedy(models.TextChoices):
        TAKEDOWN = "takedown", _("the post was taken down or changed")
        MAKE_GOOD = "make_good", _("an extra post")
        WITHHELD = "withheld", _("pay was withheld or reduced")

    MOVES: ClassVar[Moves] = {
        Status.UNDER_REVIEW: (Status.SUSPECTED, Status.DISMISSED),
        Status.DISMISSED: (Status.SUSPECTED, Status.UNDER_REVIEW),
        Status.CONFIRMED: (Status.UNDER_REVIEW,),
        Status.NOTIFIED: (Status.CONFIRMED,),
        Status.CURE_PERIOD: (Status.NOTIFIED,),
        Status.CURED: (Status.NOTIFIED, Status.CURE_PERIOD, Status.ESCALATED),
        Status.REMEDIED: (Status.NOTIFIED, Status.CURE_PERIOD, Status.ESCALATED),
        Status.WAIVED: (Status.CONFIRMED, Status.NOTIFIED, Status.CURE_PERIOD, Status.ESCALATED),
        Status.ESCALATED: (Status.NOTIFIED, Status.CURE_PERIOD),
        Status.TERMINATED: (Status.ESCALATED,),
    }
    OVER: ClassVar[tuple[str, ...]] = (
        Status.DISMISSED, Status.CURED, Status.REMEDIED, Status.WAIVED, Status.TERMINATED,
    )  # fmt: skip
    CURING: ClassVar[tuple[str, ...]] = (Status.NOTIFIED, Status.CURE_PERIOD)
    CONFIRMED: ClassVar[tuple[str, ...]] = (
        Status.CONFIRMED, Status.NOTIFIED, Status.CURE_PERIOD, Status.ESCALATED, Status.TERMINATED,
    )  # fmt: skip
    TONES: ClassVar[dict[str, str]] = {
        Status.SUSPECTED: "warn", Status.UNDER_REVIEW: "warn", Status.CONFIRMED: "bad", Status.NOTIFIED: "info",
        Status.CURE_PERIOD: "info", Status.CURED: "ok", Status.REMEDIED: "ok", Status.ESCALATED: "bad",
        Status.TERMINATED: "bad",
    }  # fmt: skip

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="case", verbose_name=_("finding"))
    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("promised to"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.SUSPECTED, editable=False)
    zone = ZoneField(_("time zone"))
    cure_days = models.PositiveSmallIntegerField(_("days to put it right"), default=3)
    notified_at = models.DateTimeField(_("told"), null=True, blank=True, editable=False)
    notified_by = models.CharField(_("how she was told"), max_length=10, choices=Channel, blank=True, editable=False)
    notice = models.TextField(_("what she was told"), blank=True, editable=False)
    cure_due_on = models.DateField(_("put right by"), null=True, blank=True, editable=False)
    remedy = models.CharField(_("made good by"), max_length=10, choices=Remedy, blank=True, editable=False)
    why = models.CharField(_("because"), max_length=300, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = BreachCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach case")
        verbose_name_plural = _("breach cases")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["influencer", "status"], name="case_person"),
            models.Index(fields=["status", "cure_due_on"], name="case_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=("notified", "cure_period"))
                | Q(notified_at__isnull=False, cure_due_on__isnull=False),
                name="case_told_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("dismissed", "waived", "escalated", "terminated")) | ~Q(why=""),
                name="case_decision_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="remedied", remedy__gt="") | (~Q(status="remedied") & Q(remedy="")),
                name="case_made_good_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.influencer}: {self.brand}"

    @property
    def tone(self) -> str:
        return self.TONES.get(self.status, "mute")

    @property
    def is_over(self) -> bool:
        return self.status in self.OVER

    @property
    def cure_due_at(self) -> dt.datetime | None:
        """The end of the last day to put it right, where the promise is counted."""
        return end_of_day(self.cure_due_on, self.zone) if self.cure_due_on else None

    def may_be(self, to: str) -> bool:
        return may_move(self, to, self.MOVES)

    def go(self, to: str, *, at: dt.datetime, actor: Actor, quote: str = "", channel: str = "", **also: Any) -> None:
        """One step; `also` are columns that belong to it. Raises TransitionRefused."""
        also["closed_at"] = at if to in self.OVER else None
        move(
            self,
            to,
            moves=self.MOVES,
            at=at,
            actor=actor,
            verb=f"case.{to}",
            sentence=SENTENCES[BreachCase.Status(to)],
            params={"brand": self.brand, "why": also.get("why", "")},
            influencer=self.influencer_id,
            brand=self.brand_id,
            quote=quote,
            channel=channel,
            also=also,
        )


SENTENCES: dict[str, Any] = {
    BreachCase.Status.SUSPECTED: _("The promise to %(brand)s may have been broken"),
    BreachCase.Status.UNDER_REVIEW: _("Looking into whether the promise to %(brand)s was broken"),
    BreachCase.Status.DISMISSED: _("The promise to %(brand)s was not broken: %(why)s"),
    BreachCase.Status.CONFIRMED: _("The promise to %(brand)s was broken, as somebody confirmed"),
    BreachCase.Status.NOTIFIED: _("She was told about the promise to %(brand)s"),
    BreachCase.Status.CURE_PERIOD: _("The days to put it right for %(brand)s run"),
    BreachCase.Status.CURED: _("It was put right for %(brand)s"),
    BreachCase.Status.REMEDIED: _("It was made good for %(brand)s"),
    BreachCase.Status.WAIVED: _("The case about the promise to %(brand)s was let go: %(why)s"),
    BreachCase.Status.ESCALATED: _("The case about the promise to %(brand)s goes further: %(why)s"),
    BreachCase.Status.TERMINATED: _("The deal with %(brand)s was ended over it: %(why)s"),
}


@append_only
class CaseEvidence(models.Model):
    """What was seen, as it was at that moment: an address, a picture with its checksum. Never changed, never deleted."""

    case = models.ForeignKey(
        BreachCase, models.DO_NOTHING, db_constraint=False, related_name="evidence", verbose_name=_("breach case")
    )
    url = models.URLField(_("address of the post"), max_length=400, blank=True)
    file = models.ForeignKey(
        StoredFile, models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="+",
        verbose_name=_("screenshot"),
    )  # fmt: skip
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    captured_at = models.DateTimeField(_("seen"))
    added_at = models.DateTimeField(_("added"))
    added_by = models.CharField(_("added by"), max_length=160)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["captured_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(url="") | Q(file__isnull=False), name="evidence_shows_something"),
            models.CheckConstraint(condition=Q(file__isnull=True) | ~Q(sha256=""), name="evidence_file_has_checksum"),
        ]

    def __str__(self) -> str:
        return self.url or self.sha256[:12]

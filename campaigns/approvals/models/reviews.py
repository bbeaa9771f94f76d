"""Where a version stands between those who say yes, what each of them said, and how outsiders get in to say it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.approvals.models.policy import ReviewStage
from campaigns.approvals.models.seen import OfVersion
from campaigns.approvals.models.versions import ContentVersion
from campaigns.planning.models import Collaboration
from campaigns.planning.models.seen import OfCollaboration
from crm.base.models import Stamped
from crm.outbox.models import Contact
from crm.timeline.guards import append_only
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, TransitionRefused, move


class ReviewQuerySet(OfVersion):
    def with_card(self) -> "ReviewQuerySet":
        """With everything its name, its story and its page need, in the same query."""
        return self.select_related(
            "version__deliverable__format__platform",
            "version__deliverable__account",
            "version__deliverable__collaboration__influencer",
            "version__deliverable__collaboration__campaign__brand",
            "version__deliverable__collaboration__campaign__owner",
        )

    def waiting(self) -> "ReviewQuerySet":
        """Somebody still has to say something."""
        return self.filter(status=Review.Status.IN_REVIEW)


class Review(Stamped):
    """What became of one version. `due_at` is the instant by which it is to be decided; empty once it is.

    `holds` and `warns` count what the checks found last and nobody waived.
    """

    class Status(models.TextChoices):
        IN_REVIEW = "in_review", _("Waits for a decision")
        CHANGES = "changes", _("Changes asked")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REPLACED = "replaced", _("Replaced by a newer version")

    MOVES: ClassVar[Moves] = {
        "changes": ("in_review", "approved"),
        "approved": ("in_review",),
        "rejected": ("in_review",),
        "withdrawn": ("in_review", "approved"),
        "replaced": ("in_review", "approved", "changes"),
        "in_review": (),
    }
    TONES: ClassVar[dict[str, str]] = {
        Status.IN_REVIEW: "info",
        Status.CHANGES: "warn",
        Status.APPROVED: "ok",
        Status.REJECTED: "bad",
        Status.WITHDRAWN: "mute",
        Status.REPLACED: "mute",
    }

    version = models.OneToOneField(
        ContentVersion, models.DO_NOTHING, db_constraint=False, related_name="review", verbose_name=_("version")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.IN_REVIEW, editable=False)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    opened_at = models.DateTimeField(_("began"))
    first_due_at = models.DateTimeField(_("first look by"), null=True, blank=True)
    due_at = models.DateTimeField(_("decided by"), null=True, blank=True)
    first_seen_at = models.DateTimeField(_("first said something"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    by_itself = models.BooleanField(_("approved by itself"), default=False, editable=False)
    warned_half_at = models.DateTimeField(_("warned at half time"), null=True, blank=True, editable=False)
    warned_last_at = models.DateTimeField(_("warned six hours before"), null=True, blank=True, editable=False)
    late_hours = models.PositiveIntegerField(_("hours we were late"), default=0, editable=False)
    holds = models.PositiveSmallIntegerField(_("findings that hold it"), default=0, editable=False)
    warns = models.PositiveSmallIntegerField(_("findings to know"), default=0, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="in_review") | Q(decided_at__isnull=False), name="review_decided_has_time"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(status="in_review"), name="review_waiting")]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_status_display()}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.IN_REVIEW

    def end(
        self, to: str, verb: str, sentence: Any, *, at: dt.datetime, actor: Actor, note: str = "",
        also: Mapping[str, Any] | None = None, **told: Any,
    ) -> None:  # fmt: skip
        """It came to something; its clock stands still. Raises TransitionRefused when it had come to something else."""
        card = self.version.deliverable.collaboration
        ended: dict[str, Any] = {"decided_at": at, "due_at": None, **(also or {})}
        params = {"version": self.version, "what": self.version.deliverable, "note": note}
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=verb, sentence=sentence, also=ended, params=params,
            influencer=card.influencer_id, brand=card.campaign.brand_id, **told,
        )  # fmt: skip


class ReviewStep(models.Model):
    """One stage of one review, as the policy was when it began. Only one is open at a time, in their order.

    Its state follows from what is said and is told with it: the story has one line for each thing somebody said.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not yet")
        OPEN = "open", _("Its turn")
        PASSED = "passed", _("Said yes")
        STOPPED = "stopped", _("Ended here")

    MOVES: ClassVar[Moves] = {
        "open": ("waiting",),
        "passed": ("open",),
        "stopped": ("open",),
        "waiting": (),
    }

    review = models.ForeignKey(Review, models.CASCADE, related_name="steps", verbose_name=_("review"))
    stage = models.ForeignKey(
        ReviewStage, models.SET_NULL, db_constraint=False, null=True, blank=True, related_name="+",
        verbose_name=_("review stage"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    role = models.CharField(_("who"), max_length=12, choices=ReviewStage.Role, default=ReviewStage.Role.COORDINATOR)
    quorum = models.CharField(_("how many"), max_length=3, choices=ReviewStage.Quorum, default=ReviewStage.Quorum.ANY)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("colleagues")
    )
    guests = models.ManyToManyField(Contact, blank=True, related_name="+", verbose_name=_("guests"))
    decider = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decision maker")
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING, editable=False)
    opened_at = models.DateTimeField(_("its turn since"), null=True, blank=True, editable=False)
    passed_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")
        ordering = ["review", "position"]
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="review_step_once"),
            models.UniqueConstraint(fields=["review"], condition=Q(state="open"), name="review_one_open_step"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    def turn(self, to: str, *, at: dt.datetime) -> None:
        """Its turn comes, or ends. Raises TransitionRefused where it had already."""
        stamp = "opened_at" if to == self.State.OPEN else "passed_at"
        turned = ReviewStep._base_manager.filter(pk=self.pk, state__in=self.MOVES[to])
        if not turned.update(state=to, **{stamp: at}):
            now = ReviewStep._base_manager.values_list("state", flat=True).get(pk=self.pk)
            raise TransitionRefused(self, to, now, "state")
        self.state = to
        setattr(self, stamp, at)


@append_only
class ReviewDecision(models.Model):
    """What one person said of one version, bound to its hash. Rows are only added; saying something else adds one."""

    class Verdict(models.TextChoices):
        APPROVE = "approve", _("Yes")
        CHANGES = "changes", _("Changes, please")
        REJECT = "reject", _("No")
        BY_ITSELF = "by_itself", _("Yes, because nobody said anything in time")

    version = models.ForeignKey(
        ContentVersion, models.DO_NOTHING, db_constraint=False, related_name="decisions", verbose_name=_("version")
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    step = models.ForeignKey(
        ReviewStep, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="decisions",
        verbose_name=_("step"),
    )  # fmt: skip
    role = models.CharField(_("who"), max_length=12, choices=ReviewStage.Role)
    verdict = models.CharField(_("says"), max_length=9, choices=Verdict)
    settles = models.BooleanField(_("settled the step"), default=False)
    by_user = models.PositiveBigIntegerField(_("colleague"), null=True, blank=True)
    by_contact = models.PositiveBigIntegerField(_("guest"), null=True, blank=True)
    by_label = models.CharField(_("name"), max_length=160)
    noted_for = models.CharField(_("said by"), max_length=160, blank=True, help_text=_("Noted by a colleague."))
    channel = models.CharField(_("heard by"), max_length=12, blank=True)
    comment = models.TextField(_("in words"), blank=True)
    at = models.DateTimeField(_("said"))

    objects = OfVersion.as_manager()

    class Meta:
        verbose_name = _("review decision")
        verbose_name_plural = _("review decisions")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.by_label}: {self.get_verdict_display()}"


class ExtraRound(Stamped):
    """A round of changes beyond what was agreed: why, and what it adds to her fee (domain rule 5.2, rule 2)."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="extra_rounds", verbose_name=_("collaboration")
    )
    version = models.OneToOneField(
        ContentVersion, models.DO_NOTHING, db_constraint=False, related_name="extra_round", verbose_name=_("version")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    reason = models.CharField(_("why"), max_length=300)
    fee = MoneyField(
        _("adds to the fee"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )

    objects = OfCollaboration.as_manager()

    class Meta:
        verbose_name = _("further round")
        verbose_name_plural = _("further rounds")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.collaboration}: {self.round}"

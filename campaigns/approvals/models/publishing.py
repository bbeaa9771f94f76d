"""What went out: where it stands, what its caption says today, what differs from what was approved, whether it stays."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models.seen import OfDeliverable
from campaigns.approvals.models.versions import ContentVersion
from campaigns.planning.models import Deliverable
from campaigns.planning.models.seen import OfCampaign
from crm.base.models import Stamped, StoredFile
from crm.influencers.models import Platform
from crm.timeline.transitions import Moves


class LivePostQuerySet(OfDeliverable):
    def standing(self) -> "LivePostQuerySet":
        return self.exclude(status=LivePost.Status.REMOVED)

    def unverified(self) -> "LivePostQuerySet":
        return self.filter(status=LivePost.Status.PUBLISHED)


class LivePost(Stamped):
    """One deliverable on one platform, once it is out. `version` is what had been approved by then; empty: nothing was.

    `live_caption` is what stands there, as somebody pasted or typed it; `seen_at` when.
    """

    class Status(models.TextChoices):
        PUBLISHED = "published", _("Out, not compared yet")
        VERIFIED = "verified", _("As approved")
        DEVIATED = "deviated", _("Differs from what was approved")
        REMOVED = "removed", _("No longer online")

    MOVES: ClassVar[Moves] = {
        "verified": ("published", "deviated", "removed"),
        "deviated": ("published", "verified", "removed"),
        "removed": ("published", "verified", "deviated"),
        "published": ("verified", "deviated", "removed"),
    }
    TONES: ClassVar[dict[str, str]] = {
        Status.PUBLISHED: "info",
        Status.VERIFIED: "ok",
        Status.DEVIATED: "bad",
        Status.REMOVED: "bad",
    }

    deliverable = models.ForeignKey(
        Deliverable, models.CASCADE, related_name="live_posts", verbose_name=_("deliverable")
    )
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="+", verbose_name=_("platform"))
    version = models.ForeignKey(
        ContentVersion, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="live_posts",
        verbose_name=_("approved version"),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.PUBLISHED, editable=False)
    url = models.URLField(_("address of the post"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published on"))
    live_caption = models.TextField(_("caption as it stands there"), blank=True)
    seen_at = models.DateTimeField(_("looked at"), null=True, blank=True, editable=False)
    seen_by = models.CharField(_("by"), max_length=160, blank=True)
    label_seen = models.BooleanField(_("the platform's label is on"), null=True, blank=True)
    frames = models.PositiveSmallIntegerField(_("frames"), null=True, blank=True)
    frames_labelled = models.PositiveSmallIntegerField(_("frames with the label"), null=True, blank=True)
    spoken_at = models.PositiveSmallIntegerField(_("said out loud at, seconds"), null=True, blank=True)
    shown_from = models.PositiveSmallIntegerField(_("shown from, seconds"), null=True, blank=True)
    shown_for = models.PositiveSmallIntegerField(_("shown for, seconds"), null=True, blank=True)
    live_until = models.DateField(_("stays online until"), null=True, blank=True)
    removed_at = models.DateTimeField(_("gone since"), null=True, blank=True, editable=False)
    proofs = models.ManyToManyField(StoredFile, blank=True, related_name="+", verbose_name=_("proofs"))

    objects = LivePostQuerySet.as_manager()

    class Meta:
        verbose_name = _("live post")
        verbose_name_plural = _("live posts")
        ordering = ["-published_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "platform"], name="live_post_once"),
            models.CheckConstraint(
                condition=Q(frames_labelled__isnull=True) | Q(frames_labelled__lte=models.F("frames")),
                name="live_post_frames",
                violation_error_message=_("There cannot be more labelled frames than frames."),
            ),
            models.CheckConstraint(
                condition=~Q(status="removed") | Q(removed_at__isnull=False), name="live_post_removed_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable}, {self.platform}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]


class OfLivePost(OfCampaign):
    way = "post__deliverable__collaboration__campaign"


class DeviationQuerySet(OfLivePost):
    def open(self) -> "DeviationQuerySet":
        return self.filter(closed_at__isnull=True)


class Deviation(Stamped):
    """A case: what went out differs from what was agreed. It is open until somebody says what becomes of it."""

    class Kind(models.TextChoices):
        CAPTION = "caption", _("The caption was changed")
        UNAPPROVED = "unapproved", _("Posted without an approval")
        EARLY = "early", _("Posted before its window")
        LATE = "late", _("Posted after its window")
        EMBARGO = "embargo", _("Posted before the embargo ended")
        LABEL = "label", _("The label is missing")
        FRAMES = "frames", _("Not every frame carries the label")
        VIDEO = "video", _("The video does not say it well enough")
        REMOVED = "removed", _("Taken down too early")

    class Outcome(models.TextChoices):
        MENDED = "mended", _("Mended by her")
        ACCEPTED = "accepted", _("Accepted as it is")
        BREACH = "breach", _("A breach of what was agreed")
        MISTAKE = "mistake", _("It was none")

    post = models.ForeignKey(LivePost, models.CASCADE, related_name="deviations", verbose_name=_("live post"))
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    details = models.JSONField(_("details"), default=dict, blank=True)
    found_at = models.DateTimeField(_("found"))
    asked_at = models.DateTimeField(_("she was asked"), null=True, blank=True, editable=False)
    mend_by = models.DateField(_("to be mended by"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DeviationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")
        ordering = ["-found_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "kind"], condition=Q(closed_at__isnull=True), name="deviation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(outcome=""), name="deviation_closed_has_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.post}"


class LiveCheckQuerySet(OfLivePost):
    def open(self) -> "LiveCheckQuerySet":
        return self.filter(done_at__isnull=True)


class LiveCheck(Stamped):
    """One look whether a post still stands, due on a day; the answer closes it."""

    post = models.ForeignKey(LivePost, models.CASCADE, related_name="live_checks", verbose_name=_("live post"))
    due_on = models.DateField(_("due"))
    done_at = models.DateTimeField(_("looked at"), null=True, blank=True, editable=False)
    done_by = models.CharField(_("by"), max_length=160, blank=True)
    is_live = models.BooleanField(_("it is online"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = LiveCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a live post")
        verbose_name_plural = _("looks at live posts")
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["post", "due_on"], name="live_check_once")]

    def __str__(self) -> str:
        return f"{self.post}, {self.due_on}"


class ReplyPromise(Stamped):
    """She answers comments for so many hours after posting (domain rule R1-67); looked at by hand."""

    deliverable = models.OneToOneField(
        Deliverable, models.CASCADE, related_name="reply_promise", verbose_name=_("deliverable")
    )
    hours = models.PositiveSmallIntegerField(_("answers comments for, hours"), default=24)
    replies = models.PositiveIntegerField(_("comments answered"), null=True, blank=True)
    kept = models.BooleanField(_("kept"), null=True, blank=True)
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True, editable=False)
    checked_by = models.CharField(_("by"), max_length=160, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = OfDeliverable.as_manager()

    class Meta:
        verbose_name = _("promise to answer comments")
        verbose_name_plural = _("promises to answer comments")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.deliverable)

"""What went out: where it stands, what its caption says today, and whether she answers below it."""

import datetime as dt
from typing import Any, ClassVar, Unpack

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models.seen import OfDeliverable
from campaigns.approvals.models.versions import ContentVersion
from campaigns.planning.models import Deliverable
from campaigns.planning.models.told import Told
from crm.base.models import Stamped, StoredFile
from crm.influencers.models import Platform
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, move


class LivePostQuerySet(OfDeliverable):
    def standing(self) -> "LivePostQuerySet":
        return self.exclude(status=LivePost.Status.REMOVED)

    def unverified(self) -> "LivePostQuerySet":
        return self.filter(status=LivePost.Status.PUBLISHED)

    def with_card(self) -> "LivePostQuerySet":
        """With everything its page, its story and its dues need, in the same query."""
        return self.select_related(
            "platform",
            "version",
            "deliverable__format__platform",
            "deliverable__reply_promise",
            "deliverable__collaboration__influencer",
            "deliverable__collaboration__campaign__brand",
            "deliverable__collaboration__campaign__owner",
        )


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
        return str(self.deliverable) if self.is_first else f"{self.deliverable}, {self.platform}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]

    @property
    def is_first(self) -> bool:
        """On the platform the deliverable was planned for; its address and screenshot are the deliverable's own."""
        return self.platform_id == self.deliverable.format.platform_id

    @property
    def lasts(self) -> bool:
        """Whether it stays, unlike a story."""
        return self.deliverable.format.lasts_hours is None

    def stand(self, to: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """How it stands now; nothing happens where it stands so already."""
        if to == self.status:
            return
        verb, sentence = STANDS[to]
        also: dict[str, Any] = {"removed_at": at if to == self.Status.REMOVED else None}
        move(
            self,
            to,
            moves=self.MOVES,
            at=at,
            actor=actor,
            verb=verb,
            sentence=sentence,
            also=also,
            **self.said(),
            **told,
        )

    def said(self) -> dict[str, Any]:
        """Whom and what a line of the story about it is about."""
        card = self.deliverable.collaboration
        params = {"what": self.deliverable, "platform": self.platform, "campaign": card.campaign}
        return {"params": params, "influencer": card.influencer_id, "brand": card.campaign.brand_id}


STANDS: dict[str, tuple[str, Any]] = {
    LivePost.Status.PUBLISHED: ("post.to_compare", _("%(what)s for %(campaign)s on %(platform)s is to be compared")),
    LivePost.Status.VERIFIED: ("post.verified", _("%(what)s for %(campaign)s on %(platform)s is as approved")),
    LivePost.Status.DEVIATED: ("post.deviated", _("%(what)s for %(campaign)s on %(platform)s differs from what was approved")),
    LivePost.Status.REMOVED: ("post.removed", _("%(what)s for %(campaign)s on %(platform)s is no longer online")),
}  # fmt: skip


class ReplyPromiseQuerySet(OfDeliverable):
    def unchecked(self) -> "ReplyPromiseQuerySet":
        return self.filter(checked_at__isnull=True)


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

    objects = ReplyPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise to answer comments")
        verbose_name_plural = _("promises to answer comments")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.deliverable)

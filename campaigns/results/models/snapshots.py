"""What was counted of a post at one moment, where it came from, and files many numbers came in."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign
from campaigns.planning.models.seen import OfCampaign
from crm.base.models import Stamped, StoredFile

MARKS = (24, 72, 168, 720)
"""Hours after posting at which reports look: 24 h, 72 h, 7 days, 30 days."""


class ResultFileQuerySet(OfCampaign):
    def standing(self) -> "ResultFileQuerySet":
        return self.filter(undone_at__isnull=True)


class ResultFile(Stamped):
    """One file of numbers or orders: rehearsed, brought in, and undone as a whole."""

    class Kind(models.TextChoices):
        NUMBERS = "numbers", _("Numbers of posts")
        ORDERS = "orders", _("Orders and redemptions")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="result_files", verbose_name=_("campaign"))
    kind = models.CharField(_("what it holds"), max_length=7, choices=Kind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    taken = models.PositiveIntegerField(_("rows brought in"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    brought_at = models.DateTimeField(_("brought in"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)

    objects = ResultFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of results")
        verbose_name_plural = _("files of results")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return str(self.file)


class PostSnapshotQuerySet(OfCampaign):
    way: ClassVar[str] = "live_post__deliverable__collaboration__campaign"

    def standing(self) -> "PostSnapshotQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self) -> "PostSnapshotQuerySet":
        return self.order_by("-taken_at", "-id")

    def of_campaigns(self, campaigns: "models.QuerySet[Campaign] | set[int] | list[int]") -> "PostSnapshotQuerySet":
        return self.filter(live_post__deliverable__collaboration__campaign__in=campaigns)


class PostSnapshot(Stamped):
    """Counts of one post at one moment; each component by itself, empty where nobody knows, never 0 for unknown.

    Rows are only added; a wrong one is withdrawn and stays. `hours` are whole hours since the post went out; `followers`
    those of the account on the day it went out (domain rules, section 8.1).
    """

    class Source(models.TextChoices):
        TYPED = "typed", _("Typed in")
        SCREENSHOT = "screenshot", _("Read from a screenshot")
        HERS = "hers", _("From her")
        FILE = "file", _("From a file")
        API = "api", _("From the platform")

    COUNTS: ClassVar[tuple[str, ...]] = (
        "likes", "comments", "saves", "shares", "views", "reach", "impressions", "clicks",
    )  # fmt: skip
    FEELINGS: ClassVar[tuple[str, ...]] = ("positive", "neutral", "negative")

    live_post = models.ForeignKey(LivePost, models.CASCADE, related_name="snapshots", verbose_name=_("post"))
    taken_at = models.DateTimeField(_("counted"))
    hours = models.PositiveIntegerField(_("hours after posting"))
    followers = models.PositiveBigIntegerField(_("followers"), null=True, blank=True)
    likes = models.PositiveBigIntegerField(_("likes"), null=True, blank=True)
    comments = models.PositiveBigIntegerField(_("comments"), null=True, blank=True)
    saves = models.PositiveBigIntegerField(_("saves"), null=True, blank=True)
    shares = models.PositiveBigIntegerField(_("shares"), null=True, blank=True)
    views = models.PositiveBigIntegerField(_("views"), null=True, blank=True)
    reach = models.PositiveBigIntegerField(_("reach"), null=True, blank=True)
    impressions = models.PositiveBigIntegerField(_("impressions"), null=True, blank=True)
    clicks = models.PositiveBigIntegerField(_("clicks"), null=True, blank=True)
    positive = models.PositiveIntegerField(_("comments in favour"), null=True, blank=True)
    neutral = models.PositiveIntegerField(_("comments neither way"), null=True, blank=True)
    negative = models.PositiveIntegerField(_("comments against"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.TYPED)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("screenshot")
    )
    result_file = models.ForeignKey(
        ResultFile, models.PROTECT, null=True, blank=True, related_name="snapshots", verbose_name=_("file")
    )
    by = models.CharField(_("by"), max_length=160, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_why = models.CharField(_("withdrawn because"), max_length=200, blank=True)

    objects = PostSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("numbers of a post")
        verbose_name_plural = _("numbers of posts")
        ordering = ["-taken_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["live_post", "taken_at", "source"], condition=Q(withdrawn_at__isnull=True),
                name="post_snapshot_once_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(likes__isnull=False) | Q(comments__isnull=False) | Q(saves__isnull=False)
                | Q(shares__isnull=False) | Q(views__isnull=False) | Q(reach__isnull=False)
                | Q(impressions__isnull=False) | Q(clicks__isnull=False) | Q(positive__isnull=False)
                | Q(neutral__isnull=False) | Q(negative__isnull=False),
                name="post_snapshot_says_something",
                violation_error_message=_("Enter at least one number."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["live_post", "hours", "id"], name="post_snapshot_post")]

    def __str__(self) -> str:
        return f"{self.live_post}, {self.hours} h"


class Screenshot(Stamped):
    """A picture of a post's figures that waits to be read: somebody types what it shows."""

    live_post = models.ForeignKey(LivePost, models.CASCADE, related_name="screenshots", verbose_name=_("post"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("screenshot"))
    taken_at = models.DateTimeField(_("taken"))
    by = models.CharField(_("from"), max_length=160, blank=True)
    snapshot = models.OneToOneField(
        PostSnapshot, models.SET_NULL, null=True, blank=True, related_name="read_from", verbose_name=_("read as")
    )
    left_out_at = models.DateTimeField(_("left out"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("screenshot of figures")
        verbose_name_plural = _("screenshots of figures")
        ordering = ["taken_at", "id"]

    def __str__(self) -> str:
        return str(self.live_post)


class FetchTry(Stamped):
    """When a platform was last asked for the figures of a post, for which mark, and what it answered."""

    live_post = models.ForeignKey(LivePost, models.CASCADE, related_name="fetches", verbose_name=_("post"))
    provider = models.CharField(_("asked"), max_length=20)
    mark = models.PositiveIntegerField(_("for hours after posting"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    asked_at = models.DateTimeField(_("asked last"))
    next_at = models.DateTimeField(_("asked again"), null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to a platform")
        verbose_name_plural = _("questions to platforms")
        ordering = ["-asked_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["live_post", "provider", "mark"], name="fetch_try_once_a_mark")]
        indexes = [models.Index(fields=["next_at"], condition=Q(done_at__isnull=True), name="fetch_try_next")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.live_post}"


def hours_between(published_at: dt.datetime, taken_at: dt.datetime) -> int:
    """Whole hours since a post went out; 0 for a moment before."""
    return max(0, int((taken_at - published_at).total_seconds() // 3600))

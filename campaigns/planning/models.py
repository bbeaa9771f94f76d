"""What a brand does with its influencers: campaigns, each person's part in one, and what is to be made."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.fields import ZoneField
from crm.base.models import Stamped, StoredFile
from crm.brands.models import Brand
from crm.influencers.models import Format, Influencer, SocialAccount

if TYPE_CHECKING:
    from crm.team.models import User
    from crm.timeline.transitions import Moves


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: "User") -> "CampaignQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def live(self) -> "CampaignQuerySet":
        return self.filter(status=Campaign.Status.LIVE)

    def in_motion(self) -> "CampaignQuerySet":
        return self.filter(status__in=[Campaign.Status.DRAFT, Campaign.Status.LIVE, Campaign.Status.PAUSED])


class Campaign(Stamped):
    """One brand, one goal, one window. draft -> live -> paused -> wrapped | cancelled."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        LIVE = "live", _("Live")
        PAUSED = "paused", _("Paused")
        WRAPPED = "wrapped", _("Wrapped up")
        CANCELLED = "cancelled", _("Cancelled")

    class Goal(models.TextChoices):
        AWARENESS = "awareness", _("Awareness")
        ADVOCACY = "advocacy", _("Advocacy")
        CONVERSATION = "conversation", _("Conversation")
        SALES = "sales", _("Conversion to sales")
        TRAFFIC = "traffic", _("Traffic")
        CATEGORY = "category", _("Category push")
        CITY = "city", _("New cities")
        BRAND_LIFT = "brand_lift", _("Brand lift")

    MOVES: ClassVar["Moves"] = {
        Status.LIVE: (Status.DRAFT, Status.PAUSED),
        Status.PAUSED: (Status.LIVE,),
        Status.WRAPPED: (Status.LIVE, Status.PAUSED),
        Status.CANCELLED: (Status.DRAFT, Status.LIVE, Status.PAUSED),
    }

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    name = models.CharField(_("name"), max_length=120)
    goal = models.CharField(_("goal"), max_length=12, choices=Goal, default=Goal.AWARENESS)
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("to"))
    zone = ZoneField(_("time zone"))
    budget = MoneyField(_("budget"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    about = models.TextField(_("about"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-start_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="campaign_forward"),
            models.UniqueConstraint(fields=["brand", "name"], name="campaign_once_per_brand"),
        ]
        indexes = [models.Index(fields=["status", "-start_on", "-id"], name="campaign_status")]

    def __str__(self) -> str:
        return self.name


class CollaborationQuerySet(models.QuerySet["Collaboration"]):
    def visible_to(self, user: "User") -> "CollaborationQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(campaign__brand_id__in=brands)

    def going_ahead(self) -> "CollaborationQuerySet":
        return self.exclude(status=Collaboration.Status.OFF)

    def at_work(self) -> "CollaborationQuerySet":
        """Somebody promised something and it is not all done."""
        on = Collaboration.Status
        return self.filter(status__in=[on.AGREED, on.MAKING, on.REVIEW, on.POSTING])


class Collaboration(Stamped):
    """One influencer's part in one campaign: a card on the board."""

    class Status(models.TextChoices):
        SHORTLIST = "shortlist", _("Shortlist")
        IN_TALKS = "in_talks", _("In talks")
        AGREED = "agreed", _("Agreed")
        MAKING = "making", _("Making")
        REVIEW = "review", _("Review")
        POSTING = "posting", _("Posting")
        DONE = "done", _("Done")
        OFF = "off", _("Not going ahead")

    _ANY_BUT_OFF = ("shortlist", "in_talks", "agreed", "making", "review", "posting", "done")
    MOVES: ClassVar["Moves"] = {
        "shortlist": ("in_talks", "agreed", "off"),
        "in_talks": ("shortlist", "agreed", "off"),
        "agreed": ("shortlist", "in_talks", "making", "off"),
        "making": ("shortlist", "in_talks", "agreed", "review", "posting", "done"),
        "review": ("agreed", "making", "posting", "done"),
        "posting": ("agreed", "making", "review", "done"),
        "done": ("agreed", "making", "review", "posting"),
        "off": _ANY_BUT_OFF,
    }

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="collaborations", verbose_name=_("campaign"))
    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    status = models.CharField(_("column"), max_length=10, choices=Status, default=Status.SHORTLIST, editable=False)
    fee = MoneyField(_("fee"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    off_why = models.CharField(_("not going ahead because"), max_length=200, blank=True)
    paused_at = models.DateTimeField(_("reminders paused since"), null=True, blank=True, editable=False)

    objects = CollaborationQuerySet.as_manager()

    class Meta:
        verbose_name = _("collaboration")
        verbose_name_plural = _("collaborations")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "influencer"], name="collaboration_once")]
        indexes = [models.Index(fields=["influencer", "-id"], name="collaboration_person")]

    def __str__(self) -> str:
        return f"{self.influencer} · {self.campaign}"


class DeliverableQuerySet(models.QuerySet["Deliverable"]):
    def visible_to(self, user: "User") -> "DeliverableQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(collaboration__campaign__brand_id__in=brands)

    def in_motion(self) -> "DeliverableQuerySet":
        """Of a live campaign, promised by somebody who is at work, not paused."""
        return self.filter(
            collaboration__campaign__status=Campaign.Status.LIVE,
            collaboration__status__in=["agreed", "making", "review", "posting", "done"],
            collaboration__paused_at__isnull=True,
        ).exclude(status=Deliverable.Status.DROPPED)

    def draft_open(self) -> "DeliverableQuerySet":
        return self.filter(status=Deliverable.Status.EXPECTED, draft_due_on__isnull=False)

    def post_open(self) -> "DeliverableQuerySet":
        return self.filter(status__in=["expected", "submitted", "approved"])

    def link_open(self) -> "DeliverableQuerySet":
        return self.filter(status=Deliverable.Status.PUBLISHED, post_url="", proof__isnull=True)


class Deliverable(Stamped):
    """One thing to be made and posted. Dates are days in `zone`; due means the end of that day there."""

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        SUBMITTED = "submitted", _("Draft is here")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        DROPPED = "dropped", _("Dropped")

    MOVES: ClassVar["Moves"] = {
        "expected": ("submitted", "approved"),
        "submitted": ("expected", "approved"),
        "approved": ("expected", "submitted"),
        "published": ("expected", "submitted", "approved"),
        "dropped": ("expected", "submitted", "approved"),
    }

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="deliverables", verbose_name=_("collaboration")
    )
    format = models.ForeignKey(Format, models.PROTECT, related_name="+", verbose_name=_("format"))
    account = models.ForeignKey(
        SocialAccount, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    draft_due_on = models.DateField(
        _("draft due"), null=True, blank=True, help_text=_("Leave empty when no draft is needed.")
    )
    post_due_on = models.DateField(_("posting day"))
    zone = ZoneField(_("time zone"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.EXPECTED, editable=False)
    draft_url = models.URLField(_("draft"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(_("draft arrived"), null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approved on"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published on"), null=True, blank=True, editable=False)
    post_url = models.URLField(_("address of the post"), max_length=500, blank=True)
    proof = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["post_due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft_due_on__isnull=True) | Q(draft_due_on__lte=F("post_due_on")),
                name="deliverable_draft_before_post",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="deliverable_published_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["draft_due_on"], condition=Q(status="expected"), name="deliverable_draft_open"),
            models.Index(
                fields=["post_due_on"],
                condition=Q(status__in=["expected", "submitted", "approved"]),
                name="deliverable_post_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.format)

    @property
    def brand_id(self) -> int:
        return self.collaboration.campaign.brand_id

    def is_late(self, today: dt.date) -> bool:
        due = self.draft_due_on if self.status == self.Status.EXPECTED and self.draft_due_on else self.post_due_on
        return self.status not in (self.Status.PUBLISHED, self.Status.DROPPED) and due < today

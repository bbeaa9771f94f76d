"""What a campaign wants to reach: which figures a goal is told by, who suits it, and what this campaign aims at."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.campaign import Campaign
from campaigns.planning.models.collaboration import Collaboration
from campaigns.planning.models.seen import OfCampaign, OfCollaboration
from crm.base.models import Reference, Stamped

if TYPE_CHECKING:
    from crm.team.models import User


class KpiKind(Reference):
    """A figure a campaign may be told by: reach, mentions, voucher redemptions ..."""

    class Unit(models.TextChoices):
        COUNT = "count", _("a number")
        PERCENT = "percent", _("percent")
        MONEY = "money", _("money, in the campaign's currency")

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    name_id = models.CharField(_("Indonesian name"), max_length=60)
    unit = models.CharField(_("counted in"), max_length=7, choices=Unit, default=Unit.COUNT)
    less_is_better = models.BooleanField(_("less is better"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("kind of KPI")
        verbose_name_plural = _("kinds of KPI")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en


class GoalKpi(Reference):
    """Choosing this goal puts this figure on the campaign (domain rule 1.4); `is_extra` ones are only offered."""

    goal = models.CharField(_("goal"), max_length=12, choices=Campaign.Goal)
    kind = models.ForeignKey(KpiKind, models.PROTECT, related_name="+", verbose_name=_("KPI"))
    is_extra = models.BooleanField(_("only offered"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("KPI of a goal")
        verbose_name_plural = _("KPIs of goals")
        ordering = ["goal", "position"]
        constraints = [models.UniqueConstraint(fields=["goal", "kind"], name="goal_kpi_once")]

    def __str__(self) -> str:
        return f"{self.get_goal_display()}: {self.kind}"


class GoalTier(Reference):
    """Which tiers and formats suit a goal: a suggestion, never a rule (domain rules R1-05, R1-43)."""

    goal = models.CharField(_("goal"), max_length=12, choices=Campaign.Goal)
    mode = models.CharField(
        _("for"), max_length=9, choices=Campaign.Mode, blank=True, help_text=_("Empty: whatever the audience does yet.")
    )
    tiers = models.CharField(
        _("tiers"), max_length=120, help_text=_("Codes of tiers, parted by blanks, the best first: micro macro")
    )
    formats = models.CharField(_("formats"), max_length=200, blank=True, help_text=_("Codes of formats: reel story"))
    why_en = models.CharField(_("why, English"), max_length=240)
    why_id = models.CharField(_("why, Indonesian"), max_length=240)

    class Meta:
        verbose_name = _("who suits a goal")
        verbose_name_plural = _("who suits goals")
        ordering = ["goal", "mode"]
        constraints = [models.UniqueConstraint(fields=["goal", "mode"], name="goal_tier_once")]

    def __str__(self) -> str:
        return f"{self.get_goal_display()}: {self.tiers}"

    @property
    def why(self) -> str:
        return self.why_id if get_language() == "id" else self.why_en


class KpiQuerySet(models.QuerySet["Kpi"]):
    def visible_to(self, user: "User") -> "KpiQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(campaign__brand_id__in=brands)

    def aimed(self) -> "KpiQuerySet":
        """Those with a number to reach."""
        return self.filter(target__isnull=False)


class Kpi(Stamped):
    """One figure of one campaign: a target or only tracked, its value before (baseline) and after (closing)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="kpis", verbose_name=_("campaign"))
    kind = models.ForeignKey(KpiKind, models.PROTECT, related_name="+", verbose_name=_("KPI"))
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=2, null=True, blank=True)
    baseline = models.DecimalField(_("before"), max_digits=16, decimal_places=2, null=True, blank=True)
    closing = models.DecimalField(_("after"), max_digits=16, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = KpiQuerySet.as_manager()

    class Meta:
        verbose_name = _("KPI")
        verbose_name_plural = _("KPIs")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind"], name="kpi_once_per_campaign"),
            models.CheckConstraint(condition=Q(target__isnull=True) | Q(target__gt=0), name="kpi_target_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.kind}"

    @property
    def is_only_tracked(self) -> bool:
        return self.target is None


class KpiShare(models.Model):
    """What one collaboration is to bring to a figure of its campaign (domain rule R1-60)."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="shares", verbose_name=_("KPI"))
    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="kpi_shares", verbose_name=_("collaboration")
    )
    target = models.DecimalField(_("her share"), max_digits=16, decimal_places=2)

    objects = OfCollaboration.as_manager()

    class Meta:
        verbose_name = _("share of a KPI")
        verbose_name_plural = _("shares of KPIs")
        constraints = [
            models.UniqueConstraint(fields=["kpi", "collaboration"], name="kpi_share_once"),
            models.CheckConstraint(condition=Q(target__gt=0), name="kpi_share_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.collaboration}: {self.kpi.kind}"


class Channel(Stamped):
    """What else runs beside the influencers: an integrated campaign works better than a single post (R1-31)."""

    class Kind(models.TextChoices):
        OWN_SOCIAL = "own_social", _("Our own accounts")
        PAID = "paid", _("Paid ads")
        MARKETPLACE = "marketplace", _("Marketplace")
        STORE = "store", _("Stores")
        EVENT = "event", _("Event")
        EMAIL = "email", _("Newsletter")
        WEBSITE = "website", _("Website")
        PRESS = "press", _("Press")
        BROADCAST = "broadcast", _("TV and radio")
        OUTDOOR = "outdoor", _("Outdoor")
        OTHER = "other", _("Other")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="channels", verbose_name=_("campaign"))
    kind = models.CharField(_("channel"), max_length=12, choices=Kind)
    note = models.CharField(_("what runs there"), max_length=200, blank=True)
    start_on = models.DateField(_("from"), null=True, blank=True)
    end_on = models.DateField(_("to"), null=True, blank=True)

    objects = OfCampaign.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channel plan")
        ordering = ["start_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=models.F("start_on")),
                name="channel_forward",
                violation_error_message=_("The last day is before the first one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

"""What a report is set to show, what else a campaign cost, and who may read it by a link."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.models import Campaign, KpiKind
from campaigns.planning.models.seen import OfCampaign
from campaigns.results.models.snapshots import MARKS
from crm.base.models import Reference, Stamped
from crm.influencers.models import Platform
from crm.vetting.models import BenchmarkSet


class ReportSettings(Stamped):
    """How a campaign is told: at which mark, with which cost, against which benchmark. Without a row the defaults hold."""

    class Cost(models.TextChoices):
        FULL = "full", _("everything: money, goods, shipping, events, fees")
        CASH = "cash", _("money only")

    campaign = models.OneToOneField(
        Campaign, models.CASCADE, related_name="report_settings", verbose_name=_("campaign")
    )
    mark = models.PositiveIntegerField(
        _("figures after"), default=168,
        choices=[(hours, name) for hours, name in zip(MARKS, (_("24 hours"), _("72 hours"), _("7 days"), _("30 days")), strict=True)],
    )  # fmt: skip
    cost = models.CharField(_("cost is"), max_length=4, choices=Cost, default=Cost.FULL)
    benchmarks = models.ManyToManyField(BenchmarkSet, blank=True, related_name="+", verbose_name=_("compared with"))
    shows_emv = models.BooleanField(_("shows EMV at our own rates"), default=False)
    target_match = models.PositiveSmallIntegerField(
        _("share of the reach that is the target, %"), null=True, blank=True
    )

    objects = OfCampaign.as_manager()

    class Meta:
        verbose_name = _("settings of a report")
        verbose_name_plural = _("settings of reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(target_match__isnull=True) | Q(target_match__lte=100), name="report_settings_match_a_share"
            )
        ]

    def __str__(self) -> str:
        return str(self.campaign)


class CampaignCost(Stamped):
    """Something a campaign cost beside its people: an agency's fee, shipping paid apart, media."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency fee")
        GOODS = "goods", _("Goods")
        SHIPPING = "shipping", _("Shipping")
        EVENT = "event", _("Event")
        MEDIA = "media", _("Paid media")
        OTHER = "other", _("Something else")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="costs", verbose_name=_("campaign"))
    kind = models.CharField(_("for"), max_length=8, choices=Kind, default=Kind.AGENCY)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="IDR")
    on = models.DateField(_("day"))
    note = models.CharField(_("what it was"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("noted by")
    )

    objects = OfCampaign.as_manager()

    class Meta:
        verbose_name = _("cost of a campaign")
        verbose_name_plural = _("costs of campaigns")
        ordering = ["-on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="campaign_cost_is_something")]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.get_kind_display()}"


class Confounder(Stamped):
    """What else may have moved the figures, and when. Sales are never due to influencers alone (domain rule R1-37)."""

    class Kind(models.TextChoices):
        PRICE = "price", _("The price changed")
        STOCK = "stock", _("It was out of stock")
        MEDIA = "media", _("Other media ran")
        SEASON = "season", _("Season or holiday")
        RIVAL = "rival", _("A rival did something")
        OTHER = "other", _("Something else")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="confounders", verbose_name=_("campaign"))
    kind = models.CharField(_("what happened"), max_length=6, choices=Kind)
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("to"), null=True, blank=True)
    note = models.CharField(_("what exactly"), max_length=300)

    objects = OfCampaign.as_manager()

    class Meta:
        verbose_name = _("what also happened")
        verbose_name_plural = _("what also happened")
        ordering = ["first_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")), name="confounder_forward",
                violation_error_message=_("The last day is before the first."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.campaign}: {self.get_kind_display()}"


class BrandLift(Stamped):
    """One question of a survey: how many of those who saw it and of those who did not said yes (domain rule R1-53)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="brand_lifts", verbose_name=_("campaign"))
    question = models.CharField(_("question"), max_length=200)
    exposed = models.PositiveIntegerField(_("asked who saw it"))
    exposed_yes = models.PositiveIntegerField(_("of them said yes"))
    control = models.PositiveIntegerField(_("asked who did not"))
    control_yes = models.PositiveIntegerField(_("of them said yes"))
    on = models.DateField(_("day"))
    source = models.CharField(_("who asked"), max_length=200, blank=True)

    objects = OfCampaign.as_manager()

    class Meta:
        verbose_name = _("brand lift survey")
        verbose_name_plural = _("brand lift surveys")
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(exposed_yes__lte=F("exposed"), control_yes__lte=F("control")), name="brand_lift_no_more_than_asked",
                violation_error_message=_("More said yes than were asked."),
            ),
            models.CheckConstraint(condition=Q(exposed__gt=0, control__gt=0), name="brand_lift_somebody_asked"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.question


class ReportLinkQuerySet(OfCampaign):
    def standing(self) -> "ReportLinkQuerySet":
        return self.filter(revoked_at__isnull=True)

    def opening(self, now: dt.datetime) -> "ReportLinkQuerySet":
        """Those that lead somewhere: neither taken back nor over."""
        return self.standing().filter(expires_at__gt=now)


class ReportLink(Stamped):
    """A way to a report for somebody outside: only the hash of its token is kept, it ends, and it shows client prices only."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="report_links", verbose_name=_("campaign"))
    label = models.CharField(_("for whom"), max_length=120)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(
        _("language"), max_length=2, default="id", choices=[("id", _("Indonesian")), ("en", _("English"))]
    )
    shows_money = models.BooleanField(_("shows client prices"), default=True)
    expires_at = models.DateTimeField(_("valid until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    opened_at = models.DateTimeField(_("first opened"), null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(_("last opened"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)

    objects = ReportLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a report")
        verbose_name_plural = _("links to reports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.label}"

    def is_over(self, now: dt.datetime) -> bool:
        return self.expires_at <= now


class EmvRate(Reference):
    """What one like, view or comment is taken to be worth, by our own choice. Printed wherever EMV is shown (section 8.5)."""

    METRICS: ClassVar[tuple[str, ...]] = (
        "likes",
        "comments",
        "saves",
        "shares",
        "views",
        "reach",
        "impressions",
        "clicks",
    )

    platform = models.ForeignKey(
        Platform, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("platform"),
        help_text=_("Empty: on all of them."),
    )  # fmt: skip
    metric = models.CharField(_("for one of"), max_length=12, choices=[(one, one) for one in METRICS])
    value = models.DecimalField(_("worth"), max_digits=14, decimal_places=4)
    currency = models.CharField(_("currency"), max_length=3, default="IDR")

    class Meta:
        verbose_name = _("rate of EMV")
        verbose_name_plural = _("rates of EMV")
        ordering = ["metric", "platform__position"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "metric", "valid_from"], name="emv_rate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.metric}: {self.value} {self.currency}"


class ChangeThreshold(Reference):
    """How much a figure has to move before a report calls it a change; below it says that nothing moved (domain rule R1-02)."""

    kind = models.ForeignKey(
        KpiKind, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("KPI"),
        help_text=_("Empty: for all that have none of their own."),
    )  # fmt: skip
    percent = models.DecimalField(_("from, %"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("threshold of a change")
        verbose_name_plural = _("thresholds of changes")
        ordering = ["kind__position"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], name="change_threshold_once"),
            models.UniqueConstraint(
                fields=["valid_from"], condition=Q(kind__isnull=True), name="change_threshold_one_for_the_rest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"

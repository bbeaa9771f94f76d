"""Accounts on platforms, their measured numbers, and what posts cost."""

import datetime as dt

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Replace
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.models import Stamped
from crm.influencers.models.people import Influencer
from crm.influencers.models.reference import Format, Platform


class RTrimmed(Func):
    """Without the digits at its end."""

    function = "RTRIM"
    template = "%(function)s(%(expressions)s, '0123456789')"
    output_field = models.CharField()


class SocialAccountQuerySet(models.QuerySet["SocialAccount"]):
    def largest_first(self) -> "SocialAccountQuerySet":
        return self.order_by(F("followers").desc(nulls_last=True), "platform__position", "id")


class SocialAccount(Stamped):
    """One handle on one platform. The handle is kept lower-case without @ and is unique per platform."""

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="accounts", verbose_name=_("influencer"))
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="accounts", verbose_name=_("platform"))
    handle = models.CharField(_("handle"), max_length=120)
    followers = models.PositiveBigIntegerField(_("followers"), null=True, blank=True)
    followers_at = models.DateTimeField(_("counted"), null=True, blank=True)
    tier_override = models.CharField(_("tier, set by hand"), max_length=20, blank=True)
    # Without dots, lines and digits at the end: what people change about their name from platform to platform.
    handle_key = models.GeneratedField(
        expression=RTrimmed(
            Replace(Replace(Replace("handle", Value("."), Value("")), Value("_"), Value("")), Value("-"), Value(""))
        ),
        output_field=models.CharField(max_length=120),
        db_persist=True,
        editable=False,
    )

    objects = SocialAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["platform__position", "handle"]
        indexes = [models.Index(fields=["handle_key"], name="account_handle_key")]
        constraints = [
            models.UniqueConstraint(fields=["platform", "handle"], name="account_once_per_platform"),
            models.CheckConstraint(condition=~Q(handle=""), name="account_has_handle"),
        ]

    def __str__(self) -> str:
        return f"@{self.handle}"

    @property
    def url(self) -> str:
        return self.platform.profile_url.replace("{handle}", self.handle)


class MetricSnapshotQuerySet(models.QuerySet["MetricSnapshot"]):
    def standing(self) -> "MetricSnapshotQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self) -> "MetricSnapshotQuerySet":
        return self.order_by("-taken_at", "-id")


class MetricSnapshot(models.Model):
    """What was counted at one moment; components stay apart, sponsored and organic stay apart (domain rule D5).

    Counts are averages per post over the posts looked at, except `followers`. Append-only: undo withdraws a snapshot.
    """

    class Nature(models.TextChoices):
        OVERALL = "overall", _("All posts")
        ORGANIC = "organic", _("Organic")
        SPONSORED = "sponsored", _("Sponsored")

    account = models.ForeignKey(SocialAccount, models.CASCADE, related_name="snapshots", verbose_name=_("account"))
    taken_at = models.DateTimeField(_("counted"))
    nature = models.CharField(_("posts"), max_length=10, choices=Nature, default=Nature.OVERALL)
    posts = models.PositiveIntegerField(_("posts looked at"), null=True, blank=True)
    followers = models.PositiveBigIntegerField(_("followers"), null=True, blank=True)
    likes = models.PositiveBigIntegerField(_("likes"), null=True, blank=True)
    comments = models.PositiveBigIntegerField(_("comments"), null=True, blank=True)
    saves = models.PositiveBigIntegerField(_("saves"), null=True, blank=True)
    shares = models.PositiveBigIntegerField(_("shares"), null=True, blank=True)
    views = models.PositiveBigIntegerField(_("views"), null=True, blank=True)
    reach = models.PositiveBigIntegerField(_("reach"), null=True, blank=True)
    engagements = models.PositiveBigIntegerField(_("engagements, as given"), null=True, blank=True)
    authentic_engagements = models.PositiveBigIntegerField(_("authentic engagements, as given"), null=True, blank=True)
    engagement_rate = models.DecimalField(
        _("engagement rate, as given, %"), max_digits=7, decimal_places=3, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    import_run = models.ForeignKey(
        "crm.ImportRun", models.SET_NULL, null=True, blank=True, related_name="snapshots", verbose_name=_("import")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = MetricSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("metric snapshot")
        verbose_name_plural = _("metric snapshots")
        indexes = [models.Index(fields=["account", "-taken_at", "-id"], name="snapshot_newest")]

    def __str__(self) -> str:
        return f"{self.account} {self.taken_at:%Y-%m-%d}"


def _alike(name: str) -> Exact:
    """The same row in both, or none in both."""
    return Exact(Coalesce(F(f"{name}_id"), 0), Coalesce(OuterRef(f"{name}_id"), 0))


class RateCardQuerySet(models.QuerySet["RateCard"]):
    def for_the_same(self, rate: "RateCard") -> "RateCardQuerySet":
        """Prices of the same person for the same thing on the same account; never the rate itself."""
        alike = self.filter(
            influencer=rate.influencer_id, account=rate.account_id, format=rate.format_id, package=rate.package
        )
        return alike.exclude(pk=rate.pk) if rate.pk else alike

    def valid_on(self, on: dt.date) -> "RateCardQuerySet":
        """Prices that hold on a day: begun, not over, and no newer one for the same has begun since."""
        newer = RateCard.objects.filter(
            Q(valid_from__gt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__gt=OuterRef("pk")),
            _alike("account"),
            _alike("format"),
            influencer=OuterRef("influencer"),
            package=OuterRef("package"),
            valid_from__lte=on,
        )
        begun = self.filter(Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        return begun.exclude(Exists(newer))


class RateCard(Stamped):
    """A price somebody named: for a format or a package, on one account or any, with its first and last day.

    `followers` and `engagement_rate` are those of the day on which it was written down: what drove the price.
    """

    class Tax(models.TextChoices):
        UNSAID = "", _("not said")
        NET = "net", _("net: tax comes on top")
        GROSS = "gross", _("gross: tax included")

    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="rates", verbose_name=_("influencer"))
    format = models.ForeignKey(
        Format, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("format")
    )
    account = models.ForeignKey(
        SocialAccount, models.SET_NULL, null=True, blank=True, related_name="rates", verbose_name=_("account")
    )
    package = models.CharField(
        _("package"), max_length=120, blank=True, help_text=_("Several things for one price: 1 reel + 3 story")
    )
    price = MoneyField(_("price"), max_digits=14, decimal_places=2, default_currency="IDR")
    price_to = models.DecimalField(_("up to"), max_digits=14, decimal_places=2, null=True, blank=True)
    tax = models.CharField(_("tax"), max_length=5, choices=Tax, blank=True, default=Tax.UNSAID)
    as_said = models.CharField(_("as it was said"), max_length=160, blank=True)
    followers = models.PositiveBigIntegerField(_("followers then"), null=True, blank=True, editable=False)
    engagement_rate = models.DecimalField(
        _("engagement rate then, %"), max_digits=7, decimal_places=3, null=True, blank=True, editable=False
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = RateCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rate card")
        ordering = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return f"{self.price}"

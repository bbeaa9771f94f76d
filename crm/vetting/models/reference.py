"""Dated rows with their sources: what is checked, what counts as a sign, what others measured."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference
from crm.influencers.models import Platform


class CheckItem(Reference):
    """One line of the checklist. A failed hard item holds every offer; a soft one is for people to weigh."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=80)
    name_id = models.CharField(_("Indonesian name"), max_length=80)
    question_en = models.CharField(_("what to look at, English"), max_length=240, blank=True)
    question_id = models.CharField(_("what to look at, Indonesian"), max_length=240, blank=True)
    is_hard = models.BooleanField(_("a fail holds offers"), default=False)
    valid_months = models.PositiveSmallIntegerField(
        _("valid for, months"), default=6, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_months__gte=1, valid_months__lte=120), name="check_item_ends")
        ]

    def __str__(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en

    @property
    def question(self) -> str:
        return self.question_id if get_language() == "id" else self.question_en


class Threshold(Reference):
    """From when on a sign is worth a look, and what it takes off the score. Without a valid row the sign is off."""

    class Code(models.TextChoices):
        ER_LOW = "ER_LOW", _("Engagement below the benchmark")
        ER_HIGH = "ER_HIGH", _("Engagement above the benchmark")
        COMMENT_LIKE = "COMMENT_LIKE", _("Comments per like")
        GROWTH_SPIKE = "GROWTH_SPIKE", _("Followers jumped")
        FOLLOW_RATIO = "FOLLOW_RATIO", _("Follows more than follow back")
        UNIFORM_LIKES = "UNIFORM_LIKES", _("Likes hardly differ")
        DUP_COMMENTS = "DUP_COMMENTS", _("Comments repeat")
        SPONSORED_DROP = "SPONSORED_DROP", _("Sponsored posts fall behind")
        GEO_MISMATCH = "GEO_MISMATCH", _("Audience lives elsewhere")
        STALE = "STALE", _("Numbers are old")
        ENOUGH = "ENOUGH", _("Enough for a score")
        CLEARANCE = "CLEARANCE", _("A clearance lasts")
        TIMES = "TIMES", _("Times the benchmark worth a look")
        OFFER = "OFFER", _("Offers that need the authenticity check")

    code = models.CharField(_("sign"), max_length=20, choices=Code)
    limit = models.DecimalField(_("limit"), max_digits=16, decimal_places=4)
    upper = models.DecimalField(_("upper limit"), max_digits=16, decimal_places=4, null=True, blank=True)
    least = models.PositiveIntegerField(_("needs at least"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("takes off the score"), default=0, validators=[MaxValueValidator(100)])
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    meaning = models.CharField(_("meaning"), max_length=240, blank=True)

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["code", "-valid_from", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["code", "currency", "valid_from"], name="threshold_once_from_a_day"),
            models.UniqueConstraint(
                fields=["code", "currency"], condition=Q(valid_from__isnull=True), name="threshold_once_from_ever"
            ),
            models.CheckConstraint(condition=Q(weight__lte=100), name="threshold_weighs_at_most_all"),
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())


class BenchmarkSet(Reference):
    """What somebody measured with many people: one platform, one measure, one year. Sets disagree, so one is chosen."""

    class Measure(models.TextChoices):
        LIKES = "likes", _("Likes per follower")
        COMMENTS = "comments", _("Comments per follower")
        PUBLIC = "public", _("Likes and comments per follower")
        SPONSORED = "sponsored", _("Likes and comments per follower, sponsored posts")
        VIEWS = "views", _("Engagements per view")
        IMPRESSIONS = "impressions", _("Engagements per impression")
        UNSAID = "unsaid", _("Engagement, however they counted it")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="benchmark_sets", verbose_name=_("platform"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    is_chosen = models.BooleanField(
        _("signs compare with this set"), default=False, help_text=_("One set for each platform and measure.")
    )

    class Meta:
        verbose_name = _("benchmark set")
        verbose_name_plural = _("benchmark sets")
        ordering = ["platform__position", "measure", "-source_year", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "measure"], condition=Q(is_chosen=True), name="benchmark_set_one_chosen"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Benchmark(models.Model):
    """One band of a set: so many followers up to but not including so many, and the usual rate there, in percent."""

    benchmark_set = models.ForeignKey(BenchmarkSet, models.CASCADE, related_name="bands", verbose_name=_("set"))
    from_followers = models.PositiveBigIntegerField(_("from followers"), default=0)
    to_followers = models.PositiveBigIntegerField(_("to followers"), null=True, blank=True)
    low = models.DecimalField(_("low, %"), max_digits=6, decimal_places=3, validators=[MinValueValidator(Decimal(0))])
    high = models.DecimalField(_("high, %"), max_digits=6, decimal_places=3)

    class Meta:
        verbose_name = _("benchmark")
        verbose_name_plural = _("benchmarks")
        ordering = ["benchmark_set", "from_followers"]
        constraints = [
            models.UniqueConstraint(fields=["benchmark_set", "from_followers"], name="benchmark_once_per_band"),
            models.CheckConstraint(condition=Q(high__gte=F("low")) & Q(low__gt=0), name="benchmark_low_to_high"),
            models.CheckConstraint(
                condition=Q(to_followers__isnull=True) | Q(to_followers__gt=F("from_followers")),
                name="benchmark_band_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benchmark_set} {self.from_followers}"


class PriceBand(Reference):
    """What somebody says posts of such accounts cost: a hint, never a rule. Sources differ by factors, so each is a row."""

    set_name = models.CharField(_("set"), max_length=80)
    platform = models.ForeignKey(
        Platform, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("platform"),
        help_text=_("Empty: any platform."),
    )  # fmt: skip
    from_followers = models.PositiveBigIntegerField(_("from followers"), default=0)
    to_followers = models.PositiveBigIntegerField(_("to followers"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="IDR")
    low = models.DecimalField(_("from"), max_digits=14, decimal_places=2)
    high = models.DecimalField(_("to"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("price others name")
        verbose_name_plural = _("prices others name")
        ordering = ["set_name", "platform", "from_followers"]
        constraints = [
            models.UniqueConstraint(
                fields=["set_name", "platform", "currency", "from_followers"], name="price_band_once"
            ),
            models.UniqueConstraint(
                fields=["set_name", "currency", "from_followers"], condition=Q(platform__isnull=True),
                name="price_band_once_anywhere",
            ),
            models.CheckConstraint(condition=Q(high__isnull=True) | Q(high__gte=F("low")), name="price_band_forward"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.set_name}, {self.from_followers}"

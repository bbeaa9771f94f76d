"""Rates of taxes and duties as dated rows. Nothing here files a tax: it is a calculator (domain rules, section 7.6)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference


class TaxRule(Reference):
    """How one tax is computed from a day on.

    `base_bp` is the part of the gross that is taxed; `rate_bp` a flat rate, empty where bands hold; `surcharge_bp` what the
    tax is multiplied by without a tax number (12,000 is x 1.2). `base_top` of `base_bottom` is VAT's "other value" base.
    """

    class Article(models.TextChoices):
        PPH21 = "pph21", "PPh 21"
        PPH23 = "pph23", "PPh 23"
        PPH26 = "pph26", "PPh 26"
        VAT = "vat", _("VAT (PPN)")

    class Rounding(models.TextChoices):
        HALF_UP = "half_up", _("to the nearest")
        DOWN = "down", _("down")

    article = models.CharField(_("tax"), max_length=5, choices=Article)
    base_bp = models.PositiveIntegerField(_("part that is taxed, basis points"), default=10_000)
    rate_bp = models.PositiveIntegerField(_("rate, basis points"), null=True, blank=True)
    surcharge_bp = models.PositiveIntegerField(_("times, without a number, basis points"), default=10_000)
    base_top = models.PositiveSmallIntegerField(_("base: so many"), default=1)
    base_bottom = models.PositiveSmallIntegerField(_("of"), default=1)
    by_month = models.BooleanField(_("on the total of the month"), default=False)
    rounding = models.CharField(_("rounded"), max_length=7, choices=Rounding, default=Rounding.HALF_UP)

    class Meta:
        verbose_name = _("tax rule")
        verbose_name_plural = _("tax rules")
        ordering = ["article", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["article", "valid_from"], name="tax_rule_once_from_a_day"),
            models.CheckConstraint(condition=Q(base_bottom__gt=0), name="tax_rule_base_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_article_display()} ({self.valid_from:%Y-%m-%d})" if self.valid_from else self.article


class TaxBand(models.Model):
    """One band of a progressive tax: what lies above `above`, up to and including `up_to`, is taxed at this rate."""

    rule = models.ForeignKey(TaxRule, models.CASCADE, related_name="bands", verbose_name=_("tax rule"))
    above = models.DecimalField(_("above"), max_digits=16, decimal_places=2, default=0)
    up_to = models.DecimalField(_("up to"), max_digits=16, decimal_places=2, null=True, blank=True)
    rate_bp = models.PositiveIntegerField(_("rate, basis points"))

    class Meta:
        verbose_name = _("tax band")
        verbose_name_plural = _("tax bands")
        ordering = ["rule_id", "above"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "above"], name="tax_band_once"),
            models.CheckConstraint(condition=Q(up_to__isnull=True) | Q(up_to__gt=F("above")), name="tax_band_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.rate_bp / 100:g} %"


class StampRule(Reference):
    """Which papers carry a duty stamp (bea meterai), from which amount on (domain rules, section 7.4)."""

    class Paper(models.TextChoices):
        AGREEMENT = "agreement", _("Agreement")
        RECEIPT = "receipt", _("Receipt of money")

    paper = models.CharField(_("paper"), max_length=9, choices=Paper)
    above = models.DecimalField(
        _("for amounts above"), max_digits=16, decimal_places=2, null=True, blank=True,
        help_text=_("Empty: whatever the amount."),
    )  # fmt: skip
    duty = models.DecimalField(_("duty"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="IDR")

    class Meta:
        verbose_name = _("stamp rule")
        verbose_name_plural = _("stamp rules")
        ordering = ["paper", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["paper", "valid_from"], name="stamp_rule_once_from_a_day")]

    def __str__(self) -> str:
        return str(self.get_paper_display())


class YearlyThreshold(Reference):
    """From which yearly sum of one advertiser and one influencer for one aim a written contract is compulsory in a country."""

    country = models.CharField(_("country"), max_length=2)
    amount = models.DecimalField(_("from"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    meaning = models.CharField(_("what follows"), max_length=240, blank=True)

    class Meta:
        verbose_name = _("yearly threshold")
        verbose_name_plural = _("yearly thresholds")
        ordering = ["country", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["country", "valid_from"], name="yearly_threshold_once_from_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.amount} {self.currency}"


class ExchangeRate(Reference):
    """What one unit of a currency was worth in another on a day, where it was read (domain rules, section 7.5)."""

    base = models.CharField(_("one"), max_length=3)
    quote = models.CharField(_("in"), max_length=3)
    rate = models.DecimalField(_("is worth"), max_digits=20, decimal_places=8)
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-on", "base", "quote"]
        constraints = [
            models.UniqueConstraint(fields=["base", "quote", "on"], name="exchange_rate_once_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.on}"

"""Dated reference rows about the trade: platforms, formats, tiers, niches."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference


class Platform(Reference):
    """Where people post. Instagram comes first in lists (domain rule R1-42)."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40)
    icon = models.CharField(_("icon"), max_length=40, default="globe")
    profile_url = models.CharField(
        _("profile address"), max_length=120, blank=True, help_text="https://www.instagram.com/{handle}/"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Format(Reference):
    """What can be made on a platform: feed, carousel, reel, story ... A table, so a new one needs no release (R1-68)."""

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="formats", verbose_name=_("platform"))
    code = models.SlugField(_("code"), max_length=30)
    name_en = models.CharField(_("English name"), max_length=60)
    name_id = models.CharField(_("Indonesian name"), max_length=60)
    lasts_hours = models.PositiveSmallIntegerField(
        _("disappears after, hours"),
        null=True,
        blank=True,
        help_text=_("24 for a story: proof is asked for before then."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("format")
        verbose_name_plural = _("formats")
        ordering = ["platform__position", "position"]
        constraints = [models.UniqueConstraint(fields=["platform", "code"], name="format_once_per_platform")]

    def __str__(self) -> str:
        return f"{self.platform.name} {self.name}"

    @property
    def name(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en


class TierScheme(Reference):
    """A named way to sort accounts by followers; sources disagree, so schemes are data (domain rule D1)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("tier scheme")
        verbose_name_plural = _("tier schemes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tier(models.Model):
    """One band of a scheme: from `low` followers up to but not including `high`, unless `high_included`."""

    scheme = models.ForeignKey(TierScheme, models.CASCADE, related_name="tiers", verbose_name=_("scheme"))
    code = models.SlugField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=40)
    low = models.PositiveBigIntegerField(_("from followers"))
    low_included = models.BooleanField(_("lower edge belongs here"), default=True)
    high = models.PositiveBigIntegerField(_("to followers"), null=True, blank=True)
    high_included = models.BooleanField(_("upper edge belongs here"), default=False)

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["scheme", "low"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="tier_once_per_scheme")]

    def __str__(self) -> str:
        return self.name


class Niche(Reference):
    """What somebody posts about; a sub-niche has a parent."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("within")
    )
    slug = models.SlugField(_("code"), unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    name_id = models.CharField(_("Indonesian name"), max_length=60)

    class Meta:
        verbose_name = _("niche")
        verbose_name_plural = _("niches")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en

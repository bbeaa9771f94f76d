"""Dated rows for briefs: what platforms allow, and briefs to begin with."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import LanguageField
from crm.base.models import Reference, Stamped
from crm.brands.models import Brand, Category
from crm.influencers.models import Format, Platform

if TYPE_CHECKING:
    from crm.team.models import User


class CaptionLimit(Reference):
    """How much a platform, or one of its formats, takes (domain rule 5.3). The row of the format wins."""

    class Counting(models.TextChoices):
        CODEPOINT = "codepoint", _("code points")
        UTF16 = "utf16", _("UTF-16 units")
        GRAPHEME = "grapheme", _("visible characters")

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="+", verbose_name=_("platform"))
    format = models.ForeignKey(
        Format, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("format"),
        help_text=_("Empty: every format that has no row of its own."),
    )  # fmt: skip
    longest = models.PositiveIntegerField(_("longest caption"), null=True, blank=True)
    fold = models.PositiveIntegerField(_("seen before “more”"), null=True, blank=True)
    hashtags = models.PositiveSmallIntegerField(_("hashtags at most"), null=True, blank=True)
    mentions = models.PositiveSmallIntegerField(_("mentions at most"), null=True, blank=True)
    counting = models.CharField(_("counted in"), max_length=9, choices=Counting, default=Counting.UTF16)

    class Meta:
        verbose_name = _("limit of captions")
        verbose_name_plural = _("limits of captions")
        ordering = ["platform__position", "format__position", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "format", "valid_from"], name="caption_limit_once"),
            models.UniqueConstraint(
                fields=["platform", "valid_from"], condition=Q(format__isnull=True), name="caption_limit_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return str(self.format or self.platform)


class BriefTemplateQuerySet(models.QuerySet["BriefTemplate"]):
    def visible_to(self, user: "User") -> "BriefTemplateQuerySet":
        """Those for every brand are everybody's."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand__isnull=True) | Q(brand_id__in=brands))

    def standing(self) -> "BriefTemplateQuerySet":
        """Not retired."""
        return self.filter(retired_at__isnull=True)


class BriefTemplate(Stamped):
    """A brief of the library: kept from a good one, or written to begin with."""

    name = models.CharField(_("name"), max_length=120)
    brand = models.ForeignKey(
        Brand, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("brand"),
        help_text=_("Empty: for every brand."),
    )  # fmt: skip
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("product category")
    )
    language = LanguageField(_("language"))
    content = models.JSONField(_("content"), default=dict)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects = BriefTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief of the library")
        verbose_name_plural = _("library of briefs")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="brief_template_once")]

    def __str__(self) -> str:
        return self.name

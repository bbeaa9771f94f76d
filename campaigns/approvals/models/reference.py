"""Dated rows the checks go by: which rules there are, which labels say that something is paid, which words may not be said."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference, ReferenceQuerySet
from crm.brands.models import Brand, Category

if TYPE_CHECKING:
    from crm.team.models import User


class CheckRule(Reference):
    """One rule of the catalogue (domain rule 5.8). `country` narrows a row to one market; the strictest row of all markets counts.

    `outcome` is what a hit means; `holds` whether it keeps Approve shut until it is mended or waived. A row switched off is not asked.
    """

    class Outcome(models.TextChoices):
        WARN = "warn", _("To know")
        FAIL = "fail", _("Wrong")

    code = models.CharField(_("code"), max_length=20)
    country = models.CharField(_("market"), max_length=2, blank=True, help_text=_("Empty: everywhere."))
    name_en = models.CharField(_("English name"), max_length=120)
    name_id = models.CharField(_("Indonesian name"), max_length=120)
    outcome = models.CharField(_("a hit is"), max_length=4, choices=Outcome, default=Outcome.FAIL)
    holds = models.BooleanField(_("holds the approval"), default=False)
    is_on = models.BooleanField(_("switched on"), default=True)
    settings = models.JSONField(_("numbers"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("rule of the checks")
        verbose_name_plural = _("rules of the checks")
        ordering = ["position", "code", "country"]
        constraints = [models.UniqueConstraint(fields=["code", "country", "valid_from"], name="check_rule_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en


class DisclosureLabel(Reference):
    """A token that says, or fails to say, that something is paid: per market, with the language it is understood in (5.4 to 5.7)."""

    class Weight(models.TextChoices):
        ACCEPTED = "accepted", _("Says it")
        CONTEXT = "context", _("Says it only in context")
        AMBIGUOUS = "ambiguous", _("Does not say it")

    country = models.CharField(_("market"), max_length=2)
    text = models.CharField(_("label"), max_length=60)
    weight = models.CharField(_("counts as"), max_length=9, choices=Weight, default=Weight.ACCEPTED)
    languages = models.CharField(_("understood in"), max_length=60, blank=True, help_text=_("For example: id,en."))

    class Meta:
        verbose_name = _("disclosure label")
        verbose_name_plural = _("disclosure labels")
        ordering = ["country", "weight", "text"]
        constraints = [models.UniqueConstraint(fields=["country", "text", "valid_from"], name="disclosure_label_once")]

    def __str__(self) -> str:
        return f"{self.text} ({self.country})"


class LexiconEntryQuerySet(ReferenceQuerySet):
    def visible_to(self, user: "User") -> "LexiconEntryQuerySet":
        """Words of no brand are everybody's."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand__isnull=True) | Q(brand_id__in=brands))


class LexiconEntry(Reference):
    """A word or phrase that may not be said, with its forms, and the phrases in which it is harmless (domain rule 5.7).

    It counts for captions about its regulated kind, its category with everything in it, or its brand; without any, for all.
    """

    class Lexicon(models.TextChoices):
        REGULATED = "regulated", _("Claims of a regulated kind")
        SUPERLATIVE = "superlative", _("Superlatives")
        BRAND = "brand", _("Of the brand")

    class Outcome(models.TextChoices):
        WARN = "warn", _("To know")
        FAIL = "fail", _("Wrong")

    lexicon = models.CharField(_("list"), max_length=11, choices=Lexicon)
    regulated = models.CharField(_("regulated kind"), max_length=20, blank=True, help_text=_("cosmetic, for example."))
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("product category")
    )
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    country = models.CharField(_("market"), max_length=2, blank=True, help_text=_("Empty: everywhere."))
    language = models.CharField(_("language"), max_length=5, blank=True)
    term = models.CharField(_("word or phrase"), max_length=120)
    variants = models.JSONField(_("other forms"), default=list, blank=True)
    exceptions = models.JSONField(_("harmless in"), default=list, blank=True)
    instead = models.CharField(_("say instead"), max_length=160, blank=True)
    outcome = models.CharField(_("a hit is"), max_length=4, choices=Outcome, default=Outcome.FAIL)
    proof_waives = models.BooleanField(_("a proof on file waives it"), default=False)

    objects = LexiconEntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("word of a lexicon")
        verbose_name_plural = _("lexicons")
        ordering = ["lexicon", "term"]
        constraints = [
            models.UniqueConstraint(
                fields=["lexicon", "regulated", "country", "term"],
                condition=Q(brand__isnull=True, category__isnull=True),
                name="lexicon_entry_once",
            ),
            models.UniqueConstraint(
                fields=["brand", "term"], condition=Q(brand__isnull=False), name="lexicon_entry_once_per_brand"
            ),
        ]

    def __str__(self) -> str:
        return self.term

"""The words contracts are made of: templates with every version kept, and clauses several templates share."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference
from crm.contracts.models.contracts import Contract


class ContractTemplate(Reference):
    """A kind of contract this house writes. Its words are versions that never change: a contract keeps the one it used."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=80)
    name_id = models.CharField(_("Indonesian name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Contract.Kind, default=Contract.Kind.CAMPAIGN)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("contract template")
        verbose_name_plural = _("contract templates")
        ordering = ["kind", "name_en"]

    def __str__(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en

    @property
    def newest(self) -> "ContractWording | None":
        return self.wordings.order_by("-version").first()


class ContractWording(models.Model):
    """One version of a template's words, in Markdown with blanks, in both languages. Never changed."""

    template = models.ForeignKey(ContractTemplate, models.PROTECT, related_name="wordings", verbose_name=_("template"))
    version = models.PositiveIntegerField(_("version"))
    text_id = models.TextField(_("Indonesian words"))
    text_en = models.TextField(_("English words"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a contract template")
        verbose_name_plural = _("versions of contract templates")
        ordering = ["template_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["template", "version"], name="wording_version_once"),
            models.CheckConstraint(condition=~Q(text_id="") & ~Q(text_en=""), name="wording_in_both_languages"),
        ]

    def __str__(self) -> str:
        return f"{self.template}, {self.version}"

    def in_language(self, language: str) -> str:
        return self.text_id if language == "id" else self.text_en


class LibraryClause(Reference):
    """A clause several templates share: `{{ clause_confidentiality }}` puts it in."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_en = models.CharField(_("English title"), max_length=120)
    title_id = models.CharField(_("Indonesian title"), max_length=120)
    text_en = models.TextField(_("English words"))
    text_id = models.TextField(_("Indonesian words"))
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("clause of the library")
        verbose_name_plural = _("clauses of the library")
        ordering = ["title_en"]

    def __str__(self) -> str:
        return self.title_id if get_language() == "id" else self.title_en

    @property
    def blank(self) -> str:
        """The blank that puts it into a template."""
        return f"clause_{self.code.replace('-', '_')}"

    def in_language(self, language: str) -> str:
        return self.text_id if language == "id" else self.text_en

"""Words that make a message promotion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.fields import LanguageField
from crm.base.models import Reference


class PromotionWord(Reference):
    """A word or phrase that sells. One inside a service message turns the whole message into advertising."""

    language = LanguageField(_("language"))
    words = models.CharField(_("words"), max_length=60, help_text=_("A whole word or phrase, as it is written."))

    class Meta:
        verbose_name = _("promotion word")
        verbose_name_plural = _("promotion words")
        ordering = ["language", "words"]
        constraints = [models.UniqueConstraint(fields=["language", "words"], name="promotion_word_once")]

    def __str__(self) -> str:
        return f"{self.words} ({self.language})"

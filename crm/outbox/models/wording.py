"""A message's words as an admin changed them: as an e-mail, and on WhatsApp."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.fields import LanguageField
from crm.base.models import Stamped


class Wording(Stamped):
    """An e-mail's words as an admin changed them; without a row the words that ship with Mitra are used."""

    name = models.CharField(_("message"), max_length=60)
    language = LanguageField(_("language"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(
        _("text"), help_text=_("Names such as ${first_name} are filled in; a blank line starts a paragraph.")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("e-mail wording")
        verbose_name_plural = _("e-mail wordings")
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="wording_once_per_language")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class ChatWording(Stamped):
    """What a message says on WhatsApp as an admin changed it; without a row it follows the e-mail's words."""

    name = models.CharField(_("message"), max_length=60)
    language = LanguageField(_("language"))
    text = models.TextField(
        _("text"), help_text=_("Names such as ${first_name} are filled in. The link is put below by itself.")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("WhatsApp wording")
        verbose_name_plural = _("WhatsApp wordings")
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="chat_wording_once_per_language")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

"""Who signed what, when and how: the evidence of a contract."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import ZoneField
from crm.base.models import StoredFile
from crm.contracts.models.parties import Party
from crm.influencers.models import Authority


class Signature(models.Model):
    """One side's yes to one document, known by its hash. Never changed.

    `name` is what was typed or stands on the paper, `acting_for` whom somebody signed for, with the authority on record.
    """

    class How(models.TextChoices):
        CODE = "code", _("With a code by e-mail")
        NAME = "name", _("Typed name and a tick")
        CHAT = "chat", _("Agreed by chat")
        PAPER = "paper", _("On paper")
        HOUSE = "house", _("Countersigned here")

    party = models.OneToOneField(Party, models.PROTECT, related_name="signature", verbose_name=_("party"))
    how = models.CharField(_("how"), max_length=5, choices=How)
    name = models.CharField(_("name"), max_length=160)
    acting_for = models.CharField(_("for"), max_length=160, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("authority")
    )
    document_sha256 = models.CharField("SHA-256", max_length=64)
    signed_at = models.DateTimeField(_("signed"))
    zone = ZoneField(_("time zone"))
    address = models.GenericIPAddressField(_("from address"), null=True, blank=True)
    browser = models.CharField(_("browser"), max_length=300, blank=True)
    consent_words = models.TextField(_("what was agreed to"), blank=True)
    said = models.TextField(_("as it was said"), blank=True)
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )
    created_at = models.DateTimeField(_("written down"), auto_now_add=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(document_sha256=""), name="signature_of_a_document"),
            models.CheckConstraint(
                condition=~Q(how="paper") | Q(proof__isnull=False), name="signature_on_paper_has_file"
            ),
            models.CheckConstraint(
                condition=~Q(how="chat") | Q(proof__isnull=False) | ~Q(said=""), name="signature_by_chat_has_proof"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_how_display()}"

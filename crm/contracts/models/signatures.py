"""Who signed what, when and how: the evidence of a contract, and the codes it takes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import ZoneField
from crm.base.models import StoredFile
from crm.contracts.models.parties import Party
from crm.influencers.models import Authority
from crm.portal.models import PortalSession


class SigningCode(models.Model):
    """One try to sign: a code sent by e-mail, good for one party, one visit and one document, a few minutes, once."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="codes", verbose_name=_("party"))
    session = models.ForeignKey(PortalSession, models.CASCADE, related_name="+", verbose_name=_("page visit"))
    document_sha256 = models.CharField("SHA-256", max_length=64)
    code_hash = models.CharField(max_length=128, editable=False)
    name = models.CharField(_("name"), max_length=160)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("signing code")
        verbose_name_plural = _("signing codes")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="signing_code_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.created_at:%Y-%m-%d %H:%M}"


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
    code = models.OneToOneField(
        SigningCode, models.PROTECT, null=True, blank=True, related_name="signature", verbose_name=_("code")
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
            models.CheckConstraint(condition=~Q(how="code") | Q(code__isnull=False), name="signature_by_code_has_code"),
            models.CheckConstraint(
                condition=~Q(how="paper") | Q(proof__isnull=False), name="signature_on_paper_has_file"
            ),
            models.CheckConstraint(
                condition=~Q(how="chat") | Q(proof__isnull=False) | ~Q(said=""), name="signature_by_chat_has_proof"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_how_display()}"

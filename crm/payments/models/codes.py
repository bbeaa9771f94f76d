"""The digits with which somebody says on her own page where her money goes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer
from crm.portal.models import PortalSession


class AccountCode(models.Model):
    """Six digits with which she says on her own page where her money goes: for one visit and exactly these details, once.

    The details are taken out again when the code is used or another one is asked for.
    """

    session = models.ForeignKey(PortalSession, models.CASCADE, related_name="+", verbose_name=_("page visit"))
    influencer = models.ForeignKey(Influencer, models.CASCADE, related_name="+", verbose_name=_("influencer"))
    bank = models.CharField(_("bank"), max_length=80, blank=True)
    number = models.CharField(_("account number"), max_length=40, blank=True)
    holder = models.CharField(_("account holder"), max_length=120, blank=True)
    code_hash = models.CharField(max_length=128, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("code for a bank account")
        verbose_name_plural = _("codes for bank accounts")
        ordering = ["-created_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="account_code_forward")]

    def __str__(self) -> str:
        return f"{self.influencer}, {self.created_at:%Y-%m-%d %H:%M}"

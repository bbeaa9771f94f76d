"""What a campaign says: its message pillars."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.campaign import Campaign
from campaigns.planning.models.seen import OfCampaign
from crm.base.models import Stamped


class Pillar(Stamped):
    """One message of a campaign; each collaboration carries one of them (domain rule R1-21)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="pillars", verbose_name=_("campaign"))
    name = models.CharField(_("message"), max_length=80)
    note = models.CharField(_("what it means"), max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = OfCampaign.as_manager()

    class Meta:
        verbose_name = _("message pillar")
        verbose_name_plural = _("message pillars")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "name"], name="pillar_once_per_campaign")]

    def __str__(self) -> str:
        return self.name

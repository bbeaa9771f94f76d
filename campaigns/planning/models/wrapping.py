"""How a campaign ends well: a checklist, and what its people thought of working with us."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.campaign import Campaign
from campaigns.planning.models.collaboration import Collaboration
from campaigns.planning.models.seen import OfCampaign
from crm.base.models import Reference, Stamped

if TYPE_CHECKING:
    from crm.team.models import User


class WrapUpItem(Reference):
    """One thing worth doing before a campaign is closed. `code` names those that facts tick by themselves."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=120)
    name_id = models.CharField(_("Indonesian name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("item of the wrap-up")
        verbose_name_plural = _("items of the wrap-up")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name_id if get_language() == "id" else self.name_en


class WrapUpTick(models.Model):
    """One item done, or left out with a reason, for one campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="wrap_up_ticks", verbose_name=_("campaign"))
    item = models.ForeignKey(WrapUpItem, models.PROTECT, related_name="+", verbose_name=_("item"))
    done_at = models.DateTimeField(_("done"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("done by")
    )
    left_out_because = models.CharField(_("left out because"), max_length=200, blank=True)

    objects = OfCampaign.as_manager()

    class Meta:
        verbose_name = _("tick of the wrap-up")
        verbose_name_plural = _("ticks of the wrap-up")
        constraints = [models.UniqueConstraint(fields=["campaign", "item"], name="wrap_up_tick_once")]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.item}"


class PartnerScoreQuerySet(models.QuerySet["PartnerScore"]):
    def visible_to(self, user: "User") -> "PartnerScoreQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(collaboration__campaign__brand_id__in=brands)

    def answered(self) -> "PartnerScoreQuerySet":
        return self.filter(score__isnull=False)


class PartnerScore(Stamped):
    """How it was to work with us, as she says after a campaign: 1 to 5, and a word if she likes (domain rule R1-41)."""

    collaboration = models.OneToOneField(
        Collaboration, models.CASCADE, related_name="partner_score", verbose_name=_("collaboration")
    )
    asked_at = models.DateTimeField(_("asked"))
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    words = models.TextField(_("in her words"), blank=True)
    is_complaint = models.BooleanField(_("something went wrong"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = PartnerScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner score")
        verbose_name_plural = _("partner scores")
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="partner_score_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(answered_at__isnull=False), name="partner_score_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collaboration}: {self.score or '-'}"

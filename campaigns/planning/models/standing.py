"""Which deliverables count towards what an ambassador owes in a period."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.deliverable import Deliverable
from crm.ambassadors.models import DealPeriod, MakeGood, QuotaLine
from crm.base.models import Stamped


class QuotaPost(Stamped):
    """A deliverable that counts towards a quota: planned for it, or of another campaign and counted there as well.

    `slot` numbers what was planned for one quota of one period, so that planning twice makes nothing twice; empty for a
    deliverable of another campaign. With `make_good` it makes up for an earlier period and leaves this one alone.
    """

    deliverable = models.OneToOneField(
        Deliverable, models.CASCADE, related_name="quota_post", verbose_name=_("deliverable")
    )
    line = models.ForeignKey(QuotaLine, models.CASCADE, related_name="+", verbose_name=_("quota"))
    period = models.ForeignKey(
        DealPeriod, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("planned for the period")
    )
    make_good = models.ForeignKey(
        MakeGood, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("makes good")
    )
    slot = models.PositiveSmallIntegerField(_("number in its period"), null=True, blank=True)

    class Meta:
        verbose_name = _("post for a quota")
        verbose_name_plural = _("posts for quotas")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "line", "slot"], condition=Q(make_good__isnull=True), name="quota_post_planned_once"
            ),
            models.UniqueConstraint(
                fields=["make_good", "slot"], condition=Q(make_good__isnull=False), name="quota_post_made_good_once"
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True) | Q(period__isnull=False), name="quota_post_planned_for_a_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deliverable} · {self.line}"

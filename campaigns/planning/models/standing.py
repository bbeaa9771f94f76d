"""Which deliverables count towards what an ambassador owes in a period."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.deliverable import Deliverable
from campaigns.planning.models.seen import OfCampaign
from crm.ambassadors.models import DealPeriod, MakeGood, QuotaLine
from crm.base.models import Stamped

if TYPE_CHECKING:
    from crm.team.models import User


class QuotaPostQuerySet(OfCampaign):
    way = "deliverable__collaboration__campaign"

    def visible_to(self, user: "User") -> "QuotaPostQuerySet":
        return super().visible_to(user)

    def planned(self) -> "QuotaPostQuerySet":
        """Made for a quota; the others are of another campaign and counted here as well."""
        return self.filter(slot__isnull=False)

    def standing(self) -> "QuotaPostQuerySet":
        """Not dropped."""
        return self.exclude(deliverable__status=Deliverable.Status.DROPPED)

    def unposted(self) -> "QuotaPostQuerySet":
        return self.filter(deliverable__status__in=Deliverable.UNPOSTED)

    def unstarted(self) -> "QuotaPostQuerySet":
        """Nobody has handed anything in."""
        return self.filter(deliverable__status=Deliverable.Status.EXPECTED, deliverable__drafts=0)

    def making_good(self) -> "QuotaPostQuerySet":
        return self.filter(make_good__isnull=False)

    def of_periods(self) -> "QuotaPostQuerySet":
        """For the quota of a period itself."""
        return self.filter(make_good__isnull=True)

    def with_work(self) -> "QuotaPostQuerySet":
        """With the deliverable and everything its name, its story and its page need, in the same query."""
        return self.select_related(
            "line",
            "period",
            "deliverable__format__platform",
            "deliverable__collaboration__influencer",
            "deliverable__collaboration__campaign__brand",
            "deliverable__collaboration__campaign__owner",
        )


class QuotaPost(Stamped):
    """A deliverable that counts towards a quota: planned for it, or of another campaign and counted there as well.

    `slot` numbers what was planned for one quota of one period, so that planning twice makes nothing twice; empty for a
    deliverable of another campaign. With `make_good` it makes up for an earlier period and leaves this one alone. `planned_on`
    is the day it was given; where the posting day is another, somebody moved it since.
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

    planned_on = models.DateField(_("day it was given"), null=True, blank=True, editable=False)

    objects = QuotaPostQuerySet.as_manager()

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

"""A deal of a year or so with one person, and how its periods are counted."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models.programs import Program, ProgramTier
from crm.ambassadors.models.standing import DealStandings
from crm.base.models import Stamped
from crm.contracts.models import Contract
from crm.influencers.models import Influencer

if TYPE_CHECKING:
    from crm.team.models import User


class AmbassadorDealQuerySet(DealStandings):
    def visible_to(self, user: "User") -> "AmbassadorDealQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)

    def of_person(self, pk: int) -> "AmbassadorDealQuerySet":
        return self.filter(Q(influencer_id=pk) | Q(influencer__merged_into_id=pk))

    def in_force(self) -> "AmbassadorDealQuerySet":
        """Signed, and not over."""
        return self.filter(contract__status__in=Contract.IN_FORCE)

    def running(self) -> "AmbassadorDealQuerySet":
        """The first day has come and the last has not passed."""
        return self.filter(contract__status__in=[Contract.Status.ACTIVE, Contract.Status.IN_NOTICE])

    def with_contract(self) -> "AmbassadorDealQuerySet":
        """With everything its name and its days need, in the same query."""
        return self.select_related("contract__brand", "contract__owner", "influencer", "program", "tier")


class AmbassadorDeal(Stamped):
    """What a contract promises over and over. The contract keeps its days, its end, its renewal and its notice.

    Periods are counted from `anchor_on` (empty: the contract's first day) in the contract's zone; the number of a period
    never changes. Source: domain rules, sections 3.2 and 3.3.
    """

    class Label(models.TextChoices):
        EXCLUSIVE = "exclusive", _("Exclusive ambassador")
        FEATURED = "featured", _("Featured")
        MEMBER = "member", _("Member")

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        WEEK = "week", _("weeks")
        MONTH = "month", _("months")
        QUARTER = "quarter", _("quarters")
        YEAR = "year", _("years")

    class Alignment(models.TextChoices):
        ANNIVERSARY = "anniversary", _("from its first day")
        CALENDAR = "calendar", _("by the calendar")

    class Billing(models.TextChoices):
        ADVANCE = "advance", _("at the beginning of a period")
        ARREARS = "arrears", _("at the end of a period")

    class Proration(models.TextChoices):
        ACTUAL_DAYS = "actual", _("by the days")
        THIRTY_360 = "30_360", _("by months of 30 days")
        NONE = "none", _("always in full")

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="deal", verbose_name=_("contract"))
    influencer = models.ForeignKey(
        Influencer, models.PROTECT, related_name="ambassador_deals", verbose_name=_("influencer")
    )
    program = models.ForeignKey(Program, models.PROTECT, related_name="deals", verbose_name=_("programme"))
    label = models.CharField(_("as"), max_length=9, choices=Label, default=Label.MEMBER)
    tier = models.ForeignKey(
        ProgramTier,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deals",
        editable=False,
        verbose_name=_("tier"),
    )
    anchor_on = models.DateField(
        _("periods count from"), null=True, blank=True, help_text=_("Empty: the first day of the contract.")
    )
    unit = models.CharField(_("a period is in"), max_length=7, choices=Unit, default=Unit.MONTH)
    every = models.PositiveSmallIntegerField(_("how many"), default=1)
    alignment = models.CharField(_("periods run"), max_length=11, choices=Alignment, default=Alignment.ANNIVERSARY)
    eom_sticky = models.BooleanField(
        _("month ends stay month ends"), default=False,
        help_text=_("Counted from 28 February, the next period begins on 31 March."),
    )  # fmt: skip
    year_begins = models.PositiveSmallIntegerField(
        _("its year begins in month"),
        default=1,
        help_text=_("For quarters by the calendar: 7 where July to September is the first."),
    )
    billing = models.CharField(_("retainer is due"), max_length=7, choices=Billing, default=Billing.ARREARS)
    proration = models.CharField(_("parts of a period"), max_length=6, choices=Proration, default=Proration.ACTUAL_DAYS)
    pay_days = models.PositiveSmallIntegerField(_("paid within, days"), default=30)
    review_every = models.PositiveSmallIntegerField(
        _("looked at every so many periods"),
        null=True,
        blank=True,
        help_text=_("Empty: only before it goes on or ends."),
    )
    review_lead_days = models.PositiveSmallIntegerField(
        _("looked at so many days before the day for notice"), default=14
    )
    plans_posts = models.BooleanField(
        _("its posts are planned by themselves"), default=True,
        help_text=_("In the standing campaign of the programme, as each period begins."),
    )  # fmt: skip
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by", editable=False,
        verbose_name=_("goes on from"),
    )  # fmt: skip
    checked_on = models.DateField(_("laid out up to"), null=True, blank=True, editable=False)

    objects = AmbassadorDealQuerySet.as_manager()

    class Meta:
        verbose_name = _("ambassador deal")
        verbose_name_plural = _("ambassador deals")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["program", "-id"], name="ambassador_deal_program"),
            models.Index(fields=["influencer", "-id"], name="ambassador_deal_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(every__gte=1), name="ambassador_deal_period_not_empty"),
            models.CheckConstraint(
                condition=Q(year_begins__gte=1, year_begins__lte=12), name="ambassador_deal_year_begins_in_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.influencer} · {self.program}"

    @property
    def people(self) -> list[int]:
        """Whoever is held, before anything else of it, by whoever changes more than one row of it."""
        return sorted({self.influencer_id, *self.contract.people})

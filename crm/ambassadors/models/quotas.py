"""How many of what are owed in each period, and the ledger that counts them."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.ambassadors.models.deals import AmbassadorDeal
from crm.ambassadors.models.periods import DealPeriod
from crm.base.models import Stamped
from crm.contracts.models import Contract
from crm.influencers.models import Format
from crm.timeline.guards import append_only

if TYPE_CHECKING:
    from crm.team.models import User


class QuotaLineQuerySet(models.QuerySet["QuotaLine"]):
    def visible_to(self, user: "User") -> "QuotaLineQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deal__contract__brand_id__in=brands)


class QuotaLine(Stamped):
    """One kind of post that is owed again and again, and what happens to too few and too many of them.

    How many is kept by day in `QuotaQuantity`. Source: domain rules, sections 3.2 and 3.5.
    """

    class Rounding(models.TextChoices):
        HALF_UP = "half_up", _("to the nearest")
        FLOOR = "floor", _("down")
        CEIL = "ceil", _("up")

    class Rollover(models.TextChoices):
        NONE = "none", _("they lapse")
        CARRY = "carry", _("they are owed in the next period")
        MAKE_GOOD = "make_good", _("they are made good soon after")
        DEDUCT = "deduct", _("the retainer shrinks")

    class Over(models.TextChoices):
        BONUS = "bonus", _("noted as extra")
        ADVANCE = "advance", _("count for the next period")
        IGNORE = "ignore", _("not counted")

    class CountsOn(models.TextChoices):
        PUBLISHED = "published", _("the day it is posted")
        APPROVED = "approved", _("the day it is approved")

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="quotas", verbose_name=_("deal"))
    format = models.ForeignKey(Format, models.PROTECT, related_name="+", verbose_name=_("format"))
    note = models.CharField(_("about"), max_length=160, blank=True)
    rounding = models.CharField(_("parts are rounded"), max_length=7, choices=Rounding, default=Rounding.HALF_UP)
    rollover = models.CharField(_("too few"), max_length=9, choices=Rollover, default=Rollover.NONE)
    carry_cap = models.PositiveSmallIntegerField(
        _("carried at most"), null=True, blank=True, help_text=_("Empty: all of them.")
    )
    carry_lasts = models.PositiveSmallIntegerField(_("carried for so many periods"), default=1)
    over = models.CharField(_("too many"), max_length=7, choices=Over, default=Over.BONUS)
    extra_price = MoneyField(
        _("price of one more"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True,
        help_text=_("Each post beyond the quota is paid at this price. Empty: it is a gift."),
    )  # fmt: skip
    counts_on = models.CharField(_("counts"), max_length=9, choices=CountsOn, default=CountsOn.PUBLISHED)
    make_good_days = models.PositiveSmallIntegerField(_("made good within, days"), default=14)

    objects = QuotaLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["deal_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(carry_lasts__gte=1), name="quota_line_carries_a_period"),
        ]

    def __str__(self) -> str:
        return self.note or str(self.format)


class QuotaQuantity(models.Model):
    """How many a whole period owes from a day on, until the next of these. Zero: none any more."""

    line = models.ForeignKey(QuotaLine, models.CASCADE, related_name="quantities", verbose_name=_("quota"))
    quantity = models.PositiveSmallIntegerField(_("how many"))
    from_on = models.DateField(_("from"))
    amendment = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by the amendment")
    )

    class Meta:
        verbose_name = _("quantity")
        verbose_name_plural = _("quantities")
        ordering = ["line_id", "from_on"]
        constraints = [models.UniqueConstraint(fields=["line", "from_on"], name="quota_quantity_once_per_day")]

    def __str__(self) -> str:
        return f"{self.line}: {self.quantity}"


class QuotaEntryQuerySet(models.QuerySet["QuotaEntry"]):
    def visible_to(self, user: "User") -> "QuotaEntryQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(period__deal__contract__brand_id__in=brands)


@append_only
class QuotaEntry(models.Model):
    """One row of the ledger of what is owed. `quantity` is what it does to what is left: owed above zero, done below.

    The rows of a closed period come to nothing: what was left went somewhere, and a row says where. `about` is the period
    it speaks of where that is another than the one it is booked in: the period a carried post was first owed in, the closed
    period a late correction belongs to.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("Owed in this period")
        PRORATE = "prorate", _("Part of a period")
        AMEND = "amend", _("Changed by agreement")
        CARRY_IN = "carry_in", _("Carried in")
        CARRY_OUT = "carry_out", _("Carried to the next period")
        EXPIRE = "expire", _("Lapsed")
        DELIVERED = "delivered", _("Posted")
        ADVANCE = "advance", _("Done ahead")
        EXTRA = "extra", _("More than was owed")
        WAIVE = "waive", _("Let go")
        MAKE_GOOD_DUE = "mg_due", _("To be made good")
        MAKE_GOOD_DONE = "mg_done", _("Made good")

    TONES: ClassVar[dict[str, str]] = {
        Kind.DELIVERED: "ok", Kind.MAKE_GOOD_DONE: "ok", Kind.ADVANCE: "ok", Kind.EXPIRE: "bad", Kind.MAKE_GOOD_DUE: "warn",
        Kind.CARRY_IN: "info", Kind.CARRY_OUT: "info", Kind.WAIVE: "info",
    }  # fmt: skip
    ASIDE: ClassVar[tuple[str, ...]] = (Kind.MAKE_GOOD_DONE,)
    """Told in the ledger, and outside of what is left of a period: it was taken out of it when it became due."""

    period = models.ForeignKey(
        DealPeriod, models.DO_NOTHING, db_constraint=False, related_name="entries", verbose_name=_("period")
    )
    line = models.ForeignKey(
        QuotaLine, models.DO_NOTHING, db_constraint=False, related_name="entries", verbose_name=_("quota")
    )
    about = models.ForeignKey(
        DealPeriod, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+",
        verbose_name=_("about period"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    quantity = models.SmallIntegerField(_("quantity"))
    exact = models.CharField(_("exact share"), max_length=40, blank=True, help_text="84/31")
    key = models.CharField(
        _("key"), max_length=160, unique=True, help_text=_("What makes the same thing count only once.")
    )
    ref = models.CharField(_("comes from"), max_length=80, blank=True, help_text="campaigns.deliverable:12")
    label = models.CharField(_("what"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("written"))
    by = models.CharField(_("who"), max_length=160)

    objects = QuotaEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota entry")
        verbose_name_plural = _("quota entries")
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="quota_entry_not_nothing")]
        indexes = [
            models.Index(fields=["period", "line", "id"], name="quota_entry_period"),
            models.Index(fields=["ref"], name="quota_entry_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.quantity:+}"

    @property
    def tone(self) -> Any:
        return self.TONES.get(self.kind, "mute")


class PeriodQuotaQuerySet(models.QuerySet["PeriodQuota"]):
    def of_open_periods(self) -> "PeriodQuotaQuerySet":
        """Of periods under way, or over and waiting for somebody to close them."""
        return self.filter(period__in=DealPeriod.objects.open())

    def of_closed_periods(self) -> "PeriodQuotaQuerySet":
        """What is settled for good."""
        return self.filter(period__in=DealPeriod.objects.closed())


class PeriodQuota(models.Model):
    """What the ledger of one quota in one period adds up to, kept beside it so that lists ask one table.

    granted: GRANT, PRORATE, AMEND. carried: CARRY_IN, and ADVANCE of the period before (below zero). delivered and waived
    are positive. settled: what closing it wrote. left is what is still owed.
    """

    period = models.ForeignKey(DealPeriod, models.CASCADE, related_name="balances", verbose_name=_("period"))
    line = models.ForeignKey(QuotaLine, models.CASCADE, related_name="balances", verbose_name=_("quota"))
    granted = models.SmallIntegerField(_("owed"), default=0)
    carried = models.SmallIntegerField(_("carried in"), default=0)
    delivered = models.SmallIntegerField(_("posted"), default=0)
    waived = models.SmallIntegerField(_("let go"), default=0)
    settled = models.SmallIntegerField(_("settled at the close"), default=0)
    left = models.SmallIntegerField(_("left"), default=0)

    objects = PeriodQuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota of a period")
        verbose_name_plural = _("quotas of periods")
        ordering = ["period_id", "line_id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "line"], name="period_quota_once"),
            models.CheckConstraint(
                condition=Q(left=F("granted") + F("carried") - F("delivered") - F("waived") + F("settled")),
                name="period_quota_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.left}"


class MakeGoodQuerySet(models.QuerySet["MakeGood"]):
    def visible_to(self, user: "User") -> "MakeGoodQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(period__deal__contract__brand_id__in=brands)

    def open(self) -> "MakeGoodQuerySet":
        """Some of them are still owed."""
        return self.filter(done__lt=F("quantity") - F("waived"))


class MakeGood(Stamped):
    """Posts a closed period still owes, by a day of their own; never part of the next period's quota."""

    period = models.ForeignKey(DealPeriod, models.CASCADE, related_name="make_goods", verbose_name=_("period"))
    line = models.ForeignKey(QuotaLine, models.CASCADE, related_name="make_goods", verbose_name=_("quota"))
    quantity = models.PositiveSmallIntegerField(_("how many"))
    done = models.PositiveSmallIntegerField(_("made good"), default=0)
    waived = models.PositiveSmallIntegerField(_("let go"), default=0)
    due_on = models.DateField(_("by"))

    objects = MakeGoodQuerySet.as_manager()

    class Meta:
        verbose_name = _("posts to make good")
        verbose_name_plural = _("posts to make good")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "line"], name="make_good_once"),
            models.CheckConstraint(
                condition=Q(done__lte=F("quantity") - F("waived")), name="make_good_no_more_than_owed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.quantity}"

    @property
    def left(self) -> int:
        return self.quantity - self.done - self.waived

"""What a contract pays and promises: lines of money and kind, posts, and rights with their last day."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.models import Stamped
from crm.base.windows import Window, day_window
from crm.brands.models import Territory
from crm.contracts.models.contracts import Contract
from crm.contracts.models.parties import Party
from crm.influencers.models import Format, Platform, RateCard

if TYPE_CHECKING:
    from crm.team.models import User


class PayLineQuerySet(models.QuerySet["PayLine"]):
    def visible_to(self, user: "User") -> "PayLineQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)

    def commissions(self) -> "PayLineQuerySet":
        return self.filter(kind=PayLine.Kind.COMMISSION)

    def in_force_for(self, contract: int) -> "PayLineQuerySet":
        """What a contract says, and what amendments of it that have begun have added to it."""
        return self.filter(Q(contract=contract) | Contract.added_to(contract))


class PayLine(models.Model):
    """One thing that is given for the work: money, products, an evening, a share of what is sold.

    The value of what is not money is what it is worth to her. A commission has a rate in basis points and no amount.
    """

    class Kind(models.TextChoices):
        CASH_FEE = "cash_fee", _("Fee")
        EXCLUSIVITY_FEE = "exclusivity_fee", _("Fee for exclusivity")
        USAGE_FEE = "usage_fee", _("Fee for using the content")
        PRODUCT = "product", _("Products")
        EVENT = "event", _("Event or trip")
        CREDIT = "credit", _("Credit or voucher")
        COMMISSION = "commission", _("Commission")
        REIMBURSEMENT = "reimbursement", _("Costs paid back")
        BONUS = "bonus", _("Bonus")
        DEDUCTION = "deduction", _("Deduction")

    IN_KIND: ClassVar[tuple[str, ...]] = (Kind.PRODUCT, Kind.EVENT, Kind.CREDIT)
    Tax = RateCard.Tax

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="lines", verbose_name=_("contract"))
    party = models.ForeignKey(
        Party, models.CASCADE, null=True, blank=True, related_name="lines", verbose_name=_("for"),
        help_text=_("Empty: for everybody together."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.CASH_FEE)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    tax = models.CharField(_("tax"), max_length=5, choices=RateCard.Tax, blank=True, default="")
    rate_bp = models.PositiveIntegerField(_("rate, basis points"), null=True, blank=True)
    note = models.CharField(_("what it is"), max_length=200, blank=True)

    objects = PayLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("compensation line")
        verbose_name_plural = _("compensation lines")
        ordering = ["contract_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="commission", rate_bp__isnull=False, amount__isnull=True)
                | (~Q(kind="commission") & Q(rate_bp__isnull=True, amount__isnull=False)),
                name="line_has_amount_or_rate",
            ),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="line_not_negative"),
            models.CheckConstraint(
                condition=Q(rate_bp__isnull=True) | Q(rate_bp__lte=10_000), name="line_rate_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount or self.rate_bp}"

    @property
    def rate_percent(self) -> str:
        """A commission's share of a hundred, without needless digits."""
        return f"{(self.rate_bp or 0) / 100:g}"

    @property
    def is_in_kind(self) -> bool:
        return self.kind in self.IN_KIND


class PromisedPostQuerySet(models.QuerySet["PromisedPost"]):
    def visible_to(self, user: "User") -> "PromisedPostQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)

    def standing(self) -> "PromisedPostQuerySet":
        return self.filter(dropped_at__isnull=True)

    def in_force_for(self, contract: int) -> "PromisedPostQuerySet":
        """Those of a contract, and those that amendments of it that have begun have added to it."""
        return self.filter(Q(contract=contract) | Contract.added_to(contract))


class PromisedPost(Stamped):
    """One post somebody owes under a contract. What a campaign plans and sees posted points at it."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="posts", verbose_name=_("contract"))
    party = models.ForeignKey(Party, models.CASCADE, related_name="posts", verbose_name=_("by"))
    format = models.ForeignKey(Format, models.PROTECT, related_name="+", verbose_name=_("format"))
    due_on = models.DateField(_("to be posted by"), null=True, blank=True)
    note = models.CharField(_("about"), max_length=160, blank=True)
    dropped_at = models.DateTimeField(_("no longer owed since"), null=True, blank=True, editable=False)

    objects = PromisedPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("promised post")
        verbose_name_plural = _("promised posts")
        ordering = ["contract_id", "party_id", "id"]
        indexes = [models.Index(fields=["party", "id"], name="promised_post_party")]

    def __str__(self) -> str:
        return self.note or str(self.format)


class UsageRightQuerySet(models.QuerySet["UsageRight"]):
    def visible_to(self, user: "User") -> "UsageRightQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)

    def running(self) -> "UsageRightQuerySet":
        """Of contracts in force or over, and not yet taken down: what somebody must see to."""
        return self.filter(down_at__isnull=True, contract__signed_at__isnull=False).exclude(contract__status="void")

    def from_posts(self) -> "UsageRightQuerySet":
        """Those whose days follow from what is posted."""
        return self.filter(counted_from=UsageRight.From.FIRST_POST, down_at__isnull=True)

    def accesses(self) -> "UsageRightQuerySet":
        """Those to act from somebody's account."""
        return self.filter(kind=UsageRight.Kind.ALLOW_LISTING)

    def content(self) -> "UsageRightQuerySet":
        """Those to use what she made."""
        return self.exclude(kind=UsageRight.Kind.ALLOW_LISTING)

    def ending(self, first_on: dt.date, last_on: dt.date) -> "UsageRightQuerySet":
        """Those whose last day lies between these two, both included."""
        return self.filter(end_on__gte=first_on, end_on__lte=last_on)


class UsageRight(Stamped):
    """What the brand may do with the content, from when to when. Without a last day it is for good.

    Counted from a day that has not come, the days stay empty until it has (domain: a right runs from the first post, the
    first ad or the day access was given).
    """

    class Kind(models.TextChoices):
        ORGANIC = "organic", _("Repost on the brand's own accounts")
        PAID_ADS = "paid_ads", _("Run it as an ad")
        ALLOW_LISTING = "allow_listing", _("Ads from her account")
        WEB_AND_MAIL = "web_and_mail", _("Website and e-mail")
        BUY_OUT = "buy_out", _("Everything, for good")

    class From(models.TextChoices):
        FIXED = "fixed", _("fixed days")
        SIGNATURE = "signature", _("the day it is signed")
        FIRST_POST = "first_post", _("the first post")
        GRANT = "grant", _("the day access is given")

    CODE_DAYS: ClassVar[tuple[int, ...]] = (7, 30, 60, 180, 365)  # what TikTok lets a code for ads last, November 2026

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="rights", verbose_name=_("contract"))
    party = models.ForeignKey(
        Party, models.CASCADE, null=True, blank=True, related_name="rights", verbose_name=_("content of"),
        help_text=_("Empty: of everybody."),
    )  # fmt: skip
    kind = models.CharField(_("right"), max_length=13, choices=Kind, default=Kind.ORGANIC)
    counted_from = models.CharField(_("runs from"), max_length=10, choices=From, default=From.FIRST_POST)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True, help_text=_("Empty: for good."))
    start_on = models.DateField(_("first day"), null=True, blank=True)
    end_on = models.DateField(_("last day"), null=True, blank=True)
    platforms = models.ManyToManyField(Platform, blank=True, related_name="+", verbose_name=_("platforms"))
    territories = models.ManyToManyField(Territory, blank=True, related_name="+", verbose_name=_("where"))
    extension = MoneyField(
        _("price of going on"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    extension_days = models.PositiveSmallIntegerField(_("for days"), null=True, blank=True)
    extended_days = models.PositiveIntegerField(_("gone on for days"), default=0, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    down_at = models.DateTimeField(_("taken down"), null=True, blank=True, editable=False)
    down_note = models.CharField(_("what was taken down"), max_length=300, blank=True, editable=False)

    objects = UsageRightQuerySet.as_manager()

    class Meta:
        verbose_name = _("usage right")
        verbose_name_plural = _("usage rights")
        ordering = ["contract_id", "id"]
        indexes = [
            models.Index(fields=["end_on", "id"], condition=Q(down_at__isnull=True), name="right_ends"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(start_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="right_forward",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="buy_out") | Q(end_on__isnull=True, days__isnull=True), name="right_buy_out_for_good",
                violation_error_message=_("A buy-out has no last day."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.contract}"

    @property
    def window(self) -> Window:
        """The instants in which the content may be used, in the contract's zone."""
        return day_window(self.start_on, self.end_on, self.contract.zone)

    @property
    def called(self) -> Any:
        """What may be done, in whichever language it is told."""
        return self.Kind(self.kind).label

    def run_from(self, on: dt.date) -> None:
        """Set its days as it runs from this one: so many days after it, that day itself being the first."""
        self.start_on = on
        more = dt.timedelta(days=(self.days or 0) + self.extended_days)
        self.end_on = on + more if self.days is not None else None

    def wait_again(self) -> None:
        """What it ran from did not happen after all."""
        self.start_on = self.end_on = None

    @property
    def is_access(self) -> bool:
        """Somebody has to let us in, and has to shut the door again."""
        return self.kind == self.Kind.ALLOW_LISTING

    @property
    def may_go_on(self) -> bool:
        """Whether going on was agreed: for how many days, at which price."""
        return bool(self.extension_days and self.end_on and self.extension is not None and self.down_at is None)

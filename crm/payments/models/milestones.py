"""When what a contract pays becomes due, and what is given beside money."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.fields import same_sum
from crm.base.models import Reference, Stamped
from crm.base.places import ids_of_person
from crm.brands.models import Brand
from crm.contracts.models import Contract, Party, PromisedPost
from crm.influencers.models import Influencer
from crm.timeline.guards import append_only

if TYPE_CHECKING:
    from crm.team.models import User


class PayTermsQuerySet(models.QuerySet["PayTerms"]):
    def visible_to(self, user: "User") -> "PayTermsQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)


class PayTerms(Stamped):
    """How a contract is paid: days to pay, whether an invoice is asked for, who bears the tax on what is not money."""

    class BorneBy(models.TextChoices):
        PAYEE_CASH = "payee_cash", _("It is taken out of her money")
        GROSS_UP = "gross_up", _("We bear it on top")
        PAYEE_TRANSFERS = "payee_transfers", _("She pays it to us")

    contract = models.OneToOneField(Contract, models.CASCADE, related_name="pay_terms", verbose_name=_("contract"))
    net_days = models.PositiveSmallIntegerField(_("days to pay"), default=14)
    needs_invoice = models.BooleanField(
        _("she sends an invoice"), default=True, help_text=_("When off, we write the bill for her.")
    )
    in_kind_tax = models.CharField(
        _("tax on what is not money"), max_length=15, choices=BorneBy, default=BorneBy.PAYEE_CASH
    )

    objects = PayTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of payment")
        verbose_name_plural = _("terms of payment")

    def __str__(self) -> str:
        return str(self.contract)


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def visible_to(self, user: "User") -> "MilestoneQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)

    def waiting(self) -> "MilestoneQuerySet":
        """What it waits for has not happened, and it still stands."""
        return self.filter(met_on__isnull=True, dropped_at__isnull=True)

    def met(self) -> "MilestoneQuerySet":
        return self.filter(met_on__isnull=False, dropped_at__isnull=True)

    def standing(self) -> "MilestoneQuerySet":
        return self.filter(dropped_at__isnull=True)

    def called_off(self, contract: int) -> "MilestoneQuerySet":
        """Of a contract, what is no longer owed because work was called off."""
        return self.filter(contract=contract, dropped_at__isnull=False)

    def by_calendar(self, near_on: dt.date) -> "MilestoneQuerySet":
        """What a day meets by itself, as far as it may be one by then."""
        by_day = Q(trigger=Milestone.Trigger.DATE, on__lte=near_on)
        return self.filter(by_day | Q(trigger=Milestone.Trigger.LIVE_N_DAYS))


class Milestone(Stamped):
    """One part of the cash of one of its people, due when something happened. The parts of a person sum to 10,000.

    Once met, a line of the ledger with the key `milestone:<id>` says what is due; it is never written twice.
    """

    class Trigger(models.TextChoices):
        SIGNED = "signed", _("the contract is signed")
        SAMPLE_RECEIVED = "sample_received", _("the parcel has arrived")
        DRAFT_APPROVED = "draft_approved", _("the draft is approved")
        PUBLISHED = "published", _("it is posted")
        LIVE_N_DAYS = "live_n_days", _("it has stayed online")
        INSIGHTS_RECEIVED = "insights", _("her figures are here")
        PERIOD_CLOSED = "period_closed", _("the period is closed")
        DATE = "date", _("a day")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="milestones", verbose_name=_("contract"))
    party = models.ForeignKey(Party, models.CASCADE, related_name="milestones", verbose_name=_("for"))
    number = models.PositiveSmallIntegerField(_("number"))
    share_bp = models.PositiveIntegerField(_("share of the money, basis points"))
    trigger = models.CharField(_("due when"), max_length=15, choices=Trigger, default=Trigger.PUBLISHED)
    post = models.ForeignKey(
        PromisedPost, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("which post"),
        help_text=_("Empty: all of them."),
    )  # fmt: skip
    days = models.PositiveSmallIntegerField(_("days online"), null=True, blank=True)
    period = models.PositiveSmallIntegerField(_("which period"), null=True, blank=True)
    on = models.DateField(_("day"), null=True, blank=True)
    met_on = models.DateField(_("happened on"), null=True, blank=True, editable=False)
    due_on = models.DateField(_("to be paid by"), null=True, blank=True, editable=False)
    dropped_at = models.DateTimeField(_("no longer owed since"), null=True, blank=True, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["contract_id", "party_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "party", "number"], condition=Q(dropped_at__isnull=True), name="milestone_number_once"
            ),
            models.CheckConstraint(condition=Q(share_bp__gt=0, share_bp__lte=10_000), name="milestone_a_share"),
            models.CheckConstraint(
                condition=~Q(trigger="date") | Q(on__isnull=False), name="milestone_date_has_a_day",
                violation_error_message=_("Enter the day."),
            ),
            models.CheckConstraint(
                condition=~Q(trigger="live_n_days") | Q(days__isnull=False), name="milestone_live_has_days",
                violation_error_message=_("Enter for how many days it has to stay online."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["trigger", "met_on"], name="milestone_trigger")]

    def __str__(self) -> str:
        return f"{self.contract} {self.number}"

    @property
    def key(self) -> str:
        """What its line of the ledger is known by."""
        return f"milestone:{self.pk}"

    @property
    def is_met(self) -> bool:
        return self.met_on is not None


class KillFee(Reference):
    """What part of a fee is still paid when work is called off at a stage (domain rules, section 7.1)."""

    class Stage(models.TextChoices):
        SIGNED = "signed", _("Signed, nothing made yet")
        MAKING = "making", _("She has begun")
        SUBMITTED = "submitted", _("A draft is here")
        APPROVED = "approved", _("The draft is approved")
        PUBLISHED = "published", _("It is posted")

    stage = models.CharField(_("called off when"), max_length=9, choices=Stage)
    share_bp = models.PositiveIntegerField(_("paid nevertheless, basis points"))

    class Meta:
        verbose_name = _("kill fee")
        verbose_name_plural = _("kill fees")
        ordering = ["share_bp"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "valid_from"], name="kill_fee_once_from_a_day"),
            models.CheckConstraint(condition=Q(share_bp__lte=10_000), name="kill_fee_a_share"),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def visible_to(self, user: "User") -> "BenefitQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def of_person(self, pk: int) -> "BenefitQuerySet":
        return self.filter(influencer__in=ids_of_person(pk))

    def between(self, first_on: dt.date, last_on: dt.date) -> "BenefitQuerySet":
        return self.filter(on__gte=first_on, on__lte=last_on)


@append_only
class Benefit(models.Model):
    """A benefit in kind she was given for work: products, an evening, credit. A negative row takes one back.

    `amount` is what it is taxed on: cost of the brand's own goods, market value of others; `retail` what it sells for.
    """

    KINDS: ClassVar[tuple[str, ...]] = ("product", "event", "credit")

    kind = models.CharField(_("kind"), max_length=10)
    contract = models.ForeignKey(
        Contract, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+",
        verbose_name=_("contract"),
    )  # fmt: skip
    influencer = models.ForeignKey(
        Influencer, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("influencer")
    )
    brand = models.ForeignKey(Brand, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("brand"))
    amount = MoneyField(_("value for the tax"), max_digits=14, decimal_places=2, default_currency="IDR")
    retail = models.DecimalField(_("what it sells for"), max_digits=14, decimal_places=2)
    label = models.CharField(_("what it is"), max_length=200)
    ref = models.CharField(_("comes from"), max_length=80, blank=True)
    key = models.CharField(_("key"), max_length=160, unique=True)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("written"))
    by = models.CharField(_("who"), max_length=160)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        verbose_name = _("benefit in kind")
        verbose_name_plural = _("benefits in kind")
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["influencer", "on"], name="benefit_person"),
            models.Index(fields=["contract"], name="benefit_contract"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.amount}"


class CommissionStatementQuerySet(models.QuerySet["CommissionStatement"]):
    def visible_to(self, user: "User") -> "CommissionStatementQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)


class CommissionStatement(Stamped):
    """One month of commission of one person and brand: carried in, earned, taken back, paid out, carried on.

    Below the least payout, and where more came back than was earned, everything is carried on.
    """

    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    month_on = models.DateField(_("month"), help_text=_("Its first day."))
    currency = models.CharField(_("currency"), max_length=3, default="IDR")
    carried_in = models.DecimalField(_("carried in"), max_digits=14, decimal_places=2, default=0)
    earned = models.DecimalField(_("earned"), max_digits=14, decimal_places=2, default=0)
    returned = models.DecimalField(_("taken back"), max_digits=14, decimal_places=2, default=0)
    paid_out = models.DecimalField(_("paid out"), max_digits=14, decimal_places=2, default=0)
    carried_on = models.DecimalField(_("carried on"), max_digits=14, decimal_places=2, default=0)
    orders = models.PositiveIntegerField(_("orders"), default=0)

    objects = CommissionStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("commission statement")
        verbose_name_plural = _("commission statements")
        ordering = ["-month_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["influencer", "brand", "month_on", "currency"], name="commission_statement_once_a_month"
            ),
            models.CheckConstraint(
                condition=same_sum("carried_on", F("carried_in") + F("earned") - F("returned") - F("paid_out")),
                name="commission_statement_adds_up",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.influencer}, {self.month_on:%Y-%m}"

"""The ledger of money: every amount that became due, what was taken back of it, and what was settled."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.places import ids_of_person
from crm.brands.models import Brand
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.timeline.guards import append_only

if TYPE_CHECKING:
    from crm.team.models import User


class LedgerLineQuerySet(models.QuerySet["LedgerLine"]):
    def visible_to(self, user: "User") -> "LedgerLineQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def due(self) -> "LedgerLineQuerySet":
        """Lines that made something due; the others say what became of one of them."""
        return self.filter(step=LedgerLine.Step.DUE)

    def to_be_paid(self) -> "LedgerLineQuerySet":
        """Without commission that a statement gathers at the end of its month: it has no day of its own."""
        return self.exclude(kind=LedgerLine.Kind.COMMISSION, due_on__isnull=True)

    def against(self) -> "LedgerLineQuerySet":
        """What she owes us."""
        return self.filter(amount__lt=0)

    def owed_to_her(self) -> "LedgerLineQuerySet":
        return self.filter(amount__gt=0)

    def asked_by(self, on: dt.date) -> "LedgerLineQuerySet":
        """Those to be paid on this day or before."""
        return self.filter(due_on__lte=on)

    def settled(self) -> "LedgerLineQuerySet":
        return self.filter(step=LedgerLine.Step.SETTLED)

    def commissions(self) -> "LedgerLineQuerySet":
        """What orders earned and what was lost of it again, without what a statement gathered, and without payments."""
        rows = self.filter(kind=LedgerLine.Kind.COMMISSION).exclude(step=LedgerLine.Step.SETTLED)
        return rows.exclude(key__startswith="statement:").exclude(key__endswith=":gathered")

    def of_contract(self, pk: int) -> "LedgerLineQuerySet":
        return self.filter(contract=pk)

    def of_person(self, pk: int) -> "LedgerLineQuerySet":
        """Whoever went on as this person is meant, too: lines keep the id they were written with."""
        return self.filter(influencer__in=ids_of_person(pk))


@append_only
class LedgerLine(models.Model):
    """One row of the ledger. A due amount above zero is owed to the influencer, below zero by her.

    What is taken back or settled of a due line points at it and carries the part of its amount, with the same sign; a due
    line is open for what is left.
    """

    class Step(models.TextChoices):
        DUE = "due", _("Due")
        REVERSED = "reversed", _("Taken back")
        SETTLED = "settled", _("Settled")

    class Kind(models.TextChoices):
        RETAINER = "retainer", _("Retainer")
        ADJUSTMENT = "adjustment", _("Retainer, corrected")
        DEDUCTION = "deduction", _("Deduction")
        COMMISSION = "commission", _("Commission")
        EXTRA = "extra", _("Posts beyond the quota")
        FEE = "fee", _("Fee")
        KILL_FEE = "kill_fee", _("Kill fee")
        ADVANCE_BACK = "advance_back", _("Advance not earned")
        LOAN = "loan", _("Loan not returned")
        REMEDY = "remedy", _("Agreed remedy")
        BONUS = "bonus", _("Bonus")
        REIMBURSED = "reimbursed", _("Costs paid back")

    TONES: ClassVar[dict[str, str]] = {Step.DUE: "info", Step.REVERSED: "mute", Step.SETTLED: "ok"}

    step = models.CharField(_("step"), max_length=8, choices=Step, default=Step.DUE)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    of = models.ForeignKey(
        "self",
        models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="later",
        verbose_name=_("of"),
    )
    contract = models.ForeignKey(
        Contract, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+",
        verbose_name=_("contract"),
    )  # fmt: skip
    influencer = models.ForeignKey(
        Influencer, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("influencer")
    )
    brand = models.ForeignKey(Brand, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("brand"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="IDR")
    is_net = models.BooleanField(_("net: tax comes on top"), default=False)
    due_on = models.DateField(_("to be paid by"), null=True, blank=True)
    label = models.CharField(_("what for"), max_length=200)
    ref = models.CharField(_("comes from"), max_length=80, blank=True, help_text="crm.retainercharge:12")
    key = models.CharField(
        _("key"), max_length=160, unique=True, help_text=_("What makes the same thing due only once.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("written"))
    by = models.CharField(_("who"), max_length=160)

    objects = LedgerLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger line")
        verbose_name_plural = _("ledger lines")
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step="due", of__isnull=True) | (~Q(step="due") & Q(of__isnull=False)),
                name="ledger_line_later_of_a_due_one",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_line_not_nothing"),
        ]
        indexes = [
            models.Index(fields=["of"], name="ledger_line_of"),
            models.Index(fields=["contract", "-on"], name="ledger_line_contract"),
            models.Index(fields=["influencer", "-on"], name="ledger_line_person"),
            models.Index(fields=["brand", "step", "due_on"], name="ledger_line_brand"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.amount}"

    @property
    def tone(self) -> Any:
        return self.TONES[self.step]

    @property
    def is_gathered_later(self) -> bool:
        """Commission that waits for the statement of its month."""
        return self.kind == self.Kind.COMMISSION and self.due_on is None

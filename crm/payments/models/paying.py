"""Money that leaves: what is paid at once to one payee, line by line, and the sheet the bank is given."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.fields import same_sum
from crm.base.models import Stamped, StoredFile
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.payments.models.ledger import LedgerLine
from crm.payments.models.payees import BankAccount, Payee
from crm.payments.models.tax import TaxRule
from crm.privacy.held import without_held
from crm.timeline.transitions import Moves, may_move

if TYPE_CHECKING:
    from crm.team.models import User


class BankSheet(Stamped):
    """A file of transfers that was handed to the bank."""

    currency = models.CharField(_("currency"), max_length=3)
    pay_on = models.DateField(_("to be paid on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("bank sheet")
        verbose_name_plural = _("bank sheets")
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.pay_on} {self.currency}"


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, user: "User") -> "PaymentQuerySet":
        """Of their brands; what is held of somebody forgotten only to whoever answers for it."""
        brands = user.brand_ids()
        return without_held(self if brands is None else self.filter(brand_id__in=brands), user)

    def standing(self, statuses: tuple[str, ...]) -> "PaymentQuerySet":
        """Payments that stand in one of these, named by whoever asks."""
        return self.filter(status__in=statuses)

    def released(self) -> "PaymentQuerySet":
        """Let go, and not yet with the bank."""
        return self.filter(status=Payment.Status.RELEASED)

    def on_the_way(self) -> "PaymentQuerySet":
        """Let go or with the bank: promised, not yet known to have arrived."""
        return self.filter(status__in=Payment.OPEN)

    def paid(self) -> "PaymentQuerySet":
        return self.filter(status=Payment.Status.PAID)

    def paid_since(self, on: dt.date) -> "PaymentQuerySet":
        return self.paid().filter(paid_on__gte=on)

    def counting(self) -> "PaymentQuerySet":
        """Those that take something out of what is open."""
        return self.filter(status__in=(*Payment.OPEN, Payment.Status.PAID))

    def in_tax_month(self, month_on: dt.date) -> "PaymentQuerySet":
        return self.filter(tax_month_on=month_on)


class Payment(Stamped):
    """One transfer to one payee for one brand. Sums are in `currency`; nothing is recomputed once it was released.

    `gross` is the cash before tax, `in_kind` the value of benefits taxed with it, `net` what is transferred:
    gross + vat - tax (plus what a gross-up adds to gross).
    """

    class Status(models.TextChoices):
        RELEASED = "released", _("Released")
        SENT = "sent", _("With the bank")
        PAID = "paid", _("Paid")
        FAILED = "failed", _("Came back")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN: ClassVar[tuple[str, ...]] = ("released", "sent")
    MOVES: ClassVar[Moves] = {
        Status.SENT: (Status.RELEASED,),
        Status.PAID: (Status.RELEASED, Status.SENT),
        Status.FAILED: (Status.SENT, Status.PAID),
        Status.WITHDRAWN: (Status.RELEASED,),
    }
    TONES: ClassVar[dict[str, str]] = {
        Status.RELEASED: "info",
        Status.SENT: "warn",
        Status.PAID: "ok",
        Status.FAILED: "bad",
        Status.WITHDRAWN: "mute",
    }

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="payments", verbose_name=_("payee"))
    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("for the work of"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+", verbose_name=_("bank account"))
    sheet = models.ForeignKey(
        BankSheet, models.SET_NULL, null=True, blank=True, related_name="payments", editable=False,
        verbose_name=_("bank sheet"),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.RELEASED, editable=False)
    currency = models.CharField(_("currency"), max_length=3, default="IDR")
    gross = models.DecimalField(_("gross"), max_digits=14, decimal_places=2)
    in_kind = models.DecimalField(_("taxed with it, not money"), max_digits=14, decimal_places=2, default=0)
    grossed_up = models.DecimalField(_("of it added so that the net holds"), max_digits=14, decimal_places=2, default=0)
    article = models.CharField(_("tax"), max_length=5, choices=TaxRule.Article, blank=True)
    tax_month_on = models.DateField(_("month of the tax"), help_text=_("Its first day."))
    tax_base = models.DecimalField(_("taxed"), max_digits=14, decimal_places=2, default=0)
    tax = models.DecimalField(_("withheld"), max_digits=14, decimal_places=2, default=0)
    vat = models.DecimalField(_("VAT"), max_digits=14, decimal_places=2, default=0)
    net = models.DecimalField(_("transferred"), max_digits=14, decimal_places=2)
    steps = models.JSONField(_("how it was reckoned"), default=list, blank=True)
    pay_on = models.DateField(_("to be paid on"))
    released_at = models.DateTimeField(_("released"), editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False,
        verbose_name=_("released by"),
    )  # fmt: skip
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )
    bank_ref = models.CharField(_("reference of the bank"), max_length=80, blank=True)
    slip = models.CharField(_("number of the withholding slip"), max_length=60, blank=True)
    failed_why = models.CharField(_("came back because"), max_length=200, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-released_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(status="paid") | Q(paid_on__isnull=False), name="payment_paid_has_day"),
            models.CheckConstraint(condition=same_sum("net", F("gross") + F("vat") - F("tax")), name="payment_adds_up"),
            models.CheckConstraint(condition=Q(gross__gte=0, tax__gte=0, vat__gte=0, net__gte=0), name="payment_not_negative"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["payee", "tax_month_on"], name="payment_tax_month"),
            models.Index(fields=["brand", "status", "pay_on"], name="payment_brand"),
            models.Index(fields=["influencer", "-id"], name="payment_person"),
        ]

    def __str__(self) -> str:
        return f"{self.payee}, {self.pay_on}"

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def is_paid(self) -> bool:
        return self.status == self.Status.PAID

    @property
    def is_on_the_way(self) -> bool:
        """Let go, and not yet known to have arrived."""
        return self.status in self.OPEN

    @property
    def is_counting(self) -> bool:
        """It takes something out of what is open: it neither came back nor was withdrawn."""
        return self.status in (*self.OPEN, self.Status.PAID)

    def may_be(self, to: str) -> bool:
        return may_move(self, to, self.MOVES)


class PaymentPartQuerySet(models.QuerySet["PaymentPart"]):
    def on_the_way(self) -> "PaymentPartQuerySet":
        """Of payments that were let go and are not yet known to have arrived."""
        return self.filter(payment__status__in=Payment.OPEN)


class PaymentPart(models.Model):
    """What a payment pays of one due line. Of a line paid in parts each has its own number, so none is paid twice."""

    payment = models.ForeignKey(Payment, models.CASCADE, related_name="parts", verbose_name=_("payment"))
    line = models.ForeignKey(
        LedgerLine, models.DO_NOTHING, db_constraint=False, related_name="parts", verbose_name=_("ledger line")
    )
    sequence = models.PositiveSmallIntegerField(_("part"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    objects = PaymentPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a payment")
        verbose_name_plural = _("parts of payments")
        ordering = ["payment_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "sequence"], name="payment_part_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="payment_part_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.sequence}"

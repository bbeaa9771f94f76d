"""Who gets the money, where it goes, and what the tax office knows of her."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from crm.base.models import Stamped, StoredFile
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.timeline.transitions import Moves

if TYPE_CHECKING:
    from crm.team.models import User


class PayeeQuerySet(models.QuerySet["Payee"]):
    def visible_to(self, user: "User") -> "PayeeQuerySet":
        """Money of a person is no brand's: whoever may see payments sees who is paid."""
        return self

    def standing(self) -> "PayeeQuerySet":
        return self.filter(archived_at__isnull=True)

    def archived(self) -> "PayeeQuerySet":
        return self.filter(archived_at__isnull=False)

    def unchecked(self) -> "PayeeQuerySet":
        """Nobody has looked up what the tax office knows them by."""
        return self.filter(tax_checked_at__isnull=True)

    def with_account_waiting(self) -> "PayeeQuerySet":
        return self.filter(accounts__in=BankAccount.objects.waiting())

    def called(self, words: str) -> "PayeeQuerySet":
        """By the name on the papers, or by that of whom they are paid for."""
        about = Q(name__icontains=words) | Q(ways__influencer__stage_name__icontains=words)
        return self.filter(pk__in=Payee.objects.filter(about).order_by().values("pk"))


class Payee(Stamped):
    """The influencer herself, her guardian, or the company that acts for her; a company may be paid for many people.

    What the tax office knows decides the article and the rate (domain rules, section 7.2).
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("A person")
        COMPANY = "company", _("A company")

    class TaxId(models.TextChoices):
        NPWP = "npwp", _("Tax number (NPWP)")
        NIK_VALID = "nik_valid", _("National number (NIK), validated")
        NIK_UNVALIDATED = "nik_unvalidated", _("National number (NIK), not validated")
        NONE = "none", _("No number")

    KNOWN: ClassVar[tuple[str, ...]] = (TaxId.NPWP, TaxId.NIK_VALID)
    """Standings without a surcharge."""

    name = models.CharField(_("name on tax papers"), max_length=160)
    kind = models.CharField(_("is"), max_length=10, choices=Kind, default=Kind.INDIVIDUAL)
    country = CountryField(_("taxed in"), default="ID")
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("contact"),
        help_text=_("Agent or guardian. Empty: the influencer herself."),
    )  # fmt: skip
    tax_id_status = models.CharField(_("known to the tax office by"), max_length=15, choices=TaxId, default=TaxId.NONE)
    tax_number = models.CharField(_("number"), max_length=40, blank=True)
    tax_checked_at = models.DateTimeField(_("number checked"), null=True, blank=True, editable=False)
    is_vat_registered = models.BooleanField(_("charges VAT (PKP)"), default=False)
    address = models.TextField(_("address on tax papers"), blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    objects = PayeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("payee")
        verbose_name_plural = _("payees")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="payee_has_name"),
            models.CheckConstraint(
                condition=Q(tax_id_status="none") | ~Q(tax_number=""), name="payee_number_where_known",
                violation_error_message=_("Enter the number, or choose that there is none."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_company(self) -> bool:
        return self.kind == self.Kind.COMPANY

    @property
    def is_known(self) -> bool:
        """Whether the tax office knows the number, so that no surcharge is due."""
        return self.tax_id_status in self.KNOWN

    @property
    def is_herself(self) -> bool:
        """Whether the influencer is paid, not somebody who acts for her."""
        return self.contact_id is None and not self.is_company


class PaidThroughQuerySet(models.QuerySet["PaidThrough"]):
    def open_on(self, on: dt.date) -> "PaidThroughQuerySet":
        """Those money goes on that day, to a payee who was not archived."""
        running = Q(until_on__isnull=True) | Q(until_on__gte=on)
        return self.filter(running, since_on__lte=on, payee__archived_at__isnull=True)

    def endless(self) -> "PaidThroughQuerySet":
        return self.filter(until_on__isnull=True)


class PaidThrough(Stamped):
    """Whom the money of an influencer goes to, from one day to another. One at a time."""

    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="ways", verbose_name=_("payee"))
    since_on = models.DateField(_("from"))
    until_on = models.DateField(_("to"), null=True, blank=True)

    objects = PaidThroughQuerySet.as_manager()

    class Meta:
        verbose_name = _("way of the money")
        verbose_name_plural = _("ways of the money")
        ordering = ["-since_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["influencer"], condition=Q(until_on__isnull=True), name="paid_through_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="paid_through_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.influencer}: {self.payee}"


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    def visible_to(self, user: "User") -> "BankAccountQuerySet":
        return self

    def verified(self) -> "BankAccountQuerySet":
        return self.filter(status=BankAccount.Status.VERIFIED)

    def waiting(self) -> "BankAccountQuerySet":
        """Entered, and nobody has called back yet."""
        return self.filter(status=BankAccount.Status.WAITING)

    def in_use(self) -> "BankAccountQuerySet":
        """Those money goes to, or would after a call."""
        return self.filter(status__in=(BankAccount.Status.WAITING, BankAccount.Status.VERIFIED))


class BankAccount(Stamped):
    """Where money goes. No money goes there before a second person has called back on a number known before."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits for a call back")
        VERIFIED = "verified", _("Confirmed by a call")
        REFUSED = "refused", _("Not hers")
        RETIRED = "retired", _("No longer used")

    MOVES: ClassVar[Moves] = {
        Status.VERIFIED: (Status.WAITING,),
        Status.REFUSED: (Status.WAITING,),
        Status.RETIRED: (Status.WAITING, Status.VERIFIED),
    }
    TONES: ClassVar[dict[str, str]] = {Status.WAITING: "warn", Status.VERIFIED: "ok", Status.REFUSED: "bad"}

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="accounts", verbose_name=_("payee"))
    bank = models.CharField(_("bank"), max_length=80)
    bank_code = models.CharField(_("code of the bank"), max_length=11, blank=True)
    number = models.CharField(_("account number"), max_length=40)
    holder = models.CharField(_("account holder"), max_length=120)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.WAITING, editable=False)
    entered_at = models.DateTimeField(_("entered"), editable=False)
    entered_by = models.CharField(_("entered by"), max_length=160, editable=False)
    entered_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("entered by the colleague"),
    )  # fmt: skip
    verified_at = models.DateTimeField(_("called back"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("called back by"),
    )  # fmt: skip
    call_note = models.CharField(_("who was called, on which number"), max_length=200, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["payee"], condition=Q(status="verified"), name="bank_account_one_verified"),
            models.UniqueConstraint(fields=["payee"], condition=Q(status="waiting"), name="bank_account_one_waiting"),
            models.CheckConstraint(
                condition=~Q(verified_by=F("entered_by_user")) | Q(verified_by__isnull=True)
                | Q(entered_by_user__isnull=True),
                name="bank_account_called_by_a_second_person",
                violation_error_message=_("Whoever entered an account cannot confirm it. Ask a colleague."),
            ),
            models.CheckConstraint(
                condition=~Q(status="verified") | Q(verified_at__isnull=False), name="bank_account_verified_has_time"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.bank} ···{self.number[-4:]}"

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def is_verified(self) -> bool:
        """Money may go there."""
        return self.status == self.Status.VERIFIED

    @property
    def tone(self) -> str:
        return self.TONES.get(self.status, "mute")


class TaxCertificateQuerySet(models.QuerySet["TaxCertificate"]):
    def valid_on(self, on: dt.date) -> "TaxCertificateQuerySet":
        return self.filter(valid_from__lte=on, valid_to__gte=on)


class TaxCertificate(Stamped):
    """A paper of the tax office that changes the rate while it lasts: freed, final tax of a small business, a treaty."""

    class Kind(models.TextChoices):
        EXEMPT = "exempt", _("Nothing is withheld (SKB)")
        FINAL = "final", _("Final tax of a small business")
        TREATY = "treaty", _("Rate of a treaty")

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="certificates", verbose_name=_("payee"))
    kind = models.CharField(_("what it says"), max_length=6, choices=Kind)
    number = models.CharField(_("number"), max_length=80)
    rate_bp = models.PositiveIntegerField(_("rate, basis points"), default=0)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )

    objects = TaxCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("tax certificate")
        verbose_name_plural = _("tax certificates")
        ordering = ["-valid_to", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="tax_certificate_forward",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(condition=Q(rate_bp__lte=10_000), name="tax_certificate_rate_a_share"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

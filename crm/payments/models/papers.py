"""Papers about money: our own with gapless numbers, invoices that came in, and duty stamps."""

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.models import Stamped, StoredFile
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.payments.models.ledger import LedgerLine
from crm.payments.models.patterns import check_pattern
from crm.payments.models.payees import Payee
from crm.payments.models.paying import Payment
from crm.privacy.held import without_held
from crm.timeline.transitions import Moves

if TYPE_CHECKING:
    from crm.team.models import User


class DocumentSeriesQuerySet(models.QuerySet["DocumentSeries"]):
    def visible_to(self, user: "User") -> "DocumentSeriesQuerySet":
        """Those of one's brands, and those for all the rest."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand_id__in=brands) | Q(brand__isnull=True))


class DocumentSeries(Stamped):
    """How our own papers of one kind are numbered, for one brand or for all that have no series of their own."""

    class Kind(models.TextChoices):
        BILL = "bill", _("Bill written for her")
        RECEIPT = "receipt", _("Receipt")
        STATEMENT = "statement", _("Commission statement")

    kind = models.CharField(_("paper"), max_length=9, choices=Kind)
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    pattern = models.CharField(
        _("pattern"), max_length=80, default="INV/{brand}/{yyyy}/{mm}/{nnnn}",
        help_text=_("{brand}, {yyyy}, {mm} and {nnnn} are filled in; the number starts at 1 each year."),
    )  # fmt: skip

    objects = DocumentSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        ordering = ["kind", "brand_id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "brand"], name="document_series_once_per_brand"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(brand__isnull=True), name="document_series_one_for_the_rest"
            ),
        ]

    def __str__(self) -> str:
        return self.pattern

    def clean(self) -> None:
        check_pattern(self.pattern)


class SeriesYear(models.Model):
    """The last number given in a year. Locked while a paper is issued, so numbers have no gap and no twin."""

    series = models.ForeignKey(DocumentSeries, models.PROTECT, related_name="years", verbose_name=_("series"))
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("year of a series")
        verbose_name_plural = _("years of series")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="series_year_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: "User") -> "DocumentQuerySet":
        brands = user.brand_ids()
        return without_held(self if brands is None else self.filter(brand_id__in=brands), user)

    def standing(self) -> "DocumentQuerySet":
        return self.filter(voided_at__isnull=True)


class Document(Stamped):
    """One paper of ours. A void one keeps its number."""

    series = models.ForeignKey(DocumentSeries, models.PROTECT, related_name="documents", verbose_name=_("series"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("number on the paper"), max_length=120, unique=True)
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("payment")
    )
    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="IDR")
    issued_on = models.DateField(_("issued on"))
    issued_by = models.CharField(_("issued by"), max_length=160)
    said = models.JSONField(_("what it says"), default=dict, blank=True, editable=False)
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True, editable=False)
    voided_why = models.CharField(_("void because"), max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="document_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_number_from_one"),
        ]

    def __str__(self) -> str:
        return self.name


class StampMark(Stamped):
    """The duty stamp on a paper: its serial number, when it was put there, and a picture of it. Mitra stamps nothing itself."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="stamp", verbose_name=_("paper"))
    serial = models.CharField(_("serial number"), max_length=60)
    on = models.DateField(_("stamped on"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stamped paper")
    )

    class Meta:
        verbose_name = _("duty stamp")
        verbose_name_plural = _("duty stamps")
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["serial"], name="stamp_mark_serial_once",
                violation_error_message=_("This serial number is on another paper already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.serial


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def visible_to(self, user: "User") -> "InvoiceQuerySet":
        brands = user.brand_ids()
        return without_held(self if brands is None else self.filter(brand_id__in=brands), user)

    def waiting(self) -> "InvoiceQuerySet":
        """Here, and nobody of us has looked at them."""
        return self.filter(status=Invoice.Status.RECEIVED)

    def accepted(self) -> "InvoiceQuerySet":
        return self.filter(status=Invoice.Status.ACCEPTED)

    def standing(self) -> "InvoiceQuerySet":
        return self.exclude(status=Invoice.Status.REFUSED)

    def standing_at(self, status: str) -> "InvoiceQuerySet":
        return self.filter(status=status)


class Invoice(Stamped):
    """An invoice that came in: for which due lines, over how much, with which tax invoice number."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Sent back")

    MOVES: ClassVar[Moves] = {
        Status.ACCEPTED: (Status.RECEIVED,),
        Status.REFUSED: (Status.RECEIVED, Status.ACCEPTED),
    }
    TONES: ClassVar[dict[str, str]] = {Status.RECEIVED: "info", Status.ACCEPTED: "ok", Status.REFUSED: "bad"}

    payee = models.ForeignKey(
        Payee, models.PROTECT, null=True, blank=True, related_name="invoices", verbose_name=_("payee")
    )
    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    number = models.CharField(_("invoice number"), max_length=80)
    issued_on = models.DateField(_("date of the invoice"))
    amount = MoneyField(_("amount without VAT"), max_digits=14, decimal_places=2, default_currency="IDR")
    vat = models.DecimalField(_("VAT"), max_digits=14, decimal_places=2, default=0)
    faktur = models.CharField(
        _("number of the faktur pajak"), max_length=17, blank=True,
        validators=[RegexValidator(r"^\d{17}$", _("A faktur pajak has 17 digits."))],
    )  # fmt: skip
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("invoice")
    )
    lines = models.ManyToManyField(LedgerLine, through="InvoiceLine", related_name="+", verbose_name=_("for"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.RECEIVED, editable=False)
    received_at = models.DateTimeField(_("received"), editable=False)
    received_by = models.CharField(_("handed in by"), max_length=160, editable=False)
    refused_why = models.CharField(_("sent back because"), max_length=300, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["influencer", "brand", "number"], condition=~Q(status="refused"), name="invoice_number_once",
                violation_error_message=_("This invoice is here already."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0, vat__gte=0), name="invoice_over_something"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["status", "received_at"], name="invoice_status")]

    def __str__(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def is_accepted(self) -> bool:
        return self.status == self.Status.ACCEPTED

    @property
    def is_refused(self) -> bool:
        return self.status == self.Status.REFUSED


class InvoiceLine(models.Model):
    """One due line an invoice is about."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="about", verbose_name=_("invoice"))
    line = models.ForeignKey(
        LedgerLine, models.DO_NOTHING, db_constraint=False, related_name="invoiced", verbose_name=_("ledger line")
    )

    class Meta:
        verbose_name = _("line of an invoice")
        verbose_name_plural = _("lines of invoices")
        constraints = [models.UniqueConstraint(fields=["invoice", "line"], name="invoice_line_once")]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.line_id}"

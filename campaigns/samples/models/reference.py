"""What is known about sending: who carries parcels, what their words mean, and how many days are usual."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import Reference

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Courier(Reference):
    """Somebody who carries parcels. `tracking_url` has {waybill} in it; one without numbers has none and asks for none."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    country = models.CharField(_("country"), max_length=2, default="ID")
    gives_waybill = models.BooleanField(_("gives a waybill number"), default=True)
    waybill_pattern = models.CharField(
        _("how its numbers look"),
        max_length=120,
        blank=True,
        help_text=_("A regular expression; a number that differs only warns."),
    )
    tracking_url = models.CharField(_("tracking page"), max_length=300, blank=True)
    transit_days = models.PositiveSmallIntegerField(
        _("days on the way, usually"), default=3, help_text=_("After so many days she is asked whether it has arrived.")
    )
    lost_after_days = models.PositiveSmallIntegerField(
        _("counts as lost after, days"),
        default=30,
        help_text=_("Without delivery for so long, somebody is asked whether it is lost: 30 days express, 60 postal."),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("courier")
        verbose_name_plural = _("couriers")
        ordering = ["country", "position", "name"]

    def __str__(self) -> str:
        return self.name


class StatusWord(Reference):
    """What a courier's words mean: a status that has these words in it stands for one of ours."""

    courier = models.ForeignKey(
        Courier, models.CASCADE, null=True, blank=True, related_name="words", verbose_name=_("courier"),
        help_text=_("Empty: of every courier."),
    )  # fmt: skip
    words = models.CharField(_("words"), max_length=80, help_text=_("In small letters."))
    status = models.CharField(_("means"), max_length=20, help_text=_("A status of a shipment, such as delivered."))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("courier's word")
        verbose_name_plural = _("couriers' words")
        ordering = ["position", "words"]
        constraints = [
            models.UniqueConstraint(fields=["courier", "words"], name="status_word_once"),
            models.UniqueConstraint(
                fields=["words"], condition=models.Q(courier__isnull=True), name="status_word_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class SampleTerm(Reference):
    """One number the rules of samples go by: how long an address counts as confirmed, when a parcel counts as stuck."""

    class Code(models.TextChoices):
        ADDRESS_GOOD = "address_good", _("Days an address counts as confirmed")
        USE_PERIOD = "use_period", _("Days a product should still keep when it is needed")
        PACKED_WAITS = "packed_waits", _("Days a packed parcel may wait")
        NO_EVENT = "no_event", _("Days without news of a parcel")
        LOAN_CHARGE = "loan_charge", _("Days after which a charge for a loan is proposed")
        GIFT_ASK = "gift_ask", _("Gentle touches about a gift, at most")
        LOAN_WEAR = "loan_wear", _("Wear of a loan, % a month")
        STOCK_LOW = "stock_low", _("Pieces from which on stock is low")
        ENDS_SOON = "ends_soon", _("Days before its best-before day in which a batch ends soon")

    code = models.CharField(_("what"), max_length=20, choices=Code)
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("term of samples")
        verbose_name_plural = _("terms of samples")
        ordering = ["code", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="sample_term_once_a_day")]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.number}"


def terms_on(on: dt.date) -> dict[str, int]:
    """Every number in force on a day; the row that began last counts."""
    rows: QuerySet[SampleTerm] = SampleTerm.objects.valid_on(on).order_by(
        models.F("valid_from").asc(nulls_first=True), "pk"
    )
    return dict(rows.values_list("code", "number"))

"""What has to come back, and in which state it did."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.samples.models.reference import Courier
from campaigns.samples.models.shipments import Shipment, ShipmentItem
from crm.base.models import Stamped
from crm.timeline.transitions import Moves

if TYPE_CHECKING:
    from crm.team.models import User


class ReturnRequestQuerySet(models.QuerySet["ReturnRequest"]):
    def visible_to(self, user: "User") -> "ReturnRequestQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(shipment__request__brand_id__in=brands)

    def open(self) -> "ReturnRequestQuerySet":
        """Not back yet, and not settled another way."""
        return self.filter(status__in=ReturnRequest.OPEN)


class ReturnRequest(Stamped):
    """Something that has to come back: a loan, a parcel nobody took, what was sent although it was cancelled."""

    class Reason(models.TextChoices):
        LOAN = "loan", _("The loan is over")
        REFUSED = "refused", _("Nobody took the parcel")
        CANCELLED = "cancelled", _("It was cancelled")
        WRONG = "wrong", _("The wrong thing was sent")

    class Status(models.TextChoices):
        ASKED = "asked", _("To come back")
        UNDER_WAY = "under_way", _("On its way back")
        BACK = "back", _("Back, to be looked at")
        CHECKED = "checked", _("Looked at")
        KEPT = "kept", _("She keeps it")
        GIVEN_UP = "given_up", _("Given up")

    OPEN: ClassVar[tuple[str, ...]] = ("asked", "under_way")
    MOVES: ClassVar[Moves] = {
        "under_way": ("asked",),
        "back": ("asked", "under_way", "given_up"),
        "checked": ("back",),
        "kept": ("asked", "under_way"),
        "given_up": ("asked", "under_way"),
    }
    TONES: ClassVar[dict[str, str]] = {
        Status.ASKED: "warn", Status.UNDER_WAY: "info", Status.BACK: "warn", Status.CHECKED: "ok", Status.KEPT: "mute",
        Status.GIVEN_UP: "bad",
    }  # fmt: skip

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="returns", verbose_name=_("shipment"))
    reason = models.CharField(_("because"), max_length=9, choices=Reason)
    due_on = models.DateField(_("back by"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.ASKED, editable=False)
    courier = models.ForeignKey(
        Courier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("courier")
    )
    waybill = models.CharField(_("waybill number"), max_length=60, blank=True)
    sent_back_at = models.DateTimeField(_("sent back"), null=True, blank=True, editable=False)
    back_at = models.DateTimeField(_("back"), null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True, editable=False)
    charge = MoneyField(_("charge"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    charge_proposed_at = models.DateTimeField(_("charge proposed"), null=True, blank=True, editable=False)
    charge_decided_at = models.DateTimeField(_("charge decided"), null=True, blank=True, editable=False)
    charged = models.BooleanField(_("charged"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("decided by"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ReturnRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipment"],
                condition=Q(status__in=["asked", "under_way", "back"]),
                name="return_one_open_per_parcel",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(status__in=["asked", "under_way"]), name="return_open")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.shipment}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]


class ReturnItemQuerySet(models.QuerySet["ReturnItem"]):
    def visible_to(self, user: "User") -> "ReturnItemQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(back__shipment__request__brand_id__in=brands)


class ReturnItem(models.Model):
    """What of it came back, and in which state."""

    class Inspection(models.TextChoices):
        OK = "ok", _("As new")
        USED = "used", _("Used")
        DAMAGED = "damaged", _("Broken")
        MISSING = "missing", _("Missing")

    back = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="items", verbose_name=_("return"))
    contents = models.ForeignKey(ShipmentItem, models.PROTECT, related_name="+", verbose_name=_("contents"))
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    inspection = models.CharField(_("state"), max_length=7, choices=Inspection, blank=True)
    note = models.CharField(_("note"), max_length=160, blank=True)

    objects = ReturnItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a return")
        verbose_name_plural = _("parts of returns")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="return_item_at_least_one")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.contents.item}"

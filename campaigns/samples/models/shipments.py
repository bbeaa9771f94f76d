"""Parcels: what is in them, where they went, and what was heard of them since."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.samples.models.arrivals import ParcelArrivals
from campaigns.samples.models.leaving import Leaving
from campaigns.samples.models.reference import Courier
from campaigns.samples.models.requests import SampleItem, SampleRequest
from campaigns.samples.models.stock import StockBatch, StockLocation
from crm.timeline.guards import append_only
from crm.timeline.transitions import Moves

if TYPE_CHECKING:
    from crm.team.models import User


class ShipmentQuerySet(models.QuerySet["Shipment"]):
    def visible_to(self, user: "User") -> "ShipmentQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(request__brand_id__in=brands)

    def to_leave(self) -> "ShipmentQuerySet":
        """Put together and not given to a courier."""
        return self.filter(status__in=Shipment.HERE)

    def under_way(self) -> "ShipmentQuerySet":
        """With a courier, or nobody knows."""
        return self.filter(status__in=Shipment.AWAY)

    def left_before(self, at: dt.datetime) -> "ShipmentQuerySet":
        """Given to a courier before then; called off ones by when their request last changed."""
        called_off = Q(shipped_at__isnull=True, status=Shipment.Status.CANCELLED, request__updated_at__lt=at)
        return self.filter(Q(shipped_at__lt=at) | called_off)

    def with_request(self) -> "ShipmentQuerySet":
        """With everything its page, its story and its mails need, in the same query."""
        return self.select_related(
            "courier", "location", "request__influencer", "request__brand", "request__owner",
            "request__collaboration__campaign__owner",
        )  # fmt: skip


class Shipment(Leaving, ParcelArrivals):
    """One parcel. Where it goes is a copy of her address of that moment, which later edits leave alone (domain 4.5.2)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being put together")
        RESERVED = "reserved", _("Reserved")
        PACKED = "packed", _("Packed")
        SHIPPED = "shipped", _("Shipped")
        IN_TRANSIT = "in_transit", _("On its way")
        OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
        FAILED_ATTEMPT = "failed_attempt", _("Nobody was there")
        EXCEPTION = "exception", _("Something is wrong")
        DELIVERED = "delivered", _("Delivered")
        CONFIRMED = "confirmed", _("She has it")
        RETURNED_TO_SENDER = "returned_to_sender", _("Comes back")
        LOST = "lost", _("Lost")
        DAMAGED = "damaged", _("Arrived broken")
        CANCELLED = "cancelled", _("Cancelled")

    HERE: ClassVar[tuple[str, ...]] = ("draft", "reserved", "packed")
    AWAY: ClassVar[tuple[str, ...]] = ("shipped", "in_transit", "out_for_delivery", "failed_attempt", "exception")
    THERE: ClassVar[tuple[str, ...]] = ("delivered", "confirmed")
    TRACEABLE: ClassVar[tuple[str, ...]] = (*AWAY, "delivered")
    MOVES: ClassVar[Moves] = {
        "reserved": ("draft",),
        "packed": ("draft", "reserved"),
        "shipped": HERE,
        "in_transit": ("shipped", "out_for_delivery", "failed_attempt", "exception"),
        "out_for_delivery": ("shipped", "in_transit", "failed_attempt", "exception"),
        "failed_attempt": ("shipped", "in_transit", "out_for_delivery", "exception"),
        "exception": ("shipped", "in_transit", "out_for_delivery", "failed_attempt"),
        "delivered": (*AWAY, "lost"),
        "confirmed": (*AWAY, "delivered", "lost"),
        "returned_to_sender": AWAY,
        "lost": TRACEABLE,
        "damaged": (*AWAY, *THERE),
        "cancelled": HERE,
    }
    TONES: ClassVar[dict[str, str]] = {
        Status.DRAFT: "mute", Status.RESERVED: "mute", Status.PACKED: "info", Status.SHIPPED: "info",
        Status.IN_TRANSIT: "info", Status.OUT_FOR_DELIVERY: "info", Status.FAILED_ATTEMPT: "warn",
        Status.EXCEPTION: "warn", Status.DELIVERED: "ok", Status.CONFIRMED: "ok", Status.RETURNED_TO_SENDER: "warn",
        Status.LOST: "bad", Status.DAMAGED: "bad", Status.CANCELLED: "mute",
    }  # fmt: skip

    request = models.ForeignKey(
        SampleRequest, models.PROTECT, related_name="shipments", verbose_name=_("sample request")
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("in place of")
    )
    status = models.CharField(_("status"), max_length=18, choices=Status, default=Status.DRAFT, editable=False)
    address_snapshot = models.JSONField(_("goes to"), default=dict, blank=True, editable=False)
    location = models.ForeignKey(
        StockLocation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("leaves from")
    )
    courier = models.ForeignKey(
        Courier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("courier")
    )
    service = models.CharField(_("service"), max_length=40, blank=True, help_text=_("REG, YES, same day."))
    waybill = models.CharField(_("waybill number"), max_length=60, blank=True)
    transit_days = models.PositiveSmallIntegerField(_("days on the way, usually"), null=True, blank=True)
    cost = MoneyField(
        _("shipping cost"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    insured_value = MoneyField(
        _("insured for"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    packed_at = models.DateTimeField(_("packed"), null=True, blank=True, editable=False)
    shipped_at = models.DateTimeField(_("shipped"), null=True, blank=True, editable=False)
    heard_at = models.DateTimeField(_("last heard of"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked whether it arrived"), null=True, blank=True, editable=False)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed by her"), null=True, blank=True, editable=False)
    traced_at = models.DateTimeField(_("being looked for since"), null=True, blank=True, editable=False)
    written_off_at = models.DateTimeField(_("written off"), null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["courier", "waybill"], condition=~Q(waybill=""), name="shipment_waybill_once",
                violation_error_message=_("Another parcel has this waybill number already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "reserved", "packed", "cancelled"]) | Q(shipped_at__isnull=False),
                name="shipment_away_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["delivered", "confirmed"]) | Q(delivered_at__isnull=False),
                name="shipment_there_has_time",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="shipment_replaces_another"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["status", "-id"], name="shipment_status"),
            models.Index(fields=["shipped_at"], condition=Q(delivered_at__isnull=True), name="shipment_away"),
        ]

    def __str__(self) -> str:
        return self.waybill or f"#{self.pk}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]


class ShipmentItemQuerySet(models.QuerySet["ShipmentItem"]):
    def visible_to(self, user: "User") -> "ShipmentItemQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(shipment__request__brand_id__in=brands)


class ShipmentItem(models.Model):
    """So many of one line in one parcel, out of one batch. `arrived` stays empty until somebody has looked."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="items", verbose_name=_("shipment"))
    item = models.ForeignKey(SampleItem, models.PROTECT, related_name="shipped", verbose_name=_("sample item"))
    batch = models.ForeignKey(
        StockBatch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("batch")
    )
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    arrived = models.PositiveSmallIntegerField(_("arrived whole"), null=True, blank=True)

    objects = ShipmentItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("contents of a parcel")
        verbose_name_plural = _("contents of parcels")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="shipment_item_at_least_one"),
            models.CheckConstraint(
                condition=Q(arrived__isnull=True) | Q(arrived__lte=F("quantity")),
                name="shipment_item_not_more_than_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.item}"


class ShipmentEventQuerySet(models.QuerySet["ShipmentEvent"]):
    def visible_to(self, user: "User") -> "ShipmentEventQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(shipment__request__brand_id__in=brands)


@append_only
class ShipmentEvent(models.Model):
    """One thing heard of a parcel, in the courier's words and in ours. Rows are only added."""

    class Source(models.TextChoices):
        MANUAL = "manual", _("Typed")
        IMPORT = "import", _("From a file")
        HER = "her", _("She said so")
        MITRA = "mitra", _("By itself")

    shipment = models.ForeignKey(
        Shipment, models.DO_NOTHING, db_constraint=False, related_name="events", verbose_name=_("shipment")
    )
    at = models.DateTimeField(_("when"))
    raw_status = models.CharField(_("the courier's words"), max_length=200, blank=True)
    status = models.CharField(_("means"), max_length=18, choices=Shipment.Status, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=6, choices=Source, default=Source.MANUAL)
    by = models.CharField(_("who"), max_length=160, blank=True)
    noted_at = models.DateTimeField(_("noted"))

    objects = ShipmentEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("news of a parcel")
        verbose_name_plural = _("news of parcels")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "at", "raw_status"], condition=~Q(raw_status=""), name="shipment_event_once"
            )
        ]
        indexes = [models.Index(fields=["shipment", "-at"], name="shipment_event_newest")]

    def __str__(self) -> str:
        return self.raw_status or self.get_status_display()

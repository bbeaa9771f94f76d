"""What has to come back, and in which state it did."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.models.told import Refused, Told, ring_after_commit
from campaigns.samples.models.reference import Courier
from campaigns.samples.models.shipments import Shipment, ShipmentItem
from crm.base.models import Stamped
from crm.timeline.record import Actor, record
from crm.timeline.transitions import Moves, move

if TYPE_CHECKING:
    from crm.team.models import User


class ReturnRequestQuerySet(models.QuerySet["ReturnRequest"]):
    def visible_to(self, user: "User") -> "ReturnRequestQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(shipment__request__brand_id__in=brands)

    def open(self) -> "ReturnRequestQuerySet":
        """Not back yet, and not settled another way."""
        return self.filter(status__in=ReturnRequest.OPEN)

    def not_given_up(self) -> "ReturnRequestQuerySet":
        """Asked for, back, or hers for good: nothing to ask for once more."""
        return self.exclude(status=ReturnRequest.Status.GIVEN_UP)

    def unsettled(self) -> "ReturnRequestQuerySet":
        """Not back yet, or nobody has looked at it."""
        return self.filter(status__in=[*ReturnRequest.OPEN, ReturnRequest.Status.BACK])

    def with_request(self) -> "ReturnRequestQuerySet":
        """With everything its page, its story and its mails need, in the same query."""
        return self.select_related(
            "courier", "shipment__location", "shipment__request__influencer", "shipment__request__brand",
            "shipment__request__owner", "shipment__request__collaboration__campaign__owner",
        )  # fmt: skip


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

    @property
    def what(self) -> str:
        """What is to come back, in a word or two."""
        rows = self.shipment.items.select_related("item__product", "item__variant__product")
        return ", ".join(str(row) for row in rows) or str(self.shipment)

    @property
    def is_open(self) -> bool:
        """She has it still, or it is on its way."""
        return self.status in self.OPEN

    @property
    def waits_for_decision(self) -> bool:
        """A charge was proposed, and nobody has said yes or no to it."""
        return self.charge_proposed_at is not None and self.charge_decided_at is None and self.is_open

    def sent_back(
        self, *, at: dt.datetime, actor: Actor, courier: Courier | None = None, waybill: str = "", **told: Unpack[Told]
    ) -> None:
        """She has sent it: nobody reminds her any more. A number comes along where there is one."""
        sentence = _("Sent back %(what)s with number %(waybill)s") if waybill else _("Sent back %(what)s")
        also = {"sent_back_at": at, "courier": courier, "waybill": waybill}
        self._go("under_way", "return.under_way", sentence, at, actor, also=also, waybill=waybill, told=told)

    def arrived(self, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
        """It is here again. Nothing is counted as stock before somebody has looked at it (domain rule 4.5.11)."""
        self._go("back", "return.back", _("%(what)s is back, and waits to be looked at"), at, actor,
                 also={"back_at": at}, told=told)  # fmt: skip

    def check_off(self, *, at: dt.datetime, actor: Actor, found: Any, note: str = "") -> None:
        """Somebody has looked at every piece; `found` says what there was. `after.actions.check` also moves the stock."""
        self._go("checked", "return.checked", _("Looked at %(what)s: %(found)s"), at, actor,
                 also={"checked_at": at, "note": note or self.note}, found=found)  # fmt: skip

    def keep(self, *, at: dt.datetime, actor: Actor, because: str) -> None:
        """She keeps it. What that makes of a loan is said by `after.actions.keep`."""
        self._go("kept", "return.kept", _("%(what)s stays with her"), at, actor, told={"quote": because})

    def give_up(self, *, at: dt.datetime, actor: Actor, because: str) -> None:
        """Nobody waits for it any longer; should it come after all, it is still received."""
        self._go("given_up", "return.given_up", _("Nobody waits for %(what)s any longer"), at, actor,
                 told={"quote": because})  # fmt: skip

    def extend(self, due_on: dt.date, *, at: dt.datetime, actor: Actor, because: str = "") -> None:
        """Another day by which it is to come back. Raises Refused once it is on its way or settled."""
        before = self.due_on
        with transaction.atomic():
            rows = ReturnRequest.objects.filter(pk=self.pk, status=self.Status.ASKED)
            if not rows.update(due_on=due_on, updated_at=at):
                raise Refused(self, _("Its day cannot be moved any more. Reload the page to see how it stands."))
            self.due_on = due_on
            self.tell("return.extended", _("%(what)s is to be back by another day"), at, actor,
                       changes={"due_on": (before, due_on)}, quote=because)  # fmt: skip
        ring_after_commit()

    def _go(
        self, to: str, verb: str, sentence: Any, at: dt.datetime, actor: Actor, *, also: Mapping[str, Any] | None = None,
        told: Told | None = None, **params: Any,
    ) -> None:  # fmt: skip
        request = self.shipment.request
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=verb, sentence=sentence, also=also,
            params={"what": self.what, **params}, influencer=request.influencer_id, brand=request.brand_id, **(told or {}),
        )  # fmt: skip
        ring_after_commit()

    def tell(
        self, verb: str, sentence: Any, at: dt.datetime, actor: Actor, *, quote: str = "",
        changes: Mapping[str, tuple[Any, Any]] | None = None, **params: Any,
    ) -> None:  # fmt: skip
        """A line of her story about this return."""
        request = self.shipment.request
        record(
            verb, sentence, at=at, actor=actor, subject=self, params={"what": self.what, **params}, quote=quote,
            influencer=request.influencer_id, brand=request.brand_id, changes=changes,
        )  # fmt: skip


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

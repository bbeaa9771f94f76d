"""Orders that came by a code or a link, what came back of them, and the door a shop sends them through."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.results.models.snapshots import ResultFile
from campaigns.tracking.models import TrackedLink, VoucherCode
from crm.base.models import Stamped
from crm.brands.models import Brand
from crm.timeline.guards import append_only

if TYPE_CHECKING:
    from crm.team.models import User


class OfBrand(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)


class OrderQuerySet(OfBrand):
    def standing(self) -> "OrderQuerySet":
        """Brought in and not undone with its file."""
        return self.filter(undone_at__isnull=True)

    def attributed(self) -> "OrderQuerySet":
        return self.standing().filter(collaboration__isnull=False)

    def unattributed(self) -> "OrderQuerySet":
        return self.standing().filter(collaboration__isnull=True)

    def between(self, first_on: dt.date, last_on: dt.date) -> "OrderQuerySet":
        return self.filter(ordered_on__gte=first_on, ordered_on__lte=last_on)


class Order(Stamped):
    """One order of a shop. Its number is known once per brand; a code goes before a link when it has both.

    `amount` is what was paid for goods: after discounts, without tax and shipping. `cost` is what the goods cost the brand.
    """

    class Via(models.TextChoices):
        CODE = "code", _("Code")
        LINK = "link", _("Link")

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    number = models.CharField(_("order number"), max_length=80)
    ordered_at = models.DateTimeField(_("ordered"))
    ordered_on = models.DateField(_("day"))
    amount = MoneyField(_("paid for goods"), max_digits=14, decimal_places=2, default_currency="IDR")
    discount = models.DecimalField(_("discount"), max_digits=14, decimal_places=2, default=0)
    tax = models.DecimalField(_("tax"), max_digits=14, decimal_places=2, default=0)
    shipping = models.DecimalField(_("shipping"), max_digits=14, decimal_places=2, default=0)
    cost = models.DecimalField(_("what the goods cost"), max_digits=14, decimal_places=2, null=True, blank=True)
    via = models.CharField(_("came by"), max_length=4, choices=Via)
    code_said = models.CharField(_("code"), max_length=60, blank=True)
    link_said = models.CharField(_("link"), max_length=60, blank=True)
    code = models.ForeignKey(
        VoucherCode, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("known code")
    )
    link = models.ForeignKey(
        TrackedLink, models.SET_NULL, null=True, blank=True, related_name="orders", verbose_name=_("known link")
    )
    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("collaboration")
    )
    deliverable = models.ForeignKey(
        Deliverable, models.SET_NULL, null=True, blank=True, related_name="orders", verbose_name=_("post")
    )
    is_new_customer = models.BooleanField(_("a new customer"), null=True, blank=True)
    result_file = models.ForeignKey(
        ResultFile, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("file")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order through influencers")
        verbose_name_plural = _("orders through influencers")
        ordering = ["-ordered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "number"], condition=Q(undone_at__isnull=True), name="order_once_per_brand",
                violation_error_message=_("This order is known already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, discount__gte=0, tax__gte=0, shipping__gte=0), name="order_not_negative"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["collaboration", "ordered_on"], name="order_collaboration"),
            models.Index(fields=["brand", "-ordered_at", "-id"], name="order_brand"),
        ]

    def __str__(self) -> str:
        return self.number


@append_only
class OrderReturn(models.Model):
    """What came back of an order: a row for each refund, known by the shop's own number. Rows are only added."""

    order = models.ForeignKey(
        Order, models.DO_NOTHING, db_constraint=False, related_name="returns", verbose_name=_("order")
    )
    number = models.CharField(_("number of the refund"), max_length=80)
    key = models.CharField(_("key"), max_length=200, unique=True)
    amount = models.DecimalField(_("given back"), max_digits=14, decimal_places=2)
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="order_return_is_something")]
        indexes = [models.Index(fields=["order"], name="order_return_order")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.amount}"


class OrderHook(Stamped):
    """A shop's door: an address with a secret that signs each message. The secret is shown once and can be made anew."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", verbose_name=_("brand"))
    name = models.CharField(_("shop"), max_length=80)
    slug = models.CharField(_("address"), max_length=43, unique=True, editable=False)
    secret = models.CharField(_("secret"), max_length=64, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    seen_at = models.DateTimeField(_("last message"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = OfBrand.as_manager()

    class Meta:
        verbose_name = _("door of a shop")
        verbose_name_plural = _("doors of shops")
        ordering = ["brand_id", "name"]
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="order_hook_once")]

    def __str__(self) -> str:
        return f"{self.brand}: {self.name}"


class HookMessage(models.Model):
    """One message of a shop: known by its own number, so that the same one works once, with what came of it."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Taken")
        KNOWN = "known", _("Known already")
        REFUSED = "refused", _("Refused")

    TONES: ClassVar[dict[str, str]] = {Outcome.TAKEN: "ok", Outcome.KNOWN: "mute", Outcome.REFUSED: "bad"}

    hook = models.ForeignKey(OrderHook, models.CASCADE, related_name="messages", verbose_name=_("door"))
    number = models.CharField(_("number"), max_length=120)
    at = models.DateTimeField(_("received"))
    outcome = models.CharField(_("what came of it"), max_length=7, choices=Outcome)
    why = models.CharField(_("because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message of a shop")
        verbose_name_plural = _("messages of shops")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hook", "number"], condition=~Q(outcome="refused"), name="hook_message_once"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        return self.TONES[self.outcome]

"""What is there to be sent: places, batches, and every movement. Only brands that count their samples have any of it."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.brands.models import Brand, Product, ProductVariant
from crm.timeline.guards import append_only

if TYPE_CHECKING:
    from crm.team.models import User


class StockLocationQuerySet(models.QuerySet["StockLocation"]):
    def visible_to(self, user: "User") -> "StockLocationQuerySet":
        """A place without a brand serves all of them."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand__isnull=True) | Q(brand_id__in=brands))

    def in_use(self) -> "StockLocationQuerySet":
        return self.filter(archived_at__isnull=True)


class StockLocation(Stamped):
    """A place samples leave from: the shelf in the office, the warehouse. Parcels name it as their sender."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    brand = models.ForeignKey(
        Brand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("brand"),
        help_text=_("Empty: of all brands."),
    )
    sender = models.CharField(_("sender"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address = models.TextField(_("address"), blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    objects = StockLocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock location")
        verbose_name_plural = _("stock locations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StockBatchQuerySet(models.QuerySet["StockBatch"]):
    def visible_to(self, user: "User") -> "StockBatchQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(product__brand_id__in=brands)

    def of(self, product: int, variant: int | None) -> "StockBatchQuerySet":
        """Batches of exactly this thing."""
        return self.filter(product_id=product, variant_id=variant)

    def first_expiring_first(self) -> "StockBatchQuerySet":
        """FEFO: what ends first leaves first; what never ends leaves last (domain rule 4.5.3)."""
        return self.order_by(F("expires_on").asc(nulls_last=True), "pk")


class StockBatch(Stamped):
    """So many of one thing in one place, made together. `on_hand` and `reserved` are what its movements add up to."""

    location = models.ForeignKey(
        StockLocation, models.PROTECT, related_name="batches", verbose_name=_("stock location")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"))
    variant = models.ForeignKey(
        ProductVariant, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("variant")
    )
    batch_no = models.CharField(_("batch number"), max_length=40, blank=True)
    expires_on = models.DateField(_("best before"), null=True, blank=True)
    on_hand = models.PositiveIntegerField(_("on hand"), default=0, editable=False)
    reserved = models.PositiveIntegerField(_("reserved"), default=0, editable=False)

    objects = StockBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["product", "variant", "expires_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "product", "variant", "batch_no"], condition=Q(variant__isnull=False),
                name="batch_once_of_variant",
            ),
            models.UniqueConstraint(
                fields=["location", "product", "batch_no"], condition=Q(variant__isnull=True), name="batch_once_of_product"
            ),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="batch_on_hand_not_below_zero"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")), name="batch_available_not_below_zero"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.variant or self.product} {self.batch_no}".strip()

    @property
    def available(self) -> int:
        """On hand and not promised to a parcel."""
        return self.on_hand - self.reserved


class StockMovementQuerySet(models.QuerySet["StockMovement"]):
    def visible_to(self, user: "User") -> "StockMovementQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(batch__product__brand_id__in=brands)


@append_only
class StockMovement(models.Model):
    """One change of one batch. Rows are only added; `quantity` is positive, except in an adjustment."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Received")
        RESERVE = "reserve", _("Reserved")
        RELEASE = "release", _("Set free")
        SHIP = "ship", _("Shipped")
        RETURN = "return", _("Came back")
        WRITE_OFF = "write_off", _("Written off")
        ADJUST = "adjust", _("Counted anew")

    SIGNS: ClassVar[dict[str, tuple[int, int]]] = {
        "receipt": (1, 0), "reserve": (0, 1), "release": (0, -1), "ship": (-1, -1), "return": (1, 0), "write_off": (-1, 0),
        "adjust": (1, 0),
    }  # fmt: skip
    """What one piece does to what is on hand and to what is reserved."""

    batch = models.ForeignKey(
        StockBatch, models.DO_NOTHING, db_constraint=False, related_name="movements", verbose_name=_("batch")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    quantity = models.IntegerField(_("quantity"))
    ref = models.CharField(_("for"), max_length=80, blank=True, help_text="campaigns.shipment:12")
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=160)

    objects = StockMovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0) | Q(kind="adjust"), name="movement_moves_something"),
            models.CheckConstraint(condition=~Q(quantity=0), name="movement_not_nothing"),
        ]
        indexes = [models.Index(fields=["ref"], name="movement_ref")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.quantity}"

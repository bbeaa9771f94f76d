"""What a brand sells and sends out, and in which variants."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.models import Stamped
from crm.brands.models.houses import Brand, Category

if TYPE_CHECKING:
    from crm.team.models import User


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, user: "User") -> "ProductQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def offered(self) -> "ProductQuerySet":
        return self.filter(archived_at__isnull=True)

    def archived(self) -> "ProductQuerySet":
        return self.filter(archived_at__isnull=False)


class Product(Stamped):
    """What a brand sells and sends out."""

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="products", verbose_name=_("brand"))
    name = models.CharField(_("name"), max_length=160)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    value = MoneyField(_("value"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    url = models.URLField(_("product page"), max_length=500, blank=True)
    cost = MoneyField(
        _("cost of making it"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    bought_for = MoneyField(
        _("market value"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True,
        help_text=_("What it is bought for, where the brand does not make it itself."),
    )  # fmt: skip
    weight_g = models.PositiveIntegerField(_("weight, grams"), null=True, blank=True)
    may_be_lent = models.BooleanField(_("may be lent"), default=False)
    notification_no = models.CharField(
        _("notification number"), max_length=40, blank=True, help_text=_("As on the pack: NA18230104521.")
    )
    halal_no = models.CharField(_("halal certificate"), max_length=40, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["brand", "name"]
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="product_once_per_brand")]

    def __str__(self) -> str:
        return self.name


class ProductVariantQuerySet(models.QuerySet["ProductVariant"]):
    def visible_to(self, user: "User") -> "ProductVariantQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(product__brand_id__in=brands)

    def offered(self) -> "ProductVariantQuerySet":
        return self.filter(archived_at__isnull=True, product__archived_at__isnull=True)


class ProductVariant(Stamped):
    """One shade, size or scent of a product. A product without any is sent as it is; an empty value is the product's."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="variants", verbose_name=_("product"))
    name = models.CharField(_("name"), max_length=80, help_text=_("The shade, size or scent: 02 Warm Sand."))
    sku = models.CharField(_("SKU"), max_length=60, blank=True)
    swatch = models.CharField(_("colour"), max_length=7, blank=True, help_text=_("As #c58c5e."))
    value = MoneyField(_("value"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    cost = MoneyField(
        _("cost of making it"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    bought_for = MoneyField(
        _("market value"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    weight_g = models.PositiveIntegerField(_("weight, grams"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    objects = ProductVariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["product", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "name"], name="variant_once_per_product",
                violation_error_message=_("This product has a variant of that name already."),
            ),
            models.UniqueConstraint(
                fields=["sku"], condition=~models.Q(sku=""), name="variant_sku_once",
                violation_error_message=_("Another variant has this SKU already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.product}, {self.name}"

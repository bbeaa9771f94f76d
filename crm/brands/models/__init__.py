"""Houses, brands, what they sell and where."""

from crm.brands.models.houses import (
    Brand,
    BrandAccess,
    BrandOwner,
    BrandOwnerQuerySet,
    BrandOwnership,
    BrandQuerySet,
    Category,
    Persona,
    Territory,
)
from crm.brands.models.products import Product, ProductQuerySet, ProductVariant, ProductVariantQuerySet

__all__ = [
    "Brand",
    "BrandAccess",
    "BrandOwner",
    "BrandOwnerQuerySet",
    "BrandOwnership",
    "BrandQuerySet",
    "Category",
    "Persona",
    "Product",
    "ProductQuerySet",
    "ProductVariant",
    "ProductVariantQuerySet",
    "Territory",
]

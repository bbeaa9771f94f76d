"""Which products somebody has to notify before they are advertised or sent, and whether they are."""

import re
from collections.abc import Collection

from crm.base.trees import Tree
from crm.brands.models import Category, Product

NOTIFICATION = re.compile(r"N[A-E]\d{11}")
"""How a cosmetic's notification number is written on its pack."""


def regulated_categories(kind: str) -> frozenset[int]:
    """Every category regulated like that, itself or by what it stands within. Two queries."""
    marked = set(Category.objects.filter(regulated=kind).values_list("pk", flat=True))
    return Tree.of(Category).below(marked) if marked else frozenset()


def is_notified(product: Product) -> bool:
    return bool(NOTIFICATION.fullmatch(product.notification_no.strip().upper()))


def without_number(products: Collection[Product]) -> list[Product]:
    """Cosmetics among these that have no notification number. A product without a category is what its brand sells.

    The brand of each must be at hand. Two queries.
    """
    cosmetic = regulated_categories(Category.Regulated.COSMETIC)
    return [row for row in products if (row.category_id or row.brand.category_id) in cosmetic and not is_notified(row)]

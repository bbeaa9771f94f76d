"""Questions to brands: the list, and what one brand's page shows, each as far as the colleague may see."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from crm.brands.hands import Hand, hands_of
from crm.brands.models import Brand, BrandQuerySet, Persona, Product, ProductVariant
from crm.brands.profile import PROFILE, brand_profile_missing
from crm.timeline.models import Entry
from crm.timeline.queries import Line, lines_of
from crm.timeline.record import in_language, subject_of

if TYPE_CHECKING:
    from crm.team.models import User

RECENT = 6


def brand_rows(found: BrandQuerySet, user: "User") -> BrandQuerySet:
    """Rows of the list: `seen_rivals` are the competitors this colleague may know of, `offered` counts products."""
    rivals = Prefetch("rivals", Brand.objects.visible_to(user), to_attr="seen_rivals")
    offered = Count("products", filter=Q(products__archived_at__isnull=True))
    return found.select_related("owner", "category").annotate(offered=offered).prefetch_related(rivals).order_by("name")


@dataclass(frozen=True)
class BrandPage:
    """Everything on a brand's page that is the brand's own."""

    brand: Brand
    greeting: str
    personas: Sequence[Persona]
    rivals: Sequence[Brand]
    siblings: Sequence[Brand]
    products: Sequence[Product]
    put_away: Sequence[Product]
    lately: Sequence[Line]
    hands: Sequence[Hand]

    @property
    def profile(self) -> list[tuple[str, str]]:
        """What is written of the brand profile, each with its name."""
        return [(self._called(name), text) for name in PROFILE if (text := str(getattr(self.brand, name)).strip())]

    @property
    def unsaid(self) -> list[str]:
        return [self._called(name) for name in brand_profile_missing(self.brand)]

    def _called(self, name: str) -> str:
        return str(Brand._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def brand_page(brand: Brand, user: "User", today: dt.date) -> BrandPage:
    near = near_of(brand, user)
    shades = Prefetch("variants", ProductVariant.objects.filter(archived_at__isnull=True), to_attr="offered_variants")
    products = list(brand.products.select_related("category").prefetch_related(shades).order_by("name"))
    lately = Entry.objects.visible_to(user).filter(subject=subject_of(brand)).newest_first()[:RECENT]
    return BrandPage(
        brand,
        greeting_of(brand.form_of_address, brand.language),
        list(brand.personas.all()),
        [other for other in near if other.is_rival],
        [other for other in near if other.owner_id == brand.owner_id],
        [product for product in products if product.archived_at is None],
        [product for product in products if product.archived_at is not None],
        lines_of(list(lately), user.zone),
        hands_of(brand, today),
    )


def near_of(brand: Brand, user: "User") -> list[Any]:
    """Its competitors, marked `is_rival`, and its sisters, as far as the colleague may know of them. One query."""
    named = Brand.rivals.through.objects.filter(from_brand=brand, to_brand=OuterRef("pk"))
    others = Brand.objects.visible_to(user).exclude(pk=brand.pk).annotate(is_rival=Exists(named))
    return list(others.filter(Q(is_rival=True) | Q(owner_id=brand.owner_id)))


def greeting_of(form_of_address: str, language: str) -> str:
    """How a letter of the brand begins, to somebody called Kirana. Nobody is called Kak in English."""
    name = "Kak Kirana" if form_of_address == Brand.Address.KAK and language == "id" else "Kirana"
    return in_language(language, _("Hi %(greeting)s,"), {"greeting": name})

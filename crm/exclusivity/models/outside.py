"""What a person does for brands outside our campaigns: told, seen or imported, with how sure it is."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from crm.base.fields import ZoneField
from crm.base.models import Stamped, StoredFile
from crm.base.windows import Window, day_window
from crm.brands.models import Brand, Category
from crm.influencers.models import ImportRun, Influencer
from crm.timeline.models import Channel

if TYPE_CHECKING:
    from crm.team.models import User


class OutsideDealQuerySet(models.QuerySet["OutsideDeal"]):
    def visible_to(self, user: "User") -> "OutsideDealQuerySet":
        """Deals with brands the colleague may see, and with brands that are none of the house's."""
        brands = user.brand_ids()
        return self if brands is None else self.filter(Q(brand__isnull=True) | Q(brand_id__in=brands))

    def barring(self, first: dt.date, last: dt.date | None, categories: Collection[int]) -> "OutsideDealQuerySet":
        """Exclusive deals somebody confirmed, of one of these categories or of everything, that touch these days."""
        touching = Q(end_on__isnull=True) | Q(end_on__gte=first)
        if last is not None:
            touching &= Q(start_on__isnull=True) | Q(start_on__lte=last)
        about = Q(category__isnull=True) | Q(category_id__in=categories)
        return self.filter(touching, about, is_exclusive=True, confirmed_at__isnull=False)

    def newest_first(self) -> "OutsideDealQuerySet":
        """By the last day known of it; what has no day at all counts from when it was written down."""
        return self.order_by(Coalesce("end_on", "start_on", F("created_at__date")).desc(), "-id")


class OutsideDeal(Stamped):
    """Work for somebody else: a brand, a category, its days (first and last included), and where we know it from."""

    class Source(models.TextChoices):
        DECLARED = "declared", _("Told by her side")
        OBSERVED = "observed", _("Seen by us")
        IMPORTED = "imported", _("From an import")

    influencer = models.ForeignKey(
        Influencer, models.CASCADE, related_name="outside_deals", verbose_name=_("influencer")
    )
    brand = models.ForeignKey(
        Brand, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("brand on file")
    )
    brand_name = models.CharField(_("brand"), max_length=120)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    start_on = models.DateField(_("first day"), null=True, blank=True)
    end_on = models.DateField(_("last day"), null=True, blank=True)
    zone = ZoneField(_("time zone"))
    is_exclusive = models.BooleanField(_("exclusive"), default=False)
    source = models.CharField(_("known from"), max_length=8, choices=Source)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, blank=True, default=Channel.MITRA)
    said_by = models.CharField(_("who said it"), max_length=120, blank=True)
    as_said = models.TextField(_("in their words"), blank=True)
    url = models.URLField(_("address of the post"), max_length=400, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("screenshot")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("confirmed by"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    import_run = models.ForeignKey(
        ImportRun,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="outside_deals",
        editable=False,
        verbose_name=_("import"),
    )

    objects = OutsideDealQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside deal")
        verbose_name_plural = _("outside deals")
        indexes = [models.Index(fields=["influencer", "-end_on", "-id"], name="outside_deal_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(brand_name=""), name="outside_deal_has_brand"),
            models.CheckConstraint(
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
                name="outside_deal_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.brand_name

    @property
    def window(self) -> Window:
        """Its days as instants; without a limit where none is known."""
        return day_window(self.start_on, self.end_on, self.zone)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

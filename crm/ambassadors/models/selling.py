"""What an ambassador sold, what she was given beside money, and on which tier she stands since when."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.ambassadors.models.deals import AmbassadorDeal
from crm.ambassadors.models.periods import DealPeriod
from crm.ambassadors.models.programs import PerkKind, ProgramTier, TierPerk
from crm.base.models import Stamped
from crm.brands.models import Brand
from crm.timeline.transitions import Moves, may_move

if TYPE_CHECKING:
    from crm.team.models import User


class SaleQuerySet(models.QuerySet["Sale"]):
    def visible_to(self, user: "User") -> "SaleQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def held(self) -> "SaleQuerySet":
        return self.filter(state=Sale.State.HELD)

    def ripe(self, on: dt.date) -> "SaleQuerySet":
        """Held back no longer than up to this day."""
        return self.held().filter(matures_on__lte=on)

    def matured(self) -> "SaleQuerySet":
        return self.filter(state=Sale.State.MATURED)

    def counting(self) -> "SaleQuerySet":
        """What somebody has sold: neither returned nor after the end."""
        return self.filter(state__in=[Sale.State.HELD, Sale.State.MATURED])

    def put_matured(self, at: dt.datetime) -> int:
        """Compare and set, many orders in one statement; what was returned meanwhile stays returned."""
        return self.held().update(state=Sale.State.MATURED, updated_at=at)


class Sale(Stamped):
    """One order that came through an ambassador. Its number is known once per brand, so it is never paid twice.

    `commission` and `rate_bp` are what the rule said on the day of the order.
    """

    class Via(models.TextChoices):
        CODE = "code", _("Code")
        LINK = "link", _("Link")

    class State(models.TextChoices):
        HELD = "held", _("Held back")
        MATURED = "matured", _("Due")
        RETURNED = "returned", _("Returned")
        AFTER_END = "after_end", _("After the end, not paid")

    MOVES: ClassVar[Moves] = {State.MATURED: (State.HELD,), State.RETURNED: (State.HELD, State.MATURED)}
    TONES: ClassVar[dict[str, str]] = {State.HELD: "warn", State.MATURED: "ok", State.RETURNED: "bad"}

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    number = models.CharField(_("order number"), max_length=80)
    deal = models.ForeignKey(AmbassadorDeal, models.PROTECT, related_name="sales", verbose_name=_("deal"))
    via = models.CharField(_("came by"), max_length=4, choices=Via, default=Via.CODE)
    code = models.CharField(_("code"), max_length=60, blank=True)
    ordered_on = models.DateField(_("ordered on"))
    gross = MoneyField(_("before discounts"), max_digits=14, decimal_places=2, default_currency="IDR")
    discount = models.DecimalField(_("discount"), max_digits=14, decimal_places=2, default=0)
    tax = models.DecimalField(_("tax in it"), max_digits=14, decimal_places=2, default=0)
    shipping = models.DecimalField(_("shipping in it"), max_digits=14, decimal_places=2, default=0)
    rate_bp = models.PositiveIntegerField(_("rate, basis points"), default=0, editable=False)
    commission = MoneyField(
        _("commission"), max_digits=14, decimal_places=2, default_currency="IDR", default=0, editable=False
    )
    matures_on = models.DateField(_("due from"), null=True, blank=True, editable=False)
    returned_on = models.DateField(_("returned on"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.HELD, editable=False)

    objects = SaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-ordered_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "number"], name="sale_once_per_brand",
                violation_error_message=_("This order is known already."),
            ),
            models.CheckConstraint(
                condition=Q(gross__gte=0, discount__gte=0, tax__gte=0, shipping__gte=0), name="sale_not_negative"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "matures_on"], name="sale_matures")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def may_be_returned(self) -> bool:
        return may_move(self, self.State.RETURNED, self.MOVES, "state")

    @property
    def tone(self) -> Any:
        return self.TONES.get(self.state, "mute")


class PerkGrantQuerySet(models.QuerySet["PerkGrant"]):
    def visible_to(self, user: "User") -> "PerkGrantQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deal__contract__brand_id__in=brands)


class PerkGrant(Stamped):
    """Something an ambassador was given beside money: what it is worth, and how much of it is used."""

    Kind = PerkKind

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="perks", verbose_name=_("deal"))
    period = models.ForeignKey(
        DealPeriod, models.PROTECT, null=True, blank=True, related_name="perks", verbose_name=_("period"),
        help_text=_("Empty: for the whole term."),
    )  # fmt: skip
    perk = models.ForeignKey(
        TierPerk,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("perk of a tier"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=PerkKind)
    label = models.CharField(_("what it is"), max_length=120)
    value = MoneyField(_("worth"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    used = models.DecimalField(_("used of it"), max_digits=14, decimal_places=2, default=0)
    granted_on = models.DateField(_("given on"))
    used_on = models.DateField(_("used up on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = PerkGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("perk")
        verbose_name_plural = _("perks")
        ordering = ["-granted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deal", "perk", "period"], condition=Q(perk__isnull=False, period__isnull=False),
                name="perk_grant_once_per_period",
            ),
            models.UniqueConstraint(
                fields=["deal", "perk"], condition=Q(perk__isnull=False, period__isnull=True), name="perk_grant_once",
            ),
            models.CheckConstraint(condition=Q(used__gte=0), name="perk_grant_used_not_negative"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label


class TierMove(models.Model):
    """From which day on an ambassador stands on another tier, and why. Rows are only added."""

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="tier_moves", verbose_name=_("deal"))
    tier = models.ForeignKey(ProgramTier, models.PROTECT, related_name="+", verbose_name=_("tier"))
    former = models.ForeignKey(
        ProgramTier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from tier")
    )
    from_on = models.DateField(_("from"))
    why = models.CharField(_("because"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=160)

    class Meta:
        verbose_name = _("change of tier")
        verbose_name_plural = _("changes of tier")
        ordering = ["deal_id", "from_on", "id"]

    def __str__(self) -> str:
        return f"{self.deal}: {self.tier}"

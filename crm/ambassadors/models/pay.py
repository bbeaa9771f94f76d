"""What an ambassador is paid: a retainer by the period, and by which rule a share of what she sells."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.ambassadors.models.deals import AmbassadorDeal
from crm.ambassadors.models.periods import DealPeriod
from crm.ambassadors.models.programs import ProgramTier
from crm.base.models import Stamped
from crm.contracts.models import Contract
from crm.timeline.transitions import Moves

if TYPE_CHECKING:
    from crm.team.models import User


class RetainerRateQuerySet(models.QuerySet["RetainerRate"]):
    def visible_to(self, user: "User") -> "RetainerRateQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(deal__contract__brand_id__in=brands)


class RetainerRate(models.Model):
    """What a whole period is paid from a day on, until the next of these."""

    deal = models.ForeignKey(AmbassadorDeal, models.CASCADE, related_name="retainers", verbose_name=_("deal"))
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="IDR")
    from_on = models.DateField(_("from"))
    amendment = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by the amendment")
    )

    objects = RetainerRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("retainer")
        verbose_name_plural = _("retainers")
        ordering = ["deal_id", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "from_on"], name="retainer_rate_once_per_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="retainer_rate_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.deal}: {self.amount}"


class RetainerChargeQuerySet(models.QuerySet["RetainerCharge"]):
    def visible_to(self, user: "User") -> "RetainerChargeQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(period__deal__contract__brand_id__in=brands)

    def waiting(self) -> "RetainerChargeQuerySet":
        """Somebody who decides has to say yes first."""
        return self.filter(state=RetainerCharge.State.PROPOSED)

    def raised(self) -> "RetainerChargeQuerySet":
        """What really came to be owed, of whatever kind; a deduction is below zero."""
        return self.filter(state=RetainerCharge.State.RAISED)

    def retainers(self) -> "RetainerChargeQuerySet":
        """What was charged for the periods themselves, corrections included."""
        kinds = [RetainerCharge.Kind.RETAINER, RetainerCharge.Kind.ADJUSTMENT]
        return self.filter(kind__in=kinds, state=RetainerCharge.State.RAISED)


class RetainerCharge(Stamped):
    """What one period came to. A correction or a deduction is a charge of its own and never changes another.

    `parts` says how it was reckoned: [{"from": day, "to": day, "amount": text, "days": n, "of": n}].
    """

    class Kind(models.TextChoices):
        RETAINER = "retainer", _("Retainer")
        ADJUSTMENT = "adjustment", _("Correction")
        DEDUCTION = "deduction", _("Deduction for posts that were missed")
        EXTRA = "extra", _("Posts beyond the quota")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for a decision")
        RAISED = "raised", _("Raised")
        REFUSED = "refused", _("Not charged")
        REVERSED = "reversed", _("Taken back")

    MOVES: ClassVar[Moves] = {
        State.RAISED: (State.PROPOSED,), State.REFUSED: (State.PROPOSED,), State.REVERSED: (State.RAISED,),
    }  # fmt: skip
    TONES: ClassVar[dict[str, str]] = {State.PROPOSED: "warn", State.RAISED: "ok"}

    period = models.ForeignKey(DealPeriod, models.PROTECT, related_name="charges", verbose_name=_("period"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RETAINER)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="IDR")
    parts = models.JSONField(_("how it was reckoned"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PROPOSED, editable=False)
    decided_by = models.CharField(_("decided by"), max_length=160, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    why = models.CharField(_("because"), max_length=300, blank=True)

    objects = RetainerChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("retainer charge")
        verbose_name_plural = _("retainer charges")
        ordering = ["period_id", "id"]
        constraints = [models.UniqueConstraint(fields=["period", "kind", "number"], name="retainer_charge_once")]

    def __str__(self) -> str:
        return f"{self.period}: {self.amount}"

    @property
    def tone(self) -> Any:
        return self.TONES.get(self.state, "mute")


class CommissionRule(Stamped):
    """A share of what is sold, of one deal or of everybody on a tier, for orders from a day on. A deal's own rule wins."""

    class Basis(models.TextChoices):
        NET = "net", _("after discounts")
        GROSS = "gross", _("before discounts")

    class Attribution(models.TextChoices):
        CODE_FIRST = "code_first", _("the code counts before the link")
        LINK_FIRST = "link_first", _("the link counts before the code")
        LAST_TOUCH = "last_touch", _("whatever came last")

    deal = models.ForeignKey(
        AmbassadorDeal, models.CASCADE, null=True, blank=True, related_name="commissions", verbose_name=_("deal")
    )
    tier = models.ForeignKey(
        ProgramTier, models.CASCADE, null=True, blank=True, related_name="commissions", verbose_name=_("tier")
    )
    rate_bp = models.PositiveIntegerField(_("rate, basis points"))
    basis = models.CharField(_("of the price"), max_length=5, choices=Basis, default=Basis.NET)
    includes_tax = models.BooleanField(_("tax counts"), default=False)
    includes_shipping = models.BooleanField(_("shipping counts"), default=False)
    hold_days = models.PositiveSmallIntegerField(
        _("held for days"), default=30, help_text=_("As long as an order may be returned.")
    )
    attribution = models.CharField(
        _("code and link"), max_length=10, choices=Attribution, default=Attribution.CODE_FIRST
    )
    post_term_days = models.PositiveSmallIntegerField(
        _("paid after the end for days"), default=0, help_text=_("For orders with her code after the last day.")
    )
    from_on = models.DateField(_("for orders from"))

    class Meta:
        verbose_name = _("commission rule")
        verbose_name_plural = _("commission rules")
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deal__isnull=False, tier__isnull=True) | Q(deal__isnull=True, tier__isnull=False),
                name="commission_rule_of_a_deal_or_a_tier",
            ),
            models.CheckConstraint(condition=Q(rate_bp__gte=1, rate_bp__lte=10_000), name="commission_rate_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.rate_bp / 100:g} %"

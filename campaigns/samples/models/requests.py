"""What is to be sent to one person, why, and how it goes."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.models import Collaboration
from campaigns.samples.models.arrivals import RequestArrivals
from campaigns.samples.models.purposes import GIFTS, MEANINGS, Meaning, Purpose
from campaigns.samples.models.steps import RequestSteps
from crm.base.models import StoredFile
from crm.brands.models import Brand, Product, ProductVariant
from crm.contracts.models import PayLine
from crm.influencers.models import Address, Influencer
from crm.timeline.transitions import Moves

if TYPE_CHECKING:
    from crm.team.models import User


class SampleRequestQuerySet(models.QuerySet["SampleRequest"]):
    def visible_to(self, user: "User") -> "SampleRequestQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(brand_id__in=brands)

    def standing(self) -> "SampleRequestQuerySet":
        """Neither declined nor cancelled."""
        return self.exclude(status__in=[SampleRequest.Status.DECLINED, SampleRequest.Status.CANCELLED])

    def to_approve(self) -> "SampleRequestQuerySet":
        return self.filter(status=SampleRequest.Status.TO_APPROVE)

    def to_send(self) -> "SampleRequestQuerySet":
        return self.filter(status=SampleRequest.Status.TO_SEND)

    def to_pay_back(self) -> "SampleRequestQuerySet":
        """She bought it herself, and the money is still ours to give."""
        return self.filter(bought_for__isnull=False, paid_back_at__isnull=True)

    def under_way(self) -> "SampleRequestQuerySet":
        return self.filter(status=SampleRequest.Status.SENT)

    def with_person(self) -> "SampleRequestQuerySet":
        """With everything its page, its story and its mails need, in the same query."""
        return self.select_related(
            "influencer", "brand", "collaboration__campaign__owner", "collaboration__campaign__brand", "owner"
        )


class SampleRequest(RequestSteps, RequestArrivals):
    """What one person is to get: for a card of a campaign, or as a gift without any.

    `given_as` is the purpose it began with. A gift never turns into an obligation by itself: only with a line of a signed
    contract (domain 4.1); a loan that is kept becomes pay on the day that is decided (domain 4.5.10).
    """

    class Status(models.TextChoices):
        TO_APPROVE = "to_approve", _("Waits for approval")
        TO_SEND = "to_send", _("To send")
        SENT = "sent", _("On its way")
        ARRIVED = "arrived", _("Arrived")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")

    class Way(models.TextChoices):
        PARCEL = "parcel", _("By parcel")
        BOUGHT = "bought", _("She buys it herself")
        BY_HAND = "by_hand", _("Handed over")

    class Outcome(models.TextChoices):
        POSTED = "posted", _("She posted")
        QUIET = "quiet", _("No post came")
        DECLINED = "declined", _("She would rather not")

    MOVES: ClassVar[Moves] = {
        "to_send": ("to_approve", "declined", "sent", "arrived"),
        "declined": ("to_approve",),
        "sent": ("to_send", "arrived"),
        "arrived": ("to_send", "sent"),
        "cancelled": ("to_approve", "to_send"),
    }
    TONES: ClassVar[dict[str, str]] = {
        Status.TO_APPROVE: "warn",
        Status.TO_SEND: "info",
        Status.SENT: "info",
        Status.ARRIVED: "ok",
        Status.DECLINED: "mute",
        Status.CANCELLED: "mute",
    }

    influencer = models.ForeignKey(Influencer, models.PROTECT, related_name="+", verbose_name=_("influencer"))
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="+", verbose_name=_("brand"))
    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, null=True, blank=True, related_name="samples", verbose_name=_("collaboration")
    )
    purpose = models.CharField(_("purpose"), max_length=13, choices=Purpose)
    given_as = models.CharField(_("purpose it began with"), max_length=13, choices=Purpose, editable=False)
    purpose_since_on = models.DateField(_("purpose since"), null=True, blank=True, editable=False)
    pay_line = models.ForeignKey(
        PayLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line of the contract")
    )
    way = models.CharField(_("how she gets it"), max_length=7, choices=Way, default=Way.PARCEL)
    address = models.ForeignKey(
        Address, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("goes to"),
        help_text=_("Empty: to her own address."),
    )  # fmt: skip
    needed_by_on = models.DateField(
        _("needed by"), null=True, blank=True, help_text=_("The dates of the work count on it.")
    )
    return_due_on = models.DateField(_("back by"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.TO_SEND, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("approved by"),
    )  # fmt: skip
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("address asked for"), null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    why_not = models.CharField(_("declined or cancelled because"), max_length=200, blank=True, editable=False)
    bought_for = MoneyField(
        _("what she paid"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    receipt = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("receipt")
    )
    had_at = models.DateTimeField(
        _("with her since"), null=True, blank=True, editable=False,
        help_text=_("Of what she bought herself or was handed; a parcel says its own day."),
    )  # fmt: skip
    paid_back_at = models.DateTimeField(_("paid back"), null=True, blank=True, editable=False)
    paid_back_note = models.CharField(_("how it was paid back"), max_length=160, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=8, choices=Outcome, blank=True, editable=False)
    outcome_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    post_url = models.URLField(
        _("her post"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("Seen, never owed: nothing is due because of it."),
    )

    objects = SampleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample request")
        verbose_name_plural = _("sample requests")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.LOAN) | Q(return_due_on__isnull=False), name="sample_loan_has_a_day",
                violation_error_message=_("Say by which day the loan comes back."),
            ),
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.CONTRACTUAL) | Q(collaboration__isnull=False) | Q(given_as=Purpose.LOAN),
                name="sample_pay_has_work",
                violation_error_message=_("What is part of the pay belongs to a collaboration."),
            ),
            models.CheckConstraint(
                condition=Q(purpose=F("given_as")) | Q(given_as=Purpose.LOAN) | Q(pay_line__isnull=False),
                name="sample_purpose_stays",
                violation_error_message=_("A gift becomes part of the pay only with a line of a signed contract."),
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(status="to_approve"), name="sample_approved_moves_on"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["status", "needed_by_on"], name="sample_status"),
            models.Index(fields=["influencer", "-id"], name="sample_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.influencer}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]

    @property
    def meaning(self) -> Meaning:
        """What follows from its purpose (domain 4.1)."""
        return MEANINGS[self.purpose]

    @property
    def is_gift(self) -> bool:
        return self.purpose in GIFTS

    @property
    def is_standing(self) -> bool:
        return self.status not in (self.Status.DECLINED, self.Status.CANCELLED)


class SampleItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> "SampleItemQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(request__brand_id__in=brands)


class SampleItem(models.Model):
    """So many of one thing. Its values are those of the day it was put together, each of one piece.

    `value` is the price, `cost` what making it cost, `bought_for` the market value (domain 4.4); the fourth, the shipping,
    belongs to the parcel.
    """

    request = models.ForeignKey(SampleRequest, models.CASCADE, related_name="items", verbose_name=_("sample request"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"))
    variant = models.ForeignKey(
        ProductVariant, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("variant")
    )
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    she_chooses = models.BooleanField(_("she chooses the variant"), default=False)
    chosen_at = models.DateTimeField(_("chosen"), null=True, blank=True, editable=False)
    value = MoneyField(_("value"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    cost = MoneyField(
        _("cost of making it"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )
    bought_for = MoneyField(
        _("market value"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True
    )

    objects = SampleItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample item")
        verbose_name_plural = _("sample items")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="sample_item_at_least_one")]

    def __str__(self) -> str:
        return str(self.variant or self.product)

    @property
    def waits_for_choice(self) -> bool:
        """She has still to say which one."""
        return self.she_chooses and self.variant_id is None

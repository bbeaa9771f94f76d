"""Who a contract binds and who speaks for them, and the prices that were said on the way to it."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from crm.base.models import Stamped
from crm.contracts.models.contracts import Contract
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.timeline.models import Channel

if TYPE_CHECKING:
    from crm.team.models import User


class PartyQuerySet(models.QuerySet["Party"]):
    def visible_to(self, user: "User") -> "PartyQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)

    def talents(self) -> "PartyQuerySet":
        """The people the contract is about: each is bound, and each is signed for."""
        return self.filter(role=Party.Role.TALENT)

    def held_alone(self, people: "models.QuerySet[Any]") -> "PartyQuerySet":
        """These people, in contracts with nobody else of those we work with."""
        others = Party.objects.talents().filter(contract=OuterRef("contract"), influencer__isnull=False)
        return self.filter(influencer_id__in=people).exclude(Exists(others.exclude(influencer_id__in=people)))

    def in_force_for(self, contract: int) -> "PartyQuerySet":
        """Of a contract, and of amendments of it that have begun."""
        return self.filter(Q(contract=contract) | Contract.added_to(contract))

    def who_sign(self) -> "PartyQuerySet":
        return self.filter(role__in=Party.SIGNING)

    def unsigned(self) -> "PartyQuerySet":
        return self.who_sign().filter(signature__isnull=True)

    def last_to_sign(self) -> "PartyQuerySet":
        """The brand, where everybody else has signed and it has not."""
        others = Party.objects.talents().filter(contract=OuterRef("contract"), signature__isnull=True)
        open_for_signing = (*Contract.WRITTEN, Contract.Status.SENT)
        ours = self.unsigned().filter(role=Party.Role.BRAND, contract__status__in=open_for_signing)
        return ours.exclude(Exists(others))


class Party(Stamped):
    """One side of a contract. Talents and the brand sign; an agent or a guardian is named and may sign for a talent."""

    class Role(models.TextChoices):
        TALENT = "talent", _("Influencer")
        AGENT = "agent", _("Agent or manager")
        GUARDIAN = "guardian", _("Guardian")
        BRAND = "brand", _("Brand")

    SIGNING: ClassVar[tuple[str, ...]] = (Role.TALENT, Role.BRAND)

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="parties", verbose_name=_("contract"))
    role = models.CharField(_("as"), max_length=8, choices=Role)
    influencer = models.ForeignKey(
        Influencer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("influencer")
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    name = models.CharField(_("name on the paper"), max_length=160)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["contract_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "influencer"], condition=Q(role="talent"), name="party_talent_once"
            ),
            models.UniqueConstraint(fields=["contract"], condition=Q(role="brand"), name="party_one_brand"),
            models.CheckConstraint(
                condition=~Q(role="talent") | Q(influencer__isnull=False), name="party_talent_is_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["agent", "guardian"]) | Q(contact__isnull=False), name="party_stands_as_contact"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_talent(self) -> bool:
        return self.role == self.Role.TALENT

    @property
    def is_brand(self) -> bool:
        return self.role == self.Role.BRAND


class BidQuerySet(models.QuerySet["Bid"]):
    def visible_to(self, user: "User") -> "BidQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(contract__brand_id__in=brands)


class Bid(models.Model):
    """One price said on the way to an agreement: asked, offered, countered, agreed. Rows are only added."""

    class Kind(models.TextChoices):
        ASK = "ask", _("She asks")
        OFFER = "offer", _("We offer")
        COUNTER = "counter", _("She counters")
        AGREED = "agreed", _("Agreed")

    TONES: ClassVar[dict[str, str]] = {Kind.AGREED: "ok", Kind.OFFER: "info"}

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="bids", verbose_name=_("contract"))
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="bids", verbose_name=_("of"))
    kind = models.CharField(_("what"), max_length=7, choices=Kind)
    amount = MoneyField(_("amount"), max_digits=14, decimal_places=2, default_currency="IDR")
    said = models.CharField(_("as it was said"), max_length=300, blank=True)
    channel = models.CharField(_("heard by"), max_length=12, choices=Channel, default=Channel.WHATSAPP)
    at = models.DateTimeField(_("when"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )

    objects = BidQuerySet.as_manager()

    class Meta:
        verbose_name = _("price said")
        verbose_name_plural = _("prices said")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["contract", "at"], name="bid_contract")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"

    @property
    def tone(self) -> str:
        return self.TONES.get(self.kind, "mute")

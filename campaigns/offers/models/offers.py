"""One round of asking somebody to take part: what we offer, until when, and what she answered."""

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from campaigns.planning.facts_told import tell_answer
from campaigns.planning.models import Collaboration, Told
from crm.base.models import Stamped
from crm.timeline.record import Actor, subject_of
from crm.timeline.transitions import Moves, move

if TYPE_CHECKING:
    from crm.team.models import User


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: "User") -> "OfferQuerySet":
        brands = user.brand_ids()
        return self if brands is None else self.filter(collaboration__campaign__brand_id__in=brands)

    def open(self) -> "OfferQuerySet":
        """Sent, and nobody has answered."""
        return self.filter(status=Offer.Status.OPEN)

    def waiting_for_us(self) -> "OfferQuerySet":
        """She named another price, and we have not said anything."""
        return self.filter(status=Offer.Status.COUNTERED)

    def standing(self) -> "OfferQuerySet":
        """The round that goes on: she or we have to say something."""
        return self.filter(status__in=Offer.STANDING)

    def over(self, on: dt.date) -> "OfferQuerySet":
        """Open ones whose last day has passed on this day."""
        return self.open().filter(answer_by_on__lt=on)

    def with_card(self) -> "OfferQuerySet":
        """With everything its words need, in the same query."""
        return self.select_related(
            "collaboration__campaign__brand", "collaboration__campaign__owner", "collaboration__influencer"
        )

    def commit(self) -> "OfferQuerySet":
        """What we would have to pay if everybody asked said yes: open ones, and a yes we could not take at once."""
        agreed = Q(status=Offer.Status.ACCEPTED, collaboration__status__in=("shortlist", "in_talks"))
        return self.filter(Q(status__in=Offer.STANDING) | agreed)


class Offer(Stamped):
    """open -> accepted | countered | declined | not now | withdrawn | lapsed; the next round is a row of its own."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waits for her answer")
        ACCEPTED = "accepted", _("Accepted")
        COUNTERED = "countered", _("She names another price")
        DECLINED = "declined", _("Declined")
        NOT_NOW = "not_now", _("Not this time")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Ran out")

    MOVES: ClassVar[Moves] = {
        Status.ACCEPTED: (Status.OPEN, Status.COUNTERED),
        Status.COUNTERED: (Status.OPEN, Status.COUNTERED),
        Status.DECLINED: (Status.OPEN, Status.COUNTERED),
        Status.NOT_NOW: (Status.OPEN, Status.COUNTERED),
        Status.WITHDRAWN: (Status.OPEN, Status.COUNTERED),
        Status.LAPSED: (Status.OPEN,),
    }
    STANDING: ClassVar[tuple[str, ...]] = ("open", "countered")
    TONES: ClassVar[dict[str, str]] = {
        Status.OPEN: "info",
        Status.ACCEPTED: "ok",
        Status.COUNTERED: "warn",
        Status.DECLINED: "mute",
        Status.NOT_NOW: "mute",
        Status.WITHDRAWN: "mute",
        Status.LAPSED: "warn",
    }

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="offers", verbose_name=_("collaboration")
    )
    fee = MoneyField(_("fee offered"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    in_kind = models.CharField(_("beside the fee"), max_length=200, blank=True, help_text=_("Products, an event ..."))
    words = models.TextField(_("what we ask"), blank=True, help_text=_("In a sentence or two, as you would write it."))
    answer_by_on = models.DateField(_("answer by"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False)
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    her_fee = MoneyField(_("her price"), max_digits=14, decimal_places=2, default_currency="IDR", null=True, blank=True)
    her_words = models.CharField(_("in her words"), max_length=300, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration"],
                condition=Q(status__in=["open", "countered"]),
                name="offer_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="countered") | Q(her_fee__isnull=False) | ~Q(her_words=""),
                name="offer_counter_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by_on"], condition=Q(status="open"), name="offer_open"),
        ]

    def __str__(self) -> str:
        return f"{self.collaboration}: {self.get_status_display()}"

    @property
    def tone(self) -> str:
        """The colour family of the status pill."""
        return self.TONES[self.status]

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def may_be_answered(self) -> bool:
        """She may still say yes, no or another price."""
        return self.status in self.STANDING

    def put(
        self, to: str, verb: str, sentence: Any, *, at: dt.datetime, actor: Actor, also: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None, **told: Unpack[Told],
    ) -> None:  # fmt: skip
        """One step of this round, told in her story. Raises TransitionRefused when somebody was faster."""
        card, was_open = self.collaboration, self.is_open
        move(
            self, to, moves=self.MOVES, at=at, actor=actor, verb=verb, sentence=sentence, also=also,
            params={"campaign": card.campaign, **(params or {})}, influencer=card.influencer_id,
            brand=card.campaign.brand_id, **told,
        )  # fmt: skip
        if was_open and self.answered_at is not None:
            tell_answer(card, subject_of(self), self.sent_at, self.answered_at)

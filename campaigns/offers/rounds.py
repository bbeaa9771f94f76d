"""The rounds of one card as a small history, newest first, with what can be done next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from campaigns.offers.models import Offer
from campaigns.offers.words import gets, her_ask
from campaigns.planning.models import Collaboration

STATUS = Offer.Status


@dataclass(frozen=True)
class Round:
    """One round: what was offered, what she said."""

    offer: Offer
    number: int

    @property
    def gets(self) -> str:
        return gets(self.offer) or _("Nothing yet: she named her price")

    @property
    def asks(self) -> str:
        """What she would do it for."""
        has_asked = self.offer.her_fee is not None or (self.offer.status == STATUS.COUNTERED and self.offer.her_words)
        return her_ask(self.offer) if has_asked else ""


@dataclass(frozen=True)
class Rounds:
    """All rounds of a card; the verbs depend on the newest."""

    card: Collaboration
    rounds: list[Round]

    @property
    def newest(self) -> Offer | None:
        return self.rounds[0].offer if self.rounds else None

    @property
    def may_offer(self) -> bool:
        """We may make an offer, a first one or the next."""
        is_asked = self.newest is not None and self.newest.is_open
        return not (self.card.is_promised or is_asked)

    @property
    def offer_label(self) -> Any:
        return _("Offer again") if self.newest is not None else _("Make an offer")

    @property
    def may_take(self) -> bool:
        return self.newest is not None and self.newest.status == STATUS.COUNTERED and self.newest.her_fee is not None

    @property
    def may_withdraw(self) -> bool:
        return self.newest is not None and self.newest.is_open

    @property
    def may_let_go(self) -> bool:
        return self.newest is not None and self.newest.status == STATUS.COUNTERED

    @property
    def may_hear(self) -> bool:
        """Her answer may be noted."""
        return not (self.card.is_promised or self.card.is_off)


def rounds_of(card: Collaboration) -> Rounds:
    """One query."""
    rows = list(Offer.objects.filter(collaboration=card).select_related("sent_by").order_by("pk"))
    return Rounds(card, [Round(row, number) for number, row in reversed(list(enumerate(rows, 1)))])

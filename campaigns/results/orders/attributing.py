"""Whose order it is: a code goes before a link, and nobody's order is given to somebody (domain section 8.4)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Collaboration
from campaigns.results.models import Order
from campaigns.tracking.models import TrackedLink, VoucherCode

NEITHER = _("It names neither a code nor a link.")
NO_CODE = _("Nobody has the code “%(code)s”.")
NO_LINK = _("No link is called “%(link)s”.")
RETIRED = _("The code “%(code)s” was retired before this order.")


@dataclass(frozen=True)
class Owner:
    """Whom an order belongs to, by what it came, and why nobody where it is nobody's."""

    via: str
    code: VoucherCode | None = None
    link: TrackedLink | None = None
    why: str = ""

    @property
    def card(self) -> Collaboration | None:
        if self.via == Order.Via.CODE:
            return self.code.collaboration if self.code is not None else None
        return self.link.deliverable.collaboration if self.link is not None else None

    @property
    def deliverable_id(self) -> int | None:
        """The post, where the link names one of the same person's."""
        made = self.link.deliverable if self.link is not None else None
        card = self.card
        return made.pk if made is not None and card is not None and made.collaboration_id == card.pk else None


class Known:
    """The codes and links of one brand that rows name. Two queries, however many rows."""

    def __init__(self, brand: int, codes: Collection[str], links: Collection[str]) -> None:
        cards = "collaboration__campaign__brand", "collaboration__influencer", "collaboration__party__contract"
        given = VoucherCode.objects.filter(campaign__brand=brand).select_related(*cards).annotate(upper=Upper("code"))
        self._codes = {
            row.code.upper(): row for row in given.filter(upper__in={code_of(code) for code in codes if code})
        }
        of = tuple(f"deliverable__{one}" for one in cards)
        made = TrackedLink.objects.filter(deliverable__collaboration__campaign__brand=brand).select_related(*of)
        self._links = {row.slug: row for row in made.filter(slug__in={slug_of(link) for link in links if link})}

    def owner(self, code: str, link: str, at: dt.datetime) -> Owner:
        """Whose an order of that moment is. What was retired before it counts no longer (domain section 8.4)."""
        given, made = self._codes.get(code_of(code)), self._links.get(slug_of(link))
        retired = given is not None and given.retired_at is not None and given.retired_at <= at
        if given is not None and not retired:
            return Owner(Order.Via.CODE, given, made)
        if made is not None:
            return Owner(Order.Via.LINK, None, made)
        via = Order.Via.CODE if code else Order.Via.LINK
        return Owner(via, why=str(_why(code, link, retired)))


def _why(code: str, link: str, retired: bool) -> Any:
    if code:
        return (RETIRED if retired else NO_CODE) % {"code": code_of(code)}
    return NO_LINK % {"link": slug_of(link)} if link else NEITHER


def code_of(said: str) -> str:
    """A code as it is kept."""
    return "".join(said.split()).upper()[:60]


def slug_of(said: str) -> str:
    """The short form of a link: the last part of its address, without what follows a question mark."""
    path = said.strip().split("?")[0].split("#")[0].rstrip("/")
    return path.rsplit("/", 1)[-1][:60]

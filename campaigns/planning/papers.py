"""The contract of a card as boards and pages show it: how far it is, what is next, and what of it nobody has planned yet."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.planning.actions.contracts import free_posts
from campaigns.planning.models import Collaboration
from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.contracts.models import Contract, Party, PromisedPost

UNSIGNED: tuple[str, ...] = (*Contract.WRITTEN, Contract.Status.SENT)
HOLD_DAYS = 7
"""How long a yes without a signature keeps her days free before somebody looks after it. A week: what offers in chats are
usually left open for; a contract that names a day of its own (`offer_until_on`) holds until then."""


@dataclass(frozen=True)
class Paper:
    """One card's contract. `free` are the posts it promises that nothing stands for."""

    card: Collaboration
    contract: Contract
    has_her_signature: bool
    free: Sequence[PromisedPost]
    now: dt.datetime

    @property
    def url(self) -> str:
        return reverse("contract", args=[self.contract.pk])

    @property
    def is_over(self) -> bool:
        """Nothing can be done under it any more; another may be written."""
        return self.contract.status not in Contract.OPEN

    @property
    def is_unsigned(self) -> bool:
        return self.contract.status in UNSIGNED

    @property
    def tone(self) -> str:
        return self.contract.tone

    @property
    def mark_tone(self) -> str:
        """The same on a card, where nothing special has no colour."""
        return "" if self.tone == "mute" else self.tone

    @property
    def label(self) -> str:
        """Draft, waits for her since 14 Nov, signed, running."""
        contract = self.contract
        if self.is_unsigned and self.has_her_signature:
            return _("Waits for our signature")
        if contract.status == Contract.Status.SENT and contract.sent_at is not None:
            day = day_words(local_date(contract.sent_at, contract.zone), "brief")
            return _("Waits for her since %(day)s") % {"day": day}
        return str(contract.get_status_display())

    @property
    def next_verb(self) -> Any:
        """What a colleague does with it now."""
        if self.is_unsigned and self.has_her_signature:
            return gettext_lazy("Sign it")
        return NEXT.get(self.contract.status, gettext_lazy("Open it"))

    @property
    def held_until(self) -> dt.date | None:
        """The last day a yes without a signature is counted on; None without a yes, and once it is signed."""
        return held_until(self.card, self.contract)

    @property
    def hold(self) -> str:
        until = self.held_until
        if until is None:
            return ""
        if self.hold_is_over:
            return _("Not signed, held until %(day)s") % {"day": day_words(until, "brief")}
        return _("Held until %(day)s") % {"day": day_words(until, "brief")}

    @property
    def hold_is_over(self) -> bool:
        until = self.held_until
        return until is not None and until < local_date(self.now, self.card.campaign.zone)

    @property
    def to_plan(self) -> str:
        """2 × Story, Reel: what the contract promises and nobody planned."""
        counted = Counter(post.format.name for post in self.free)
        return ", ".join(f"{count} × {name}" if count > 1 else name for name, count in counted.items())

    @property
    def plan_verb(self) -> str:
        count = len(self.free)
        return ngettext("Plan %(n)d post from the contract", "Plan %(n)d posts from the contract", count) % {"n": count}


NEXT: dict[str, Any] = {
    Contract.Status.DRAFT: gettext_lazy("Look through and send"),
    Contract.Status.IN_REVIEW: gettext_lazy("See who approves it"),
    Contract.Status.SENT: gettext_lazy("Note her answer"),
}


def held_until(card: Collaboration, contract: Contract) -> dt.date | None:
    """A week from her yes, or until the day the offer names when that is later."""
    if contract.status not in UNSIGNED or not card.is_promised or card.promised_at is None:
        return None
    last = local_date(card.promised_at, card.campaign.zone) + dt.timedelta(days=HOLD_DAYS)
    return max(last, contract.offer_until_on or last)


def papers_of(cards: Iterable[Collaboration], now: dt.datetime) -> dict[int, Paper]:
    """The contracts of these cards, by card. Nothing asked where no card has one, else one query for what is free
    and one for the contracts where the cards came without."""
    under = [card for card in cards if card.party_id is not None]
    if not under:
        return {}
    parties = _parties(under)
    free: dict[int, list[PromisedPost]] = defaultdict(list)
    for post in free_posts(parties).select_related("format").order_by("pk"):
        free[post.party_id].append(post)
    found = {}
    for card in under:
        card.party = party = parties[card.party_id or 0]
        has_signed = getattr(party, "signature", None) is not None
        found[card.pk] = Paper(card, party.contract, has_signed, free[party.pk], now)
    return found


def _parties(under: Collection[Collaboration]) -> dict[int, Party]:
    """The parties by their key: as the rows brought them along, else asked."""
    if all(Collaboration.party.is_cached(card) for card in under):
        return {card.party.pk: card.party for card in under if card.party is not None}
    pks = {card.party_id for card in under}
    return {party.pk: party for party in Party.objects.filter(pk__among=pks).select_related("contract", "signature")}

"""Putting a card under a contract: written from it, or one that is there already; each post stands for one that is promised."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.work import Plan, accounts_on, each, tell_plan
from campaigns.planning.models import Collaboration, Deliverable, Refused, ring_after_commit
from campaigns.planning.models.promises import PromiseHeld, follow_above
from campaigns.planning.paying.works import look_at_card
from campaigns.planning.verdicts import Verdict
from crm.base.zones import local_date
from crm.contracts.actions.drafting import draft
from crm.contracts.models import Contract, ContractTemplate, Party, PayLine, PromisedPost
from crm.exclusivity.gate import Door, PromiseRefused
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.contracts.models.parties import PartyQuerySet
    from crm.contracts.models.terms import PromisedPostQuerySet

WRITTEN = _("%(campaign)s: contract %(contract)s written")
LINKED = _("%(campaign)s: goes on under contract %(contract)s")
UNLINKED = _("%(campaign)s: no longer under contract %(contract)s")
MATCHED = _("%(campaign)s: what is planned was matched with contract %(contract)s")
HAS_ONE = _("There is a contract already: %(contract)s. Open it, or take the card out from under it first.")
IS_OFF = _("Is not going ahead. Bring the card back first.")
NO_CONTRACT = _("This card is under no contract any more. Reload the page.")
ALL_PLANNED = _("Everything the contract promises is planned already.")
NOT_HERS = _("This contract is over, is with somebody else, or is for another house. Choose one from the list.")


@dataclass(frozen=True)
class Wish:
    """What may be chosen for a contract that is written: on which template, and until when the offer stands."""

    template: ContractTemplate | None = None
    offer_until_on: dt.date | None = None


def write_contract(card: Collaboration, wish: Wish, *, at: dt.datetime, actor: Actor) -> Contract:
    """Draft a contract that says what the card says: days, posts, fee. Refused where there is one, or the card is off."""
    with card.held():
        _check_free(card)
        rows = list(card.deliverables.standing().select_related("format__platform").order_by("post_due_on", "pk"))
        blank = _blank(card, rows, wish, actor)
        contract = draft(blank, [card.influencer], at=at, actor=actor, reads_said=False)
        party = contract.parties.talents().get()
        for row in rows:
            row.promised = PromisedPost.objects.create(
                contract=contract, party=party, format=row.format, due_on=row.post_due_on, note=row.title
            )
            row.save(update_fields=["promised", "updated_at"])
        if card.fee is not None and card.fee.amount:
            PayLine.objects.create(contract=contract, party=party, kind=PayLine.Kind.CASH_FEE, amount=card.fee)
        _put_under(card, party, WRITTEN, at, actor)
    return contract


def write_many(cards: Sequence[Collaboration], wish: Wish, *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """A contract for each of these cards; who has one already, or is not going ahead, is told so."""

    def write(card: Collaboration) -> Any:
        contract = write_contract(card, wish, at=at, actor=actor)
        return _now("Contract %(number)s is a draft.") % {"number": contract.number}

    return each(cards, write)


def _blank(card: Collaboration, rows: Sequence[Deliverable], wish: Wish, actor: Actor) -> Contract:
    """Terms of the card in the words of a contract; its days reach as far as what is planned does."""
    campaign, person, days = card.campaign, card.influencer, [row.post_due_on for row in rows]
    kind = Contract.Kind.GIFTING if card.fee is not None and not card.fee.amount else Contract.Kind.CAMPAIGN
    template = wish.template or template_for(kind)
    return Contract(
        kind=kind, title=f"{campaign.name} · {person}"[:160], brand=campaign.brand,
        category=campaign.category or campaign.brand.category, owner_id=actor.user_id or campaign.owner_id,
        start_on=min([campaign.start_on, *days]), end_on=max([campaign.end_on, *days]), zone=person.zone,
        language=person.language, said=card.fee_said, offer_until_on=wish.offer_until_on,
        wording=template.newest if template is not None else None,
    )  # fmt: skip


def template_for(kind: str) -> ContractTemplate | None:
    """The first offered template of this kind, else of campaigns."""
    offered = list(ContractTemplate.objects.filter(is_active=True).order_by("pk"))
    fitting = [one for one in offered if one.kind == kind] or [one for one in offered if one.kind == "campaign"]
    return fitting[0] if fitting else None


def parties_for(card: Collaboration) -> "PartyQuerySet":
    """Her side of every contract this card could go on under: open or running, with the house of the campaign's brand."""
    open_ones = Party.objects.talents().filter(influencer=card.influencer_id, contract__status__in=Contract.OPEN)
    return open_ones.filter(contract__brand__owner=card.campaign.brand.owner_id, contract__amends__isnull=True)


def link_contract(card: Collaboration, party: Party, *, at: dt.datetime, actor: Actor) -> int:
    """Let the card go on under a contract that is there; how many posts were matched by their format. Refused, PromiseHeld."""
    with card.held():
        _check_free(card)
        if not parties_for(card).filter(pk=party.pk).exists():
            raise Refused(card, NOT_HERS)
        found = _put_under(card, party, LINKED, at, actor)
        _follow(card, at, actor)
    return found


def unlink_contract(card: Collaboration, *, at: dt.datetime, actor: Actor) -> None:
    """Take the card out from under its contract; what the contract promises is owed without it. Refused where there is none."""
    with card.held():
        party = _party_of(card)
        card.deliverables.filter(promised__party=party).update(promised=None, updated_at=at)
        _tell(card, party, UNLINKED, at, actor)
        card.party = None
        card.save(update_fields=["party", "updated_at"])
        card.keep_promises(at=at, actor=actor)
        follow_above(card, party, Door(frozenset({card.influencer_id}), at), actor=actor)
    ring_after_commit()


def match_posts(card: Collaboration, chosen: Mapping[int, int | None], *, at: dt.datetime, actor: Actor) -> None:
    """Say by hand which promised post each piece of work stands for: {deliverable: promised post, or none}. Refused, PromiseHeld."""
    with card.held():
        party = _party_of(card)
        if not {post for post in chosen.values() if post} <= {post.pk for post in posts_for(card)}:
            raise Refused(card, _("A post is not owed under this contract any more. Reload the page."))
        rows = card.deliverables.filter(pk__in=chosen)
        rows.update(promised=None, updated_at=at)
        for row in rows:
            _stand_for(row, chosen[row.pk])
        _tell(card, party, MATCHED, at, actor)
        card.keep_promises(at=at, actor=actor)
    ring_after_commit()


def plan_promised(card: Collaboration, *, at: dt.datetime, actor: Actor) -> int:
    """Plan a piece of work for every post the contract promises and nothing stands for. Refused, PromiseHeld."""
    with card.held():
        party = _party_of(card)
        if card.is_off:
            raise Refused(card, IS_OFF)
        posts = list(free_posts([party.pk]).select_related("format__platform").order_by("due_on", "pk"))
        if not posts:
            raise Refused(card, ALL_PLANNED)
        today = local_date(at, card.campaign.zone)
        for place, post in enumerate(posts):
            plan = Plan(post.format, 1, None, _day_for(card, post, today, place, len(posts)), party.contract.zone)
            _plan(card, post, plan, at, actor)
        card.back_to_making(at=at, actor=actor)
        card.keep_promises(at=at, actor=actor)
    ring_after_commit()
    return len(posts)


def _plan(card: Collaboration, post: PromisedPost, plan: Plan, at: dt.datetime, actor: Actor) -> None:
    Deliverable.objects.filter(promised=post).update(promised=None, updated_at=at)
    made = Deliverable.objects.create(
        collaboration=card, format=post.format, account_id=accounts_on(post.format, [card]).get(card.influencer_id),
        promised=post, title=post.note[:120], post_due_on=plan.post_due_on, zone=plan.zone, dates_set_at=at, day_set_at=at,
    )  # fmt: skip
    tell_plan(card, plan, made, at, actor)


def _day_for(card: Collaboration, post: PromisedPost, today: dt.date, place: int, many: int) -> dt.date:
    """The promised day where the campaign runs then; else spread over what is left of the campaign."""
    campaign = card.campaign
    last = campaign.end_on
    first = min(max(campaign.start_on, today), last)
    if post.due_on is not None:
        return min(max(post.due_on, campaign.start_on), last)
    return first + (last - first) * (place + 1) // many


def free_posts(parties: Collection[int]) -> "PromisedPostQuerySet":
    """Posts these people owe that nothing stands for: no work that goes ahead, and none that is out."""
    standing = Deliverable.objects.standing().filter(promised__party_id__among=set(parties))
    silent = Q(collaboration__status=Collaboration.Status.OFF) & ~Q(status=Deliverable.Status.PUBLISHED)
    taken = standing.exclude(silent).values("promised_id")
    return PromisedPost.objects.standing().filter(party_id__among=set(parties)).exclude(pk__in=taken)


def posts_for(card: Collaboration) -> list[PromisedPost]:
    """The posts her work here may stand for: those nothing stands for, and those it stands for already."""
    own = PromisedPost.objects.standing().filter(party=card.party_id, deliverable__collaboration=card)
    found = (free_posts([card.party_id or 0]) | own).select_related("format__platform")
    return list(found.order_by("due_on", "pk"))


def by_format(rows: Iterable[Deliverable], posts: Iterable[PromisedPost]) -> list[tuple[Deliverable, PromisedPost]]:
    """Each piece of work with the next promised post of its format."""
    waiting: dict[int, list[PromisedPost]] = defaultdict(list)
    for post in posts:
        waiting[post.format_id].append(post)
    return [(row, waiting[row.format_id].pop(0)) for row in rows if waiting[row.format_id]]


def _check_free(card: Collaboration) -> None:
    card.refresh_from_db(fields=["status", "party", "fee", "fee_currency", "fee_said"])
    if card.is_off:
        raise Refused(card, IS_OFF)
    if card.party is not None and card.party.contract.status in Contract.OPEN:
        raise Refused(card, HAS_ONE % {"contract": card.party.contract})


def _party_of(card: Collaboration) -> Party:
    card.refresh_from_db(fields=["status", "party"])
    if card.party is None:
        raise Refused(card, NO_CONTRACT)
    return card.party


def _put_under(card: Collaboration, party: Party, sentence: Any, at: dt.datetime, actor: Actor) -> int:
    """The card and whatever of it fits a promised post that nothing stands for yet; how many that were."""
    rows = card.deliverables.standing().order_by("post_due_on", "pk")
    rows.exclude(promised__party=party).update(promised=None, updated_at=at)
    free = free_posts([party.pk]).order_by("due_on", "pk")
    pairs = by_format(rows.filter(promised__isnull=True), free)
    for row, post in pairs:
        _stand_for(row, post.pk)
    card.party = party
    card.save(update_fields=["party", "updated_at"])
    _tell(card, party, sentence, at, actor)
    return len(pairs)


def _stand_for(row: Deliverable, post: int | None) -> None:
    """One piece of work for one promised post: whatever stood for it and came to nothing lets it go."""
    if post is not None:
        Deliverable.objects.filter(promised_id=post).exclude(pk=row.pk).update(promised=None)
    row.promised_id = post
    row.save(update_fields=["promised", "updated_at"])


def _follow(card: Collaboration, at: dt.datetime, actor: Actor) -> None:
    """A contract that is signed makes the card agreed, like a signature that comes later."""
    try:
        card.follow_contract(Door(frozenset({card.influencer_id}), at), actor=actor)
    except PromiseRefused as refused:
        raise PromiseHeld(card, refused.conflicts) from refused
    card.keep_promises(at=at, actor=actor)
    look_at_card(card.pk, at=at, actor=actor)
    ring_after_commit()


def _tell(card: Collaboration, party: Party, sentence: Any, at: dt.datetime, actor: Actor) -> None:
    record(
        "collaboration.contract", sentence, at=at, actor=actor, subject=card, influencer=card.influencer_id,
        params={"campaign": card.campaign, "contract": party.contract.title}, brand=card.campaign.brand_id,
    )  # fmt: skip

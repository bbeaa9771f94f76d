"""Writing a contract down: who, for which brand, what is promised and paid, and its words."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from crm.contracts.models import Bid, Contract, Party, PayLine, PromisedPost
from crm.contracts.said import MOST_POSTS, SaidTerms, formats_of, read_terms
from crm.influencers.models import Influencer, Representation, SocialAccount
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record

DRAFTED = gettext_lazy("Contract %(contract)s drafted")
CHANGED = gettext_lazy("Contract %(contract)s changed")


class NotEditable(ValidationError):
    """Somebody outside has seen it: its terms are changed by an amendment, not in place."""

    def __init__(self) -> None:
        super().__init__(_("This contract was sent or signed. What it says is changed by an amendment."), code="sent")


def draft(
    contract: Contract, people: Sequence[Influencer], *, at: dt.datetime, actor: Actor, reads_said: bool = True
) -> Contract:
    """Write a new contract with these people. Words in `said` become posts and a fee for each of them, unless whoever
    drafts it knows both already.

    Raises ValidationError, with what to do about it, when the words cannot be read; nothing is written then.
    """
    terms = read_terms(contract.said) if contract.said and reads_said else None
    if contract.said and reads_said and terms is None:
        raise ValidationError({"said": NO_TERMS})
    plan = {person.pk: _planned(terms, person) for person in people} if terms else {}
    with transaction.atomic():
        contract.save(force_insert=True)
        Party.objects.create(contract=contract, role=Party.Role.BRAND, name=contract.entity or str(contract.brand))
        for person in people:
            party = _add_talent(contract, person, at)
            if terms is not None:
                _add_terms(contract, party, terms, plan[person.pk], at, actor)
        tell(contract, "contract.drafted", DRAFTED, at=at, actor=actor)
    return contract


def save_contract(contract: Contract, *, at: dt.datetime, actor: Actor) -> None:
    """Save what was changed while nobody outside has seen it. Raises NotEditable."""
    with transaction.atomic():
        stored = hold_editable(contract.pk)
        names = [field.name for field in Contract._meta.concrete_fields if field.editable and field.name != "id"]
        changes = {name: (getattr(stored, name), getattr(contract, name)) for name in names}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return
        contract.save(update_fields=[*changes, "updated_at"])
        if "entity" in changes:
            contract.parties.filter(role=Party.Role.BRAND).update(name=contract.entity or str(contract.brand))
        tell(contract, "contract.changed", CHANGED, at=at, actor=actor, changes=changes)


def hold_editable(pk: int) -> Contract:
    """Within a transaction: the contract, locked, while its terms may be changed. Raises NotEditable."""
    contract = Contract.objects.select_for_update(of=("self",)).select_related("brand").get(pk=pk)
    if not contract.is_editable:
        raise NotEditable
    return contract


def note_bid(contract: Contract, bid: Bid, *, at: dt.datetime, actor: Actor) -> Bid:
    """A price somebody said on the way; what is agreed does not change the lines by itself."""
    bid.contract, bid.at, bid.noted_by_id = contract, at, actor.user_id
    with transaction.atomic():
        bid.save(force_insert=True)
        sentence = gettext_lazy("%(contract)s: %(what)s %(amount)s")
        params = {"what": Bid.Kind(bid.kind).label, "amount": bid.amount}
        tell(
            contract, "contract.price", sentence, at=at, actor=actor, params=params, channel=bid.channel, quote=bid.said
        )
    return bid


def tell(contract: Contract, verb: str, sentence: Any, *, at: dt.datetime, actor: Actor, **told: Any) -> None:
    """One line in the story of each person the contract is about, or of the contract alone."""
    params = {"contract": contract.title, "number": contract.number, **told.pop("params", {})}
    people: list[int | None] = list(contract.parties.talents().values_list("influencer_id", flat=True))
    for person in people or [None]:
        record(
            verb, sentence, at=at, actor=actor, subject=contract, params=params, influencer=person,
            brand=contract.brand_id, **told,
        )  # fmt: skip


def _add_talent(contract: Contract, person: Influencer, at: dt.datetime) -> Party:
    """The person, and who stands for her: a guardian always, an agent when the agent is paid."""
    name = person.legal_name or person.stage_name
    party = Party.objects.create(contract=contract, role=Party.Role.TALENT, influencer=person, name=name)
    stands = Representation.objects.filter(influencer=person).standing(at.date()).select_related("contact")
    for one in stands:
        if one.is_guardian:
            role = Party.Role.GUARDIAN
        elif one.contact_id == contract.payee_id and not one.is_self:
            role = Party.Role.AGENT
        else:
            continue
        Party.objects.get_or_create(
            contract=contract, role=role, contact=one.contact, defaults={"name": str(one.contact)}
        )
    return party


def _planned(terms: SaidTerms, person: Influencer) -> list[int]:
    """The formats of everything she owes, one for each post. Raises ValidationError when a word fits several platforms."""
    platforms = SocialAccount.objects.filter(influencer=person).largest_first().values_list("platform_id", flat=True)
    formats = formats_of([code for code, _count in terms.posts], platforms)
    unclear = [code for code, row in formats.items() if row is None]
    if unclear:
        raise ValidationError({"said": UNCLEAR % {"words": ", ".join(unclear), "name": person.stage_name}})
    planned = [row.pk for code, count in terms.posts if (row := formats[code]) for _post in range(count)]
    if len(planned) > MOST_POSTS:
        raise ValidationError({"said": TOO_MANY % {"most": MOST_POSTS}})
    return planned


def _add_terms(
    contract: Contract, party: Party, terms: SaidTerms, formats: Sequence[int], at: dt.datetime, actor: Actor
) -> None:
    PromisedPost.objects.bulk_create(PromisedPost(contract=contract, party=party, format_id=pk) for pk in formats)
    if terms.amount is not None:
        _add_fee(contract, party, terms.amount, terms)
    said = {"said": contract.said, "at": at, "noted_by_id": actor.user_id, "channel": Channel.WHATSAPP}
    kind = Bid.Kind.AGREED if terms.amount is not None else Bid.Kind.ASK
    price: Any = Money(terms.low, terms.currency)
    Bid.objects.create(contract=contract, party=party, kind=kind, amount=price, **said)


def _add_fee(contract: Contract, party: Party, amount: Decimal, terms: SaidTerms) -> None:
    fee: Any = Money(amount, terms.currency)
    PayLine.objects.create(contract=contract, party=party, kind=PayLine.Kind.CASH_FEE, amount=fee, tax=terms.tax)


NO_TERMS = gettext_lazy(
    "No one price can be read here. Write it as it was said, for example: 1 reel 3 story 2,8jt nett. "
    "Or leave it empty and add the terms one by one."
)
UNCLEAR = gettext_lazy(
    "“%(words)s” exists on several platforms, and %(name)s has an account on none of them. Add the posts one by one."
)
TOO_MANY = gettext_lazy("More than %(most)d posts at once are surely a slip of the keyboard.")

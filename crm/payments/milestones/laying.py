"""When the money of a contract is due, as it was agreed: the usual ways in one word, others part by part."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.contracts.models import Contract, Party, PromisedPost
from crm.payments.milestones.cash import WHOLE, pots_of
from crm.payments.models import Milestone, PayTerms
from crm.timeline.record import Actor, record

Trigger = Milestone.Trigger
SAID = _("Contract %(contract)s is paid so: %(how)s")


@dataclass(frozen=True)
class Part:
    """One part of the money: which share of it, and what it waits for."""

    share_bp: int
    trigger: str = Trigger.PUBLISHED
    post: PromisedPost | None = None
    days: int | None = None
    period: int | None = None
    on: dt.date | None = None


@dataclass(frozen=True)
class Terms:
    """What is agreed beside the parts."""

    net_days: int = 14
    needs_invoice: bool = True
    in_kind_tax: str = PayTerms.BorneBy.PAYEE_CASH


@dataclass(frozen=True)
class Usual:
    """A way of paying that needs no rows."""

    label: Any
    parts: tuple[Part, ...]


AFTER = "after"
USUAL: Mapping[str, Usual] = {
    AFTER: Usual(_("All of it after posting"), (Part(WHOLE),)),
    "halves": Usual(_("Half on signature, half after posting"), (Part(5_000, Trigger.SIGNED), Part(5_000))),
    "thirds": Usual(
        _("A third each: on signature, when the draft is approved, after posting"),
        (Part(3_333, Trigger.SIGNED), Part(3_333, Trigger.DRAFT_APPROVED), Part(3_334)),
    ),
    "before": Usual(_("All of it on signature"), (Part(WHOLE, Trigger.SIGNED),)),
}


class NotWhole(ValidationError):
    """The parts do not come to a hundred percent."""

    def __init__(self, sum_bp: int) -> None:
        said = _("The parts come to %(sum)s %%. Together they have to be 100 %%.")
        super().__init__(said, code="not_whole", params={"sum": f"{sum_bp / 100:g}"})


class IsSaid(ValidationError):
    """It is signed and says already how it is paid."""

    def __init__(self) -> None:
        super().__init__(_("It is signed: how it is paid changes only by an amendment."), code="is_said")


def lay(contract: Contract, parts: Sequence[Part], terms: Terms, *, at: dt.datetime, actor: Actor) -> list[Milestone]:
    """Say how a contract is paid, for everybody alike. A signed one is told only where nobody has said it before.

    Raises NotWhole and IsSaid, and ValidationError for a post of somebody else.
    """
    check_whole(parts)
    with transaction.atomic():
        stored = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if not may_be_laid(stored):
            raise IsSaid()
        return _lay(stored, parts, terms, at, actor)


def may_be_laid(contract: Contract) -> bool:
    """While it is written; of a contract in force as long as nobody has said how it is paid. Amendments are paid as their contract."""
    if contract.amends_id is not None:
        return False
    return contract.is_editable or (contract.makes_due and not contract.milestones.exists())


def check_whole(parts: Sequence[Part]) -> None:
    total = sum(part.share_bp for part in parts)
    if total != WHOLE:
        raise NotWhole(total)


def lay_default(contract: Contract, *, at: dt.datetime, actor: Actor) -> list[Milestone]:
    """Nobody said how it is paid: all of it, two weeks after posting. Nothing where no money is paid, or a deal pays it."""
    is_a_deal = contract.kind == Contract.Kind.AMBASSADOR
    if is_a_deal or contract.amends_id or contract.milestones.exists():
        return []
    if not any(pots_of(contract, contract.talents).values()):
        return []
    return _lay(contract, USUAL[AFTER].parts, terms_of(contract), at, actor)


def terms_of(contract: Contract) -> Terms:
    found = PayTerms.objects.filter(contract=contract.pk).first()
    return Terms(found.net_days, found.needs_invoice, found.in_kind_tax) if found else Terms()


def _lay(contract: Contract, parts: Sequence[Part], terms: Terms, at: dt.datetime, actor: Actor) -> list[Milestone]:
    values = {"net_days": terms.net_days, "needs_invoice": terms.needs_invoice, "in_kind_tax": terms.in_kind_tax}
    PayTerms.objects.update_or_create(contract=contract, defaults=values)
    contract.milestones.all().delete()
    talents = list(contract.parties.talents().order_by("pk"))
    rows = [_milestone(contract, party, number, part) for party in talents for number, part in enumerate(parts, 1)]
    made = Milestone.objects.bulk_create(rows)
    params = {"contract": contract.title, "how": ", ".join(f"{part.share_bp / 100:g} %" for part in parts)}
    record(
        "milestone.laid", SAID, at=at, actor=actor, subject=contract, params=params, brand=contract.brand_id,
        influencer=talents[0].influencer_id if len(talents) == 1 else None,
    )  # fmt: skip
    return made


def _milestone(contract: Contract, party: Party, number: int, part: Part) -> Milestone:
    """A post is one person's: for everybody else the part waits for all of theirs."""
    post = part.post if part.post is not None and part.post.party_id == party.pk else None
    return Milestone(
        contract=contract, party=party, number=number, share_bp=part.share_bp, trigger=part.trigger, post=post,
        days=part.days, period=part.period, on=part.on,
    )  # fmt: skip


def parts_of(contract: Contract) -> list[Part]:
    """How it is paid as it was said, of its first person: all of them are paid alike."""
    rows = list(contract.milestones.standing().select_related("post").order_by("party", "number"))
    return [Part(one.share_bp, one.trigger, one.post, one.days, one.period, one.on)
            for one in rows if one.party_id == rows[0].party_id]  # fmt: skip


def usual_of(parts: Sequence[Part]) -> str:
    """Which of the usual ways it is; empty for another."""
    return next((code for code, usual in USUAL.items() if usual.parts == tuple(parts)), "")

"""How a contract becomes binding without a page of its own: on paper, agreed by chat, and the brand's own signature.

Whoever signs signs one document, known by its hash. When the last side has signed, the contract is signed and what it
promises stands, through the gate of exclusivity, in the same transaction.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.models import Organisation
from crm.contracts.actions.by_date import bring_up_to_date
from crm.contracts.actions.carrying_out import check_stands, take_in
from crm.contracts.actions.drafting import tell
from crm.contracts.actions.words import freeze_words
from crm.contracts.models import Contract, Signature
from crm.contracts.works import follow_contract
from crm.contracts.worth import at_stake, cash_in
from crm.exclusivity.gate import Door, through_gate
from crm.reminders.settled import stop_asking
from crm.timeline.record import Actor, subject_of

SIGNED_BY = gettext_lazy("Contract %(contract)s: %(name)s signed, %(how)s")


def sign(signature: Signature, *, at: dt.datetime, actor: Actor) -> Contract:
    """Keep one side's signature; the contract is signed when it was the last. Raises ValidationError, PromiseRefused.

    The same side signing twice at the same moment gives one signature; the other is told.
    """
    return sign_together([signature], at=at, actor=actor)


def sign_together(
    signatures: Sequence[Signature],
    *,
    at: dt.datetime,
    actor: Actor,
    prove: Callable[[Contract], None] | None = None,
) -> Contract:
    """The same for several sides of one contract, all or none. `prove` looks once more while the contract is held."""
    contract_pk, people = signatures[0].party.contract_id, signatures[0].party.contract.people

    def write(held: frozenset[int]) -> Contract:
        contract = Contract.objects.select_for_update(of=("self",)).select_related("brand", "paper").get(pk=contract_pk)
        if prove is not None:
            prove(contract)
        for signature in signatures:
            _check_may_sign(contract, signature)
        if contract.amends_id:
            check_stands(contract)
        if contract.is_editable:
            freeze_words(contract, at=at)
        for signature in signatures:
            _keep_and_tell(contract, signature, at=at, actor=actor)
        if not contract.parties.unsigned().exists():
            contract.put(Contract.Status.SIGNED, at=at, actor=actor, also={"signed_at": at})
            follow_contract(contract, Door(held, at), actor=actor)
            if contract.amends_id:
                take_in(contract, Door(held, at), actor=actor)
        stop_asking([subject_of(signature.party) for signature in signatures], at)
        return contract

    signed = through_gate(people, write)
    if signed.amends_id and signed.status == Contract.Status.SIGNED:
        bring_up_to_date(signed.pk, at)
    return signed


def _keep_and_tell(contract: Contract, signature: Signature, *, at: dt.datetime, actor: Actor) -> None:
    signature.document_sha256 = contract.document_sha256
    _keep(signature)
    params = {"name": signature.name, "how": Signature.How(signature.how).label}
    tell(contract, "contract.signature", SIGNED_BY, at=at, actor=actor, params=params, file=signature.proof)


def _keep(signature: Signature) -> None:
    try:
        with transaction.atomic():
            signature.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(_("This side has signed already."), code="signed") from error


def _check_may_sign(contract: Contract, signature: Signature) -> None:
    """Signing is for open contracts, with everything they need. Raises ValidationError with what to do."""
    if contract.status not in (*Contract.WRITTEN, Contract.Status.SENT):
        raise ValidationError(_("This contract is not open for signing any more."), code="closed")
    if signature.how == Signature.How.CHAT and not may_be_by_chat(contract):
        raise ValidationError(BY_CHAT_TOO_MUCH, code="amount")
    if needs_approval(contract):
        raise ValidationError(NOT_APPROVED, code="approval")


def needs_code(contract: Contract) -> bool:
    """Whether its cash is above what a typed name and a tick sign here; money nobody converts counts as above."""
    house = Organisation.load()
    cash = cash_in(at_stake(contract), house.currency)
    return cash is None or cash > house.contracts_by_code_above


def may_be_by_chat(contract: Contract) -> bool:
    """Whether its cash is below what this house lets people agree to by chat."""
    house = Organisation.load()
    most = house.contracts_by_chat_up_to
    cash = cash_in(at_stake(contract), house.currency)
    return most is None or (cash is not None and cash <= most)


def needs_approval(contract: Contract) -> bool:
    """Whether a manager has to approve it first; off unless the house set an amount. What was approved holds for its sum."""
    house = Organisation.load()
    limit: Decimal | None = house.contracts_approved_above
    if limit is None:
        return False
    cash = cash_in(at_stake(contract), house.currency)
    if cash is not None and cash <= limit:
        return False
    return contract.approved_at is None or contract.approved_sum != sum_of(contract)


def sum_of(contract: Contract) -> str:
    """The cash an approval was given for, as text: a larger one has to be approved anew."""
    return " + ".join(sorted(f"{line.amount}" for line in at_stake(contract) if line.amount))


BY_CHAT_TOO_MUCH = gettext_lazy(
    "The fee is above what may be agreed to by chat. Let it be signed on paper, or lower the amount in the settings."
)
NOT_APPROVED = gettext_lazy("A manager approves contracts of this amount first.")

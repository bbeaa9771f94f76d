"""A contract as she reads it on her own page: short sentences first, then the words; and her yes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.base.text import markdown_html
from crm.contracts.actions.codes import Codes, check_same_words, use_codes
from crm.contracts.actions.going_on_words import renewal_in_words
from crm.contracts.actions.signing import needs_code, sign_together
from crm.contracts.actions.words import kept_elsewhere, line_shown, posts_in_words, right_in_words
from crm.contracts.diff import changes_in_words
from crm.contracts.models import Contract, Party, Signature
from crm.contracts.who_signs import Signer, who_may_sign
from crm.exclusivity.models import Clause
from crm.exclusivity.terms import Standing
from crm.exclusivity.words import allowed_in_words, days_in_words, sentence_of
from crm.outbox.models import Contact
from crm.portal.registry import Asking
from crm.timeline.record import Actor, subject_of

READABLE = (Contract.Status.SENT, *Contract.IN_FORCE, Contract.Status.ENDED)


@dataclass(frozen=True)
class OwnContract:
    """Everything on her page about one contract."""

    contract: Contract
    days: str
    changes: list[str]
    posts: list[str]
    pay: list[str]
    rights: list[str]
    promises: list[tuple[str, str]]
    renewal: str
    words: Any
    mine: list[Party]
    signed: list[Party]

    @property
    def is_open(self) -> bool:
        return self.contract.status == Contract.Status.SENT


@dataclass(frozen=True)
class Yes:
    """How somebody signs on her own page: which name, for whom, from where, in which words."""

    contact: Contact
    parties: Sequence[Party]
    name: str
    consent: str
    document: str
    zone: str
    address: str | None
    browser: str
    codes: Codes | None = None


def contract_for(asking: Asking, pk: int) -> Contract | None:
    """One of her contracts with this brand, once it was sent; nobody else's."""
    rows = Contract.objects.with_terms().filter(
        parties__influencer=asking.influencer_id, parties__role=Party.Role.TALENT
    )
    rows = rows.filter(pk=pk, status__in=READABLE)
    return rows.filter(brand=asking.brand_id).first() if asking.brand_id is not None else rows.first()


def read_it(contract: Contract, asking: Asking) -> OwnContract:
    """As she reads it, in a fixed number of queries."""
    talents, signers, more = contract.talents, _signers(contract, asking.now), kept_elsewhere(contract)
    signed = [party for party in talents if hasattr(party, "signature")]
    holder = asking.contact.pk if asking.contact else 0
    return OwnContract(
        contract=contract,
        days=days_in_words(contract.start_on, contract.end_on) if contract.start_on or contract.end_on else "",
        changes=[*more["changes"], *changes_in_words(contract)],
        posts=[*more["posts"], *posts_in_words(contract.owed)],
        pay=[*(line_shown(line) for line in contract.lines.all()), *more["pay"]],
        rights=[right_in_words(right) for right in contract.rights.all()],
        promises=_promises(talents),
        renewal=renewal_in_words(contract),
        words=markdown_html(contract.text),
        mine=[party for party in talents if party not in signed and holder in signers[party.pk]],
        signed=signed,
    )


def line_about(contract: Contract) -> str:
    """2 posts and Rp2.800.000, in one line."""
    more = kept_elsewhere(contract)
    said = [
        *more["changes"],
        *changes_in_words(contract),
        *more["posts"],
        *posts_in_words(contract.owed),
        *(line_shown(line) for line in contract.lines.all()),
    ]
    return "; ".join(said)


def _promises(talents: Sequence[Party]) -> list[tuple[str, str]]:
    rows = Clause.objects.filter(work_ref__in=[subject_of(party) for party in talents]).with_scope()
    said = [(sentence_of(one), allowed_in_words(one)) for one in rows if one.standing != Standing.VOID]
    return list(dict.fromkeys(said))


def _signers(contract: Contract, now: dt.datetime) -> dict[int, dict[int, Signer]]:
    return who_may_sign(contract.talents, now)


def sign_here(contract: Contract, yes: Yes, *, at: dt.datetime, actor: Actor) -> Contract:
    """Her yes, or her agent's or guardian's, for one or several people, all or none.

    Raises ValidationError with what to do, PromiseRefused where a promise stands against it, Busy.
    """
    signers = who_may_sign(yes.parties, at)
    signatures = [_signature(party, yes, signers[party.pk].get(yes.contact.pk), at) for party in yes.parties]

    def prove(held: Contract) -> None:
        check_same_words(held, yes.document)
        if yes.codes is not None:
            use_codes(yes.codes, at=at)
        elif needs_code(held):
            raise ValidationError(_("A contract of this amount is signed with a code. Ask for one."), code="by_code")

    return sign_together(signatures, at=at, actor=actor, prove=prove)


def _signature(party: Party, yes: Yes, signer: Signer | None, at: dt.datetime) -> Signature:
    if signer is None:
        raise ValidationError(
            _("Nothing on record says that you may sign for %(name)s."), params={"name": party.name}, code="authority"
        )
    code = next((row for row in yes.codes.rows if row.party_id == party.pk), None) if yes.codes else None
    return Signature(
        party=party,
        how=Signature.How.CODE if code else Signature.How.NAME,
        name=yes.name,
        acting_for="" if signer.is_herself else party.name,
        authority=signer.authority,
        code=code,
        signed_at=at,
        zone=yes.zone,
        address=yes.address,
        browser=yes.browser[:300],
        consent_words=yes.consent,
    )

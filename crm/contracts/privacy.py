"""What was agreed with a person. What was signed is proof for both sides and is kept as long as the books of its years."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.hers import Held, Her, called_by_name, hers, may_name, years_of_books
from crm.base.places import holds
from crm.contracts.models import (
    Bid,
    Contract,
    Notice,
    Party,
    PayLine,
    PromisedPost,
    Signature,
    SigningCode,
    TermChange,
    UsageRight,
)

called_by_name(Contract)
SUM = _("A checksum or a serial number: it tells nothing of what it stands for.")
LAW = _("Law 8/1997 on company documents, article 11: ten years from the end of the book year")
IN_FORCE = _("A contract of hers is in force")
WAY_OUT = _("End it, or wait for its last day.")
SAID = "title said note extra_words text closed_why"
SIGNED = Q(contract__signed_at__isnull=False)


def her_contracts(her: Her) -> "QuerySet[Contract]":
    """Contracts with her and with nobody else of those we work with; in one with several only her name is taken out."""
    talents = Party._base_manager.filter(influencer__isnull=False)
    others = talents.exclude(influencer_id__in=her.people).values("contract_id")
    with_her = talents.filter(influencer_id__in=her.people).values("contract_id")
    return Contract._base_manager.filter(pk__in=with_her).exclude(pk__in=others)


def about(model: type[Notice] | type[TermChange], way: str, her: Her) -> "QuerySet[Notice | TermChange]":
    found: QuerySet[Notice | TermChange] = model._base_manager.filter(**{f"{way}__in": her_contracts(her).values("pk")})
    return found


hers(
    Contract, rows=her_contracts, held="contract", held_if=Q(signed_at__isnull=False), order=300,
    empties=f"{SAID} paper document stamp_file", stays="text_sha256 stamp_serial", why=SUM,
)  # fmt: skip
hers(Party, "influencer contact", empties="name", held="contract", held_if=SIGNED)
for noted in (PayLine, PromisedPost):
    hers(noted, "party__influencer", empties="note", held="contract", held_if=SIGNED)
hers(UsageRight, "party__influencer", empties="note down_note", held="contract", held_if=SIGNED)
hers(Bid, "party__influencer", empties="said", held="contract", held_if=SIGNED)
hers(
    Signature, "party__influencer party__contact", held="contract", empties="name acting_for address browser said proof",
    stays="document_sha256 consent_words", why=SUM,
)  # fmt: skip
hers(
    SigningCode, "party__influencer session__link__contact", empties="name", stays="document_sha256", why=SUM,
    held="contract",
)  # fmt: skip
hers(TermChange, rows=lambda her: about(TermChange, "amendment", her), empties="label was becomes", held="contract")
hers(Notice, rows=lambda her: about(Notice, "contract", her), empties="note document by", held="contract")
may_name(Contract, SAID, held="contract", held_if=Q(signed_at__isnull=False))
may_name(TermChange, "label was becomes", held="contract")
may_name(Notice, "note", held="contract")


@holds("contract")
def contracts_with_her(her: Her, on: dt.date) -> list[Held]:
    """What runs has to come to its end first; what was signed is kept for ten years after the year it ended in."""
    theirs = Contract.objects.filter(pk__in=her_contracts(her).values("pk")) | Contract.objects.filter(
        parties__influencer_id__in=her.people
    )
    signed = theirs.filter(signed_at__isnull=False).distinct().order_by("pk")
    if any(one.is_in_force for one in signed):
        return [Held("contract", IN_FORCE, _("what was promised"), blocks=True, way_out=WAY_OUT)]
    until = max((years_of_books(_over_on(one, on)) for one in signed), default=None)
    return [Held("contract", _("What she signed is proof for both sides"), LAW, until)] if until and until >= on else []


def _over_on(one: Contract, on: dt.date) -> dt.date:
    """The day it ended, as far as it is known."""
    return one.closed_on or one.end_on or (one.signed_at.date() if one.signed_at else on)

"""Sending a contract: its words are frozen, what it would promise stands softly, and whoever signs gets a letter."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.base.formats import day_words
from crm.contracts.actions.signing import NOT_APPROVED, needs_approval
from crm.contracts.actions.words import freeze_words
from crm.contracts.models import Contract, Party
from crm.contracts.who_signs import Signer, who_may_sign
from crm.contracts.works import follow_contract
from crm.exclusivity.gate import Door, through_gate
from crm.influencers.queries.mail import Route, mail_routes
from crm.outbox.compose import compose, enqueue
from crm.outbox.models import Contact, Email
from crm.outbox.topics import Topic
from crm.reminders.by_hand import CALL, WRITE, is_by_hand
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.reminders.wordings import greeting_for
from crm.timeline.record import Actor, subject_of

NOBODY_SIGNS = _("Nobody on file may sign for %(name)s (%(contract)s). Add her e-mail, her guardian or an authority.")
ALL_SIGNED = _("Everybody on the other side has signed already. There is nothing to send.")
LAPSED = _("The day until which the offer stands is over. Choose another one, then send it.")


def send(contract: Contract, *, at: dt.datetime, actor: Actor) -> list[Email]:
    """Freeze it, send it, and write to whoever signs; the letters that wait in the outbox now.

    Whom no mail reaches becomes a task for the owner. Raises TransitionRefused, ValidationError with what is missing.
    """

    def write(held: frozenset[int]) -> list[Email]:
        stored = Contract.objects.select_for_update(of=("self",)).select_related("brand", "owner", "paper")
        found = stored.get(pk=contract.pk)
        if found.is_editable:
            _check_ready(found, at)
            freeze_words(found, at=at)
        found.put(Contract.Status.SENT, at=at, actor=actor, also={"sent_at": at})
        follow_contract(found, Door(held, at), actor=actor)
        contract.status, contract.sent_at = found.status, found.sent_at
        return write_letters(found, at=at)

    return through_gate(contract.people, write)


def _check_ready(contract: Contract, at: dt.datetime) -> None:
    if needs_approval(contract):
        raise ValidationError(NOT_APPROVED, code="approval")
    if not contract.parties.talents().filter(signature__isnull=True).exists():
        raise ValidationError(ALL_SIGNED, code="signed")
    sent = Contract(status=Contract.Status.SENT, offer_until_on=contract.offer_until_on, zone=contract.zone)
    if sent.has_lapsed(at):
        raise ValidationError(LAPSED, code="lapsed")


def write_letters(contract: Contract, *, at: dt.datetime) -> list[Email]:
    """One letter for each contact, about all its people; one task for whom no letter reaches."""
    open_parties = list(contract.parties.talents().filter(signature__isnull=True).select_related("influencer"))
    about: dict[int, list[Party]] = {}
    copied: dict[int, str] = {}
    routes = routes_of(open_parties, at)
    for party in open_parties:
        route = routes[party.pk]
        if not route.to:
            _ask_who_signs(contract, party, at)
        for contact in route.everybody:
            about.setdefault(contact, []).append(party)
            if contact in route.copies:
                copied[contact] = party.name
    contacts = Contact.objects.in_bulk(about)
    letters = [_write(contract, contacts[pk], parties, copied.get(pk, ""), at) for pk, parties in sorted(about.items())]
    return [email for email in letters if email is not None]


def routes_of(parties: Sequence[Party], at: dt.datetime) -> dict[int, Route]:
    """Who is asked to sign for each: whoever gets contracts, and always somebody who may sign."""
    routes = mail_routes({party.influencer_id for party in parties if party.influencer_id}, at)
    signers = who_may_sign(parties, at)
    found = {}
    for party in parties:
        route = routes.of(party.influencer_id or 0, Topic.CONTRACTS)
        found[party.pk] = _with_signer(route, signers[party.pk])
    return found


def _with_signer(route: Route, signers: Mapping[int, Signer]) -> Route:
    if not signers:
        return Route((), ())
    if set(route.to) & signers.keys():
        return route
    first = next(iter(signers))
    return Route((first,), tuple(contact for contact in route.everybody if contact != first))


def letter_words(contract: Contract, contact: Contact, parties: Sequence[Party]) -> dict[str, Any]:
    """The names of a letter about a contract, for this contact."""
    facts = {"form_of_address": contract.brand.form_of_address}
    return {
        "greeting": greeting_for(contact, facts),
        "brand": contract.brand.name,
        "title": contract.title,
        "people": ", ".join(party.name for party in parties),
        "until": until_in_both(contract.offer_until_on),
    }


def until_in_both(on: dt.date | None) -> dict[str, str]:
    """The last day of the offer as a sentence in both languages."""
    said = {}
    for language in ("en", "id"):
        with override(language):
            said[language] = str(UNTIL) % {"day": day_words(on)} if on else ""
    return said


def letter_of(
    contract: Contract, contact: Contact, parties: Sequence[Party], copy_of: str, at: dt.datetime
) -> dict[str, Any]:
    """Everything a letter about a contract carries."""
    owner, first = contract.owner, parties[0]
    return {
        "to": contact,
        "key": f"contract_sent/{contract.pk}/{contact.pk}/{at.isoformat()}",
        "at": at,
        "context": letter_words(contract, contact, parties),
        "late_fields": {"page": {"influencer": first.influencer_id, "brand": contract.brand_id}},
        "from_name": f"{owner.get_short_name()}, {contract.brand.name}",
        "reply_to": owner.email,
        "sender_phone": str(owner.phone or ""),
        "copy_of": copy_of,
        "influencer_ref": first.influencer_id,
        "brand_ref": contract.brand_id,
        "sender_ref": owner.pk,
        "subject_refs": [subject_of(contract)],
        "thread": f"{subject_of(contract)}/sign",
    }


def _write(
    contract: Contract, contact: Contact, parties: Sequence[Party], copy_of: str, at: dt.datetime
) -> Email | None:
    letter = letter_of(contract, contact, parties, copy_of, at)
    if is_by_hand(contact):
        _leave_to_hand(contract, contact, parties[0], at)
        return None
    return enqueue("contract_sent", **letter)


def composed(contract: Contract, contact: Contact, parties: Sequence[Party], at: dt.datetime) -> Email:
    """The letter as it would be written, to be passed on by hand; one for each time the contract was sent."""
    letter = letter_of(contract, contact, parties, "", contract.sent_at or at)
    return compose("contract_sent", **{**letter, "at": at})


def _leave_to_hand(contract: Contract, contact: Contact, party: Party, at: dt.datetime) -> None:
    _leave(
        contract,
        party,
        f"contract_hand:{contract.pk}:{contact.pk}",
        CALL if contact.prefers == Contact.Prefers.CALL else WRITE,
        {"name": contact.name, "what": contract.title},
        at,
        kind=Todo.Kind.MESSAGE,
        url=reverse("contract-hand", args=[contract.pk, contact.pk]),
    )


def _ask_who_signs(contract: Contract, party: Party, at: dt.datetime) -> None:
    _leave(
        contract,
        party,
        f"contract_signer:{contract.pk}:{party.pk}",
        NOBODY_SIGNS,
        {"name": party.name, "contract": contract.title},
        at,
        kind=Todo.Kind.NO_ADDRESS,
        url=reverse("person", args=[party.influencer_id]),
    )


def _leave(
    contract: Contract, party: Party, key: str, text: Any, params: dict[str, Any], at: dt.datetime, **fields: Any
) -> None:
    leave_todo(
        key,
        text,
        language=contract.owner.language,
        params=params,
        owner=contract.owner,
        due_at=at,
        influencer_ref=party.influencer_id,
        influencer_label=party.name,
        brand_ref=contract.brand_id,
        subject=subject_of(contract),
        subject_label=contract.title,
        **fields,
    )


UNTIL = _("The offer stands until %(day)s.")

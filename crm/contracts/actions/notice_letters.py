"""The letter that brings her a notice from us, with the paper where there is one."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import override

from crm.base.formats import day_words
from crm.contracts.actions.papers import receivers
from crm.contracts.letters import NOTICE
from crm.contracts.models import Contract, Notice
from crm.outbox.compose import enqueue
from crm.outbox.models import Email, EmailFile
from crm.reminders.wordings import greeting_for
from crm.timeline.record import subject_of


def send_notice(contract: Contract, notice: Notice, now: dt.datetime) -> None:
    """One letter to each contact who gets her contracts. Held like any other paper where nobody is sure it should leave."""
    said = {language: _said(contract, notice, language) for language in ("en", "id")}
    facts: dict[str, Any] = {"title": contract.title, "number": contract.number, "brand": str(contract.brand)}
    form = {"form_of_address": contract.brand.form_of_address}
    for contact, person in receivers(contract, now):
        email = enqueue(
            NOTICE.name, to=contact, key=f"contract_notice:{notice.pk}:{contact.pk}", at=now,
            context={**facts, "said": said, "note": notice.note, "greeting": greeting_for(contact, form)},
            from_name=str(contract.brand), doubt=Email.Doubt.HOLD, brand_ref=contract.brand_id, influencer_ref=person,
            sender_ref=contract.owner_id, subject_refs=[subject_of(contract)],
        )  # fmt: skip
        if email is not None and notice.document is not None:
            EmailFile.objects.get_or_create(email=email, file=notice.document)


def _said(contract: Contract, notice: Notice, language: str) -> str:
    with override(language):
        end_on = notice.effective_on or contract.end_on
        end, kind = day_words(end_on) if end_on else "–", notice.kind
        if kind == Notice.Kind.OPTION:
            return _now("We use the option to go on: the contract runs until %(end)s.") % {"end": end}
        if kind == Notice.Kind.TERMINATION:
            return _now("We end the contract early: its last day is %(end)s.") % {"end": end}
        if kind == Notice.Kind.BREACH:
            by = _now(" Please put it right by %(end)s.") % {"end": end} if notice.effective_on else ""
            return _now("In our view something that was agreed in it was not kept.") + by
        return _now("It does not go on after its last day, %(end)s. Everything agreed until then stands.") % {
            "end": end
        }

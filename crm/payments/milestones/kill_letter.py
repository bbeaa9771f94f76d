"""The letter that tells her that work is called off, in plain words."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _now
from django.utils.translation import override

from crm.base.formats import day_words, money_full
from crm.contracts.actions.papers import receivers
from crm.outbox.compose import enqueue
from crm.outbox.models import Email
from crm.payments.milestones.emails import CALLED_OFF
from crm.payments.milestones.situation import Situation
from crm.payments.models import Benefit
from crm.reminders.wordings import greeting_for
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.payments.milestones.killing import Outcome


def write_to_her(now: Situation, found: "Sequence[Outcome]", at: dt.datetime) -> None:
    """One letter to each contact who gets her contracts, about her own money only. Held where nobody is sure it should leave."""
    contract = now.contract
    facts: dict[str, Any] = {"title": contract.title, "number": contract.number, "brand": str(contract.brand)}
    form = {"form_of_address": contract.brand.form_of_address}
    for contact, person in receivers(contract, at):
        hers = [one for one in found if one.party.influencer_id == person]
        paid = {language: _paid(hers, now, language) for language in ("en", "id")}
        kept = Benefit.objects.filter(contract=contract.pk, influencer=person, amount__gt=0).values_list(
            "label", flat=True
        )
        enqueue(
            CALLED_OFF.name, to=contact, key=f"work_called_off:{contract.pk}:{contact.pk}", at=at,
            context={**facts, "paid": paid, "keeps": ", ".join(kept), "greeting": greeting_for(contact, form)},
            from_name=str(contract.brand), doubt=Email.Doubt.HOLD, brand_ref=contract.brand_id, influencer_ref=person,
            sender_ref=contract.owner_id, subject_refs=[subject_of(contract)],
        )  # fmt: skip


def _paid(hers: "Sequence[Outcome]", now: Situation, language: str) -> str:
    with override(language):
        return " ".join(_sentence(one, now) for one in hers)


def _sentence(one: "Outcome", now: Situation) -> str:
    day = day_words(now.due_on(now.today))
    told = {
        "whole": money_full(one.money(one.whole)),
        "share": f"{one.share_bp / 100:g}",
        "kept": money_full(one.money(one.kept)),
    }
    if not one.kept:
        return _now("Nothing more of the %(whole)s is paid.") % told
    if one.more and one.due:
        told |= {"more": money_full(one.money(one.more)), "day": day}
        return (
            _now(
                "Of %(whole)s you get %(share)s %%: %(kept)s. What is still missing of it, %(more)s, comes by %(day)s."
            )
            % told
        )
    if one.more:
        return _now("Of %(whole)s you get %(share)s %%: %(kept)s, by %(day)s.") % {**told, "day": day}
    return _now("Of %(whole)s you get %(share)s %%: %(kept)s. It is due to you already.") % told

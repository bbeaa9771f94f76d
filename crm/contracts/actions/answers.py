"""What she says to a contract that was sent, short of signing it: a question, another price, or no."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from crm.base.formats import money_full
from crm.base.models import StoredFile
from crm.base.zones import end_of_day, local_date
from crm.contracts.models import Bid, Contract, Party
from crm.contracts.works import follow_contract
from crm.exclusivity.gate import Door, gate
from crm.reminders.models import Todo
from crm.reminders.settled import stop_asking
from crm.reminders.todos import leave_todo
from crm.timeline.models import Channel
from crm.timeline.record import Actor, record, subject_of

money_in_words = lazy(money_full, str)
ASKED = "contract_asked:"
"""What stands before the key of a task that waits for our answer; while it is open nobody reminds her."""

QUESTION = _("Has a question about contract %(contract)s")
COUNTER = _("Suggests %(amount)s for contract %(contract)s")
DECLINED = _("%(name)s declined contract %(contract)s")
CLOSED = _("This contract is not open any more. Nothing was changed.")


def ask_question(
    contract: Contract, party: Party, words: str, *, at: dt.datetime, actor: Actor, channel: str, file: Any = None
) -> None:
    """Her words go to the owner and on the story; the contract stays open. Raises ValidationError."""
    with transaction.atomic():
        _hold_open(contract)
        _told(contract, party, "contract.question", QUESTION, {}, words, at, actor, channel, file)
        key = f"{ASKED}{contract.pk}/question/{at.isoformat()}"
        _leave(contract, party, key, Todo.Kind.QUESTION, QUESTION, {}, words, at)
        stop_asking(subjects_of(contract), at)


def suggest_price(
    contract: Contract, party: Party, amount: Any, words: str, *, at: dt.datetime, actor: Actor, channel: str,
    file: StoredFile | None = None,
) -> Bid:  # fmt: skip
    """Another price: noted beside the others, and a task for the owner. Raises ValidationError."""
    bid = Bid(
        contract=contract, party=party, kind=Bid.Kind.COUNTER, amount=amount, said=words[:300], at=at,
        channel=channel or Channel.MITRA, noted_by_id=actor.user_id,
    )  # fmt: skip
    said = {"amount": money_in_words(amount)}
    with transaction.atomic():
        _hold_open(contract)
        bid.save(force_insert=True)
        _told(contract, party, "contract.counter", COUNTER, said, words, at, actor, channel, file)
        key = f"{ASKED}{contract.pk}/price/{bid.pk}"
        _leave(contract, party, key, Todo.Kind.QUESTION, COUNTER, said, words, at)
        stop_asking(subjects_of(contract), at)
    return bid


def decline(
    contract: Contract, party: Party, why: str, *, at: dt.datetime, actor: Actor, channel: str, file: Any = None
) -> None:
    """She does not want it: what it would have promised is free. Raises ValidationError."""
    with gate(contract.people) as held:
        _hold_open(contract)
        contract.put(
            Contract.Status.DECLINED, at=at, actor=actor, also={"closed_why": why[:300]}, quote=why, channel=channel,
            file=file,
        )  # fmt: skip
        follow_contract(contract, Door(held, at), actor=actor)
        said = {"name": party.name}
        _leave(contract, party, f"contract_declined:{contract.pk}", Todo.Kind.CHECK, DECLINED, said, why, at)
        stop_asking(subjects_of(contract), at)


def subjects_of(contract: Contract) -> list[str]:
    """What reminders about it may be about."""
    return [subject_of(party) for party in contract.parties.talents()]


def _hold_open(contract: Contract) -> None:
    stored = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if stored.status != Contract.Status.SENT:
        raise ValidationError(CLOSED, code="closed")


def _told(
    contract: Contract, party: Party, verb: str, sentence: Any, said: dict[str, Any], words: str, at: dt.datetime,
    actor: Actor, channel: str, file: StoredFile | None,
) -> None:  # fmt: skip
    record(
        verb, sentence, at=at, actor=actor, subject=contract, params={"contract": contract.title, **said}, quote=words,
        influencer=party.influencer_id, brand=contract.brand_id, channel=channel, file=file,
    )  # fmt: skip


def _leave(
    contract: Contract, party: Party, key: str, kind: str, sentence: Any, said: dict[str, Any], quote: str,
    at: dt.datetime,
) -> None:  # fmt: skip
    """The task for the owner, due today: somebody waits."""
    owner = contract.owner
    leave_todo(
        key, sentence, language=owner.language, params={"contract": contract.title, **said}, kind=kind, quote=quote,
        due_at=end_of_day(local_date(at, owner.zone), owner.zone), owner=owner, influencer_ref=party.influencer_id,
        influencer_label=party.name, brand_ref=contract.brand_id, subject=subject_of(contract),
        subject_label=contract.title, url=reverse("contract", args=[contract.pk]),
    )  # fmt: skip

"""A contract that waits for her, as a task on her own page: she reads and signs on a page of its own, or answers here.

A colleague settles question, price and no as "told me"; a yes by chat or on paper is noted on the contract's page.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.contracts.actions.answers import ask_question, decline, suggest_price
from crm.contracts.forms.portal import DeclineForm, PriceForm, QuestionForm, ToldPriceForm
from crm.contracts.models import Contract, Party
from crm.contracts.own_page import line_about
from crm.exclusivity.gate import Busy
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task
from crm.timeline.transitions import TransitionRefused

FEATURE = "contract"
SIGNED = _("Thank you, it is signed. You get the paper by e-mail once everybody has signed.")
QUESTION = _("Your question is with us. You get an answer from a person.")
PRICE = _("Thank you, your price is with us. You hear from us before anything else happens.")
DECLINE = _("Thank you for telling us. The contract is off, and nothing of it binds you.")

HER_ANSWERS = (
    Answer(
        "question",
        _("I have a question"),
        _("Has a question"),
        QUESTION,
        QuestionForm,
        icon="chat-left-text",
        power="",
    ),
    Answer(
        "price", _("Suggest another price"), _("Wants another price"), PRICE, PriceForm, icon="cash", power="settle"
    ),
    Answer("decline", _("No, thank you"), _("Declines"), DECLINE, DeclineForm, icon="x-circle", power="sign"),
)
TOLD_FORMS = {"question": None, "price": ToldPriceForm, "decline": None}


class Contracts:
    """Contracts that were sent and that she has not signed."""

    THANKS = {"question": QUESTION, "price": PRICE, "decline": DECLINE, "signed": SIGNED}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [_task(party, asking) for party in open_parties(asking)]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        party = next((one for one in open_parties(asking) if one.contract_id == task.subject_id), None)
        if party is None:
            raise AnswerRefused(_("This contract is not open any more. Nothing was changed."))
        try:
            SETTLE[told.code](party.contract, party, told)
        except (TransitionRefused, Busy) as refused:
            raise AnswerRefused(str(refused)) from refused
        except ValidationError as refused:
            raise AnswerRefused(" ".join(refused.messages)) from refused


@portal_task(FEATURE, order=5)
def contracts() -> PortalFeature:
    return Contracts()


def open_parties(asking: Asking) -> list[Party]:
    """Her side of every contract that waits for her."""
    rows = Party.objects.talents().filter(
        influencer=asking.influencer_id, signature__isnull=True, contract__status=Contract.Status.SENT
    )
    if asking.brand_id is not None:
        rows = rows.filter(contract__brand=asking.brand_id)
    found = rows.select_related("contract__brand", "contract__owner").order_by("contract__sent_at", "pk")
    return list(found.prefetch_related("contract__lines__party", "contract__posts__format__platform"))


def _task(party: Party, asking: Asking) -> PortalTask:
    contract, is_hers = party.contract, asking.contact is not None
    answers = HER_ANSWERS if is_hers else tuple(replace(one, form=TOLD_FORMS[one.code]) for one in HER_ANSWERS)
    return PortalTask(
        FEATURE,
        contract.pk,
        format_lazy(_("Contract “{title}”"), title=contract.title),
        answers,
        brand_id=contract.brand_id,
        due_on=contract.offer_until_on,
        zone=contract.zone,
        is_next=True,
        lines=[lazy_line(contract)],
        page="portal-contract" if is_hers else "",
        page_label=_("Read and sign"),
    )


lazy_line = lazy(line_about, str)


def _words(told: Told) -> str:
    """Everything that was said, whichever box it was typed in."""
    parts = [part for part in (told.quote.strip(), str(told.data.get("note") or "").strip()) if part]
    return "\n".join(dict.fromkeys(parts))


def _question(contract: Contract, party: Party, told: Told) -> None:
    ask_question(
        contract, party, _words(told), at=told.at, actor=told.actor, channel=told.channel, file=told.file
    )  # fmt: skip


def _price(contract: Contract, party: Party, told: Told) -> None:
    suggest_price(
        contract, party, told.data["amount"], _words(told), at=told.at, actor=told.actor, channel=told.channel,
        file=told.file,
    )  # fmt: skip


def _decline(contract: Contract, party: Party, told: Told) -> None:
    decline(contract, party, _words(told), at=told.at, actor=told.actor, channel=told.channel, file=told.file)


SETTLE: dict[str, Callable[[Contract, Party, Told], Any]] = {
    "question": _question,
    "price": _price,
    "decline": _decline,
}

"""What a person may decide about a contract: each verb with its words, what it means, and where it is possible."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from crm.contracts.actions import sending, steps
from crm.contracts.actions.deciding import decide, decided, may_decide
from crm.contracts.forms.signing import WhyForm
from crm.contracts.models import Contract
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Verb:
    """Something that can be done to a contract: its words and what it means."""

    code: str
    label: Any
    meaning: Any
    permission: str
    starts: tuple[str, ...]
    do: Callable[..., None] | None
    done: Any
    asks_why: bool = False
    danger: bool = False
    when: Callable[[Contract], bool] = lambda contract: True
    page: str = ""
    """The name of its own page, where one question is not enough."""
    day: Any = ""
    """What its day is called."""


def _void(found: Contract, form: WhyForm, at: Any, user: Any) -> None:
    steps.void(found, form.cleaned_data["why"], at=at, actor=Actor.user(user))


def _pause(found: Contract, form: WhyForm, at: Any, user: Any) -> None:
    steps.pause(found, form.cleaned_data["on"], form.cleaned_data["why"], at=at, actor=Actor.user(user))


def _resume(found: Contract, form: WhyForm, at: Any, user: Any) -> None:
    steps.resume(found, form.cleaned_data["on"], form.cleaned_data["why"], at=at, actor=Actor.user(user))


def _ask(found: Contract, form: None, at: Any, user: Any) -> None:
    steps.ask_approval(found, at=at, actor=Actor.user(user))


def _approve(found: Contract, form: None, at: Any, user: Any) -> None:
    steps.approve(found, user, at=at)


def _send(found: Contract, form: None, at: Any, user: Any) -> None:
    sending.send(found, at=at, actor=Actor.user(user))


def _draft_again(found: Contract, form: None, at: Any, user: Any) -> None:
    steps.back_to_draft(found, at=at, actor=Actor.user(user))


def _goes_on(found: Contract, form: None, at: Any, user: Any) -> None:
    decide(found, Contract.Decision.GOES_ON, at=at, actor=Actor.user(user))


def _lets_end(found: Contract, form: None, at: Any, user: Any) -> None:
    decide(found, Contract.Decision.ENDS, at=at, actor=Actor.user(user))


W, F = Contract.WRITTEN, Contract.IN_FORCE
VERBS = {
    verb.code: verb
    for verb in (
        Verb("send", gettext_lazy("Send"),
             gettext_lazy("Its words are frozen, and whoever signs gets a letter with a page of her own. Whom no mail reaches is a task on Today."),
             "crm.change_contract", W, _send, gettext_lazy("It is sent. Until it is signed you can take it back.")),
        Verb("ask-approval", gettext_lazy("Ask for approval"),
             gettext_lazy("A manager sees it under “Being written” and approves what it pays."),
             "crm.change_contract", ("draft",), _ask, gettext_lazy("It waits for a manager.")),
        Verb("approve", gettext_lazy("Approve"), gettext_lazy("Approves what it pays now. When it is raised, it is approved anew."),
             "crm.approve_contract", W, _approve, gettext_lazy("Approved.")),
        Verb("draft-again", gettext_lazy("Back to draft"), gettext_lazy("Its terms may be changed again."),
             "crm.change_contract", ("in_review", "sent"), _draft_again, gettext_lazy("It is a draft again.")),
        Verb("goes-on", gettext_lazy("Let it go on"),
             gettext_lazy("It is decided: it goes on after its last day, and nobody is reminded about this term any more."),
             "crm.change_contract", ("signed", "active"), _goes_on, gettext_lazy("It is decided: it goes on."),
             when=lambda one: may_decide(one) and not decided(one) and one.renewal != Contract.Renewal.OPTION),
        Verb("lets-end", gettext_lazy("Let it end"),
             gettext_lazy("It is decided: it ends on its last day, and nobody is reminded to decide any more."),
             "crm.change_contract", ("signed", "active"), _lets_end, gettext_lazy("It is decided: it ends."),
             when=lambda one: may_decide(one) and one.renewal != Contract.Renewal.AUTO
             and decided(one) != Contract.Decision.ENDS),
        Verb("amend", gettext_lazy("Amend"), "", "crm.change_contract", F, None, "", page="contract-amend"),
        Verb("renew", gettext_lazy("Renew"), "", "crm.change_contract", (*F, "ended"), None, "", page="contract-renew"),
        Verb("replace", gettext_lazy("Replace"), "", "crm.change_contract", F, None, "", page="contract-replace"),
        Verb("pause", gettext_lazy("Let it rest"),
             gettext_lazy("Promises that say so rest from that day on, until it goes on; all others stand. The last day of the contract stays: move it by an amendment."),
             "crm.change_contract", ("active", "in_notice"), _pause, gettext_lazy("It rests."), asks_why=True, day=gettext_lazy("From which day on")),
        Verb("resume", gettext_lazy("End the rest"),
             gettext_lazy("What rested bars again from that day on. Work agreed meanwhile stays agreed and is told of. The last day of the contract stays."),
             "crm.change_contract", ("active", "in_notice"), _resume, gettext_lazy("It goes on."), asks_why=True, day=gettext_lazy("From which day on")),
        Verb("notice", gettext_lazy("Give notice"), "", "crm.change_contract", ("active", "in_notice"), None, "",
             page="contract-notice"),
        Verb("end-early", gettext_lazy("End it early"), "", "crm.change_contract", F, None, "", danger=True, page="contract-end"),
        Verb("void", gettext_lazy("Void it"), gettext_lazy("It counts as never agreed. Everything it promised is free again."),
             "crm.change_contract", (*W, "sent", "signed"), _void, gettext_lazy("It is void."), asks_why=True, danger=True),
    )
}  # fmt: skip


OF_AMENDMENTS = ("send", "ask-approval", "approve", "draft-again", "void")
"""What is decided about an amendment by itself; everything else is decided about its contract."""


def verbs_for(
    contract: Contract, user: "User", *, waits: bool, may_rest: bool = False, rests: bool = False
) -> list[Verb]:
    """What this colleague can do with it now; `waits` says that a manager has to approve it first, `may_rest` and `rests`
    that a promise of it can rest, or does.
    """
    there = {"send": not waits, "ask-approval": waits, "approve": waits, "pause": may_rest, "resume": rests}
    off = {code for code, is_there in there.items() if not is_there}
    may = [verb for verb in VERBS.values() if contract.status in verb.starts and user.has_perm(verb.permission)]
    mine = [
        verb
        for verb in may
        if verb.code not in off and verb.when(contract) and not (contract.amends_id and verb.code not in OF_AMENDMENTS)
    ]
    return [verb for verb in mine if not (contract.amends_id and contract.signed_at and verb.code == "void")]

"""The same step for many contracts at once, each in a transaction of its own: what came of one changes no other."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.contracts.actions.sending import send
from crm.contracts.actions.signing import sign
from crm.contracts.doors import REFUSALS
from crm.contracts.forms.signing import house_signature
from crm.contracts.models import Contract
from crm.team.models import User
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

MOST = 100
"""Contracts in one go: as many as a page may take."""
Step = Callable[[Contract, User, str, dt.datetime], None]


@dataclass(frozen=True)
class Together:
    """One step: its words, who may, whether a name is typed for it, and the step itself."""

    permission: str
    title: Any
    explains: Any
    verb: Any
    done: Any
    icon: str
    tab: str
    asks_name: bool
    step: Step


def _sign(contract: Contract, user: User, name: str, at: dt.datetime) -> None:
    sign(house_signature(contract, user, name, at), at=at, actor=Actor.user(user))


def _send(contract: Contract, user: User, name: str, at: dt.datetime) -> None:
    send(contract, at=at, actor=Actor.user(user))


STEPS: dict[str, Together] = {
    "sign": Together(
        "crm.sign_contract", _("Sign for the brand"),
        _("One name and one tick sign all of these for their brands. Each becomes binding by itself."),
        _("Sign them all"), _("Signed"), "pen", "ours", True, _sign,
    ),
    "send": Together(
        "crm.change_contract", _("Send"),
        _("Their words are frozen, and whoever signs gets a message. Until it is signed you can take each back."),
        _("Send them all"), _("Sent"), "send", "draft", False, _send,
    ),
}  # fmt: skip


def actions_for(user: User, tab: str) -> list[dict[str, Any]]:
    """What the bar below a tab of the list offers this colleague."""
    return [
        {"value": key, "label": step.title, "icon": step.icon}
        for key, step in STEPS.items()
        if step.tab == tab and user.has_perm(step.permission)
    ]


@dataclass(frozen=True)
class Outcome:
    """What came of one contract."""

    contract: Contract
    done: bool
    why: str


def take(step: Together, contracts: Iterable[Contract], user: User, name: str, at: dt.datetime) -> list[Outcome]:
    """Take the step for each; one that is refused says why, and the others go on."""
    outcomes = []
    for contract in contracts:
        try:
            step.step(contract, user, name, at)
        except REFUSALS as refused:
            outcomes.append(Outcome(contract, False, _why(refused)))
        else:
            outcomes.append(Outcome(contract, True, ""))
    return outcomes


def _why(refused: Exception) -> str:
    if isinstance(refused, TransitionRefused):
        return _now("That is not possible any more: the contract has moved on.")
    return " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)

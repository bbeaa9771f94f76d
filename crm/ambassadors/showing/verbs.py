"""What a colleague can do with a deal now, the next step first."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod
from crm.ambassadors.showing.addresses import of_deal, to_note_a_post
from crm.contracts.models import Contract

if TYPE_CHECKING:
    from crm.team.models import User

CHANGE, DECIDE = "crm.change_ambassadordeal", "crm.decide_ambassadordeal"


@dataclass(frozen=True)
class Verb:
    """One button or one line of the menu."""

    label: Any
    url: str
    icon: str
    danger: bool = False


@dataclass(frozen=True)
class Verbs:
    """The one filled button, and the rest in the menu."""

    first: Verb | None
    rest: list[Verb]


def verbs_for(deal: AmbassadorDeal, user: "User", open_period: DealPeriod | None, pause: DealPause | None) -> Verbs:
    contract, found = deal.contract, list[Verb]()
    if contract.is_editable or contract.status == Contract.Status.SENT:
        return Verbs(_contract(deal, user), _of_draft(deal) if user.has_perm(CHANGE) else [])
    if contract.is_in_force and user.has_perm(CHANGE):
        found += _running(deal, open_period, pause)
    if contract.is_in_force and user.has_perm("crm.change_contract"):
        found.append(Verb(_("Note a notice"), of_deal(deal, "notice"), "envelope"))
    if contract.is_in_force and user.has_perm(DECIDE) and deal.program.has_tiers:
        found.append(Verb(_("Move to another tier"), of_deal(deal, "tier"), "award"))
    if contract.is_in_force and user.has_perm(DECIDE):
        found.append(Verb(_("End it"), of_deal(deal, "end"), "stop-circle", danger=True))
    if not contract.is_in_force:
        found += _over(deal, user)
    return Verbs(found[0], found[1:]) if found else Verbs(None, [])


def _contract(deal: AmbassadorDeal, user: "User") -> Verb:
    label = _("See who has signed")
    if deal.contract.is_editable:
        label = _("Look through it and send it") if user.has_perm("crm.change_contract") else _("See the contract")
    return Verb(label, reverse("contract", args=[deal.contract_id]), "file-earmark-text")


def _of_draft(deal: AmbassadorDeal) -> list[Verb]:
    """Nobody outside has seen it: the questions it was made from are asked again."""
    return [Verb(_("Change the draft"), of_deal(deal, "edit"), "pencil")] if deal.contract.is_editable else []


def _running(deal: AmbassadorDeal, period: DealPeriod | None, pause: DealPause | None) -> list[Verb]:
    on = [Verb(_("Go on"), of_deal(deal, "resume"), "play-circle")] if pause else []
    post = to_note_a_post(deal.pk, period.number) if period else ""
    return [
        *on,
        *([Verb(_("Note a post"), post, "send-check")] if post else []),
        Verb(_("Note an order"), of_deal(deal, "sale"), "cart"),
        Verb(_("Give a perk"), of_deal(deal, "perk"), "gift"),
        Verb(_("Change it"), of_deal(deal, "change"), "pencil"),
        *([] if pause else [Verb(_("Pause it"), of_deal(deal, "pause"), "pause-circle")]),
    ]


def _over(deal: AmbassadorDeal, user: "User") -> list[Verb]:
    found = [
        Verb(_("See to what comes after"), of_deal(deal, "after"), "list-check"),
        Verb(_("Money"), of_deal(deal, "money"), "cash-stack"),
    ]
    if user.has_perm("crm.add_ambassadordeal"):
        again = f"{reverse('ambassador-new')}?person={deal.influencer_id}&program={deal.program_id}"
        found.append(Verb(_("A new deal"), again, "plus-lg"))
    return found

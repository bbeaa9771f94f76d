"""What was decided when a deal was looked at: once, with what it does to the contract."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealReview, ProgramTier
from crm.ambassadors.pay.tiers import put_on_tier
from crm.ambassadors.telling import tell
from crm.contracts.actions.deciding import decide, decided, may_decide
from crm.contracts.actions.renewing import draft_renewal
from crm.contracts.models import Contract
from crm.exclusivity.gate import gate
from crm.team.models import User
from crm.timeline.record import Actor

Decision, Renewal = DealReview.Decision, Contract.Renewal
GOING_ON = (Decision.CONTINUE, Decision.UPGRADE, Decision.DOWNGRADE)


def decide_review(
    review: DealReview, decision: str, *, scores: Mapping[str, int], note: str, tier: ProgramTier | None = None,
    at: dt.datetime, by: User,
) -> Contract | None:  # fmt: skip
    """Keep what was decided, and let the contract know where it asks for that. The renewal where one was drafted.

    Before a term ends: to go on stops reminders about notice where it goes on by itself, and drafts the next contract where
    it does not; to end is kept where no notice is needed. `tier` is where she stands from today on. Raises ValidationError where somebody decided first.
    """
    with gate(AmbassadorDeal.objects.with_contract().get(pk=review.deal_id).people):
        Contract.objects.select_for_update(of=("self",)).get(deal=review.deal_id)
        AmbassadorDeal.objects.select_for_update(of=("self",)).get(pk=review.deal_id)
        held = DealReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if held.decision:
            raise ValidationError(DECIDED, code="decided")
        held.scores, held.note, held.decision = dict(scores), note, decision
        held.decided_by, held.decided_at = by, at
        held.save()
        deal = AmbassadorDeal.objects.with_contract().get(pk=held.deal_id)
        told = {"params": {"deal": str(deal)}, "quote": note}
        tell(deal, "deal.reviewed", SENTENCES[decision], at=at, actor=Actor.user(by), **told)
        if tier is not None:
            put_on_tier(deal, tier, note, at=at, actor=Actor.user(by))
        return _let_the_contract_know(deal, held, at, Actor.user(by))


def _let_the_contract_know(deal: AmbassadorDeal, review: DealReview, at: dt.datetime, actor: Actor) -> Contract | None:
    contract = deal.contract
    if review.kind != DealReview.Kind.RENEWAL or contract.end_on != review.for_on:
        return None
    if review.decision in GOING_ON:
        return _goes_on(contract, at, actor)
    if review.decision == Decision.END and may_decide(contract) and contract.renewal != Renewal.AUTO:
        decide(contract, Contract.Decision.ENDS, at=at, actor=actor)
    return None


def _goes_on(contract: Contract, at: dt.datetime, actor: Actor) -> Contract | None:
    if contract.renewal == Renewal.OPTION:
        return None  # our option is a notice, which says when it was sent
    if may_decide(contract) and decided(contract) != Contract.Decision.GOES_ON:
        decide(contract, Contract.Decision.GOES_ON, at=at, actor=actor)
    if contract.renewal == Renewal.AUTO or Contract.objects.open().filter(replaces=contract).exists():
        return None
    return draft_renewal(contract, at=at, actor=actor)


SENTENCES: dict[str, Any] = {
    Decision.CONTINUE: _("%(deal)s looked at: it goes on as it is"),
    Decision.UPGRADE: _("%(deal)s looked at: it goes on with more"),
    Decision.DOWNGRADE: _("%(deal)s looked at: it goes on with less"),
    Decision.IMPROVE: _("%(deal)s looked at: it goes on if it gets better"),
    Decision.END: _("%(deal)s looked at: it is to end"),
}
DECIDED = _("Somebody has decided already. Reload the page.")

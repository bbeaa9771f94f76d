"""A change of a deal is written as an amendment, and carried out once it is signed and its day has come."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.ambassadors.changing.planned import NEW_QUOTA, QUANTITY, Change, Wanted, cash_over, quantities_on, rate_on
from crm.ambassadors.changing.words import changes_in_words
from crm.ambassadors.making.words import line_note
from crm.ambassadors.models import AmbassadorDeal, DealChange, QuotaLine, QuotaQuantity, RetainerRate
from crm.ambassadors.quotas.granting import sync_entitlement
from crm.ambassadors.quotas.ledger import hold_deal
from crm.ambassadors.schedule.laying import cycle_of, lay_out, rests_of
from crm.ambassadors.telling import tell
from crm.base.formats import day_in_words
from crm.base.zones import local_date
from crm.contracts.actions.amending import change_term, draft_amendment
from crm.contracts.diff import amount_said, money_said
from crm.contracts.models import Contract, PayLine
from crm.exclusivity.gate import gate
from crm.timeline.record import SYSTEM, Actor

DRAFTED = _("Change of deal %(contract)s drafted: %(what)s")
CHANGED = _("Deal %(contract)s changes from %(day)s on: %(what)s")
NOTHING = _("Nothing changes yet. Enter another number, another retainer, or one more kind of post.")
RULES = (
    "rounding", "rollover", "carry_cap", "carry_lasts", "over", "extra_price", "counts_on", "make_good_days",
)  # fmt: skip


def draft_change(deal: AmbassadorDeal, wanted: Wanted, *, at: dt.datetime, actor: Actor) -> Contract:
    """An amendment that says what changes, as a draft. Raises ValidationError, and writes nothing then."""
    with gate(deal.people):
        held = hold_deal(deal.pk)
        changes = wanted.changes(quantities_on(held, wanted.from_on), rate_on(held, wanted.from_on))
        if not changes:
            raise ValidationError(NOTHING, code="nothing")
        contract = Contract.objects.select_related("brand").get(pk=held.contract_id)
        amendment = draft_amendment(contract, wanted.from_on, at=at, actor=actor)
        DealChange.objects.create(deal=held, amendment=amendment, from_on=wanted.from_on, changes=changes)
        _change_sum(held, amendment, wanted, at, actor)
        params = {"contract": contract.title, "what": "; ".join(changes_in_words(changes, held))}
        tell(held, "deal.change_drafted", DRAFTED, at=at, actor=actor, params=params)
    return amendment


def _change_sum(deal: AmbassadorDeal, amendment: Contract, wanted: Wanted, at: dt.datetime, actor: Actor) -> None:
    """The sum over the term follows the retainer, so that whoever approves or signs sees what it comes to."""
    line = _fee_of(deal)
    if wanted.retainer is None or line is None or line.amount is None:
        return
    currency, cycle, rests = str(wanted.retainer.currency), cycle_of(deal), rests_of(deal)
    rates = [(one.from_on, one.amount.amount) for one in deal.retainers.order_by("from_on")]
    if str(line.amount.currency) != currency or cash_over(deal, rates, currency, cycle, rests) != line.amount.amount:
        return  # somebody wrote another sum, or it is of a former term: the retainer speaks for itself
    kept = [one for one in rates if one[0] < wanted.from_on]
    total = cash_over(deal, [*kept, (wanted.from_on, wanted.retainer.amount)], currency, cycle, rests)
    if total is not None:
        change_term(amendment, line, {"amount": amount_said(type(line.amount)(total, currency))}, at=at, actor=actor)


def _fee_of(deal: AmbassadorDeal) -> PayLine | None:
    return PayLine.objects.filter(contract=deal.contract_id, kind=PayLine.Kind.CASH_FEE).order_by("pk").first()


def carry_out_due(contract: Contract, *, at: dt.datetime) -> list[DealChange]:
    """Within a transaction: what amendments of a deal that have begun change is changed, each once. Which ones were."""
    due = DealChange.objects.begun().filter(deal__contract=contract.pk)
    if not due.exists():
        return []
    deal = hold_deal(due.values_list("deal", flat=True)[0])
    found = list(due.select_for_update(of=("self",)).select_related("amendment").order_by("from_on", "pk"))
    for change in found:
        _carry_out(deal, change, at)
    if found:
        _follow(deal, at)
    return found


def _carry_out(deal: AmbassadorDeal, change: DealChange, at: dt.datetime) -> None:
    """From its own day on, at the earliest from the day the last side signed: so it stands in the amendment."""
    amendment = change.amendment
    signed_on = local_date(amendment.signed_at or at, amendment.zone)
    from_on = max(change.from_on, signed_on)
    note = _note_of(deal)
    for one in change.changes:
        _apply(deal, one, from_on, amendment)
    change.done_at = at
    change.save(update_fields=["done_at", "updated_at"])
    PayLine.objects.filter(contract=deal.contract_id, note=note).exclude(note="").update(note=_note_of(deal))
    with override(amendment.owner.language):
        said = "; ".join(changes_in_words(change.changes, deal))
    params = {"contract": deal.contract.title, "day": day_in_words(from_on), "what": said}
    tell(deal, "deal.amended", CHANGED, at=at, actor=SYSTEM, params=params)


def _apply(deal: AmbassadorDeal, change: Change, from_on: dt.date, amendment: Contract) -> None:
    if change["what"] == QUANTITY:
        line = deal.quotas.filter(pk=change["line"]).first()
        if line is not None:
            _owe(line, change["becomes"], from_on, amendment)
    elif change["what"] == NEW_QUOTA:
        _owe(_new_line(deal, change["becomes"]), change["becomes"]["quantity"], from_on, amendment)
    else:
        becomes = {"amount": money_said(change["becomes"]), "amendment": amendment}
        RetainerRate.objects.update_or_create(deal=deal, from_on=from_on, defaults=becomes)


def _owe(line: QuotaLine, quantity: int, from_on: dt.date, amendment: Contract) -> None:
    becomes = {"quantity": quantity, "amendment": amendment}
    QuotaQuantity.objects.update_or_create(line=line, from_on=from_on, defaults=becomes)


def _new_line(deal: AmbassadorDeal, said: dict[str, Any]) -> QuotaLine:
    """Too few and too many of it are treated as those of the deal's first quota."""
    first = deal.quotas.order_by("pk").first()
    rules = {name: getattr(first, name) for name in RULES} if first else {}
    return QuotaLine.objects.create(deal=deal, format_id=said["format"], note=said["note"], **rules)


def _note_of(deal: AmbassadorDeal) -> str:
    """What stands beside the sum of the retainers: each of them, in the contract's language."""
    rates = [one.amount for one in deal.retainers.order_by("from_on")]
    with override(deal.contract.language):
        return line_note(deal, rates)[:200] if rates else ""


def _follow(deal: AmbassadorDeal, at: dt.datetime) -> None:
    """Periods and what they owe follow; closed ones stay as they are, and what differs there goes to the open one."""
    lay_out(deal, at=at)
    sync_entitlement(deal, at=at, by=SYSTEM.label)

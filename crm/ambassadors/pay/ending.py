"""How a deal ends: on which day, what is settled, and what is to be seen to afterwards.

Everything or nothing: the contract, the settlement in the ledger and the list for afterwards are one transaction.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, Termination
from crm.ambassadors.pay.charging import Kind as ChargeKind
from crm.ambassadors.pay.charging import State, add_charge, book, due_of, held
from crm.ambassadors.pay.days import pay_day
from crm.ambassadors.pay.settling import SettledLine, settlement_of
from crm.ambassadors.pay.tail import lay_tail
from crm.ambassadors.telling import tell
from crm.base.formats import day_in_words
from crm.base.zones import local_date
from crm.contracts.actions.steps import end_early
from crm.contracts.models import Contract, Notice
from crm.exclusivity.gate import gate, joining
from crm.timeline.record import Actor, subject_of

Kind, By = Termination.Kind, Termination.By
ENDED = _("%(deal)s ends on %(day)s: %(kind)s")
SETTLED = _("%(deal)s is settled. Lines: %(count)s")
NOT_OVER = _("%(deal)s goes on after all: the next contract is signed")


@dataclass(frozen=True)
class End:
    """How somebody wants a deal to end."""

    kind: str
    by: str
    on: dt.date
    why: str = ""


Chosen = Mapping[str, tuple[Decimal, str]]
"""What somebody made of the lines of a settlement: by key the amount, always above zero, and a note."""


def effective_day(deal: AmbassadorDeal, end: End) -> dt.date:
    """The last day. Where notice is given already, another notice does not bring it forward: the later day wins.

    An end for cause, a day both agree on, and force majeure are no notice and hold as they are.
    """
    contract = deal.contract
    if end.kind != Kind.CONVENIENCE or not contract.is_in_notice:
        return end.on
    given = contract.notices.ending_it().values_list("effective_on", flat=True)
    return max(day for day in (end.on, *given, contract.end_on) if day is not None)


def check_end(deal: AmbassadorDeal, end: End, *, now: dt.datetime) -> dt.date:
    """The last day, where the deal may end like this. Raises ValidationError."""
    contract, on = deal.contract, effective_day(deal, end)
    _check_unsettled(deal)
    if contract.last_on is not None and contract.closed_on is not None:
        return contract.closed_on
    if contract.status == Contract.Status.ENDED and contract.end_on is not None:
        return contract.end_on
    if not contract.is_in_force:
        raise ValidationError(_("Only a deal in force can end. Void its contract instead."), code="not_in_force")
    _check_day(contract, on)
    _check_closed(deal, on)
    return on


def _check_day(contract: Contract, on: dt.date) -> None:
    if contract.start_on is not None and on < contract.start_on:
        raise ValidationError({"on": _("It had not begun then. Void the contract instead.")})
    if contract.end_on is None or on < contract.end_on:
        return
    if on > contract.end_on:
        said = _("It ends on %(day)s anyway. Choose that day or an earlier one.")
        raise ValidationError({"on": said % {"day": day_in_words(contract.end_on)}})
    if contract.renewal == Contract.Renewal.AUTO and not contract.is_in_notice:
        said = _(
            "It goes on by itself after %(day)s unless notice is given. Note the notice, or choose an earlier day."
        )
        raise ValidationError({"on": said % {"day": day_in_words(contract.end_on)}})


def _check_closed(deal: AmbassadorDeal, on: dt.date) -> None:
    last = deal.periods.closed().order_by("-last_on").first()
    if last is not None and on < last.last_on:
        said = _("Period %(number)s is closed, up to %(day)s. Choose that day or a later one.")
        raise ValidationError({"on": said % {"number": last.number, "day": day_in_words(last.last_on)}})


def _check_unsettled(deal: AmbassadorDeal) -> None:
    if (there := ended_of(deal)) is not None and there.settled_at is not None:
        raise ValidationError(_("It is ended and settled already."), code="settled")


def ended_of(deal: AmbassadorDeal) -> Termination | None:
    return Termination.objects.filter(deal=deal).first()


def end_deal(
    deal: AmbassadorDeal, end: End, chosen: Chosen, *, at: dt.datetime, actor: Actor, notice: Notice | None = None
) -> Termination:
    """End it and settle it with the amounts somebody confirmed; what is not among them is settled with nothing.

    Raises ValidationError, and TransitionRefused where somebody ended it meanwhile; then nothing was written.
    """
    with gate(deal.people), joining():
        on = check_end(deal, end, now=at)
        if _ends_before_its_day(deal.contract, on):
            end_early(Contract.objects.with_terms().get(pk=deal.contract_id), on, end.why, at=at, actor=actor)
        stored = _held(deal)
        _check_unsettled(stored)
        made = _termination(stored, replace(end, on=on), notice, at, actor)
        lines = _chosen(stored, made, chosen)
        for line in lines:
            _book(stored, line, chosen[line.key][1], on, at, actor)
        _keep(made, lines, chosen, at, actor)
        lay_tail(stored, on, at=at)
    return made


def note_end(deal: AmbassadorDeal, end: End, *, at: dt.datetime, actor: Actor) -> Termination | None:
    """It is over by the calendar or by its contract: how it ended is kept, and what is to be seen to afterwards.

    What it leaves to settle waits for somebody who decides. None where that is known already, while a day of it is left,
    and where it goes on as another deal.
    """
    with transaction.atomic():
        stored = _held(deal)
        has_days_left = local_date(at, stored.contract.zone) <= end.on
        if has_days_left or ended_of(stored) is not None or _goes_on(stored):
            return None
        made = _termination(stored, end, None, at, actor)
        lay_tail(stored, end.on, at=at)
    return made


def _goes_on(deal: AmbassadorDeal) -> bool:
    """Whether another deal goes on from it, or did so until it was over itself."""
    return AmbassadorDeal.objects.signed().filter(continues=deal).exists()


def goes_on_after_all(deal: AmbassadorDeal, *, at: dt.datetime, actor: Actor) -> None:
    """The next one was signed after this one had been noted as over: nothing is to be settled or seen to any more.

    What was settled or ticked off meanwhile stays. Within a held person.
    """
    stored = _held(deal)
    made = ended_of(stored)
    if made is None or made.settled_at is not None:
        return
    stored.tail.open().delete()
    made.delete()
    tell(stored, "deal.not_over", NOT_OVER, params={"deal": stored}, at=at, actor=actor)


def _ends_before_its_day(contract: Contract, on: dt.date) -> bool:
    return contract.is_in_force and contract.closed_on is None and (contract.end_on is None or on < contract.end_on)


def _held(deal: AmbassadorDeal) -> AmbassadorDeal:
    rows = AmbassadorDeal.objects.select_for_update(of=("self",))
    return rows.select_related("contract__owner", "contract__brand", "program", "influencer").get(pk=deal.pk)


def _termination(deal: AmbassadorDeal, end: End, notice: Notice | None, at: dt.datetime, actor: Actor) -> Termination:
    there = ended_of(deal)
    made = there or Termination(deal=deal)
    made.kind, made.by, made.effective_on, made.why = end.kind, end.by, end.on, end.why[:300]
    made.notice = notice or made.notice
    made.save()
    if there is None:
        params = {"deal": deal, "day": day_in_words(end.on), "kind": Kind(end.kind).label}
        tell(deal, "deal.ended", ENDED, params=params, at=at, actor=actor, quote=end.why)
    return made


def _chosen(deal: AmbassadorDeal, made: Termination, chosen: Chosen) -> list[SettledLine]:
    """The lines that were confirmed, with the amounts somebody chose, in the language the contract is in."""
    with override(deal.contract.language):
        reckoned = settlement_of(deal, made.effective_on, made.kind, made.by)
        return [
            replace(line, amount=_signed(line, chosen[line.key][0]), label=str(line.label))
            for line in reckoned
            if line.key in chosen and chosen[line.key][0]
        ]


def _signed(line: SettledLine, size: Decimal) -> Money:
    return Money(-size if line.is_ours else size, line.amount.currency)


def _book(deal: AmbassadorDeal, line: SettledLine, note: str, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """A line of a period is a charge of that period, so that closing it later finds nothing to correct."""
    due_on, written_on = pay_day(deal, on), local_date(at, deal.contract.zone)
    if line.period is not None:
        period = held(line.period)
        kind = ChargeKind.ADJUSTMENT if period.charges.retainers().exists() else ChargeKind.RETAINER
        charge = add_charge(period, kind, line.amount, line.parts, at=at, state=State.RAISED, why=note)
        book(charge, due_on, on=written_on, at=at, actor=actor, kind=line.kind if line.is_ours else "")
        return
    due_of(
        deal, line.kind, line.amount, key=f"{subject_of(deal)}:end:{line.key}", due_on=due_on, on=written_on, at=at,
        by=actor.label, label=str(line.label), ref=subject_of(deal), note=note,
    )  # fmt: skip


def _keep(made: Termination, lines: Sequence[SettledLine], chosen: Chosen, at: dt.datetime, actor: Actor) -> None:
    made.settlement = [
        {"what": line.key, "kind": line.kind, "label": str(line.label), "note": chosen[line.key][1],
         "amount": [str(line.amount.amount), str(line.amount.currency)]}
        for line in lines
    ]  # fmt: skip
    made.settled_at, made.settled_by = at, actor.label[:160]
    made.save(update_fields=["settlement", "settled_at", "settled_by", "updated_at"])
    deal = made.deal
    tell(deal, "deal.settled", SETTLED, params={"deal": deal, "count": len(lines)}, at=at, actor=actor)


def sums_of(lines: Iterable[SettledLine], kind: str) -> list[Money]:
    """What a settlement comes to, by currency. Ended for cause, what she owes back is claimed by itself and not set off."""
    parts: dict[tuple[str, bool], Decimal] = {}
    for line in lines:
        apart = kind == Kind.CAUSE and line.is_ours
        key = (str(line.amount.currency), apart)
        parts[key] = parts.get(key, Decimal(0)) + line.amount.amount
    return [Money(amount, currency) for (currency, _apart), amount in sorted(parts.items()) if amount]

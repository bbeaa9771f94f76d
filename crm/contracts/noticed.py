"""What a notice does to a contract: whether it is in time, and the last day it leads to. It changes nothing."""

import datetime as dt
from dataclasses import dataclass

from crm.contracts.models import Contract, Notice
from crm.exclusivity.renewing import Term

Kind, Counts = Notice.Kind, Contract.NoticeCounts


@dataclass(frozen=True)
class Effect:
    """What a notice that counts from some day does.

    `deadline_on` is the last day it would have been in time, where there is one. `last_on` is the contract's last day by
    it. `terms`: by how many terms its last day moves from where it stands, back (below zero) or on.
    """

    last_on: dt.date | None
    deadline_on: dt.date | None = None
    is_late: bool = False
    terms: int = 0

    @property
    def days_late(self) -> int:
        return 0 if self.deadline_on is None or self.counts_on is None else (self.counts_on - self.deadline_on).days

    counts_on: dt.date | None = None


def counts_from(contract: Contract, sent_on: dt.date, received_on: dt.date | None) -> dt.date | None:
    """The day a notice counts from, as the contract says; None while its arrival is not known and matters."""
    return received_on if contract.notice_counts == Counts.RECEIVED else sent_on


def effect_of(
    contract: Contract, kind: str, counts_on: dt.date, effective_on: dt.date | None, *, today: dt.date
) -> Effect:
    """What this notice does to the contract as it stands today."""
    term = contract.term
    if kind == Kind.TERMINATION:
        return Effect(_later_of(contract, effective_on), counts_on=counts_on)
    if kind == Kind.OPTION and term is not None:
        return _option(contract, term, counts_on)
    if kind == Kind.NON_RENEWAL and term is not None and contract.renewal == Contract.Renewal.AUTO:
        return _against_going_on(contract, term, counts_on, today)
    return Effect(contract.end_on, counts_on=counts_on)


def _later_of(contract: Contract, effective_on: dt.date | None) -> dt.date | None:
    """Once notice was given, a second one does not end it sooner. Source: domain rules, section 3.5."""
    given = contract.is_in_notice and contract.end_on is not None
    return max((on for on in (effective_on, contract.end_on if given else None) if on), default=None)


def _option(contract: Contract, term: Term, counts_on: dt.date) -> Effect:
    deadline = term.notice_until()
    is_late = counts_on > deadline and not contract.rests_on(deadline)
    goes_on = not is_late and contract.renewals_left != 0
    return Effect(term.end_after(1) if goes_on else term.end_on, deadline, is_late, int(goes_on), counts_on)


def _against_going_on(contract: Contract, term: Term, counts_on: dt.date, today: dt.date) -> Effect:
    """It ends with the term it came in, or, when the day for notice of that one was over, with the next."""
    past = range(-contract.renewed, 0)
    at = next((n for n in past if term.end_after(n) >= max(counts_on, today)), 0)
    deadline = term.notice_until(at)
    is_late = counts_on > deadline and not contract.rests_on(deadline)
    goes_on = at + 1 if contract.renewals_left is None else min(at + 1, contract.renewals_left)
    ends = goes_on if is_late else at
    return Effect(term.end_after(ends), deadline, is_late, ends, counts_on)

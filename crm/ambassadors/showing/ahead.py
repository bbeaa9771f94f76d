"""What is decided next about a deal: by when, and what happens one way and the other."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.showing.addresses import of_deal
from crm.ambassadors.showing.year import notice_day
from crm.base.formats import day_words
from crm.base.windows import months_later
from crm.contracts.actions.deciding import Decision, decided
from crm.contracts.models import Contract

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Way:
    """One way it may go: what somebody does, and what follows."""

    when: Any
    then: Any
    url: str = ""
    verb: Any = ""


@dataclass(frozen=True)
class Ahead:
    """The next decision. Without a day nothing has to be decided by one."""

    what: Any
    on: dt.date | None
    ways: tuple[Way, ...]
    is_past: bool = False


def ahead_of(deal: AmbassadorDeal, today: dt.date) -> Ahead | None:
    """None for a deal that is over or not agreed yet."""
    contract = deal.contract
    if not contract.is_in_force:
        return None
    if contract.end_on is None:
        return Ahead(_("It goes on until somebody ends it"), None, (_end_way(deal),))
    if contract.is_in_notice or decided(contract) == Decision.ENDS:
        last = day_words(contract.end_on)
        return Ahead(
            _("It ends"), contract.end_on, (Way(_("Nothing to decide"), _("It ends on %(day)s.") % {"day": last}),)
        )
    return WAYS[contract.renewal](deal, contract.end_on, today)


def _auto(deal: AmbassadorDeal, end_on: dt.date, today: dt.date) -> Ahead:
    contract, on = deal.contract, notice_day(deal.contract) or end_on
    goes_on = Way(
        _("Nobody gives notice"), _("It goes on until %(day)s.") % {"day": day_words(_next_end(contract, end_on))}
    )
    ends = Way(_("Notice is given"), _ends_on(end_on), _notice_url(deal), _("Note a notice"))
    if decided(contract) == Decision.GOES_ON:
        return Ahead(_("It goes on, that is decided"), end_on, (goes_on,))
    return Ahead(_("Last day for notice"), on, (goes_on, ends), is_past=on < today)


def _option(deal: AmbassadorDeal, end_on: dt.date, today: dt.date) -> Ahead:
    contract, on = deal.contract, notice_day(deal.contract) or end_on
    until = day_words(_next_end(contract, end_on))
    goes_on = Way(
        _("We use our option"), _("It goes on until %(day)s.") % {"day": until}, _notice_url(deal), _("Use it")
    )
    ways = (goes_on, Way(_("Nobody says anything"), _ends_on(end_on)))
    return Ahead(_("Last day for our option"), on, ways, is_past=on < today)


def _manual(deal: AmbassadorDeal, end_on: dt.date, today: dt.date) -> Ahead:
    on = notice_day(deal.contract) or end_on
    renew = reverse("contract-renew", args=[deal.contract_id])
    again = Way(_("Both go on"), _("A new contract follows from %(day)s.") % {"day": day_words(end_on + A_DAY)}, renew,
                _("Draft it"))  # fmt: skip
    return Ahead(
        _("Whether it goes on"), on, (again, Way(_("Nobody does anything"), _ends_on(end_on))), is_past=on < today
    )


def _none(deal: AmbassadorDeal, end_on: dt.date, today: dt.date) -> Ahead:
    return Ahead(_("It ends by itself"), end_on, (Way(_("Nothing to decide"), _ends_on(end_on)),))


WAYS: dict[str, Callable[[AmbassadorDeal, dt.date, dt.date], Ahead]] = {
    Contract.Renewal.AUTO: _auto,
    Contract.Renewal.OPTION: _option,
    Contract.Renewal.MANUAL: _manual,
    Contract.Renewal.NONE: _none,
}


def _end_way(deal: AmbassadorDeal) -> Way:
    return Way(_("Somebody ends it"), _("Notice decides its last day."), _notice_url(deal), _("Note a notice"))


def _ends_on(end_on: dt.date) -> str:
    return _("It ends on %(day)s.") % {"day": day_words(end_on)}


def _next_end(contract: Contract, end_on: dt.date) -> dt.date:
    term = contract.term
    if term is not None and term.renew_months:
        return term.end_after(1)
    return months_later(end_on + A_DAY, contract.renew_months or 0) - A_DAY


def _notice_url(deal: AmbassadorDeal) -> str:
    return of_deal(deal, "notice")


def days_until(on: dt.date, today: dt.date) -> str:
    """in 12 days, today, 3 days ago."""
    days = (on - today).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}

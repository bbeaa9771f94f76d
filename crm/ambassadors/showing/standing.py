"""Where a deal stands today, in a word and a colour: its contract, and whether it rests."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.ambassadors.models import AmbassadorDeal, DealPause
from crm.base.formats import day_words
from crm.contracts.models import Contract


@dataclass(frozen=True)
class Stands:
    """The pill of a deal."""

    label: str
    tone: str


def pause_on(pauses: Iterable[DealPause], on: dt.date) -> DealPause | None:
    """The pause that day lies in."""
    return next((one for one in pauses if one.covers(on)), None)


def stands(deal: AmbassadorDeal, pause: DealPause | None) -> Stands:
    contract = deal.contract
    if pause is not None and contract.is_in_force:
        return Stands(_paused(pause), "warn")
    if contract.status == Contract.Status.SENT:
        return Stands(_("To be signed"), "info")
    if contract.status == Contract.Status.SIGNED and contract.start_on is not None:
        return Stands(_("Begins on %(day)s") % {"day": day_words(contract.start_on, "short")}, "info")
    return Stands(str(contract.get_status_display()), contract.tone)


def _paused(pause: DealPause) -> str:
    day = day_words(pause.first_on, "short")
    if pause.last_on is None:
        return _("Paused since %(day)s, end unknown") % {"day": day}
    return _("Paused until %(day)s") % {"day": day_words(pause.last_on, "short")}


def since(deal: AmbassadorDeal) -> str:
    """Exclusive ambassador · Lumi Circle since 11 March 2026."""
    said = {"label": deal.get_label_display(), "program": deal.program}
    start_on = deal.contract.start_on
    if start_on is None:
        return _("%(label)s · %(program)s") % said
    return _("%(label)s · %(program)s since %(day)s") % {**said, "day": day_words(start_on)}

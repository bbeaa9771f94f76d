"""How a contract ends or goes on, in the words that stand on its paper and on her page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.contracts.models import Contract
from crm.contracts.models.going_on import GOING_ON

Renewal, Counts = Contract.Renewal, Contract.NoticeCounts
RENEWALS: Mapping[str, Any] = {
    Renewal.NONE: gettext_lazy("It ends on its last day by itself."),
    Renewal.MANUAL: gettext_lazy("Before its last day both sides decide whether it goes on."),
    Renewal.AUTO: gettext_lazy("It goes on unless somebody gives notice in time."),
    Renewal.OPTION: gettext_lazy("It ends on its last day, unless the brand says in time that it goes on."),
}


def renewal_in_words(contract: Contract) -> str:
    """How it ends or goes on, how often, and until when notice is in time."""
    return " ".join(_sentences(contract))


def _sentences(contract: Contract) -> Iterator[str]:
    yield str(RENEWALS[contract.renewal])
    goes_on = contract.renewal in GOING_ON
    if goes_on and contract.renew_months:
        yield _("Each time for %(months)s.") % {"months": _months(contract.renew_months)}
    if goes_on and contract.most_renewals is not None:
        times = ngettext("%(n)s time", "%(n)s times", contract.most_renewals) % {"n": contract.most_renewals}
        yield _("At most %(times)s.") % {"times": times}
    if contract.notice_value:
        yield _("Notice: %(length)s before the last day.") % {"length": notice_in_words(contract)}
        if contract.notice_counts == Counts.RECEIVED:
            yield _("The day it arrives counts.")


def notice_in_words(contract: Contract) -> str:
    """30 days, or 1 month."""
    count = contract.notice_value or 0
    return _months(count) if contract.notice_span == Contract.Span.MONTHS else _days(count)


def _months(count: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", count) % {"n": count}


def _days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}

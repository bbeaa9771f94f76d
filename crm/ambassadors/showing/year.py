"""The picture of a deal's term: its periods as they stand or as they would be, and the days that matter."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, DealReview, QuotaLine
from crm.ambassadors.schedule.cycles import Span
from crm.ambassadors.schedule.laying import spans_of
from crm.ambassadors.showing.addresses import of_period
from crm.ambassadors.showing.owed import name_of, told_period, usual_of
from crm.base.year_strip import AHEAD, LAST_DAY, NOTICE, REVIEW, Mark, Period, YearStrip, year_strip
from crm.contracts.models import Contract


def year_of(
    deal: AmbassadorDeal,
    periods: Sequence[DealPeriod],
    lines: Sequence[QuotaLine],
    pauses: Iterable[DealPause],
    reviews: Iterable[DealReview],
    today: dt.date,
) -> YearStrip | None:
    """Of a deal whose periods are laid out."""
    told = [told_period(one, usual_of(lines, one.first_on), of_period(deal.pk, one.number)) for one in periods]
    rests = [(one.first_on, one.last_on) for one in pauses]
    return year_strip(told, today=today, marks=marks_of(deal, reviews), rests=rests)


def year_of_spans(
    spans: Iterable[Span], lines: Sequence[QuotaLine], marks: Iterable[Mark], today: dt.date
) -> YearStrip | None:
    """Of a deal that is still a draft: the year as it would be."""
    told = [Period(name_of(one), one.first_on, one.last_on, AHEAD, says=usual_of(lines, one.first_on)) for one in spans]
    return year_strip(told, today=today, marks=marks)


def year_as_planned(deal: AmbassadorDeal, lines: Sequence[QuotaLine], today: dt.date) -> YearStrip | None:
    """Before it is signed, nothing is laid out: reckoned from its terms. None without a first day."""
    return year_of_spans(spans_of(deal, today), lines, marks_of(deal), today)


def marks_of(deal: AmbassadorDeal, reviews: Iterable[DealReview] = ()) -> list[Mark]:
    """The days on which something is decided, and the last one. Once notice is given nothing is left to decide."""
    contract = deal.contract
    if contract.is_in_notice:
        return [Mark(LAST_DAY, contract.last_on, _("Last day"))] if contract.last_on else []
    found = [Mark(REVIEW, one.due_on, _("Review")) for one in reviews if not one.decision]
    notice_on = notice_day(contract)
    if notice_on is not None:
        found.append(Mark(NOTICE, notice_on, _("Last day for notice")))
        if not found[:-1]:
            found.insert(0, Mark(REVIEW, notice_on - dt.timedelta(days=deal.review_lead_days), _("Review")))
    if contract.last_on is not None:
        found.append(Mark(LAST_DAY, contract.last_on, _("Last day")))
    return found


def notice_day(contract: Contract) -> dt.date | None:
    """The last day for notice in the term as it stands; None where no notice is agreed."""
    return contract.term.notice_until() if contract.term is not None and contract.notice_value else None

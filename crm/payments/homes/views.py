"""Finance's page, the totals of a year, and the taxes of a month for a spreadsheet."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.base.zones import local_date
from crm.payments.homes import taxes
from crm.payments.homes.finance import finance_page
from crm.payments.homes.year import year_rows, years
from crm.payments.homes.year_sheet import year_as_spreadsheet
from crm.team.views.access import me, needs


@require_safe
@needs("crm.view_payment")
def finance(request: HttpRequest) -> HttpResponse:
    """What is due, what blocks it, and what leaves next."""
    return render(request, "crm/payments/homes/finance.html", {"page": finance_page(me(request), timezone.now())})


@require_safe
@needs("crm.view_payment")
def finance_year(request: HttpRequest) -> HttpResponseBase:
    """What each advertiser gave each person for each aim in a year; `?as=xlsx` as a table."""
    user = me(request)
    this_year = local_date(timezone.now(), user.zone).year
    known = sorted({*years(user), this_year}, reverse=True)
    year = _asked_year(request.GET.get("year", ""), known)
    rows = year_rows(user, year)
    if request.GET.get("as") == "xlsx":
        return year_as_spreadsheet(rows, year, zone=user.zone)
    tabs = [{"label": str(one), "url": f"?year={one}", "active": one == year} for one in known]
    thresholds = {row.threshold.pk: row.threshold for row in rows if row.threshold is not None}
    context = {"rows": rows, "year": year, "tabs": tabs, "thresholds": list(thresholds.values())}
    return render(request, "crm/payments/homes/year.html", context)


@require_safe
@needs("crm.view_payment")
def finance_taxes(request: HttpRequest, month: str, kind: str) -> HttpResponseBase:
    """The payments whose tax belongs to a month, as a table."""
    try:
        month_on = dt.date.fromisoformat(f"{month}-01")
        return taxes.as_spreadsheet(me(request), month_on, kind)
    except (ValueError, KeyError) as unknown:
        raise Http404 from unknown


def _asked_year(asked: str, known: list[int]) -> int:
    return next((year for year in known if str(year) == asked), known[0])

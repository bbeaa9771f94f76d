"""The totals of a year as a table for a spreadsheet."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from crm.base.csv_out import Row, xlsx_response
from crm.payments.homes.year import YearRow


def year_as_spreadsheet(rows: Sequence[YearRow], year: int, *, zone: str) -> HttpResponseBase:
    name = _("yearly totals %(year)s") % {"year": year}
    return xlsx_response(f"{name}.xlsx", _header(), _lines(rows), zone=zone)


def _header() -> Row:
    return [
        *(
            _("Advertiser"),
            _("Person"),
            _("What for"),
            _("Currency"),
            _("In money"),
            _("In kind, at retail"),
            _("Together"),
        ),
        *(_("Threshold"), _("Counted"), _("Its currency"), _("Reached"), _("Signed contract")),
    ]


def _lines(rows: Sequence[YearRow]) -> Iterator[Row]:
    for row in rows:
        for currency, sums in row.by_currency.items():
            yield [
                *(row.owner, row.person, str(row.aim), currency, sums.cash, sums.in_kind, sums.total),
                *((row.threshold.amount, row.counted.amount if row.counted else None, row.threshold.currency)
                  if row.threshold else (None, None, "")),
                *(_("yes") if row.is_reached else "", _("yes") if row.has_contract else _("no")),
            ]  # fmt: skip

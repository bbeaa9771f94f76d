"""Deals as a table for a spreadsheet."""

import datetime as dt
from collections.abc import Iterator

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from crm.ambassadors.lists.rows import DealRow, deal_rows, with_next
from crm.ambassadors.models.deals import AmbassadorDealQuerySet
from crm.base.csv_out import Row, csv_response, xlsx_response
from crm.base.zones import local_date
from crm.team.models import User

MOST = 20_000
KINDS = {"csv": csv_response, "xlsx": xlsx_response}


def as_spreadsheet(rows: AmbassadorDealQuerySet, kind: str, *, user: User, now: dt.datetime) -> HttpResponseBase:
    """The answer with the file. Raises KeyError for a kind nobody knows."""
    answer, name = KINDS[kind], _("ambassadors %(day)s") % {"day": local_date(now, user.zone).isoformat()}
    return answer(f"{name}.{kind}", _header(), _lines(deal_rows(with_next(rows)[:MOST], now)), zone=user.zone)


def _header() -> Row:
    return [
        *(_("Number"), _("Person"), _("Programme"), _("Brand"), _("As"), _("Tier"), _("Standing")),
        *(_("Period"), _("Owed"), _("Posted"), _("Retainer"), _("Currency")),
        *(_("First day"), _("Last day"), _("Next day"), _("What for"), _("Owner")),
    ]


def _lines(rows: list[DealRow]) -> Iterator[Row]:
    for row in rows:
        deal, contract, pace, retainer = row.deal, row.contract, row.pace, row.retainer
        yield [
            *(deal.pk, str(deal.influencer), str(deal.program), str(contract.brand), str(deal.get_label_display())),
            *(str(deal.tier or ""), str(row.standing)),
            *((pace.number, pace.owed, pace.done) if pace else (None, None, None)),
            *((retainer.amount, str(retainer.currency)) if retainer else (None, "")),
            *(contract.start_on, contract.last_on, row.next.on if row.next else None),
            *(str(row.next.label) if row.next else "", contract.owner.get_full_name()),
        ]

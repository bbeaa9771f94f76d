"""The report as whoever holds a link may read it: results and client prices, never what it cost us."""

import datetime as dt

from campaigns.results.models import ReportLink
from campaigns.results.reports.building import report_of
from campaigns.results.reports.shape import Report


def report_behind(link: ReportLink, now: dt.datetime) -> Report:
    """In the active language."""
    return report_of(link.campaign, now=now, client=True, prices=link.shows_money)

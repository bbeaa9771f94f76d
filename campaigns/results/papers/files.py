"""A report as an answer: the PDF, and the workbook."""

import datetime as dt
from collections.abc import Iterable

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from campaigns.results.papers.book import sheets_of
from campaigns.results.reports.shape import Report
from crm.base.csv_out import Row, book_response


def as_pdf(report: Report, *, at: dt.datetime) -> HttpResponse:
    from campaigns.results.papers.pages import draw_report  # brings the drawing library: most processes never draw

    answer = HttpResponse(draw_report(report, at=at), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, file_name(report, "pdf"))
    answer["Cache-Control"] = "private, no-store"
    return answer


def as_workbook(report: Report, orders: Iterable[Row] = ()) -> FileResponse:
    return book_response(file_name(report, "xlsx"), sheets_of(report, orders), zone=report.zone)


def file_name(report: Report, ending: str) -> str:
    """What a file with this report is called."""
    return f"{slugify(report.title) or 'campaign'}-{slugify(_('report'))}.{ending}"

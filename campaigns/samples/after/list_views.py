"""The page of gifts, and samples as tables for spreadsheets."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.planning.views.doors import colleague, find_campaign
from campaigns.samples.after.export import header, lines_of, of_campaign
from campaigns.samples.after.forms import GiftFilter
from campaigns.samples.after.gift_page import figures_of, gifts_seen, with_everything
from campaigns.samples.after.gift_page import lines_of as gift_lines
from campaigns.samples.asking.doors import looks
from campaigns.samples.models import SampleRequest
from crm.base.csv_out import csv_response, xlsx_response
from crm.base.zones import local_date

SIZE = 50


@looks
@require_safe
def gifts(request: HttpRequest) -> HttpResponse:
    """What was given, what it cost, and what came of it."""
    form = GiftFilter(request.GET, user=colleague(request))
    rows = gifts_seen(colleague(request), **form.asked())
    page = Paginator(with_everything(rows), SIZE).get_page(request.GET.get("page"))
    lines = gift_lines(list(page.object_list))
    context = {"figures": figures_of(rows), "page": page, "lines": lines, "form": form}
    return render(request, "campaigns/samples/after/gifts.html", context)


@looks
@require_safe
def gifts_export(request: HttpRequest) -> HttpResponseBase:
    """The same gifts as a table."""
    rows = gifts_seen(colleague(request), **GiftFilter(request.GET, user=colleague(request)).asked())
    return _table(request, rows, _("gifts"))


@looks
@require_safe
def campaign_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The samples of one campaign: who got what and why, its values, when it left and arrived, what came back."""
    campaign = find_campaign(request, pk)
    rows = of_campaign(SampleRequest.objects.visible_to(colleague(request)), campaign.pk)
    return _table(request, rows, f"{_('samples')}-{slugify(campaign.name)}")


def _table(request: HttpRequest, rows: Any, name: str) -> HttpResponseBase:
    """CSV, or a spreadsheet where `?as=xlsx` asks for one."""
    zone = colleague(request).zone
    name = f"{name}-{local_date(timezone.now(), zone).isoformat()}"
    if request.GET.get("as") == "xlsx":
        return xlsx_response(f"{name}.xlsx", header(), lines_of(rows), zone=zone)
    return csv_response(f"{name}.csv", header(), lines_of(rows), zone=zone)

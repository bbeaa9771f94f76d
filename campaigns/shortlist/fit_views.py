"""The shortlist ranked by fit, what counts in it, the list as a file, and one celebrity beside many micro-influencers."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.campaigns import bulk_actions
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, looks, may
from campaigns.shortlist.fit_file import HEADER
from campaigns.shortlist.fit_file import lines_of as file_lines
from campaigns.shortlist.fit_forms import VersusForm, WeightsForm
from campaigns.shortlist.fit_page import SORTS, Row, shortlist_of
from campaigns.shortlist.fit_sums import figures_of
from campaigns.shortlist.fit_weights import count_as_the_house, counting_of, save_weights
from campaigns.shortlist.versus_page import EXAMPLE, lines_of, side_of
from crm.base.csv_out import csv_response, xlsx_response

OF_RUNNING_WORK = ("days", "remind", "drop")
TAB = "shortlist"
PAGE = 50


@looks
@require_safe
def campaign_shortlist(request: HttpRequest, pk: int) -> HttpResponse:
    """People we might take or talk to, the best fit first, each with the reasons."""
    found, user = find_campaign(request, pk), colleague(request)
    shortlist = shortlist_of(found, user, timezone.now(), request.GET.get("sort", ""))
    context = {
        "campaign": found,
        "tabs": tabs_of(found, user, TAB),
        "shortlist": shortlist,
        "page_obj": Paginator(shortlist.rows, PAGE).get_page(request.GET.get("page")),
        "figures": figures_of(shortlist),
        "sortings": [
            {"label": label, "url": f"?sort={key}", "active": key == shortlist.sort}
            for key, (label, _order) in SORTS.items()
        ],
        "bulk_actions": [one for one in bulk_actions() if one["value"] not in OF_RUNNING_WORK],
    }
    return render(request, "campaigns/shortlist/shortlist.html", context)


@may("campaigns.change_campaign")
@require_safe
def campaign_shortlist_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The list with fees and what she asks: for colleagues, never for the client."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    found, user = find_campaign(request, pk), colleague(request)
    shortlist = shortlist_of(found, user, timezone.now(), request.GET.get("sort", ""))
    answer = csv_response if kind == "csv" else xlsx_response
    name = f"shortlist-{found.pk}.{kind}"
    return answer(name, [str(title) for title in HEADER], file_lines(shortlist), zone=user.zone)


@may("campaigns.change_campaign")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_fit_weights(request: HttpRequest, pk: int) -> HttpResponse:
    """What counts for this campaign."""
    found, now = find_campaign(request, pk), timezone.now()
    counting = counting_of(found, timezone.localdate(now))
    form = WeightsForm(request.POST or None, weights=counting.weights)
    if request.method == "POST" and form.is_valid():
        changed = save_weights(found, form.weights, at=now, actor=actor_of(request))
        messages.success(request, _("Saved. The list is ranked anew.") if changed else _("Nothing was changed."))
        return redirect("campaign-shortlist", pk=pk)
    context = {"campaign": found, "form": form, "counting": counting, "sum": sum(counting.weights.values())}
    return render(request, "campaigns/shortlist/weights.html", context, status=422 if form.is_bound else 200)


@may("campaigns.change_campaign")
@require_POST
def campaign_fit_house(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to what counts everywhere in the house."""
    found = find_campaign(request, pk)
    if count_as_the_house(found, at=timezone.now(), actor=actor_of(request)):
        messages.success(request, _("The house's own numbers count here again."))
    else:
        messages.info(request, _("The house's own numbers count here already."))
    return redirect("campaign-shortlist", pk=pk)


@looks
@require_safe
def campaign_versus(request: HttpRequest, pk: int) -> HttpResponse:
    """The same money on few large or many small accounts: typed, or taken from people of the shortlist."""
    found, asked = find_campaign(request, pk), request.GET
    shortlist = shortlist_of(found, colleague(request), timezone.now())
    currency = shortlist.wish.currency
    picked = {side: _picked(shortlist.rows, asked.getlist(side)) for side in VersusForm.SIDES}
    initial = {name: value for side, rows in picked.items() for name, value in side_of(rows, side, currency).items()}
    form = VersusForm(asked if "a_people" in asked else None, initial=initial)
    lines = None
    if form.is_bound and form.is_valid():
        lines = lines_of(form.side("a"), form.side("b"), form.counted_words, currency)
    context: dict[str, Any] = {
        "campaign": found,
        "form": form,
        "lines": lines,
        "rows": shortlist.rows,
        "picked": {side: [row.card.pk for row in rows] for side, rows in picked.items()},
        "currency": currency,
        "example_url": f"{reverse('campaign-versus', args=[pk])}?{urlencode(EXAMPLE)}",
    }
    return render(request, "campaigns/shortlist/versus.html", context, status=422 if form.errors else 200)


def _picked(rows: Any, asked: list[str]) -> list[Row]:
    wanted = {text for text in asked if text.isascii() and text.isdigit()}
    return [row for row in rows if str(row.card.pk) in wanted]

"""The list of samples, and what is done to many parcels at once."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.verdicts import Verdict, done_count
from campaigns.planning.views.doors import actor_of, colleague
from campaigns.samples.asking.doors import looks, works
from campaigns.samples.models import Shipment
from campaigns.samples.shipping.actions import Leave
from campaigns.samples.shipping.couriers import couriers_in_use
from campaigns.samples.shipping.list_page import number_in, page_of
from campaigns.samples.shipping.many import Chosen, chosen_by, pack_many, put_many, ship_many
from campaigns.samples.shipping.pasting import MOST_LINES, understand
from campaigns.samples.shipping.queries import contents_of
from campaigns.samples.shipping.views.papers import as_pdf
from crm.base.text import one_line


@looks
@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """Every sample, in parts by what is to be done."""
    return render(
        request, "campaigns/samples/shipping/list.html", page_of(colleague(request), request.GET, timezone.now())
    )  # fmt: skip


@works
@require_POST
def samples_bulk(request: HttpRequest) -> HttpResponse:
    """One thing for every ticked row: put together, pack, print, or ship."""
    chosen, now = chosen_by(colleague(request), request.POST.getlist("pick")), timezone.now()
    back = f"{reverse('samples')}?tab={request.POST.get('tab', '')}"
    if not chosen:
        messages.warning(request, _("Nothing is chosen. Tick at least one row."))
        return redirect(back)
    action, actor = request.POST.get("action", ""), actor_of(request)
    if action == "put_together":
        return results(request, _("Put together"), put_many(chosen, at=now, actor=actor))
    if action == "packed":
        return results(request, _("Packed"), pack_many(chosen, at=now, actor=actor))
    parcels = [one.parcel for one in chosen if one.parcel is not None]
    if action in ("list", "labels", "ship") and not parcels:
        messages.warning(request, _("None of them is put together yet. Do that first."))
        return redirect(back)
    if action in ("list", "labels"):
        return printed(action, parcels, now)
    if action == "ship":
        return grid(request, parcels)
    raise Http404


def printed(action: str, parcels: Sequence[Shipment], now: dt.datetime) -> HttpResponse:
    """On paper, for these parcels; the same day gives the same bytes."""
    from campaigns.samples.shipping.paper import (  # brings the drawing library: most processes never draw
        labels,
        packing_list,
    )

    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if action == "list":
        return as_pdf(packing_list(parcels, at=day), "packing-list.pdf")
    return as_pdf(labels(parcels, four=True, at=day), "labels.pdf")


def grid(request: HttpRequest, parcels: Sequence[Shipment]) -> HttpResponse:
    """A row for each parcel, with its courier and room for its number."""
    contents = contents_of([one.pk for one in parcels])
    rows = [
        {"at": at, "parcel": one, "what": contents[one.pk], "city": one.address_snapshot.get("city", "")}
        for at, one in enumerate(parcels)
    ]
    context = {"rows": rows, "couriers": couriers_in_use()}
    return render(request, "campaigns/samples/shipping/grid.html", context)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def samples_ship(request: HttpRequest) -> HttpResponse:
    """Ship what was typed into the grid, or chosen of a pasted list: a result for each row."""
    if request.method != "POST":
        return redirect(f"{reverse('samples')}?tab=packed")
    now = timezone.now()
    leaving, left = leaving_of(request, now)
    verdicts = [*ship_many(leaving, at=now, actor=actor_of(request)), *left]
    if not verdicts:
        messages.warning(request, _("Nothing is chosen. Tick at least one row."))
        return redirect(f"{reverse('samples')}?tab=packed")
    return results(request, _("Shipped"), verdicts)


def leaving_of(request: HttpRequest, now: dt.datetime) -> tuple[list[tuple[Shipment, Leave]], list[Verdict]]:
    """What leaves with whom, and the rows without a number, which are left as they are."""
    data, couriers = request.POST, {str(one.pk): one for one in couriers_in_use()}
    asked = {at: data.get(f"parcel_{at}", "") for at in range(number_of_rows(data))}
    found = {f"p{one.parcel.pk}": one for one in chosen_by(colleague(request), [f"p{pk}" for pk in asked.values()]) if one.parcel}  # fmt: skip
    leaving, left = [], []
    for at, pk in asked.items():
        one, courier = found.get(f"p{pk}"), couriers.get(data.get(f"courier_{at}", ""))
        waybill = one_line(data.get(f"waybill_{at}", ""), 60)
        if one is None or one.parcel is None:
            continue
        if courier is None or (courier.gives_waybill and not waybill):
            left.append(_left(one))
        else:
            leaving.append((one.parcel, Leave(courier, waybill, shipped_at=now)))
    return leaving, left


def number_of_rows(data: QueryDict) -> int:
    return min(number_in(data.get("rows", "")) or 0, MOST_LINES)


def _left(one: Chosen) -> Verdict:
    url = reverse("sample", args=[one.request.pk])
    return Verdict(one.request.influencer.stage_name, _("No number was typed, so it was left as it is."), False, url)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def samples_waybills(request: HttpRequest) -> HttpResponse:
    """A list of waybills as the warehouse sends it; nothing is shipped before what was understood has been seen."""
    couriers = list(couriers_in_use())
    text, usual = request.POST.get("text", ""), request.POST.get("courier", "")
    chosen = next((one for one in couriers if str(one.pk) == usual), couriers[0] if couriers else None)
    context: dict[str, Any] = {"couriers": couriers, "chosen": chosen, "text": text, "most": MOST_LINES}
    if request.method == "POST" and chosen is not None and text.strip():
        waiting = list(Shipment.objects.visible_to(colleague(request)).to_leave().with_request().order_by("pk"))
        context |= {"waiting": waiting, "lines": list(enumerate(understand(text, waiting, couriers, chosen)))}
    elif request.method == "POST":
        context["error"] = _("Paste at least one line.")
    return render(
        request, "campaigns/samples/shipping/waybills.html", context, status=422 if "error" in context else 200
    )  # fmt: skip


def results(request: HttpRequest, title: str, verdicts: Sequence[Verdict]) -> HttpResponse:
    """What became of each."""
    done = done_count(verdicts)
    head = ngettext("%(n)d done", "%(n)d done", done) % {"n": done}
    context = {"title": f"{title}: {head}", "verdicts": verdicts, "undone": len(verdicts) - done}
    return render(request, "campaigns/samples/shipping/results.html", context)

"""The end of a deal: what it leaves to settle is shown, changed and confirmed; then what is to be seen to afterwards."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.ambassadors.doors import REFUSALS, deal_of
from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.pay.ending import End, check_end, end_deal, ended_of, sums_of
from crm.ambassadors.pay.ending_forms import EndForm, LinesForm, shown_as
from crm.ambassadors.pay.settling import settlement_of, standing_of
from crm.ambassadors.pay.tail import tail_lines, take_tick_back, tick_off
from crm.ambassadors.pay.views import FORM, to_page
from crm.base.zones import local_date
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

AFTER = "ambassador-after"


@require_http_methods(FORM)
@needs("crm.decide_ambassadordeal")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """How it ends and what is settled; done once somebody who saw just that is sure."""
    deal, now = deal_of(request, pk), timezone.now()
    there = ended_of(deal)
    if there is not None and there.settled_at is not None:
        return to_page(AFTER, deal)
    initial = {"kind": there.kind, "by": there.by, "why": there.why} if there else {}
    form = EndForm(request.POST or None, deal=deal, today=local_date(now, deal.contract.zone), initial=initial)
    context: dict[str, Any] = {"deal": deal, "form": form}
    if form.is_bound and form.is_valid():
        try:
            on = check_end(deal, form.end, now=now)
            if _confirmed(request, deal, form.end, on, context):
                end_deal(deal, form.end, context["lines"].chosen, at=now, actor=Actor.user(me(request)))
                messages.success(request, _("It is ended and settled."))
                return to_page(AFTER, deal)
        except REFUSALS as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
    status = 422 if form.is_bound and (form.errors or context.get("is_wrong")) else 200
    return render(request, "crm/ambassadors/pay/end.html", context, status=status)


def _confirmed(request: HttpRequest, deal: AmbassadorDeal, end: End, on: dt.date, context: dict[str, Any]) -> bool:
    """What the page shows; whether somebody is sure about just what it showed before."""
    reckoned = settlement_of(deal, on, end.kind, end.by)
    shown = shown_as(request.POST, reckoned)
    is_shown = request.POST.get("shown") == shown
    lines = LinesForm(request.POST if is_shown else None, lines=reckoned)
    is_right = not lines.is_bound or lines.is_valid()
    is_other_day = on != end.on
    context |= {
        "lines": lines, "rows": lines.rows(), "standing": standing_of(deal), "sums": sums_of(reckoned, end.kind),
        "shown": shown, "on": on, "is_other_day": is_other_day, "is_cause": end.kind == "cause",
        "is_wrong": not is_right, "has_changed": "sure" in request.POST and not is_shown,
    }  # fmt: skip
    return "sure" in request.POST and is_shown and is_right and lines.is_bound


@require_safe
@needs("crm.view_ambassadordeal")
def after(request: HttpRequest, pk: int) -> HttpResponse:
    """How a deal ended, what was settled, and what is to be seen to afterwards."""
    deal, now = deal_of(request, pk), timezone.now()
    today = local_date(now, deal.contract.zone)
    sees_money = me(request).has_perm("crm.view_ledgerline")
    context = {"deal": deal, "ended": ended_of(deal), "items": tail_lines(deal, today), "sees_money": sees_money}
    return render(request, "crm/ambassadors/pay/after.html", context)


@require_POST
@needs("crm.change_ambassadordeal")
def tail(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Tick one thing off, or take the tick back."""
    deal, now, actor = deal_of(request, pk), timezone.now(), Actor.user(me(request))
    found = get_object_or_404(deal.tail, pk=item)
    found.deal = deal
    done = (
        take_tick_back(found, at=now, actor=actor) if "undo" in request.POST else tick_off(found, at=now, actor=actor)
    )
    if not done:
        messages.info(request, _("Somebody was faster. This is how it stands."))
    return to_page(AFTER, deal, "afterwards")

"""A change of a deal: asked, shown, and written as an amendment that is signed like any other."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.ambassadors.changing.actions import draft_change
from crm.ambassadors.changing.forms import ChangeForm
from crm.ambassadors.changing.planned import Wanted, quantities_on, rate_on, shown
from crm.ambassadors.doors import back, deal_of
from crm.ambassadors.making.rows import MOST, PREFIX
from crm.ambassadors.making.words import each_period
from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.programs.forms import with_one_more
from crm.ambassadors.schedule.laying import cycle_of, rests_of
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.exclusivity.gate import Busy
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def deal_change(request: HttpRequest, pk: int) -> HttpResponse:
    """From which day on, and what then. The amendment is a draft; nothing changes before it is signed."""
    deal, now = deal_of(request, pk), timezone.now()
    if not deal.contract.is_in_force:
        messages.info(request, _("Only a deal that is signed and not over is changed by an amendment."))
        return back(deal)
    from_on, wants_more = _first_day(request, deal, now), "more" in request.POST
    form = _form(request, deal, from_on, wants_more)
    wanted = form.wanted() if form.is_bound and not wants_more and form.is_valid() else None
    if wanted is not None and "save" in request.POST:
        try:
            made = draft_change(deal, wanted, at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            _tell(form, refused)
            wanted = None
        except Busy as busy:
            form.add_error(None, str(busy))
            wanted = None
        else:
            messages.success(request, _("The amendment is a draft. Nothing changes before everybody has signed it."))
            return redirect("contract", made.pk)
    return _page(request, deal, form, wanted, wants_more)


def _first_day(request: HttpRequest, deal: AmbassadorDeal, now: dt.datetime) -> dt.date:
    """The day in the address, or today; never before the deal begins."""
    begins_on = max(local_date(now, deal.contract.zone), deal.contract.start_on or dt.date.min)
    try:
        asked = dt.date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return begins_on
    return max(asked, begins_on)


def _form(request: HttpRequest, deal: AmbassadorDeal, from_on: dt.date, wants_more: bool) -> ChangeForm:
    data: Any = request.POST if request.method == "POST" else None
    if wants_more:
        data = with_one_more(request.POST, PREFIX, MOST)
    return ChangeForm(
        data, lines=quantities_on(deal, from_on), rate=rate_on(deal, from_on), from_on=from_on,
        currency=Organisation.load().currency,
    )  # fmt: skip


def _tell(form: ChangeForm, refused: ValidationError) -> None:
    said = refused.message_dict if hasattr(refused, "error_dict") else {"__all__": refused.messages}
    for name, sentences in said.items():
        form.add_error("from_on" if name == "effective_on" else None, sentences)


def _page(
    request: HttpRequest, deal: AmbassadorDeal, form: ChangeForm, wanted: Wanted | None, wants_more: bool
) -> HttpResponse:
    span, rows = shown(deal, wanted, cycle_of(deal), rests_of(deal)) if wanted else (None, [])
    drafts = Contract.objects.filter(amends=deal.contract_id).standing(Contract.WRITTEN)
    context = {
        "deal": deal, "form": form, "wanted": wanted, "span": span, "rows": rows, "renews_on": _renews_on(deal),
        "each": each_period(deal.unit, deal.every), "drafts": drafts.filter(deal_change__isnull=False),
    }  # fmt: skip
    status = 422 if form.is_bound and not wants_more and wanted is None else 200
    return render(request, "crm/ambassadors/changing/change.html", context, status=status)


def _renews_on(deal: AmbassadorDeal) -> dt.date | None:
    """The first day of the next term, where the deal goes on by itself: other prices begin with it."""
    term = deal.contract.term
    if term is None or not term.renew_months or deal.contract.renewals_left == 0 or deal.contract.notice_on:
        return None
    return term.end_on + dt.timedelta(days=1)

"""Pausing a deal and letting it go on: what that does is shown first, then it is done."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.ambassadors.doors import REFUSALS, back, deal_of
from crm.ambassadors.models import AmbassadorDeal, DealPause
from crm.ambassadors.schedule.forms import PauseForm, ResumeForm
from crm.ambassadors.schedule.pausing import pause, resume
from crm.ambassadors.schedule.preview import Preview, preview_pause, preview_resume
from crm.base.typed import typed_as
from crm.base.zones import local_date
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def ambassador_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """From when to when it rests, what that moves, and then the pause itself."""
    deal, now = deal_of(request, pk), timezone.now()
    if not deal.contract.is_in_force:
        messages.info(request, _("Only a deal that is signed and not over can be paused."))
        return back(deal)
    form = PauseForm(request.POST or None, deal=deal, today=local_date(now, deal.contract.zone))
    shown = preview_pause(deal, form.wish.rest, now) if form.is_bound and form.is_valid() else None
    if shown and is_sure(request) and _done(request, form, lambda actor: pause(deal, form.wish, at=now, actor=actor)):
        messages.success(request, _("It is paused. The story says so."))
        return back(deal)
    return _page(request, deal, form, shown, template="pause")


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def ambassador_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """From when it goes on, what that moves, and then it does."""
    deal, now = deal_of(request, pk), timezone.now()
    today = local_date(now, deal.contract.zone)
    resting = pause_asked(deal, request, today)
    if resting is None:
        messages.info(request, _("It is not paused, and no pause lies ahead."))
        return back(deal)
    resting.deal = deal
    form = ResumeForm(request.POST or None, pause=resting, today=today)
    is_fine = form.is_bound and form.is_valid()
    shown = preview_resume(resting, form.cleaned_data["on"], now) if is_fine else None
    if shown and is_sure(request) and _done(request, form, _go_on(resting, form, now)):
        messages.success(request, _("It goes on. The story says so."))
        return back(deal)
    return _page(request, deal, form, shown, template="resume", pause=resting)


def pause_asked(deal: AmbassadorDeal, request: HttpRequest, today: dt.date) -> DealPause | None:
    """The pause in the address, else the one under way, else the next."""
    ahead = deal.pauses.ending_from(today).order_by("first_on")
    asked = request.GET.get("pause", "")
    return deal.pauses.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else ahead.first()


def is_sure(request: HttpRequest) -> bool:
    """It was confirmed, and what is confirmed is what was shown."""
    return "sure" in request.POST and request.POST.get("shown") == typed_as(request.POST)


def _go_on(resting: DealPause, form: ResumeForm, now: dt.datetime) -> Callable[[Actor], None]:
    return lambda actor: resume(resting, form.cleaned_data["on"], at=now, actor=actor)


def _done(request: HttpRequest, form: Any, do: Callable[[Actor], Any]) -> bool:
    try:
        do(Actor.user(me(request)))
    except REFUSALS as refused:
        form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        return False
    return True


def _page(
    request: HttpRequest, deal: AmbassadorDeal, form: Any, shown: Preview | None, *, template: str, **more: Any
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    typed = typed_as(request.POST) if form.is_bound else ""
    context = {"deal": deal, "form": form, "preview": None if form.errors else shown, "shown": typed, **more}
    page = f"crm/ambassadors/schedule/{'pause' if template == 'pause' else 'resume'}.html"
    return render(request, page, context, status=status)

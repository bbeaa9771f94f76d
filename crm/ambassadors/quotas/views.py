"""A period of a deal: its page, a post noted by hand, posts let go, and its close, shown before it is confirmed."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.ambassadors.doors import REFUSALS, deal_of, say_refused
from crm.ambassadors.models import DealPeriod, MakeGood, QuotaEntry
from crm.ambassadors.places import our_lateness
from crm.ambassadors.quotas import by_hand, counting
from crm.ambassadors.quotas.closing import Closing, check_closing, close_period, closing_of
from crm.ambassadors.quotas.forms import LetGoForm, PostForm, TakeBackForm, targets_of
from crm.ambassadors.quotas.page import page_of
from crm.ambassadors.quotas.words import deduction_of, said_of
from crm.base.zones import local_date
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
LOOK, CHANGE = "crm.view_ambassadordeal", "crm.change_ambassadordeal"


def period_of(request: HttpRequest, pk: int, number: int) -> DealPeriod:
    """The period in the address, as far as this colleague may see its deal, or 404."""
    deal = deal_of(request, pk)
    found = get_object_or_404(DealPeriod.objects.standing(), deal=deal, number=number)
    found.deal = deal
    return found


def to(period: DealPeriod) -> HttpResponseRedirect:
    return redirect("ambassador-period", period.deal_id, period.number)


@require_safe
@needs(LOOK)
def period(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What is owed in one period, what was done, and every row of it."""
    found = period_of(request, pk, number)
    context = {"period": found, "deal": found.deal, "page": page_of(found, timezone.now())}
    return render(request, "crm/ambassadors/quotas/period.html", context)


@require_http_methods(FORM)
@needs(CHANGE)
def note_post(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Posted, and told: count it."""
    found, now = period_of(request, pk, number), timezone.now()
    targets = targets_of(found, found.make_goods.select_related("line__format__platform", "line__deal__contract"))
    if not targets:
        messages.info(request, _("Nothing is owed here any more."))
        return to(found)
    today = local_date(now, found.deal.contract.zone)
    form = PostForm(request.POST or None, targets=targets, today=today, initial={"on": day_to_ask(found, today)})
    if form.is_bound and form.is_valid():
        make_good = form.target if isinstance(form.target, MakeGood) else None
        said = {"line": make_good.line if make_good else form.target, "make_good": make_good}
        if _done(form, lambda: _note(request, form, said, now)):
            return to(found)
    return _form_page(request, form, found, _("Note a post"), _("Count it"))


def day_to_ask(found: DealPeriod, today: dt.date) -> dt.date:
    """The day that is offered: today, or the last one of a period that is over."""
    return today if found.is_closed else min(today, found.last_on)


def _note(request: HttpRequest, form: PostForm, said: dict[str, Any], now: dt.datetime) -> None:
    told = {"on": form.cleaned_data["on"], "told": form.told, "once": form.once_only}
    row = by_hand.note_post(**said, **told, at=now, actor=Actor.user(me(request)))
    if row is None:
        messages.info(request, _("That post counts already."))
    else:
        messages.success(request, _("Counted in period %(number)s.") % {"number": row.period.number})


@require_http_methods(FORM)
@needs(CHANGE)
def waive(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Let posts go that were not her fault."""
    found, now = period_of(request, pk, number), timezone.now()
    targets = targets_of(found, found.make_goods.select_related("line__format__platform", "line__deal__contract"))
    if not targets:
        messages.info(request, _("Nothing is owed here any more."))
        return to(found)
    form = LetGoForm(request.POST or None, targets=targets, initial={"what": request.GET.get("what", "")})
    if form.is_bound and form.is_valid():
        target, actor = form.target, Actor.user(me(request))
        asked = (form.cleaned_data["quantity"], form.cleaned_data["why"])

        def let_go() -> None:
            if isinstance(target, MakeGood):
                counting.waive_make_good(target, *asked, at=now, actor=actor)
            else:
                counting.waive(found, target, *asked, at=now, actor=actor)
            messages.success(request, _("Let go. Nothing is taken off for it."))

        if _done(form, let_go):
            return to(found)
    return _form_page(request, form, found, _("Let posts go"), _("Let them go"), ours=came_late(found))


@require_http_methods(FORM)
@needs(CHANGE)
def take_back(request: HttpRequest, pk: int, number: int, entry: int) -> HttpResponse:
    """A post that was noted by hand does not count after all."""
    found = period_of(request, pk, number)
    rows = QuotaEntry.objects.filter(period=found).select_related("line__deal__contract", "line__format__platform")
    row = get_object_or_404(rows, pk=entry)
    if row.pk not in by_hand.may_be_taken_back([row]):
        messages.info(request, _("It does not count any more."))
        return to(found)
    form = TakeBackForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def back() -> None:
            why, actor = form.cleaned_data["why"], Actor.user(me(request))
            if by_hand.take_back(row, why, at=timezone.now(), actor=actor):
                messages.success(request, _("It does not count any more."))
            else:
                messages.info(request, _("That is not possible any more: the deal is over and closed."))

        if _done(form, back):
            return to(found)
    return _form_page(request, form, found, _("It does not count"), _("Take it back"), row=row)


def came_late(found: DealPeriod) -> list[str]:
    """What came late from the brand in that period, as far as other rooms know."""
    return [sentence for placed in our_lateness.all() for sentence in placed.call(found)]


def _done(form: Any, do: Callable[[], None]) -> bool:
    """Do what the form says, or put the reason why not into it."""
    try:
        do()
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    except REFUSALS as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _form_page(request: HttpRequest, form: Any, found: DealPeriod, title: str, verb: str, **more: Any) -> HttpResponse:
    context = {"form": form, "period": found, "deal": found.deal, "title": title, "verb": verb, **more}
    return render(request, "crm/ambassadors/quotas/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@needs(CHANGE)
def period_close(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Close a period: what happens to everything that is left is shown first."""
    found, now = period_of(request, pk, number), timezone.now()
    if found.is_closed:
        messages.info(request, _("It is closed already."))
        return to(found)
    try:
        check_closing(found, now)
    except ValidationError as refused:
        say_refused(request, refused)
        return to(found)
    closing = closing_of(found)
    shown = shown_as(closing)
    if request.method == "POST" and request.POST.get("shown") == shown:
        try:
            close_period(found, at=now, actor=Actor.user(me(request)))
        except REFUSALS as refused:
            say_refused(request, refused)
        else:
            messages.success(request, _("The period is closed."))
        return to(found)
    context = {
        "period": found, "deal": found.deal, "lines": said_of(closing), "deduction": deduction_of(closing),
        "shown": shown, "has_moved": request.method == "POST", "ours": came_late(found),
    }  # fmt: skip
    status = 409 if request.method == "POST" else 200
    return render(request, "crm/ambassadors/quotas/close.html", context, status=status)


def shown_as(closing: Closing) -> str:
    """The same for the same close: what is confirmed must be what was shown."""
    told = [(one.line.pk, one.totals, one.close) for one in closing.lines]
    return hashlib.sha256(repr(told).encode()).hexdigest()

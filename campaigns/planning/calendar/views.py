"""The calendar, and the page that shows what moving days would do before it is done."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.calendar.asking import CAMPAIGN, Look, look_of, read, wanted
from campaigns.planning.calendar.forms import MoveForm
from campaigns.planning.calendar.moving import (
    MOST,
    Pick,
    Planned,
    do_moves,
    fingerprint,
    picks_of,
    plan_moves,
    take_back,
    way_back_of,
)
from campaigns.planning.calendar.page import key_of, page_of
from campaigns.planning.calendar.writing import letters_to
from campaigns.planning.models import Campaign
from campaigns.planning.tabs import tabs_of
from campaigns.planning.verdicts import Verdict, done_count
from campaigns.planning.views.doors import back_to, colleague, find_campaign, looks, refuse, works
from crm.base.zones import local_date
from crm.reminders.feed_views import feed_page
from crm.reminders.registry import Shift, movable
from crm.team.models import User

TEMPLATES = {
    "month": "campaigns/planning/calendar/_month.html",
    "week": "campaigns/planning/calendar/_week.html",
    "agenda": "campaigns/planning/calendar/_agenda.html",
    "day": "campaigns/planning/calendar/_agenda.html",
}


@looks
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every dated thing a colleague may see: a month, a week, a list or one day."""
    user, now = colleague(request), timezone.now()
    look = look_of(request.GET, local_date(now, user.zone))
    campaign = campaign_of(look, user)
    page = page_of(look, user, now, campaign)
    context = {
        "page": page,
        "look": look,
        "template": TEMPLATES[look.view],
        "today": local_date(now, user.zone),
        "campaign": campaign,
        "tabs": tabs_of(campaign, user, "calendar") if campaign is not None else [],
        "may_move": user.has_perm("campaigns.change_campaign"),
        "moved": request.GET.get("moved", ""),
        "asked": look.query(),
        "here": look.url(),
    }
    return render(request, "campaigns/planning/calendar/calendar.html", context)


def campaign_of(look: Look, user: User) -> Campaign | None:
    if not look.campaign:
        return None
    return Campaign.objects.visible_to(user).select_related("brand").filter(pk=int(look.campaign)).first()


@works
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_move(request: HttpRequest) -> HttpResponse:
    """Nothing moves before its consequences have been seen: the second press carries what was shown."""
    user, now = colleague(request), timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    back = back_to(request, reverse("calendar"))
    picks = picks_asked(asked, user, now)
    now_there = plan_moves(picks, Shift(), user, now)
    if not now_there:
        return refuse(request, _("Nothing that can move is chosen. Tick at least one thing."), back)
    picks = [one.pick for one in now_there]
    is_told = bool(asked.get("to") or asked.get("by") or "seen" in asked)
    form = MoveForm(form_data(asked) if is_told else None, is_single=len(picks) == 1, carries=carries(picks))
    if not (is_told and form.is_valid()):
        return move_page(request, picks, now_there, form, back, is_told=False)
    plans = plan_moves(picks, form.shift, user, now)
    if request.method != "POST" or request.POST.get("seen") != fingerprint(plans, form.shift):
        return move_page(request, picks, plans, form, back, is_told=True)
    verdicts = do_moves(plans, form.shift, user, now)
    return moved_page(request, plans, verdicts, way_back_of(plans, verdicts, form.shift), back)


def picks_asked(asked: QueryDict, user: User, now: dt.datetime) -> list[Pick]:
    """The ticked things, or everything that can move in the look an address describes."""
    if asked.get("all_matching") != "1":
        return picks_of(asked.getlist("pick")[: 2 * MOST])
    look = look_of(QueryDict(asked.get("look", "")), local_date(now, user.zone))
    found = wanted(read(look, user, now), look, user)
    return picks_of(key_of(one) for one in found if one.kind in movable)


def form_data(asked: QueryDict) -> QueryDict:
    """A dropped or typed day comes without the tick; the tick is on until somebody takes it off."""
    data = asked.copy()
    if "seen" not in data:
        data.setdefault("along", "on")
    return data


def carries(picks: Sequence[Pick]) -> bool:
    """Whether one of these is something another kind hangs on."""
    led = {placed.words.get("along", "") for placed in movable.all()}
    return any(one.kind in led for one in picks)


def move_page(
    request: HttpRequest, picks: Sequence[Pick], plans: Sequence[Planned], form: MoveForm, back: str, *, is_told: bool
) -> HttpResponse:
    outlooks = [one.outlook for one in plans]
    moving = [one for one in outlooks if not one.refused]
    context = {
        "form": form,
        "picks": picks,
        "outlooks": outlooks,
        "is_told": is_told,
        "single": outlooks[0] if len(outlooks) == 1 else None,
        "title": title_of(outlooks),
        "moving": len(moving),
        "cancelled": sum(one.cancelled for one in moving),
        "planned": sum(one.planned for one in moving),
        "seen": fingerprint(plans, form.shift) if is_told else "",
        "back": back,
    }
    status = 422 if form.is_bound and not is_told else 200
    return render(request, "campaigns/planning/calendar/move.html", context, status=status)


def title_of(outlooks: Sequence[Any]) -> str:
    if len(outlooks) == 1:
        return _("Move: %(what)s") % {"what": outlooks[0].what}
    return ngettext("Move %(n)d date", "Move %(n)d dates", len(outlooks)) % {"n": len(outlooks)}


def moved_page(
    request: HttpRequest, plans: Sequence[Planned], verdicts: list[Verdict], note: str, back: str
) -> HttpResponse:
    """One thing: back to the calendar, with a way back. Many: what became of each."""
    if len(verdicts) == 1 and verdicts[0].done:
        messages.success(request, f"{verdicts[0].who}. {verdicts[0].text}.")
        return redirect(f"{back}{'&' if '?' in back else '?'}{urlencode({'moved': note})}")
    done = done_count(verdicts)
    context = {
        "verdicts": verdicts,
        "title": ngettext("%(n)d date has moved", "%(n)d dates have moved", done) % {"n": done},
        "undone": len(verdicts) - done,
        "note": note,
        "letters": letters_to(plans, verdicts, colleague(request)),
        "back": back,
    }
    return render(request, "campaigns/planning/calendar/moved.html", context)


@looks
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of one campaign's calendar."""
    campaign = find_campaign(request, pk)
    back = f"{reverse('calendar')}?{urlencode({'campaign': campaign.pk})}"
    return feed_page(request, f"{CAMPAIGN}{campaign.pk}", campaign.name, back)


@works
@require_POST
def calendar_undo(request: HttpRequest) -> HttpResponse:
    """Put what was moved a moment ago back where it was."""
    back = back_to(request, reverse("calendar"))
    verdicts = take_back(request.POST.get("moved", ""), colleague(request), timezone.now())
    if not verdicts:
        return refuse(request, _("This can no longer be taken back from here. Move it by hand."), back)
    if len(verdicts) > 1:
        context = {"verdicts": verdicts, "title": _("Moved back"), "undone": 0, "note": "", "letters": [], "back": back}
        return render(request, "campaigns/planning/calendar/moved.html", context)
    if not verdicts[0].done:
        return refuse(request, verdicts[0].text, back)
    messages.success(request, f"{verdicts[0].who}. {verdicts[0].text}.")
    return redirect(back)

"""Events: the list, one event with its guests, and what is done about them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.events.actions import planning
from campaigns.events.actions.seats import note_attendance
from campaigns.events.forms import AttendanceForm, EventForm, GuestsForm, MoveForm, start_of
from campaigns.events.models import Event, Guest
from campaigns.events.shown import guest_rows, shown
from campaigns.planning.forms.answers import few_words
from campaigns.planning.models import Campaign
from campaigns.planning.tabs import tabs_of
from campaigns.planning.verdicts import Verdict
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may, refuse
from crm.base.csv_out import csv_response
from crm.base.text import one_line
from crm.timeline.transitions import TransitionRefused

PAGE = 40
FORM = ["GET", "HEAD", "POST"]
TABS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "": (gettext_lazy("Coming"), ("planned",)),
    "held": (gettext_lazy("Have been"), ("held",)),
    "cancelled": (gettext_lazy("Cancelled"), ("cancelled",)),
}
looks, works = may("campaigns.view_event"), may("campaigns.change_event")


def find_event(request: HttpRequest, pk: int) -> Event:
    """An event this colleague may see, or 404."""
    seen = Event.objects.visible_to(colleague(request)).select_related("brand", "campaign__brand", "owner")
    return get_object_or_404(seen, pk=pk)


@looks
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """All events of one standing, searchable."""
    tab, words = request.GET.get("tab", ""), one_line(request.GET.get("q", ""))
    rows = Event.objects.visible_to(colleague(request))
    rows = rows.called(words) if words else rows
    chosen = TABS.get(tab, TABS[""])
    found = rows.filter(status__in=chosen[1]).select_related("brand", "campaign").counted()
    found = found.order_by("starts_at", "pk") if chosen is TABS[""] else found.order_by("-starts_at", "-pk")
    tabs = [
        {"label": label, "url": f"?tab={key}" if key else "?", "active": TABS[key] is chosen, "count": ""}
        for key, (label, _statuses) in TABS.items()
    ]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "rows": page.object_list, "tabs": tabs, "tab": tab, "words": words}
    return render(request, "campaigns/events/events.html", context)


@looks
@require_safe
def campaign_events(request: HttpRequest, pk: int) -> HttpResponse:
    """The events of one campaign, beside its board."""
    campaign = find_campaign(request, pk)
    rows = campaign.events.select_related("brand", "campaign").counted().order_by("starts_at", "pk")
    tabs = tabs_of(campaign, colleague(request), "events")
    return render(request, "campaigns/events/events.html", {"campaign": campaign, "rows": rows, "tabs": tabs})


@may("campaigns.add_event")
@require_http_methods(FORM)
def event_new(request: HttpRequest) -> HttpResponse:
    """Plan one; nobody is told by it."""
    campaign = _campaign_asked_for(request)
    start = {"owner": request.user, "brand": campaign.brand if campaign else None, "campaign": campaign}
    form = EventForm(request.POST or None, user=colleague(request), campaign=campaign, initial=start)
    if request.method == "POST" and form.is_valid():
        made = planning.plan_event(_with_facts(form), at=timezone.now(), actor=actor_of(request))
        messages.success(request, _("Planned. Now put people on the guest list."))
        return redirect("event", pk=made.pk)
    return _form_page(request, form, _("Plan an event"), reverse("events"))


def _campaign_asked_for(request: HttpRequest) -> Campaign | None:
    asked = request.GET.get("campaign", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    return find_campaign(request, int(asked))


def _with_facts(form: EventForm) -> Event:
    """The event as typed, with what follows from the campaign."""
    event: Event = form.instance
    data = form.cleaned_data
    event.brand, event.campaign, event.owner, event.zone = data["brand"], data["campaign"], data["owner"], data["zone"]
    return event


@works
@require_http_methods(FORM)
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = find_event(request, pk)
    form = EventForm(request.POST or None, instance=event, user=colleague(request), initial=start_of(event))
    if request.method == "POST" and form.is_valid():
        try:
            planning.change_event(_with_facts(form), at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("event", pk=pk)
    return _form_page(request, form, _("Change it"), reverse("event", args=[pk]), Event.objects.get(pk=pk))


def _form_page(
    request: HttpRequest, form: Any, title: str, back: str, event: Event | None = None, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "event": event, **more}
    return render(request, "campaigns/events/form.html", context, status=422 if form.is_bound else 200)


@looks
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event with everybody who was asked."""
    found = find_event(request, pk)
    return render(request, "campaigns/events/event.html", {"event": found, **shown(found, timezone.now())})


@works
@require_http_methods(FORM)
def guests_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put people on the guest list; they hear of it once they are invited."""
    found = find_event(request, pk)
    form = GuestsForm(request.POST or None, event=found, user=colleague(request))
    if request.method == "POST" and form.is_valid():
        try:
            planning.list_guests(found, form.cleaned_data["people"], at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, found.url)
        messages.success(request, _("On the list. Nobody is told before you invite them."))
        return redirect("event", pk=pk)
    return _form_page(request, form, _("Put people on the list"), found.url, found)


@works
@require_POST
def event_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite those who were ticked, or everybody on the list who was not yet; a result for each."""
    found = find_event(request, pk)
    picked = [int(one) for one in request.POST.getlist("pick") if one.isascii() and one.isdigit() and len(one) < 19]
    rows = found.guests.with_event().filter(status=Guest.Status.LISTED)
    guests = list((rows.filter(pk__in=picked) if picked else rows).order_by("pk"))
    verdicts = planning.invite(guests, at=timezone.now(), actor=actor_of(request))
    return _results(request, found, _("Invitations"), verdicts)


def _results(request: HttpRequest, found: Event, title: str, verdicts: list[Verdict]) -> HttpResponse:
    return render(
        request, "campaigns/events/results.html", {"event": found, "title": title, "verdicts": verdicts}
    )  # fmt: skip


@works
@require_http_methods(FORM)
def event_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time: what follows is said first, then it is done and told."""
    found = find_event(request, pk)
    form = MoveForm(request.POST or None, event=found, initial={**start_of(found), "tell": True})
    if request.method == "POST" and form.is_valid() and "sure" in request.POST:
        starts, ends = form.moments(found.zone)
        data = form.cleaned_data
        move = planning.Move(starts, ends, data["words"], data["tell"], bool(data.get("work_too")))
        try:
            verdicts = planning.move_event(found, move, at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, found.url)
        return _results(request, found, _("Moved"), verdicts)
    asked = list(planning.asked_of(found)) if form.is_bound and form.is_valid() else []
    more = {"consequences": asked, "is_checked": form.is_bound and form.is_valid(), "guests": asked}
    context = {"form": form, "title": _("Move the event"), "back": found.url, "event": found, **more}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "campaigns/events/move.html", context, status=status)


@works
@require_http_methods(FORM)
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place; whoever was asked is told."""
    found = find_event(request, pk)
    if request.method == "POST":
        words = few_words("").clean(request.POST.get("words", "")[:1000]) if request.POST.get("words") else ""
        try:
            verdicts = planning.call_off(
                found, words=words, tell="tell" in request.POST, at=timezone.now(), actor=actor_of(request)
            )
        except TransitionRefused as refused:
            return refuse(request, refused, found.url)
        return _results(request, found, _("Cancelled"), verdicts)
    asked = list(planning.asked_of(found))
    return render(request, "campaigns/events/cancel.html", {"event": found, "guests": asked})


@works
@require_POST
def event_again(request: HttpRequest, pk: int) -> HttpResponse:
    return _turn(request, pk, Event.plan_again, _("It takes place after all. Tell those who were asked."))


def _turn(request: HttpRequest, pk: int, step: Callable[..., None], words: str) -> HttpResponse:
    found = find_event(request, pk)
    try:
        step(found, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, found.url)
    messages.success(request, words)
    return redirect("event", pk=pk)


@works
@require_http_methods(FORM)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there: one tap for each guest, made for a phone at the door."""
    found = find_event(request, pk)
    guests = list(
        found.guests.with_event().exclude(status=Guest.Status.LISTED).order_by("influencer__stage_name", "pk")
    )
    form = AttendanceForm(request.POST if request.method == "POST" else None, guests=guests)
    if request.method == "POST" and form.is_valid():
        now, actor, refused = timezone.now(), actor_of(request), 0
        for guest, came in form.said():
            try:
                note_attendance(guest, came, at=now, actor=actor)
            except TransitionRefused as why:
                refused += 1
                messages.warning(request, str(why))
        if not refused:
            messages.success(request, _("Noted."))
        return redirect("event", pk=pk)
    context = {"event": found, "form": form, "rows": form.rows()}
    return render(request, "campaigns/events/attendance.html", context, status=422 if form.is_bound else 200)


@looks
@require_safe
def guests_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The guest list for the door and for the books."""
    found = find_event(request, pk)
    header = [_("Person"), _("Status"), _("Seats"), _("Brings"), _("Answered"), _("Was there"), _("Worth")]
    return csv_response(f"guests-{found.pk}.csv", header, guest_rows(found), zone=found.zone)

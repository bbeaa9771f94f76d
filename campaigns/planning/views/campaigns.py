"""The list of campaigns, one campaign's form, its board, and the verbs that move it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.planning.actions.campaigns import save_campaign
from campaigns.planning.actions.goals import save_goals
from campaigns.planning.board import Look, board_of
from campaigns.planning.campaign_list import SORTS, TABS, as_tree, campaign_rows, places_asked_for, run_in, tab_counts
from campaigns.planning.forms.campaigns import CampaignForm
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.places import card_work
from campaigns.planning.promise_page import told_why
from campaigns.planning.risk import sort_called
from campaigns.planning.standing.queries import owed_now
from campaigns.planning.tabs import tabs_of
from campaigns.planning.tiles import budget_of, tiles_of
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, looks, may, refuse, works
from campaigns.planning.wrapping.closing import wrap_up
from crm.base.models import Organisation
from crm.base.text import one_line
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.timeline.transitions import TransitionRefused

PAGE = 40


@looks
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns of one standing, searchable."""
    user, now = colleague(request), timezone.now()
    tab = request.GET.get("tab", "")
    words = one_line(request.GET.get("q", ""))
    mine = request.GET.get("whose") == "mine"
    found = Campaign.objects.visible_to(user)
    found = found.called(words) if words else found
    found = found.filter(owner=user) if mine else found
    places = places_asked_for(user)
    place = next((pk for pk, _name in places if str(pk) == request.GET.get("place")), None)
    found = run_in(found, place) if place is not None else found
    sort = request.GET.get("sort", "")
    found = SORTS[sort].narrow(found) if sort in SORTS else found
    page = Paginator(TABS.get(tab, TABS[""]).narrow(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": as_tree(campaign_rows(page.object_list, now)),
        "tabs": tab_counts(found, tab, words, mine=mine, place=str(place or ""), sort=sort),
        "places": places,
        "place": place,
        "sorts": SORTS,
        "sort": sort,
        "tab": tab,
        "words": words,
        "mine": mine,
        "narrowed": bool(words or mine or tab or place or sort in SORTS),
    }
    return render(request, "campaigns/planning/campaigns.html", context)


@may("campaigns.add_campaign")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Open a campaign: it starts as a draft."""
    user = colleague(request)
    brand = request.GET.get("brand", "")
    house = Organisation.load()
    blank = Campaign(zone=house.zone)
    initial: dict[str, Any] = {"budget": (None, house.currency)}
    if brand.isascii() and brand.isdigit() and len(brand) < 19:
        initial["brand"] = int(brand)
    form = CampaignForm(request.POST or None, instance=blank, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            store(form, request, timezone.now())
        except TransitionRefused as refused:
            form.instance.pk = None
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The campaign is open as a draft. Add people, then let it go live."))
            return redirect("campaign", pk=form.instance.pk)
    context = {
        "form": form,
        "no_brands": not Brand.objects.visible_to(user).running().exists(),
    }
    return render(request, "campaigns/planning/campaign_form.html", context, status=422 if form.is_bound else 200)


def store(form: CampaignForm, request: HttpRequest, now: dt.datetime) -> None:
    """The campaign with its places, figures and sets, or nothing."""
    actor = actor_of(request)
    with transaction.atomic():
        former = Campaign.objects.filter(pk=form.instance.pk).values_list("goal", "second_goal").first() or ()
        save_campaign(form.instance, runs_in=form.runs_in, at=now, actor=actor)
        save_goals(form.instance, form.kpis.said, form.sets, former=former, at=now, actor=actor)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is written about a campaign. Its days move the promises counted from them, and nobody's posts."""
    campaign = find_campaign(request, pk)
    form = CampaignForm(request.POST or None, instance=campaign, user=colleague(request))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            store(form, request, now)
        except PromiseHeld as refused:
            form.add_error(None, told_why(refused, colleague(request), now))
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("campaign", pk=pk)
    context = {"form": form, "campaign": Campaign.objects.get(pk=pk)}
    return render(request, "campaigns/planning/campaign_form.html", context, status=422 if form.is_bound else 200)


@looks
@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign as a board, or as a table for acting on many people at once."""
    found, now = find_campaign(request, pk, naming_places=True), timezone.now()
    asked = request.GET
    look = Look(
        mine=asked.get("whose") == "mine",
        late=asked.get("only") == "late",
        waiting=asked.get("only") == "waiting",
        hers=asked.get("only") == "hers",
        platform=asked.get("platform", ""),
        issue=sort_called(asked.get("issue", "")),
    )
    board = board_of(found, colleague(request), now, look)
    today = local_date(now, found.zone)
    as_table = asked.get("view") == "table"
    context = {
        "campaign": found,
        "tabs": tabs_of(found, colleague(request), "board"),
        "board": board,
        "look": look,
        "tiles": tiles_of(board),
        "budget": budget_of(board),
        "owed": owed_now(found),
        "days_left": (found.end_on - today).days + 1,
        "not_begun": today < found.start_on,
        "as_table": as_table,
        "verbs": [verb for verb in VERBS.values() if verb.is_open_to(found)],
        "table": board.table(asked.get("column", "")),
        "column_label": dict(Collaboration.Status.choices).get(asked.get("column", ""), ""),
        "bulk_actions": bulk_actions(),
    }
    return render(request, f"campaigns/planning/{'table' if as_table else 'board'}.html", context)


BULK_ACTIONS = (
    {"value": "write", "label": gettext_lazy("Write to them"), "icon": "envelope"},
    {"value": "plan", "label": gettext_lazy("Plan work"), "icon": "calendar-plus"},
    {"value": "days", "label": gettext_lazy("Move days"), "icon": "calendar3"},
    {"value": "move", "label": gettext_lazy("Put into a column"), "icon": "arrow-left-right"},
    {"value": "contract", "label": gettext_lazy("Write contracts"), "icon": "file-earmark-text"},
    {"value": "price", "label": gettext_lazy("Fill in client prices"), "icon": "cash"},
    {"value": "remind", "label": gettext_lazy("Switch reminders on"), "icon": "bell"},
    {"value": "drop", "label": gettext_lazy("Drop open work"), "icon": "x-circle", "danger": True},
)


def bulk_actions() -> list[dict[str, Any]]:
    """What the bulk bar offers; what cannot be taken back stands last."""
    added = [
        {"value": placed.key, "label": placed.call().title, "icon": placed.words["icon"]} for placed in card_work.all()
    ]
    return [*BULK_ACTIONS[:-1], *added, BULK_ACTIONS[-1]]


@dataclass(frozen=True)
class Verb:
    """Something that can be done to a campaign: its words, and what it will mean."""

    code: str
    label: Any
    question: Any
    icon: str
    starts: tuple[str, ...]
    do: Callable[..., None]
    done: Any
    danger: bool = False
    primary: bool = False

    def is_open_to(self, found: Campaign) -> bool:
        return found.status in self.starts and not (found.is_standing and self.danger)


VERBS = {
    verb.code: verb
    for verb in (
        Verb(
            "go-live", gettext_lazy("Go live"), gettext_lazy("Let “%(campaign)s” go live?"), "play-circle", ("draft",),
            Campaign.go_live, gettext_lazy("%(campaign)s is live."), primary=True,
        ),
        Verb(
            "resume", gettext_lazy("Go on"), gettext_lazy("Let “%(campaign)s” go on?"), "play-circle", ("paused",),
            Campaign.resume, gettext_lazy("%(campaign)s goes on."), primary=True,
        ),
        Verb(
            "pause", gettext_lazy("Pause"), gettext_lazy("Pause “%(campaign)s”?"), "pause-circle", ("live",),
            Campaign.pause, gettext_lazy("%(campaign)s is paused."),
        ),
        Verb(
            "wrap-up", gettext_lazy("Wrap up"), gettext_lazy("Wrap up “%(campaign)s”?"), "archive", ("live", "paused"),
            wrap_up, gettext_lazy("%(campaign)s is wrapped up."), danger=True,
        ),
        Verb(
            "cancel", gettext_lazy("Cancel the campaign"), gettext_lazy("Cancel “%(campaign)s”?"), "x-circle",
            ("draft", "live", "paused"), Campaign.cancel, gettext_lazy("%(campaign)s is cancelled."), danger=True,
        ),
    )
}  # fmt: skip


@works
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_verb(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Asks once and says what it means; then does it."""
    found, verb = find_campaign(request, pk), VERBS.get(code)
    if verb is None or (verb.danger and found.is_standing):
        raise Http404
    if verb.code == "wrap-up":
        return redirect("campaign-wrap-up", pk=pk)
    board_url = reverse("campaign", args=[pk])
    if request.method == "POST":
        try:
            verb.do(found, at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, board_url)
        messages.success(request, str(verb.done) % {"campaign": found})
        return redirect(board_url)
    if not verb.is_open_to(found):
        messages.info(request, _("That is not possible any more: %(campaign)s has moved on.") % {"campaign": found})
        return redirect(board_url)
    context = {"campaign": found, "verb": verb, "question": str(verb.question) % {"campaign": found}}
    return render(request, "campaigns/planning/verb.html", {**context, "meaning": meaning_of(found, verb)})


def meaning_of(found: Campaign, verb: Verb) -> str:
    """What the verb will do, in numbers."""
    rows = Deliverable.objects.filter(collaboration__campaign=found).standing()
    count = rows.post_open().filter(collaboration__status__in=["agreed", "making", "review", "posting"]).count()
    words = {
        "go-live": ngettext(
            "Reminders about %(n)d agreed piece of work begin, from its next date on.",
            "Reminders about %(n)d agreed pieces of work begin, each from its next date on.",
            count,
        ),
        "resume": ngettext(
            "Reminders about %(n)d open piece of work begin again, from today on. Nothing is sent late.",
            "Reminders about %(n)d open pieces of work begin again, from today on. Nothing is sent late.",
            count,
        ),
        "pause": ngettext(
            "Reminders about %(n)d open piece of work stop until you let it go on. Its dates stay.",
            "Reminders about %(n)d open pieces of work stop until you let it go on. Their dates stay.",
            count,
        ),
        "wrap-up": ngettext(
            "%(n)d piece of work is still open; nobody is reminded of it any more. This cannot be taken back.",
            "%(n)d pieces of work are still open; nobody is reminded of them any more. This cannot be taken back.",
            count,
        ),
        "cancel": ngettext(
            "%(n)d piece of work is still open; nobody is reminded of it any more. Tell the person yourself."
            " This cannot be taken back.",
            "%(n)d pieces of work are still open; nobody is reminded of them any more. Tell the people yourself."
            " This cannot be taken back.",
            count,
        ),
    }
    return words[verb.code] % {"n": count}

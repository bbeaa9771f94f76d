"""Actions on many people: first what will happen, then a result for each."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from crm.base.formats import count_full
from crm.base.paging import Count, capped_count
from crm.influencers.actions.bulk import Outcome, TooMany
from crm.influencers.bulk_runs import together
from crm.influencers.bulk_runs.actions import MOST, begin
from crm.influencers.bulk_runs.together import Together
from crm.influencers.bulk_runs.views import go
from crm.influencers.filters import PeopleFilter
from crm.influencers.forms.bulk import NicheQuestion, NoQuestion, OwnerQuestion, TagQuestion
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import people_action
from crm.influencers.spreadsheet import MOST_XLSX, as_spreadsheet
from crm.influencers.vocabulary import Vocabulary, vocabulary
from crm.team.models import User
from crm.team.views.access import me, needs
from crm.timeline.record import Actor, record

SHOWN = 200
MOST_TICKED = 1_000


@dataclass(frozen=True)
class Chosen:
    """Whom an action is for: the ticked people, or everybody the filter means."""

    rows: InfluencerQuerySet
    ids: list[int]
    query: str

    @classmethod
    def read(cls, data: QueryDict, words: Vocabulary, *, user: User, now: dt.datetime) -> "Chosen":
        query = data.get("query", "")[:500]
        asked = PeopleFilter.read(QueryDict(query), words)
        if data.get("all_matching"):
            return cls(asked.narrow(Influencer.objects.visible_to(user), user=user, now=now), [], asked.query)
        ids = [int(text) for text in data.getlist("ids")[:MOST_TICKED] if _is_id(text)]
        return cls(Influencer.objects.visible_to(user).filter(pk__in=ids), ids, asked.query)

    @property
    def is_whole_filter(self) -> bool:
        return not self.ids

    def count(self) -> Count:
        return capped_count(self.rows, MOST)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


@dataclass(frozen=True)
class Action:
    """One thing that can be done to many people."""

    permission: str
    title: Any
    explains: Any
    verb: Any
    question: type[NoQuestion]
    act: Together
    undo: str = ""


ACTIONS: dict[str, Action] = {
    "owner": Action(
        "crm.change_influencer",
        _("Give to a colleague"),
        _("The colleague finds them under “Me” and gets what needs somebody about them."),
        _("Give"),
        OwnerQuestion,
        together.assign,
    ),
    "niche": Action(
        "crm.change_influencer",
        _("Add a niche"),
        _("Their other niches stay. Who has none yet gets it as the main one."),
        _("Add"),
        NicheQuestion,
        together.add_niche,
    ),
    "tag": Action(
        "crm.change_influencer",
        _("Tag"),
        _("They get the tag besides those they have."),
        _("Tag"),
        TagQuestion,
        together.add_tag,
    ),
    "archive": Action(
        "crm.archive_influencer",
        _("Archive"),
        _("They leave lists and searches. Everything about them stays, and you can take them out again."),
        _("Archive"),
        NoQuestion,
        together.archive,
        "restore",
    ),
    "restore": Action(
        "crm.archive_influencer",
        _("Take out of the archive"),
        _("They appear in lists and searches again."),
        _("Take out"),
        NoQuestion,
        together.restore,
        "archive",
    ),
}


@require_POST
@needs("crm.view_influencer")
def people_bulk(request: HttpRequest) -> HttpResponseBase:
    """Ask what is needed, do it, and say what came of it for each person; or answer with a file."""
    user, now = me(request), timezone.now()
    words = vocabulary(me(request))
    chosen = Chosen.read(request.POST, words, user=user, now=now)
    wanted = request.POST.get("action", "")
    if wanted in ("csv", "xlsx"):
        return _file(request, chosen, wanted, words, user, now)
    if wanted in people_action:
        return _elsewhere(request, chosen, wanted)
    action = ACTIONS.get(wanted)
    count = chosen.count()
    if action is None:
        messages.error(request, _now("This action does not exist. Choose one from the bar below the list."))
        return redirect(_back(chosen))
    if not count.number or count.is_capped:
        messages.error(request, why_not(count))
        return redirect(_back(chosen))
    if not user.has_perm(action.permission):
        raise PermissionDenied
    form = action.question(request.POST if "sure" in request.POST else None, words=words)
    if not form.is_bound or not form.is_valid():
        return _ask(request, chosen, wanted, action, form, count)
    if chosen.is_whole_filter:
        return set_going(request, chosen, wanted, form.cleaned_data)
    try:
        outcomes = action.act(chosen.rows, form.cleaned_data, now, Actor.user(user))
    except TooMany:
        messages.error(request, why_not(Count(MOST, is_capped=True)))
        return redirect(_back(chosen))
    return _tell(request, chosen, action, outcomes)


def set_going(request: HttpRequest, chosen: Chosen, wanted: str, data: dict[str, Any]) -> HttpResponse:
    """Everybody the filter means: fixed here once, then done in batches."""
    user = me(request)
    try:
        run = begin(wanted, chosen.rows, data=data, query=chosen.query, user=user, now=timezone.now())
    except TooMany:
        messages.error(request, why_not(Count(MOST, is_capped=True)))
        return redirect(_back(chosen))
    go(run)
    return redirect("bulk-run", run.pk)


def _elsewhere(request: HttpRequest, chosen: Chosen, wanted: str) -> HttpResponseBase:
    """Hand the chosen people to the feature that put this action here."""
    placed = people_action[wanted]
    if not me(request).has_perm(placed.words["permission"]):
        raise PermissionDenied
    return placed.call(request, chosen.rows)


def why_not(count: Count) -> str:
    """Why nothing can be done for so many, or so few."""
    if not count.number:
        return _now("Nobody was chosen. Tick the people you mean first.")
    return _now("These are more than %(most)s people. Narrow the filter and do it in parts.") % {
        "most": count_full(MOST)
    }


def _back(chosen: Chosen) -> str:
    return f"{reverse('people')}?{chosen.query}"


def _ask(
    request: HttpRequest, chosen: Chosen, wanted: str, action: Action, form: NoQuestion, count: Count
) -> HttpResponse:
    names = list(chosen.rows.order_by("name_key", "id").values_list("stage_name", flat=True)[:12])
    context = {
        "chosen": chosen,
        "wanted": wanted,
        "action": action,
        "form": form,
        "count": count,
        "names": names,
        "more": count.number - len(names),
        "back": _back(chosen),
    }
    return render(request, "crm/influencers/bulk_ask.html", context, status=422 if form.is_bound else 200)


def _tell(request: HttpRequest, chosen: Chosen, action: Action, outcomes: list[Outcome]) -> HttpResponse:
    changed = [outcome for outcome in outcomes if outcome.changed]
    context = {
        "action": action,
        "outcomes": outcomes[:SHOWN],
        "hidden": max(0, len(outcomes) - SHOWN),
        "changed": len(changed),
        "unchanged": len(outcomes) - len(changed),
        "undo_ids": [outcome.pk for outcome in changed] if action.undo else [],
        "back": _back(chosen),
    }
    return render(request, "crm/influencers/bulk_done.html", context)


def _file(
    request: HttpRequest, chosen: Chosen, kind: str, words: Vocabulary, user: User, now: dt.datetime
) -> HttpResponseBase:
    """The chosen people as a file; who took which file is on record."""
    if not user.has_perm("crm.export_influencer"):
        raise PermissionDenied
    if kind == "xlsx" and capped_count(chosen.rows, MOST_XLSX).is_capped:
        messages.error(
            request,
            _now("An XLSX file takes at most %(most)s people. Narrow the filter, or take CSV.")
            % {"most": count_full(MOST_XLSX)},
        )
        return redirect(_back(chosen))
    record(
        "influencer.exported",
        _("Took a %(kind)s file of people"),
        params={"kind": kind.upper()},
        at=now,
        actor=Actor.user(user),
        changes={"filter": ("", chosen.query), "ids": ("", len(chosen.ids) or "")},
    )
    return as_spreadsheet(chosen.rows, kind, words, user=user, now=now)

"""The pages on which something is pasted; what would happen is shown before anything is written."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.base.paging import page_of
from crm.base.zones import local_date
from crm.influencers.bulk_runs.actions import show
from crm.influencers.filters import PeopleFilter
from crm.influencers.models import BulkRun
from crm.influencers.pasting import box, columns
from crm.influencers.pasting.columns import Line
from crm.influencers.pasting.fields import Wordlist
from crm.influencers.pasting.forms import ORDER, BoxForm, ColumnForm
from crm.influencers.pasting.lines import people_in
from crm.influencers.queries.listing import matching
from crm.influencers.vocabulary import Vocabulary, vocabulary
from crm.team.models import User
from crm.team.views.access import me, needs

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.add_influencer")
def paste_people(request: HttpRequest) -> HttpResponse:
    """Handles and addresses in any text."""
    user = me(request)
    form = BoxForm(request.POST or None, words=vocabulary(user), initial={"owner": user.pk})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        rows = box.verdicts(people_in(data["text"], data["platform"]))
        owner = int(data["owner"]) if data["owner"] else None
        run = show("prospects", rows, data={"pasted": True, "owner": owner}, query="", user=user)
        return redirect("bulk-run", run.pk)
    context = {
        "form": form,
        "title": _("New people from a paste"),
        "lead": _("You see what each line would do before anybody is added. Nobody is added twice."),
    }
    return render(request, "crm/influencers/paste.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@needs("crm.change_influencer")
def paste_column(request: HttpRequest) -> HttpResponse:
    """One field of many people."""
    user, now = me(request), timezone.now()
    words = vocabulary(user)
    asked = PeopleFilter.read(request.GET, words)
    initial = {"query": asked.query, "at": request.GET.get("at", "")[:600]}
    form = ColumnForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect("bulk-run", _show_column(form.cleaned_data, words, user, now).pk)
    context = {
        "form": form,
        "title": _("Paste a column"),
        "lead": _("You see what each line would do before anything is written."),
        "sentence": asked.sentence(user),
    }
    return render(request, "crm/influencers/paste.html", context, status=422 if form.is_bound else 200)


def _show_column(data: dict[str, Any], words: Vocabulary, user: User, now: dt.datetime) -> BulkRun:
    lines = _in_order(data, words, user, now) if data["way"] == ORDER else _by_who(data["text"])
    wordlist = Wordlist.load(words, local_date(now, user.zone))
    rows = list(columns.verdicts(data["field"], lines, wordlist, clears=data["clears"]))
    kept = {"pasted": True, "field": data["field"], "emptied": columns.count_emptied(rows)}
    return show("column", rows, data=kept, query=data["query"], user=user)


def _by_who(text: str) -> Iterable[Line]:
    return columns.find_people(columns.pairs_in(text))


def _in_order(data: dict[str, Any], words: Vocabulary, user: User, now: dt.datetime) -> Iterable[Line]:
    """The people of the list from the page on that was shown, in its order, as many as there are lines."""
    lines = columns.column_in(data["text"])
    asked = PeopleFilter.read(QueryDict(data["query"]), words)
    rows = matching(asked, user=user, now=now).values_list("pk", "stage_name", asked.order.column)
    page = page_of(rows, asked.order, data["at"], key=lambda row: (row[2], row[0]), size=max(1, len(lines)))
    return columns.onto(lines, [(pk, name) for pk, name, _key in page.rows])

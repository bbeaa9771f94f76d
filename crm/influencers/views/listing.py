"""The list of people and its filter."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.base.zones import local_date
from crm.influencers.filters import ORDERS, PeopleFilter, PeopleFilterForm
from crm.influencers.models import Influencer
from crm.influencers.places import badges_of, people_action
from crm.influencers.queries.listing import listing, tags_of
from crm.influencers.queries.search import called
from crm.influencers.rows import table_rows
from crm.influencers.views.saved_views import opened_view, tabs_of
from crm.influencers.vocabulary import vocabulary
from crm.team.models import User
from crm.team.views.access import me, needs

MOST_CHOICES = 30


@dataclass(frozen=True)
class Sorting:
    """One way to sort, as its link shows it."""

    key: str
    label: Any
    url: str
    active: bool


@require_safe
@needs("crm.view_influencer")
def people(request: HttpRequest) -> HttpResponse:
    """Fifty people, the filter as a sentence, and the ways to other pages."""
    user, now = me(request), timezone.now()
    words = vocabulary(user)
    asked = PeopleFilter.read(request.GET, words)
    found = listing(asked, request.GET.get("at", ""), user=user, now=now)
    context = {
        "asked": asked,
        "chips": asked.chips(user),
        "found": found,
        "at": request.GET.get("at", ""),
        "rows": table_rows(
            found.page.rows,
            words,
            today=local_date(now, user.zone),
            may_edit=user.has_perm("crm.change_influencer"),
            tags=tags_of(found.page.rows) if words.tags else None,
            badges=badges_of(user, [line.pk for line in found.page.rows], now),
        ),
        "has_tags": bool(words.tags),
        "sentence": asked.sentence(user),
        "tabs": tabs_of(words, asked),
        "opened": opened_view(words, asked, user),
        "sortings": [Sorting(o.key, o.label, asked.sorted_by(o), o is asked.order) for o in ORDERS],
        "earlier": _page_url(asked, found.page.earlier),
        "later": _page_url(asked, found.page.later),
        "actions": actions_for(user, in_archive=asked.is_archive),
    }
    return render(request, "crm/influencers/people.html", context)


def _page_url(asked: PeopleFilter, cursor: str) -> str:
    return f"?{urlencode({**asked.asked, 'at': cursor})}" if cursor else ""


def actions_for(user: User, *, in_archive: bool) -> list[dict[str, str]]:
    """What the bar below the list offers this colleague."""
    away = ("archive", _("Archive"), "archive", "crm.archive_influencer")
    back = ("restore", _("Take out of the archive"), "arrow-counterclockwise", "crm.archive_influencer")
    offered = [
        ("owner", _("Give to a colleague"), "person-check", "crm.change_influencer"),
        ("niche", _("Add a niche"), "tag", "crm.change_influencer"),
        ("tag", _("Tag"), "tags", "crm.change_influencer"),
        back if in_archive else away,
        ("csv", "CSV", "download", "crm.export_influencer"),
        ("xlsx", "XLSX", "download", "crm.export_influencer"),
    ]
    placed = [(one.key, one.words["label"], one.words["icon"], one.words["permission"]) for one in people_action.all()]
    return [
        {"value": value, "label": label, "icon": icon}
        for value, label, icon, verb in [*placed, *offered]
        if user.has_perm(verb)
    ]


@require_safe
@needs("crm.view_influencer")
def people_filter(request: HttpRequest) -> HttpResponse:
    """Every filter in one form: alone on a page, or as the part the list opens."""
    words = vocabulary(me(request))
    form = PeopleFilterForm(request.GET, words)
    form.is_valid()
    part = "#form" if request.headers.get("HX-Request") else ""
    return render(request, f"crm/influencers/people_filter.html{part}", {"form": form})


@require_safe
@needs("crm.view_influencer")
def people_choices(request: HttpRequest) -> JsonResponse:
    """People who are called like the words, for a field that asks for somebody; best known first."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    rows = Influencer.objects.visible_to(me(request)).present()
    found = (called(rows, words) if words else rows).order_by("-followers_rank", "-id")
    offered = found.values_list("pk", "stage_name", "main_handle")[:MOST_CHOICES]
    return JsonResponse(
        [{"value": str(pk), "text": name, "detail": f"@{handle}" if handle else ""} for pk, name, handle in offered],
        safe=False,
    )

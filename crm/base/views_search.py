"""The search of the whole house: each feature looks among its own things."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.base.places import Found, searchable

LIMIT = 8
SHORTEST = 2
LONGEST = 80


@dataclass(frozen=True)
class Group:
    """What one feature found."""

    label: Any
    found: list[Found]
    more: bool


def find(user: Any, words: str) -> list[Group]:
    """Everything that matches, feature by feature in their order; features that found nothing stay away."""
    groups = []
    for placed in searchable.all():
        found = placed.call(user, words, LIMIT + 1)
        if found:
            groups.append(Group(placed.words.get("label", placed.key), found[:LIMIT], len(found) > LIMIT))
    return groups


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The page of results; without words, how to search. One letter would find half the house, so it finds nobody."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    too_short = 0 < len(words.removeprefix("@")) < SHORTEST or words == "@"
    groups = find(request.user, words) if words and not too_short else []
    return render(request, "crm/base/search.html", {"search_words": words, "groups": groups, "too_short": too_short})

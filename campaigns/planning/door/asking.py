"""Where the door answers a request: the dialog in place of what was refused, which goes on by itself afterwards.

What somebody pressed is carried along: after the door has been dealt with, the browser sends the same once more.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from campaigns.planning.forms.door import PREFIX, DoorForm, OverForm
from campaigns.planning.models import Campaign
from campaigns.planning.models.budget import OverBudget
from campaigns.planning.models.door import START, DoorClosed, Missing, may_go_on, missing_of

if TYPE_CHECKING:
    from crm.team.models import User

THEN, ONLY_START = "then", "start"
SALT = "campaigns.door"
OWN = ("csrfmiddlewaretoken", THEN, ONLY_START)
Pairs = list[tuple[str, str]]


def answer_refused(request: HttpRequest, refused: object) -> HttpResponse | None:
    """The dialog for what the door or the budget refused; None for any other refusal."""
    if isinstance(refused, DoorClosed):
        return at_the_door(request, refused)
    if isinstance(refused, OverBudget):
        return over_the_budget(request, refused)
    return None


def at_the_door(request: HttpRequest, refused: DoorClosed) -> HttpResponse:
    """Nothing was changed: what is missing, as fields."""
    only_start = all(one.code in START for one in refused.missing) and bool(
        [one for one in missing_of(refused.campaign) if one.code not in START]
    )
    pairs: Pairs = [(THEN, signing.dumps(request.path, salt=SALT)), *carried(request.POST)]
    pairs += [(ONLY_START, "1")] if only_start else []
    if is_script(request):
        url = f"{reverse('campaign-door', args=[refused.campaign.pk])}?{urlencode(pairs)}"
        return JsonResponse({"error": str(refused), "door": url}, status=409)
    return door_page(request, refused.campaign, refused.missing, pairs)


def door_page(
    request: HttpRequest, campaign: Campaign, missing: Iterable[Missing], pairs: Pairs, form: DoorForm | None = None
) -> HttpResponse:
    """The dialog; `pairs` are what it carries."""
    asked = list(missing)
    may = may_go_on(cast("User", request.user))
    form = form or DoorForm(campaign=campaign, missing=asked, may_go_on=may)
    context = {"campaign": campaign, "form": form, "carried": pairs, "may_go_on": may, "missing": asked}
    status = 422 if form.is_bound else 409 if request.method == "POST" else 200
    return render(request, "campaigns/planning/door.html", context, status=status)


def over_the_budget(request: HttpRequest, refused: OverBudget) -> HttpResponse:
    """Nothing was changed: the sums, and the ways out."""
    pairs: Pairs = [(THEN, signing.dumps(request.path, salt=SALT)), *carried(request.POST)]
    if is_script(request):
        url = f"{reverse('collaboration-over', args=[refused.card.pk])}?{urlencode(pairs)}"
        return JsonResponse({"error": str(refused), "door": url}, status=409)
    return over_page(request, refused, pairs)


def over_page(request: HttpRequest, refused: OverBudget, pairs: Pairs, form: OverForm | None = None) -> HttpResponse:
    context = {
        "refused": refused, "sums": refused.sums, "collaboration": refused.card, "carried": pairs,
        "form": form or OverForm(), "may_go_over": may_go_on(cast("User", request.user)),
    }  # fmt: skip
    status = 422 if form is not None else 409 if request.method == "POST" else 200
    return render(request, "campaigns/planning/over_budget.html", context, status=status)


def carried(data: QueryDict) -> Pairs:
    """What was pressed, without the token and without what the dialogs ask themselves."""
    own = f"{PREFIX}-"
    return [
        (name, str(value))
        for name in data
        if name not in OWN and not name.startswith(own)
        for value in data.getlist(name)
    ]


def carried_with_way(data: QueryDict) -> Pairs:
    """The same, with where it goes on."""
    way: Pairs = [(name, str(data[name])) for name in (THEN, ONLY_START) if data.get(name)]
    return way + carried(data)


def go_on(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Send once more what was refused; or go to a page when nothing was."""
    try:
        path = signing.loads(request.POST.get(THEN, ""), salt=SALT)
    except signing.BadSignature:
        return HttpResponseRedirect(otherwise)
    return HttpResponseRedirect(path, preserve_request=True)


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"

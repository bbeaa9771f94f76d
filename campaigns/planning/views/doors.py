"""Who is asking, what they may see, and how an answer is given: shared by the pages of campaigns."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns.planning.door.asking import answer_refused
from campaigns.planning.door.asking import is_script as is_script
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.way_back import way_back
from crm.team.models import User
from crm.timeline.record import Actor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def may(permission: str) -> Callable[[View[P]], View[P]]:
    """Signed in and allowed; the wrong role is told so (403)."""

    def around(view: View[P]) -> View[P]:
        guarded = login_required(permission_required(permission, raise_exception=True)(view))
        return cast(View[P], wraps(view)(guarded))

    return around


looks = may("campaigns.view_campaign")
works = may("campaigns.change_campaign")


def colleague(request: HttpRequest) -> User:
    return cast(User, request.user)


def actor_of(request: HttpRequest) -> Actor:
    return Actor.user(colleague(request))


def find_campaign(request: HttpRequest, pk: int, *, naming_places: bool = False) -> Campaign:
    """A campaign this colleague may see, or 404."""
    seen = Campaign.objects.visible_to(colleague(request)).select_related("brand", "owner", "parent", "program")
    return get_object_or_404(seen.naming_places() if naming_places else seen, pk=pk)


def find_collaboration(request: HttpRequest, pk: int) -> Collaboration:
    seen = Collaboration.objects.visible_to(colleague(request))
    return get_object_or_404(
        seen.select_related("campaign__brand", "campaign__owner", "influencer__main_platform", "pillar"), pk=pk
    )


def find_deliverable(request: HttpRequest, pk: int) -> Deliverable:
    return get_object_or_404(Deliverable.objects.visible_to(colleague(request)).with_card(), pk=pk)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the colleague came from when that is a page of ours, else `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return way_back(request, wanted, otherwise)


def refuse(request: HttpRequest, why: Any, back: str) -> HttpResponse:
    """Nothing was changed: told calmly where the person is, or asked for at the door."""
    asked = answer_refused(request, why)
    if asked is not None:
        return asked
    if is_script(request):
        return JsonResponse({"error": str(why)}, status=409)
    messages.warning(request, str(why))
    return redirect(back)

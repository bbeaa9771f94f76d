"""`/status`: how the house stands, for its keepers; the same as JSON for a machine with the token."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from crm.team.views.access import needs
from crm.watch.status.page import look_around


@never_cache
@vary_on_headers("Accept")
@require_safe
@needs("crm.view_status")
def status(request: HttpRequest) -> HttpResponse:
    """A page, or JSON for whoever asks for that."""
    found = look_around(timezone.now())
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(found.as_json())
    return render(request, "crm/watch/status.html", {"status": found})


@never_cache
@require_safe
def status_json(request: HttpRequest) -> HttpResponse:
    """For monitoring: in English, with the token /metrics asks for; 401 without the right one, 404 while there is none."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if not settings.METRICS_TOKEN:
        return HttpResponse("Not found.\n", status=404, content_type="text/plain")
    if kind.lower() != "bearer" or not constant_time_compare(token.strip(), settings.METRICS_TOKEN):
        headers = {"WWW-Authenticate": "Bearer"}
        return HttpResponse("A token is needed.\n", status=401, headers=headers, content_type="text/plain")
    with override("en"):
        return JsonResponse(look_around(timezone.now()).as_json())

"""`/healthz`: the process answers. `/readyz`: database, clock and queue work too."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crm.watch.findings import look
from crm.watch.requests import number_of


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 while people can work; 503 when they cannot. What is not vital is told and does not turn the page red."""
    found = look(timezone.now())
    body = {finding.name: {"ok": finding.is_well, "said": finding.said} for finding in found}
    return JsonResponse(body, status=200 if all(finding.is_well for finding in found if finding.is_vital) else 503)


def broke(request: HttpRequest) -> HttpResponse:
    """The page of last resort: it asks nothing of session or database, and says under which number the logs know it."""
    number = number_of(request)
    try:
        page = render_to_string("500.html", {"number": number})
    except Exception:  # Whatever broke may break this page, too: static files that were never collected, for one.
        return HttpResponse(f"500. {number}\n", status=500, content_type="text/plain")
    return HttpResponse(page, status=500)

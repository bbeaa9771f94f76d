"""`/metrics`: what Prometheus asks for, with the token it was given."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crm.watch.metrics.meters import folder, meters


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Not found while it is switched off; 401 without the right token."""
    if not settings.METRICS_TOKEN:
        raise Http404
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not constant_time_compare(token.strip(), settings.METRICS_TOKEN):
        return HttpResponse(
            "A token is needed.\n", status=401, headers={"WWW-Authenticate": "Bearer"}, content_type="text/plain"
        )
    meters()
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    from crm.watch.metrics.gauges import Stored

    registry = CollectorRegistry()
    registry.register(Stored(timezone.now()))
    MultiProcessCollector(registry, path=str(folder()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

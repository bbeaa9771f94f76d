"""Pages of the outbox."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crm.outbox.headers import contact_of


@csrf_exempt  # Mail providers press the button without a cookie (RFC 8058).
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switch news and offers off. Opening the address changes nothing; pressing the button does."""
    contact = contact_of(token)
    if contact is None:
        return render(request, "crm/outbox/unsubscribe.html", {"state": "unknown"}, status=404)
    if request.method == "POST":
        contact.switch_news_off(timezone.now())
    with override(contact.language):
        state = "off" if contact.news_off_at else "asks"
        return render(request, "crm/outbox/unsubscribe.html", {"state": state, "token": token})

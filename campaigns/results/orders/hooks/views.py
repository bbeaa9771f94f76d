"""The door itself, and the page where doors are opened and looked at."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.models import Refused
from campaigns.planning.views.doors import actor_of, colleague, may
from campaigns.results.models import HookMessage, OrderHook
from campaigns.results.orders.hooks.forms import HookForm
from campaigns.results.orders.hooks.opening import close_hook, new_secret_of, open_hook
from campaigns.results.orders.hooks.receiving import receive
from campaigns.results.orders.hooks.signing import SIGNATURE, TIMESTAMP, is_fresh, is_signed
from crm.brands.models import Brand

MOST_BYTES = 64 * 1024
SHOWN = 30
NOT_ACCEPTED = "The address, the signature or the moment does not fit."
decides = may("campaigns.change_orderhook")


@csrf_exempt
@require_POST
def hook_orders(request: HttpRequest, slug: str) -> HttpResponse:
    """A shop tells an order or a refund. A door nobody knows, a closed one and a bad signature look the same."""
    now = timezone.now()
    body = _body(request)
    if body is None:
        return _told(413, "refused", f"A message has at most {MOST_BYTES} bytes.")
    hook = OrderHook.objects.select_related("brand").filter(slug=slug[:43], closed_at__isnull=True).first()
    timestamp, said = request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, "")
    signed = is_signed(hook.secret if hook is not None else None, timestamp, said, body)
    if hook is None or not signed or not is_fresh(timestamp, now):
        return _told(401, "refused", NOT_ACCEPTED)
    answer = receive(hook, body, now=now)
    return _told(answer.status, answer.outcome, answer.why)


def _body(request: HttpRequest) -> bytes | None:
    """The body, unless it is too long to be a message."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not (said.isascii() and said.isdigit() and len(said) < 19) or int(said) > MOST_BYTES:
        return None
    try:
        body = request.read(MOST_BYTES + 1)
    except UnreadablePostError:
        return None
    return body if len(body) <= MOST_BYTES else None


def _told(status: int, outcome: str, why: str) -> JsonResponse:
    answer = JsonResponse({"outcome": outcome, "why": why}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _brand(request: HttpRequest, pk: int) -> Brand:
    return get_object_or_404(Brand.objects.visible_to(colleague(request)), pk=pk)


@decides
@require_http_methods(["GET", "HEAD", "POST"])
def order_hooks(request: HttpRequest, pk: int) -> HttpResponse:
    """The doors of a brand with their last messages; a new one shows its secret once, in the answer that made it."""
    brand = _brand(request, pk)
    form = HookForm(request.POST if request.method == "POST" else None)
    fresh: OrderHook | None = None
    if form.is_bound and form.is_valid():
        try:
            fresh = open_hook(brand, form.cleaned_data["name"], user=colleague(request), at=timezone.now())
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            form = HookForm()
    return _page(request, brand, form, fresh)


def _page(request: HttpRequest, brand: Brand, form: HookForm, fresh: OrderHook | None) -> HttpResponse:
    hooks = list(OrderHook.objects.filter(brand=brand).select_related("made_by").order_by("closed_at", "name"))
    last = HookMessage.objects.filter(hook__brand=brand).select_related("hook").order_by("-at", "-pk")[:SHOWN]
    context: dict[str, Any] = {
        "brand": brand, "hooks": hooks, "last": last, "form": form, "fresh": fresh,
        "fresh_url": _address(fresh) if fresh is not None else "",
    }  # fmt: skip
    answer = render(request, "campaigns/results/orders/hooks.html", context, status=422 if form.is_bound else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _address(hook: OrderHook) -> str:
    return f"{settings.BASE_URL}{reverse('hook-orders', args=[hook.slug])}"


def _hook(request: HttpRequest, pk: int) -> OrderHook:
    seen = OrderHook.objects.visible_to(colleague(request)).select_related("brand")
    found: OrderHook = get_object_or_404(seen, pk=pk)
    return found


@decides
@require_POST
def hook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the secret anew and show it, once."""
    hook = _hook(request, pk)
    try:
        fresh = new_secret_of(hook, at=timezone.now(), actor=actor_of(request))
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("order-hooks", hook.brand_id)
    return _page(request, hook.brand, HookForm(), fresh)


@decides
@require_POST
def hook_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing comes in by this door any more."""
    hook = _hook(request, pk)
    try:
        close_hook(hook, at=timezone.now(), actor=actor_of(request))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The door is closed. Orders that came stay."))
    return redirect("order-hooks", hook.brand_id)

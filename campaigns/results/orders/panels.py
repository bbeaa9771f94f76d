"""Codes that may have leaked, on Today."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from campaigns.results.orders.spikes import spikes
from campaigns.tracking.models import VoucherCode
from crm.base.places import panel
from crm.base.zones import local_date
from crm.team.models import User


@panel("today/leaks", order=40)
def leaks(request: HttpRequest, user: User) -> tuple[str, dict[str, Any]] | None:
    """Codes of campaigns she sees that are redeemed far more often than usual. Two queries at most."""
    if not user.has_perm("campaigns.change_vouchercode"):
        return None
    today = local_date(timezone.now(), user.zone)
    mine = VoucherCode.objects.visible_to(user).standing().values("pk")
    found = spikes(mine, today)  # type: ignore[arg-type]
    return ("campaigns/results/orders/today_panel.html", {"spikes": found}) if found else None

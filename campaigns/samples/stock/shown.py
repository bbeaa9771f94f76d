"""What the page of a sample request shows of what its things are worth."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from campaigns.samples.models import SampleRequest
from campaigns.samples.values import Line, lines_of, shipping_of, totalled
from crm.team.models import User

FOUR = ("cost", "bought_for")


def for_request(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """What was asked and what arrived, at the value of the day it was asked; four values where the brand keeps them."""
    mine = SampleRequest.objects.filter(pk=request.pk)
    lines = lines_of(mine)
    kept = ("value", *FOUR) if request.brand.keeps_four_values else ("value",)
    rows = [row for name in kept if (row := _row(lines, name))]
    shipping = shipping_of(mine)
    if not rows and not shipping:
        return {}
    return {"rows": rows, "shipping": shipping, "is_pay": any(one.is_pay for one in lines)}


def _row(lines: Sequence[Line], name: str) -> dict[str, Any] | None:
    called = {"value": _("Value"), "cost": _("Cost of making it"), "bought_for": _("Market value")}
    asked = totalled((getattr(one.item, name), one.item.quantity) for one in lines)
    arrived = totalled((getattr(one.item, name), one.came) for one in lines)
    return {"label": called[name], "asked": asked, "arrived": arrived} if asked else None

"""The thresholds in force on a day."""

import datetime as dt

from django.db.models import F

from crm.vetting.authenticity.readings import Rules
from crm.vetting.models import Threshold


def rules_on(on: dt.date) -> Rules:
    """By code, the youngest valid row of each; amounts in a currency are left out."""
    rows = Threshold.objects.valid_on(on).filter(currency="")
    return {row.code: row for row in rows.order_by(F("valid_from").asc(nulls_first=True))}


def offer_limits_on(on: dt.date) -> dict[str, Threshold]:
    """By currency, the amount above which an offer needs the authenticity check."""
    rows = Threshold.objects.valid_on(on).filter(code=Threshold.Code.OFFER).exclude(currency="")
    return {row.currency: row for row in rows.order_by(F("valid_from").asc(nulls_first=True))}

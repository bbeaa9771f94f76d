"""She keeps what she was to send back: a loan becomes part of the pay on the day that is decided."""

import datetime as dt

from django.db import transaction
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.samples.models import Purpose, ReturnRequest, SampleRequest
from campaigns.samples.paid import follow_pay
from crm.timeline.record import Actor, record

month_in_words = lazy(date_format, str)
NO_LOAN = _("This is no loan any more. Reload the page to see how it stands.")


def keep(row: ReturnRequest, because: str, *, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """She keeps it. A loan becomes part of the pay on the day that is decided, and is taxed in that month (domain rule
    4.5.10)."""
    with transaction.atomic():
        row.keep(at=at, actor=actor, because=because)
        if row.reason == ReturnRequest.Reason.LOAN:
            _make_pay(row.shipment.request, on, at, actor)
            follow_pay(row.shipment.request, at=at, actor=actor)


def _make_pay(request: SampleRequest, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """What it began as stays on record beside it."""
    loans = SampleRequest.objects.filter(pk=request.pk, purpose=Purpose.LOAN)
    if not loans.update(purpose=Purpose.CONTRACTUAL, purpose_since_on=on, updated_at=at):
        raise Refused(request, NO_LOAN)
    request.purpose, request.purpose_since_on = Purpose.CONTRACTUAL, on
    record(
        "sample.kept", _("Keeps the loan %(what)s: it counts as pay, in the tax month %(month)s"), at=at, actor=actor,
        subject=request, params={"what": request.what, "month": month_in_words(on, "YEAR_MONTH_FORMAT")},
        influencer=request.influencer_id, brand=request.brand_id,
        changes={"purpose": (Purpose.LOAN, Purpose.CONTRACTUAL), "purpose_since_on": ("", on)},
    )  # fmt: skip

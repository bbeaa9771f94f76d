"""A purpose does not drift (domain 4.1): a gift becomes part of the pay only with a line of a signed contract.

The other way is a loan she keeps, which is decided where it comes back (`after.keeping`, domain 4.5.10).
"""

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper
from campaigns.planning.models.told import Refused
from campaigns.samples.models import Purpose, SampleRequest
from crm.base.zones import local_date
from crm.contracts.models import Contract, PayLine
from crm.timeline.record import Actor

CHANGED = _("%(what)s was %(before)s and is part of the pay now")
NO_LINE = _("A gift becomes part of the pay only with a line of products in a signed contract of hers. Sign one first.")
NO_WAY = _("Why something was sent does not change. Ask for something new instead.")
SIGNED = Contract.IN_FORCE


class PayForm(forms.Form):
    """Which line of her contract it belongs to."""

    line: forms.ModelChoiceField[PayLine] = forms.ModelChoiceField(
        label=_("Line of the contract"), queryset=PayLine.objects.none(),
        help_text=_("Only products in contracts she has signed."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = lines
        self.helper = helper("line")


def pay_lines(request: SampleRequest) -> Any:
    """Products in signed contracts of this person with this brand."""
    hers = PayLine.objects.filter(contract__parties__influencer=request.influencer_id, contract__brand=request.brand_id)
    signed = hers.filter(kind=PayLine.Kind.PRODUCT, contract__status__in=SIGNED)
    return signed.exclude(party__isnull=False, party__influencer__isnull=True).select_related("contract").distinct()


def make_pay(request: SampleRequest, line: PayLine, *, at: dt.datetime, actor: Actor) -> None:
    """A gift belongs to this line of her contract from today. Raises Refused."""
    if not request.is_gift or request.collaboration_id is None:
        raise Refused(request, NO_WAY)
    if not pay_lines(request).filter(pk=line.pk).exists():
        raise Refused(request, NO_LINE)
    _become_pay(request, at, actor, pay_line=line)


def _become_pay(request: SampleRequest, at: dt.datetime, actor: Actor, **also: Any) -> None:
    """In one UPDATE that matches only what it was: two at once change it once."""
    before = request.purpose
    on = local_date(at, request.brand.zone)
    with transaction.atomic():
        rows = SampleRequest.objects.standing().filter(pk=request.pk, purpose=before)
        if not rows.update(purpose=Purpose.CONTRACTUAL, purpose_since_on=on, updated_at=at, **also):
            raise Refused(request, NO_WAY)
        changes = {"purpose": (before, Purpose.CONTRACTUAL)}
        params = {"before": Purpose(before).label}
        request.tell("sample.purpose", CHANGED, at, actor, params=params, changes=changes)
    request.refresh_from_db(fields=["purpose", "purpose_since_on", "pay_line"])

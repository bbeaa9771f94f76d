"""Duty stamps on our papers: whether one is needed, and noting it. Mitra stamps nothing itself (section 7.4)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.files import SafeFile, keep
from crm.payments.models import Document, DocumentSeries, StampMark, StampRule
from crm.payments.tax.stamps import stamp_needed
from crm.timeline.record import Actor, record

STAMPED = _("%(number)s: e-Meterai %(serial)s")
TAKEN = _("This serial number is on another paper already.")


def duty_on(document: Document) -> Money | None:
    """The duty a paper needs: a receipt from above the threshold, a bill or a statement none."""
    if document.series.kind != DocumentSeries.Kind.RECEIPT or document.voided_at is not None:
        return None
    return stamp_needed(StampRule.Paper.RECEIPT, document.amount, document.issued_on)


def stamp_paper(
    document: Document, serial: str, on: dt.date, file: SafeFile | None, *, at: dt.datetime, actor: Actor
) -> StampMark:
    """Note the stamp, or correct what was noted. Raises ValidationError when the serial is on another paper."""
    try:
        with transaction.atomic():
            Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
            mark = StampMark.objects.filter(document=document).first() or StampMark(document=document)
            mark.serial, mark.on = serial, on
            if file is not None:
                mark.file = keep(file, by=actor.label)
            mark.save()
            record("document.stamped", STAMPED, at=at, actor=actor, subject=document, file=mark.file,
                   params={"number": document.name, "serial": serial}, influencer=document.influencer_id,
                   brand=document.brand_id)  # fmt: skip
    except IntegrityError as taken:
        raise ValidationError({"serial": TAKEN}, code="serial") from taken
    return mark

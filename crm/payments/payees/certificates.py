"""Papers of the tax office: noted with their days, their rate and the file."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFile, keep
from crm.base.formats import day_in_words
from crm.payments.models import Payee, TaxCertificate
from crm.payments.payees.entering import tell
from crm.timeline.record import Actor


def note_certificate(
    payee: Payee, paper: TaxCertificate, file: SafeFile | None, *, at: dt.datetime, actor: Actor
) -> TaxCertificate:
    """Note a paper that changes the rate while it lasts. Raises ValidationError."""
    with transaction.atomic():
        paper.payee = payee
        paper.file = keep(file, by=actor.label) if file is not None else None
        paper.full_clean()
        paper.save(force_insert=True)
        tell(
            payee, "payee.certificate", _("%(payee)s: %(what)s, until %(day)s"), at=at, actor=actor,
            params={"what": TaxCertificate.Kind(paper.kind).label, "day": day_in_words(paper.valid_to)},
        )  # fmt: skip
    return paper

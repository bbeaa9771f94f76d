"""Mail that concerns nobody we know."""

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.files.letting_go import let_files_go
from crm.base.places import Outlived, kept_for
from crm.inbox.models import InboundFile, InboundMail, InboundMailQuerySet


@kept_for(
    "strangers_mail", label=_("Received mail about nobody"), days=180, order=40,
    goes=_("A mail nobody could be found for goes with its files. Mail about people stays with them."),
)  # fmt: skip
def about_nobody(before: dt.datetime, now: dt.datetime) -> Outlived:
    return Outlived(_about_nobody().filter(received_at__lt=before), _take, _shown)


def _about_nobody() -> InboundMailQuerySet:
    """To be sorted still, or set aside, and nobody we know was found for it."""
    rows = InboundMail.objects.unmatched() | InboundMail.objects.ignored()
    return rows.filter(influencer_ref__isnull=True)


def _take(pks: Sequence[int]) -> int:
    rows = _about_nobody().filter(pk__in=pks)
    files = list(InboundFile.objects.filter(mail__in=rows, file__isnull=False).values_list("file", flat=True))
    files += rows.filter(source__isnull=False).values_list("source", flat=True)
    taken, _which = InboundMail.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
    let_files_go([pk for pk in files if pk is not None])
    return len(pks) if taken else 0


def _shown(mail: InboundMail) -> tuple[str, str]:
    return mail.subject or mail.sender, reverse("inbox-mail", args=[mail.pk])

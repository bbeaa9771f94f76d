"""Messages that were settled long ago: that one was sent stays, what it said goes."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.places import Outlived, kept_for
from crm.outbox.models import Email


@kept_for(
    "email_words", label=_("Words of messages"), days=730, order=20,
    goes=_("What a message said goes. To whom it went, when, about what and the checksum of its text stay."),
)  # fmt: skip
def old_words(before: dt.datetime, now: dt.datetime) -> Outlived:
    rows = Email.objects.settled().filter(created_at__lt=before).exclude(text="", html="", context={})
    return Outlived(rows, _take_words)


def _take_words(pks: Sequence[int]) -> int:
    rows = Email.objects.settled().filter(pk__in=pks)
    return rows.update(text="", html="", context={}, late_fields={})


@kept_for(
    "codes", label=_("Messages with a code"), days=30, order=21,
    goes=_("What a message with a code said goes. That it was sent stays."),
)  # fmt: skip
def old_codes(before: dt.datetime, now: dt.datetime) -> Outlived:
    codes = Email.objects.settled().filter(mail_class=Email.MailClass.CODE, created_at__lt=before)
    return Outlived(codes.exclude(Q(text="") & Q(html="")), _take_words)

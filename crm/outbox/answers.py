"""Where answers go: the mailbox that is read, with a mark that names the message where the address has room for one."""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from crm.outbox.models import Email

SALT = "crm.outbox.answers"
MARKED = re.compile(r"([0-9]{1,18})-([0-9a-f]{12})")


def answers_to(email: Email) -> str:
    """The Reply-To of a message to a partner: the house's mailbox, or whom its writer named while there is none."""
    if not settings.INBOUND_ADDRESS or not email.is_to_partner:
        return email.reply_to
    return str(settings.INBOUND_ADDRESS).replace("*", mark_of(email.pk))


def mark_of(pk: int) -> str:
    """12-3f9c...: the message's number, signed so that nobody makes up another."""
    return f"{pk}-{_signature(pk)}"


def marked_message(address: str) -> int | None:
    """The number of the message an address names, or None when it names none of ours."""
    before, star, after = str(settings.INBOUND_ADDRESS).lower().partition("*")
    if not star or not address.startswith(before) or not address.endswith(after):
        return None
    found = MARKED.fullmatch(address[len(before) : len(address) - len(after)])
    if found is None or not constant_time_compare(found[2], _signature(int(found[1]))):
        return None
    return int(found[1])


def _signature(pk: int) -> str:
    return salted_hmac(SALT, str(pk)).hexdigest()[:12]

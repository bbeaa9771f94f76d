"""What the outbox holds about a person: how to reach her, and every message to her or about her."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.hers import Forgetting, Her, Lost, hers, may_name
from crm.base.places import forgets
from crm.outbox.models import Contact, Email, EmailFile

FORGOTTEN = "she asked to be forgotten"


def messages(her: Her) -> "QuerySet[Email]":
    return Email._base_manager.filter(Q(contact_id__in=her.contacts) | Q(influencer_ref__in=her.people))


def enclosed(her: Her) -> "QuerySet[EmailFile]":
    return EmailFile._base_manager.filter(email__in=messages(her).values("pk"))


@forgets("crm.Email.waiting", model=Email, what=Email._meta.verbose_name_plural, held="", order=10)
def nothing_leaves(one: Forgetting) -> Lost:
    """What waits to leave stays here."""
    waiting: Any = Email.objects.filter(pk__in=messages(one.her).values("pk"))
    return Lost(emptied=waiting.keep_back(FORGOTTEN, one.at))


hers(EmailFile, rows=enclosed, goes=True, order=790)
hers(
    Email, rows=messages, empties="to_address context subject text html body_hash", stays="from_name reply_to",
    why=_("The name and address it was sent from are ours."), unsaid="context html", order=800,
)  # fmt: skip
may_name(Email, "subject text html context to_address", order=810)
hers(Contact, "pk__contact", rows=lambda her: Contact._base_manager.filter(pk__in=her.contacts),
     empties="name agency email phone whatsapp email_state_why", order=850)  # fmt: skip

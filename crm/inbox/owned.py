"""What a colleague answers for here: mail that came in for her and waits for an answer."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.inbox.models import InboundMail
from crm.team.places import Owned, owned


def mail_to_answer() -> "QuerySet[InboundMail]":
    return InboundMail.objects.delivered()


@owned("inbox", label=_("Received mail to answer"), order=45)
def received() -> Owned:
    """The task about each is handed over beside it and tells so; a mail's own words stay behind the wall."""
    return Owned(mail_to_answer, "owner", brand="brand_ref", told=False, walled=True)

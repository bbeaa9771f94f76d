"""What a colleague answers for here: messages to people that she wrote and that are not all in the outbox yet."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.messages.models import Message
from crm.team.places import Owned, owned


def messages_not_sent() -> "QuerySet[Message]":
    return Message.objects.not_sent()


@owned("messages", label=_("Messages not sent yet"), order=42)
def messages() -> Owned:
    return Owned(messages_not_sent, "started_by", brand="brand_ref")

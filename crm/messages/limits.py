"""How many people a colleague may write to by herself."""

from django.utils.translation import gettext as _

from crm.base.formats import count_full
from crm.base.models import Organisation
from crm.messages.models import Message
from crm.team.models import User


def over_the_limit(message: Message, user: User) -> str:
    """Why this colleague may not send it herself, with what to do; empty when she may."""
    most = Organisation.load().messages_by_anybody
    if most is None or message.total <= most or user.has_perm("crm.write_to_many"):
        return ""
    return _("More than %(most)s people: a manager sends it. Give a manager the address of this page.") % {
        "most": count_full(most)
    }

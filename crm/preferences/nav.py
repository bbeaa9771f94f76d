"""Who gets no mail is a part of the outbox."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from crm.outbox.queries import outbox_tab
from crm.preferences import silence  # noqa: F401  puts its parts into their place

if TYPE_CHECKING:
    from crm.team.models import User


@outbox_tab("outbox-silent", label=_("Gets no mail"), order=200)
def silent(user: "User") -> int | None:
    """Nobody has to do anything there."""
    return None

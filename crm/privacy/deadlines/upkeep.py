"""Asked at every tick; three short questions when nothing runs out."""

import datetime as dt
from collections.abc import Mapping

from crm.outbox.tasks import ring_on_commit
from crm.privacy.deadlines.emails import write
from crm.privacy.deadlines.running_out import running_out
from crm.reminders.tick import upkeep
from crm.team.models import User


@upkeep("privacy deadlines", order=905)
def tell_keepers(now: dt.datetime) -> Mapping[str, int]:
    """Owners and admins: whoever answers for it in the end."""
    clocks = list(running_out(now))
    if not clocks:
        return {}
    keepers = [user for user in User.objects.active().select_related("contact") if user.has_perm("crm.view_incident")]
    written = sum(write(clock, keepers, now) for clock in clocks)
    if written:
        ring_on_commit()
    return {"told": written} if written else {}

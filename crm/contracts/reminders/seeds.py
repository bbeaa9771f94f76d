"""The reminder rules about windows of contracts a new installation starts with."""

from django.utils.translation import gettext_noop

from crm.contracts.reminders.windows import ACCESS, ENDS, NOTICE, RENEWAL, RIGHT
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

COORDINATOR, MANAGER = Recipient.COORDINATOR, Recipient.MANAGER


def told(*days: int, manager: int | None = None) -> tuple[Step, ...]:
    """The same words on each of these days, and once to the managers."""
    steps = [Step(day, COORDINATOR, "window_closes") for day in days]
    return tuple(steps if manager is None else [*steps, Step(manager, MANAGER, "window_closes")])


WINDOWS = (
    Chain("RIGHTS_END", RIGHT, gettext_noop("Usage right ends"), gettext_noop("it goes on or is taken down"), told(-30, -7, -1, 0, manager=0)),
    Chain("ACCESS_END", ACCESS, gettext_noop("Ads from her account end"), gettext_noop("it goes on or the access is revoked"),
          told(-30, -7, -1, 0, manager=0)),
    Chain("NOTICE", NOTICE, gettext_noop("Last day for notice"), gettext_noop("notice is given or it was decided"),
          told(-30, -14, -7, -1, manager=-7)),
    Chain("RENEWAL", RENEWAL, gettext_noop("Whether a contract goes on"), gettext_noop("it was decided"), told(-30, -14, -7, -1, manager=-7)),
    Chain("CONTRACT_END", ENDS, gettext_noop("Contract ends"), gettext_noop("it has ended"), told(-7)),
)  # fmt: skip

seed_chains(WINDOWS)

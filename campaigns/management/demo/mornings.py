"""The mornings before today: reminders of the demo as they would have left, into the demo's own mailbox."""

import datetime as dt

from django.conf import settings
from django.test.utils import override_settings

from crm.base.zones import local_date, local_instant
from crm.config.serving.sink import letterbox
from crm.reminders.models import Recipient, Reminder, Todo
from crm.reminders.pass_on import is_needed, pass_on
from crm.reminders.plan import dues_about
from crm.reminders.tick import tick
from crm.reminders.todos import settle_todo
from crm.team.models import Role, User

MORNINGS = 6
NEWEST = 1
"""How many of what was to be passed on by hand still waits."""
DAY = dt.timedelta(days=1)
MOMENT = dt.time(9, 5)
ZONE = "Asia/Jakarta"


def relive(now: dt.datetime) -> int:
    """Let the engine look at the last mornings as if it had run then; returns how many messages left.

    Nothing leaves this machine: a letterbox in the demo's folder takes the mail while this runs.
    """
    left = 0
    with letterbox(settings.VAR_DIR / "mailbox") as url:
        port = int(url.rpartition(":")[2])
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
            EMAIL_HOST_USER="",
            EMAIL_HOST_PASSWORD="",
            EMAIL_USE_TLS=False,
            EMAIL_USE_SSL=False,
        ):
            for days in range(MORNINGS, 0, -1):
                left += morning(local_instant(local_date(now, ZONE) - dt.timedelta(days=days), MOMENT, ZONE))
    hand_one_over(now)
    hand_old_ones_over(now)
    return left


def hand_one_over(now: dt.datetime) -> None:
    """The coordinator passed one planned reminder on by WhatsApp an hour ago, so its mail does not leave."""
    user = User.objects.active().filter(role=Role.COORDINATOR).earliest("pk")
    planned = Reminder.objects.queued().filter(recipient=Recipient.INFLUENCER).exclude(contact__whatsapp="")
    for row in planned.select_related("contact", "rule").order_by("send_at", "pk")[:20]:
        due = dues_about([row], now).get((row.kind, row.subject))
        if due is not None and is_needed(row, due, now):
            pass_on(row, due, by=user, at=now - dt.timedelta(hours=1))
            return


def hand_old_ones_over(now: dt.datetime) -> None:
    """What had to be passed on by WhatsApp was, within a day; only the newest of it waits on Today."""
    late = Todo.objects.open().filter(kind=Todo.Kind.MESSAGE, due_at__lt=now).order_by("-due_at", "-pk")
    for task in late[NEWEST:]:
        settle_todo(task, by=None, at=min((task.due_at or now) + DAY, now))


def morning(at: dt.datetime) -> int:
    """One look of the engine at one moment of the past."""
    return int(tick(lambda: at)["sent"].get("sent", 0))

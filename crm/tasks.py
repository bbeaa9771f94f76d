"""Table of contents: the tasks of the crm app, where Celery looks for them."""

from crm.archive.everything.tasks import write_export
from crm.archive.tasks import keep_backups
from crm.inbox.tasks import read_the_mailbox
from crm.influencers.tasks import import_influencers
from crm.intake.tasks import carry_intake_on
from crm.messages.tasks import carry_message_on
from crm.privacy.tasks import write_her_file
from crm.reminders.tasks import run_tick
from crm.watch.tasks import tell_outside

__all__ = [
    "carry_intake_on",
    "carry_message_on",
    "import_influencers",
    "keep_backups",
    "read_the_mailbox",
    "run_tick",
    "tell_outside",
    "write_export",
    "write_her_file",
]

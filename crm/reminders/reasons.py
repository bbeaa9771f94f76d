"""Why a reminder was not sent, or never will be; stored and shown with crm.outbox.reasons."""

from django.utils.translation import gettext_lazy as _

MOVED = _("The day moved to %(day)s.")
GONE = _("What it was about no longer exists.")
HELD = _("On hold: %(why)s")
RULE_CHANGED = _("The reminder rule no longer asks for it.")
OTHER_RECIPIENT = _("Somebody else gets these messages now.")
SUPERSEDED = _("A newer reminder about the same thing took its place.")
TOO_LATE = _("Its day had passed before it could leave.")
ENTERED_LATER = _("The day was entered after this reminder would have left.")
ENTERED_OVER = _("The day was over already when it was entered.")
SWITCHED_OFF = _("She switched these reminders off on her page.")
BY_HAND = _("A colleague passes it on by hand: there is a task on Today.")
CAP_ITEM = _("Enough was said about this: at most %(most)s messages about one thing.")
CAP_DAY = _("There was a message already: at most %(most)s a day.")
CAP_WEEK = _("There were enough messages lately: at most %(most)s within seven days.")
MISSED_ON_HOLD = _("Its moment passed while it was on hold.")

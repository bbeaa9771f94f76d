"""Why a reminder was not sent, or never will be; stored and shown with crm.outbox.reasons."""

import json

from django.utils.translation import gettext_lazy as _

from crm.outbox.reasons import reason

MOVED = _("The day moved to %(day)s.")
GONE = _("What it was about no longer exists.")
HELD = _("On hold: %(why)s")
RULE_CHANGED = _("The reminder rule no longer asks for it.")
OTHER_RECIPIENT = _("Somebody else gets these messages now.")
SUPERSEDED = _("A newer reminder about the same thing took its place.")
TOO_LATE = _("Its day had passed before it could leave.")
ENTERED_LATER = _("The day was entered after this reminder would have left.")
ENTERED_OVER = _("The day was over already when it was entered.")
OTHER_WAY = _("She wants to be reached another way now: a colleague passes it on.")
SWITCHED_OFF = _("She switched these reminders off on her page.")
BY_HAND = _("A colleague passes it on by hand: there is a task on Today.")
CAP_ITEM = _("Enough was said about this: at most %(most)s messages about one thing.")
CAP_DAY = _("There was a message already: at most %(most)s a day.")
CAP_WEEK = _("There were enough messages lately: at most %(most)s within seven days.")
CAP_DAY_OVER = _("There was no day with room for it before it was over or replaced: at most %(most)s a day.")
CAP_WEEK_OVER = _(
    "There was no day with room for it before it was over or replaced: at most %(most)s within seven days."
)
BEFORE_RULE = _("The rule was switched on or changed after this would have left.")
MISSED_ON_HOLD = _("Its moment passed while it was on hold.")


def is_final(stored: str) -> bool:
    """Whether what was kept back for this reason can never be said again: a newer message says it, or its day is over."""
    return stored in (reason(SUPERSEDED), reason(TOO_LATE))


def had_no_room(stored: str) -> str:
    """Why a reminder that waited for room never left; empty when something else kept it."""
    english, _tab, params = stored.partition("\t")
    over = {reason(CAP_DAY): CAP_DAY_OVER, reason(CAP_WEEK): CAP_WEEK_OVER}.get(english)
    return reason(over, **json.loads(params)) if over else ""

"""What is written to her while her idea is awaited: the same words before its day and after it."""

from django.utils.translation import gettext_lazy as _

from crm.reminders.letters import MORE_TIME, to_influencer

IDEA_DUE = to_influencer(
    "idea_due",
    _("Idea: before the day, and after it"),
    _("Tell us your idea"),
    MORE_TIME,
    line=_("Tell us your idea for %(thing)s, planned for %(due_day)s."),
)

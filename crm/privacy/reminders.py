"""Lines on Today that no press closes: the law's clock stops with words of what was done, or with an answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.reminders.todos import ends_with_words


@ends_with_words("consent:")
def what_was_done() -> Any:
    return _("Note here what was done: the 72 hours end with words.")


@ends_with_words("privacy:")
def an_answer() -> Any:
    return _("Answer her request here: the 72 hours end with an answer.")

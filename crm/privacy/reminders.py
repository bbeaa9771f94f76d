"""Lines on Today that no press closes: the law's clock stops with words of what was done, or with an answer."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.reminders.todos import ends_with_words
from crm.team.models import Role, User

NAMED = 3


def tell(permission: str) -> Any:
    """For a colleague who sees the task and may not settle it: whom to tell, the most senior first."""
    able = [user for user in User.objects.active().order_by("name", "pk") if user.has_perm(permission)]
    able.sort(key=lambda user: list(Role).index(Role(user.role)))
    who = get_text_list([user.get_short_name() for user in able[:NAMED]], _now("or"))
    return _now("It is not yours to settle. Tell %(names)s before the 72 hours end.") % {"names": who}


@ends_with_words("consent:", needs="crm.record_consent", others=lambda: tell("crm.record_consent"))
def what_was_done() -> Any:
    return _("Note here what was done: the 72 hours end with words.")


@ends_with_words("privacy:", needs="crm.view_privacy", others=lambda: tell("crm.answer_privacyrequest"))
def an_answer() -> Any:
    return _("Answer her request here: the 72 hours end with an answer.")

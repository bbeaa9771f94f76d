"""Secrets of shops a colleague has seen: only the shop can take a new one, so somebody is asked to make it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.results.models import OrderHook
from crm.base.models import Organisation
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.team.models import User
from crm.team.places import has_left
from crm.timeline.record import Actor

KNOWN = _("%(name)s has left and knew the secret of the shop “%(shop)s”. Make a new one and enter it in the shop.")


@has_left("shop secrets")
def ask_for_new_secrets(user: User, by: Actor, at: dt.datetime) -> None:
    for hook in OrderHook.objects.filter(made_by=user, closed_at__isnull=True).order_by("pk"):
        leave_todo(
            f"hook_secret:{hook.pk}", KNOWN, language=Organisation.load().language, kind=Todo.Kind.CHECK, due_at=at,
            params={"name": user.name, "shop": hook.name}, brand_ref=hook.brand_id,
            url=reverse("order-hooks", args=[hook.brand_id]),
        )  # fmt: skip

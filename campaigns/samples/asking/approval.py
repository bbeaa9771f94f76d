"""Who says yes before something leaves: a task on Today, for as long as the request waits."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.queries import manager_ids
from campaigns.samples.models import SampleRequest
from crm.base.zones import end_of_day, local_date
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo, settle_todo
from crm.team.models import User
from crm.timeline.record import subject_of

MAY_WE = _("May we send %(name)s this: %(what)s?")


def ask_approval(request: SampleRequest, at: dt.datetime) -> None:
    """A task for the first who decides about the brand; anybody else who decides may settle it, too."""
    decides = User.objects.filter(pk__in=manager_ids({request.brand_id})[request.brand_id]).order_by("pk").first()
    asked = decides or request.owner
    leave_todo(
        key_of(request), MAY_WE, language=asked.language, params={"name": request.influencer, "what": request.what},
        kind=Todo.Kind.CHECK, due_at=end_of_day(local_date(at, asked.zone), asked.zone), owner=asked,
        influencer_ref=request.influencer_id, influencer_label=request.influencer.stage_name,
        brand_ref=request.brand_id, subject=subject_of(request), subject_label=str(request)[:200],
        url=reverse("sample", args=[request.pk]),
    )  # fmt: skip


def is_decided(request: SampleRequest, at: dt.datetime) -> None:
    """Nobody has to decide any more."""
    for todo in Todo.objects.open().filter(key=key_of(request)):
        settle_todo(todo, by=None, at=at)


def key_of(request: SampleRequest) -> str:
    return f"sample-approval/{request.pk}"

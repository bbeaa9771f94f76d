"""The end of "do not contact": it comes by itself, and colleagues hear of it the day before."""

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_in_words
from crm.base.models import Organisation
from crm.base.zones import end_of_day, local_date
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo

DAY = dt.timedelta(days=1)
ENDS = _("From %(day)s on %(name)s hears from us again: “do not contact” ends today. It was: %(why)s")


def tell_bars_that_end(now: dt.datetime) -> Mapping[str, int]:
    """A task on the last day on which nobody writes to her, counted where she is. Once for each last day."""
    near = Influencer.objects.present().ending_bar(now.date() - DAY, now.date() + DAY)
    rows = [person for person in near.select_related("owner") if _is_last_day(person, now)]
    asked = (
        set(Todo.objects.filter(key__in=[_key(row) for row in rows]).values_list("key", flat=True)) if rows else set()
    )
    left = sum(_tell(person, now) for person in rows if _key(person) not in asked)
    return {"told": left} if left else {}


def _is_last_day(person: Influencer, now: dt.datetime) -> bool:
    return person.do_not_contact_until == local_date(now, person.zone)


def _key(person: Influencer) -> str:
    return f"bar_ends:{person.pk}:{person.do_not_contact_until}"


def _tell(person: Influencer, now: dt.datetime) -> bool:
    today = local_date(now, person.zone)
    todo = leave_todo(
        _key(person),
        ENDS,
        language=person.owner.language if person.owner else Organisation.load().language,
        params={"name": person.stage_name, "day": day_in_words(today + DAY), "why": person.do_not_contact_why},
        kind=Todo.Kind.CHECK,
        due_at=end_of_day(today, person.zone),
        owner=person.owner,
        influencer_ref=person.pk,
        influencer_label=person.stage_name,
        url=reverse("person", args=[person.pk]),
    )
    return todo is not None

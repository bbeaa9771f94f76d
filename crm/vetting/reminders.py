"""Checks that run out, as a line on Today for colleagues; the person herself hears nothing of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from crm.base.zones import end_of_day
from crm.influencers.models import Influencer
from crm.reminders.registry import Asked, Due, due
from crm.timeline.record import subject_of
from crm.vetting.models import Check, CheckItem, CheckQuerySet

KIND = "vetting.expiry"
A_DAY = dt.timedelta(days=1)
FAR = dt.date(2999, 12, 31)


@due(KIND, label=_("Vetting"), of="crm.Check", closes=True)
def running_out(asked: Asked) -> Iterable[Due]:
    """One due thing for each person whose checks run out, on the first of their last days."""
    if asked.user is not None and not asked.user.has_perm("crm.check_influencer"):
        return
    by_person: dict[int, list[Check]] = defaultdict(list)
    for check in (
        asked_for(asked).select_related("item", "influencer__owner").order_by("expires_on", "item__position", "pk")
    ):
        by_person[check.influencer_id].append(check)
    for checks in by_person.values():
        found = due_of(checks)
        if asked.subjects is not None or is_within(found, asked):
            yield found


def asked_for(asked: Asked) -> CheckQuerySet:
    """Standing checks of items in force; a day wider than asked for, because days begin at different instants."""
    in_force = CheckItem.objects.valid_on(asked.now.date())
    if asked.subjects is not None:
        return Check.objects.standing().filter(item__in=in_force, influencer__in=asked.subjects)
    first = (asked.from_at.date() - A_DAY) if asked.from_at else dt.date.min
    last = (asked.to_at.date() + A_DAY) if asked.to_at else FAR
    people = Influencer.objects.exclude(stage=Influencer.Stage.RESTING)
    return Check.objects.ending(first, last).filter(item__in=in_force, influencer__in=people)


def is_within(found: Due, asked: Asked) -> bool:
    return (asked.from_at is None or asked.from_at <= found.due_at) and (
        asked.to_at is None or found.due_at < asked.to_at
    )


def due_of(checks: list[Check]) -> Due:
    """What is due about one person, whose first check runs out first."""
    first, person = checks[0], checks[0].influencer
    return Due(
        kind=KIND,
        subject=subject_of(person),
        due_on=first.expires_on,
        due_at=end_of_day(first.expires_on, person.zone),
        zone=person.zone,
        title=ngettext_lazy("%(n)d check runs out", "%(n)d checks run out", len(checks)) % {"n": len(checks)},
        influencer_id=person.pk,
        influencer_label=person.stage_name,
        owner_id=person.owner_id,
        url=reverse("vetting-check", args=[person.pk]),
        verb=_("Check again"),
        icon="shield-check",
        detail=", ".join(names(checks)),
        facts={"owner": person.owner.name if person.owner else ""},
        stopped_why=_("She is in the archive") if person.archived_at else "",
    )


def names(checks: list[Check]) -> Iterator[str]:
    for check in checks:
        yield str(check.item)

"""When exclusivity ends, for those who only want to see it coming: one query, no addresses, no words for e-mails."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.windows import union
from crm.base.zones import end_of_day
from crm.exclusivity.models import Clause, ClauseStretch
from crm.exclusivity.terms import Standing
from crm.reminders.registry import Asked, Due
from crm.team.models import User
from crm.timeline.record import subject_of

KIND = "clause.end"
FAR = dt.timedelta(days=60)


def ends_for_a_calendar(asked: Asked, user: User) -> Iterator[Due]:
    """The next end of each promise in force that its reader may know of; days that may still move are said as such."""
    first, last = max(asked.from_at or asked.now, asked.now), asked.to_at or asked.now + FAR
    near = ClauseStretch.objects.filter(end_at__gte=first, end_at__lte=last).values("clause")
    clauses = Clause.objects.visible_to(user).in_force().filter(pk__in=near)
    rows = ClauseStretch.objects.filter(clause__in=clauses, clause__standing=Standing.ACTIVE)
    joined = rows.select_related("clause__brand", "clause__influencer__owner").order_by("clause_id", "start_at", "id")
    for _pk, theirs in groupby(joined, key=lambda row: row.clause_id):
        stretches = list(theirs)
        window = next(
            (one for one in union(row.window for row in stretches) if one.end_at and one.end_at >= first), None
        )
        if window is not None and window.end_at is not None and window.end_at <= last:
            moves = any(row.is_provisional and row.end_at == window.end_at for row in stretches)
            yield _due(stretches[0].clause, *window.first_and_last(stretches[0].clause.zone), moves=moves)


def _due(clause: Clause, first_on: dt.date | None, last_on: dt.date | None, *, moves: bool) -> Due:
    assert last_on is not None
    person, brand = clause.influencer, clause.brand
    title = _("Exclusivity for {brand} ends, as it looks now") if moves else _("Exclusivity for {brand} ends")
    return Due(
        kind=KIND,
        subject=subject_of(clause),
        due_on=last_on,
        due_at=end_of_day(last_on, clause.zone),
        zone=clause.zone,
        title=format_lazy(title, brand=brand.name),
        influencer_id=person.pk,
        influencer_label=person.stage_name,
        brand_id=brand.pk,
        brand_label=brand.name,
        owner_id=person.owner_id,
        url=f"{reverse('person', args=[person.pk])}#barred",
        verb=_("Look at it"),
        icon="lock",
        changed_at=clause.updated_at,
        facts={
            "from_on": first_on.isoformat() if first_on else "",
            "option": {},
            "owner": person.owner.name if person.owner else "",
        },
    )

"""What is due about exclusivity: that it begins, that it ends, and the last day to put a broken promise right."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.base.windows import Window, union
from crm.base.zones import end_of_day, local_date
from crm.exclusivity.calendar_days import ends_for_a_calendar
from crm.exclusivity.continuing import follow_ups
from crm.exclusivity.models import BreachCase, Clause, ClauseQuerySet
from crm.exclusivity.terms import Standing
from crm.exclusivity.words import allowed_in_words, barred_in_words, days_in_words
from crm.influencers.queries.mail import Route, mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due, due
from crm.timeline.record import subject_of

STARTS, ENDS, CURE = "clause.start", "clause.end", "case.cure"
FAR = dt.timedelta(days=60)
A_DAY = dt.timedelta(days=1)
NOT_IN_FORCE, GOES_ON = _("It is not in force"), _("It goes on with another promise")
SETTLED = _("The case is settled")


@dataclass(frozen=True)
class Told:
    """One clause, the stretch of days that is spoken of, and which of its two ends."""

    clause: Clause
    window: Window
    on: dt.date
    stopped_why: Any = ""


@due(STARTS, label=_("Exclusivity begins"), of="crm.Clause", order=30, on_calendar=False)
def begins(asked: Asked) -> Iterator[Due]:
    """The next stretch of days that has not begun. Nobody has to do anything, so it is no line on Today."""
    found = []
    for clause in _clauses(asked, "start_at"):
        ahead = (one for one in _stretches(clause) if one.start_at and _last_moment(one, clause) > asked.now)
        window = next(ahead, None)
        first_on = window.first_and_last(clause.zone)[0] if window else None
        if window and first_on:
            found.append(Told(clause, window, first_on, _stopped(clause)))
    yield from _dues(STARTS, found, asked)


@due(ENDS, label=_("Exclusivity ends"), of="crm.Clause", order=31, clock=True)
def ends(asked: Asked) -> Iterator[Due]:
    """The last day of the stretch she is in, or of the next one; not where another promise goes on without a gap."""
    if asked.user is not None and asked.calendar:
        yield from ends_for_a_calendar(asked, asked.user)
        return
    found = []
    for clause in _clauses(asked, "end_at"):
        window = next((one for one in _stretches(clause) if one.end_at and one.end_at > asked.now), None)
        last_on = window.first_and_last(clause.zone)[1] if window else None
        if window and last_on and not _may_move(clause, window):
            found.append(Told(clause, window, last_on, _stopped(clause)))
    going_on = follow_ups([told.clause for told in found])
    rest = [told if told.clause.pk not in going_on else _stop(told) for told in found]
    yield from _dues(ENDS, rest, asked)


def _stop(told: Told) -> Told:
    return Told(told.clause, told.window, told.on, told.stopped_why or GOES_ON)


def _stopped(clause: Clause) -> Any:
    return "" if clause.standing == Standing.ACTIVE else NOT_IN_FORCE


def _last_moment(window: Window, clause: Clause) -> dt.datetime:
    assert window.start_at is not None
    return end_of_day(local_date(window.start_at, clause.zone), clause.zone)


def _stretches(clause: Clause) -> list[Window]:
    """Its days without what is told twice: stretches that touch are one."""
    return union(row.window for row in clause.stretches.all())


def _may_move(clause: Clause, window: Window) -> bool:
    """Whether its last day still depends on a post that is not out."""
    return any(row.is_provisional and row.end_at == window.end_at for row in clause.stretches.all())


def _clauses(asked: Asked, column: str) -> Sequence[Clause]:
    """The clauses asked for: by name, or in force with an end of a window in time. Lines on Today there are none."""
    if asked.user is not None:
        return []
    if asked.subjects is not None:
        rows = Clause.objects.filter(pk__in=asked.subjects)
    else:
        rows = _in_time(Clause.objects.in_force(), asked, column)
    return list(rows.with_scope().select_related("brand__owner", "influencer__owner"))


def _in_time(rows: ClauseQuerySet, asked: Asked, column: str) -> ClauseQuerySet:
    first, last = asked.now - 2 * A_DAY, asked.to_at or asked.now + FAR
    near = Q(**{f"stretches__{column}__gte": first, f"stretches__{column}__lte": last})
    return Clause.objects.filter(pk__in=rows.filter(near).order_by().values("pk"))


def _dues(kind: str, found: Iterable[Told], asked: Asked) -> Iterator[Due]:
    rows = [told for told in found if asked.subjects is not None or not told.stopped_why]
    routes = mail_routes({told.clause.influencer_id for told in rows}, asked.now)
    for told in rows:
        yield _due(kind, told, routes.of(told.clause.influencer_id, Topic.WORK))


def _due(kind: str, told: Told, route: Route) -> Due:
    clause, person = told.clause, told.clause.influencer
    title = _("Exclusivity for {brand} begins") if kind == STARTS else _("Exclusivity for {brand} ends")
    return Due(
        kind=kind,
        subject=subject_of(clause),
        due_on=told.on,
        due_at=end_of_day(told.on, clause.zone),
        zone=clause.zone,
        title=format_lazy(title, brand=clause.brand.name),
        influencer_id=clause.influencer_id,
        influencer_label=person.stage_name,
        brand_id=clause.brand_id,
        brand_label=clause.brand.name,
        owner_id=person.owner_id,
        contact_ids=route.to,
        copy_ids=route.copies,
        url=f"{reverse('person', args=[clause.influencer_id])}#barred",
        verb=_("Look at it"),
        icon="lock",
        stopped_why=told.stopped_why,
        born_at=clause.effective_from,
        entered_at=clause.effective_from,
        facts=_facts(told),
    )


def _facts(told: Told) -> dict[str, Any]:
    clause, person, owner = told.clause, told.clause.influencer, told.clause.influencer.owner
    return {
        "first_name": person.stage_name.split(" ")[0],
        "person": person.stage_name,
        "form_of_address": clause.brand.form_of_address,
        "brand": clause.brand.name,
        "owner": owner.name if owner else "",
        "owner_phone": str(owner.phone or "") if owner else "",
        "owner_email": owner.email if owner else "",
        "page": {"influencer": clause.influencer_id, "brand": clause.brand_id},
        "words": {
            "days": _in_both(lambda: days_in_words(*told.window.first_and_last(clause.zone))),
            "limits": _in_both(lambda: barred_in_words(clause)),
            "allowed": _in_both(lambda: allowed_in_words(clause)),
        },
    }


def _in_both(say: Any) -> Mapping[str, str]:
    spoken = {}
    for language in ("en", "id"):
        with override(language):
            spoken[language] = say()
    return spoken


@due(CURE, label=_("Put right"), of="crm.BreachCase", order=32)
def cures(asked: Asked) -> Iterator[Due]:
    """The last day she has; only colleagues are reminded, and speak with her themselves."""
    for case in _cases(asked):
        stopped_why = "" if case.status in BreachCase.CURING else SETTLED
        due_at = case.cure_due_at
        if case.cure_due_on is None or due_at is None:
            continue
        wanted = not stopped_why and (asked.from_at or due_at) <= due_at <= (asked.to_at or due_at)
        if asked.subjects is not None or wanted:
            yield _cure(case, case.cure_due_on, due_at, stopped_why)


def _cases(asked: Asked) -> Iterable[BreachCase]:
    rows = BreachCase.objects.with_sides()
    if asked.user is not None:
        rows = rows.visible_to(asked.user) if asked.user.has_perm("crm.work_case") else rows.none()
    if asked.subjects is not None:
        return rows.filter(pk__in=asked.subjects)
    return rows.filter(status__in=BreachCase.CURING)


def _cure(case: BreachCase, due_on: dt.date, due_at: dt.datetime, stopped_why: Any) -> Due:
    return Due(
        kind=CURE,
        subject=subject_of(case),
        due_on=due_on,
        due_at=due_at,
        zone=case.zone,
        title=format_lazy(_("Last day to put it right for {brand}"), brand=case.brand.name),
        influencer_id=case.influencer_id,
        influencer_label=case.influencer.stage_name,
        brand_id=case.brand_id,
        brand_label=case.brand.name,
        owner_id=case.owner_id,
        url=reverse("case", args=[case.pk]),
        verb=_("To the case"),
        icon="shield-exclamation",
        detail=lazystr(case.brand.name),
        stopped_why=stopped_why,
        born_at=case.notified_at,
        changed_at=case.updated_at,
        facts={"owner": case.owner.name if case.owner else ""},
    )

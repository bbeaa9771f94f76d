"""Leave: who is away, who stands in. Everything that follows is derived, so it comes back by itself."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.outbox.tasks import ring_on_commit
from crm.team.actions import TeamRefused
from crm.team.emails import send_stand_in
from crm.team.models import Leave, User
from crm.timeline.record import Actor, record

HOPS = 3


@dataclass(frozen=True)
class Deputy:
    """Who stands in for somebody between two days, and for which brands she may."""

    user: User
    first_on: dt.date
    last_on: dt.date
    brands: frozenset[int] | None

    def covers(self, on: dt.date, brand_id: int | None) -> bool:
        may_see = self.brands is None or brand_id is None or brand_id in self.brands
        return may_see and self.first_on <= on <= self.last_on


@dataclass(frozen=True)
class StandIns:
    """Every deputy there is, by who is away."""

    by_user: Mapping[int, Sequence[Deputy]] = field(default_factory=dict)

    def of(self, user_id: int | None, on: dt.date, brand_id: int | None = None) -> User | None:
        """Who answers for her that day; None while she does herself, or nobody may. A deputy who is away passes it on."""
        found, seen = None, {user_id}
        for _hop in range(HOPS):
            deputy = next((one for one in self.by_user.get(user_id or 0, ()) if one.covers(on, brand_id)), None)
            if deputy is None or deputy.user.pk in seen:
                break
            found, user_id = deputy.user, deputy.user.pk
            seen.add(user_id)
        return found

    def represented_by(self, user: User, on: dt.date) -> set[int]:
        """For whom this colleague stands in that day."""
        return {away for away in self.by_user if (deputy := self.of(away, on)) and deputy.pk == user.pk}


def stand_ins() -> StandIns:
    """All leaves: those that are over still say who answered for what was due then."""
    leaves = list(Leave.objects.standing().filter(deputy__is_active=True).select_related("deputy").order_by("-pk"))
    walls = bool(leaves) and Organisation.load().brand_walls
    found: dict[int, list[Deputy]] = defaultdict(list)
    for leave in leaves:
        brands = _brands(leave.deputy, walls=walls)
        found[leave.user_id].append(Deputy(leave.deputy, leave.first_on, leave.last_on, brands))
    return StandIns(found)


def _brands(deputy: User, *, walls: bool) -> frozenset[int] | None:
    return deputy.brand_ids() if walls else None


def plan_leave(
    user: User, deputy: User, first_on: dt.date, last_on: dt.date, *, note: str = "", by: User, at: dt.datetime
) -> Leave:
    """She is away and a deputy stands in. Raises TeamRefused, changing nothing."""
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk__in=[user.pk, deputy.pk]).order_by("pk"))
        _refuse_leave(user, deputy, first_on, last_on, at)
        leave = Leave.objects.create(user=user, deputy=deputy, first_on=first_on, last_on=last_on, note=note)
        record(
            "team.leave",
            gettext_lazy("%(name)s is away from %(first)s to %(last)s; %(deputy)s stands in"),
            params={"name": user, "deputy": deputy, "first": first_on.isoformat(), "last": last_on.isoformat()},
            subject=user,
            actor=Actor.user(by),
            at=at,
        )
        send_stand_in(leave, by, at)
        ring_on_commit()
    return leave


def _refuse_leave(user: User, deputy: User, first_on: dt.date, last_on: dt.date, at: dt.datetime) -> None:
    if user.pk == deputy.pk:
        raise TeamRefused(_("Nobody stands in for herself. Choose another colleague."))
    if not User.objects.active().filter(pk=deputy.pk).exists():
        raise TeamRefused(_("%(name)s no longer works here. Choose another colleague.") % {"name": deputy})
    if last_on < first_on:
        raise TeamRefused(_("The last day lies before the first. Swap them or correct one."))
    if last_on < local_date(at, user.zone):
        raise TeamRefused(_("Those days are over. Choose days that are still to come."))
    if Leave.objects.touching(first_on, last_on).filter(user=user).exists():
        raise TeamRefused(
            _("%(name)s is away on some of these days already. Call that leave off first.") % {"name": user}
        )
    if Leave.objects.touching(first_on, last_on).filter(user=deputy, deputy=user).exists():
        raise TeamRefused(_("You two would stand in for each other on the same days. Choose another colleague."))


def come_back(leave: Leave, *, by: User, at: dt.datetime) -> bool:
    """She is back: the leave ends yesterday, or never began. False when it was over already."""
    today = local_date(at, leave.user.zone)
    with transaction.atomic():
        running = Leave.objects.ahead(today).filter(pk=leave.pk)
        yesterday = today - dt.timedelta(days=1)
        if leave.first_on <= yesterday:
            done = running.update(last_on=yesterday, updated_at=at)
        else:
            done = running.update(withdrawn_at=at, updated_at=at)
        if done:
            sentence = gettext_lazy("%(name)s is back; nobody stands in any more")
            record("team.back", sentence, params={"name": leave.user}, subject=leave.user, actor=Actor.user(by), at=at)
            ring_on_commit()
    return bool(done)

"""Handing over for good: everything open of one colleague goes to another, in one piece, and can be taken back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.outbox.tasks import ring_on_commit
from crm.team.actions import TeamRefused
from crm.team.emails import send_handed_over
from crm.team.models import HandOver, User
from crm.team.places import Owned, owned
from crm.timeline.record import Actor, entry, record, record_many


@dataclass(frozen=True)
class Part:
    """How much of one kind would change hands, and how much cannot."""

    key: str
    label: Any
    moves: int
    stays: int


def preview(giver: User, taker: User | None = None) -> list[Part]:
    """What is open, by kind; with a taker also what she may not see."""
    parts = []
    for placed in owned.all():
        kind = placed.call()
        everything = kind.of(giver).count()
        moves = kind.seen_by(kind.of(giver), taker).count() if taker is not None else everything
        parts.append(Part(placed.key, placed.words["label"], moves, everything - moves))
    return [part for part in parts if part.moves or part.stays]


def hand_over(giver: User, taker: User, *, by: User, at: dt.datetime) -> HandOver:
    """Everything open of hers that the taker may see. Raises TeamRefused, changing nothing."""
    with transaction.atomic():
        _lock(giver, taker)
        moved = {placed.key: _move(placed.call(), giver, taker, by, at) for placed in owned.all()}
        moved = {key: pks for key, pks in moved.items() if pks}
        if not moved:
            raise TeamRefused(_("%(name)s has nothing open that could be handed over.") % {"name": giver})
        done = HandOver.objects.create(giver=giver, taker=taker, decided_by=by, moved=moved)
        _tell(done, "team.handed_over", gettext_lazy("%(giver)s handed %(count)s things over to %(taker)s"), by, at)
        send_handed_over(done, by, at)
        ring_on_commit()
    return done


def _lock(giver: User, taker: User) -> None:
    locked = User.objects.select_for_update().filter(pk__in=[giver.pk, taker.pk]).order_by("pk")
    stored = {user.pk: user for user in locked}
    if giver.pk == taker.pk:
        raise TeamRefused(_("Choose another colleague: this one has it all already."))
    if not stored[taker.pk].is_active:
        raise TeamRefused(_("%(name)s no longer works here. Choose another colleague.") % {"name": taker})


def _move(kind: Owned, giver: User, taker: User, by: User, at: dt.datetime) -> list[int]:
    rows = list(kind.seen_by(kind.of(giver), taker).select_for_update(of=("self",)).order_by("pk"))
    pks = [row.pk for row in rows]
    _give(kind, pks, taker, at)
    if kind.told:
        sentence = gettext_lazy("%(giver)s handed “%(what)s” over to %(taker)s")
        record_many(_entry(kind, row, sentence, giver, taker, by, at) for row in rows)
    return pks


def _give(kind: Owned, pks: list[int], to: User, at: dt.datetime) -> int:
    rows: QuerySet[Any] = kind.rows().model._base_manager.filter(pk__in=pks)
    return rows.update(**{_column(kind): to.pk}, **kind.also(to), updated_at=at)


def _column(kind: Owned) -> str:
    """`owner_id` for a foreign key, the name itself for a bare number."""
    field: Any = kind.rows().model._meta.get_field(kind.field)
    return str(field.attname)


def _entry(kind: Owned, row: Any, sentence: object, giver: User, taker: User, by: User, at: dt.datetime) -> Any:
    return entry(
        "team.handed",
        sentence,
        params={"giver": giver, "taker": taker, "what": row},
        at=at,
        actor=Actor.user(by),
        subject=row,
        influencer=getattr(row, kind.person) if kind.person else None,
        brand=getattr(row, kind.brand) if kind.brand else None,
        changes={kind.field: (str(giver), str(taker))},
    )


@dataclass(frozen=True)
class TakenBack:
    """How many things went back, and how many somebody has changed since."""

    back: int
    stayed: int


def take_back(done: HandOver, *, by: User, at: dt.datetime) -> TakenBack:
    """Give back what is still with the taker; what went to somebody else since stays there. Raises TeamRefused."""
    with transaction.atomic():
        _lock(done.taker, done.giver)
        if not HandOver.objects.filter(pk=done.pk, undone_at=None).update(undone_at=at, updated_at=at):
            raise TeamRefused(_("This hand-over has been taken back already."))
        back = sum(
            _take(placed.call(), done.moved.get(placed.key, []), done.taker, done.giver, at) for placed in owned.all()
        )
        _tell(done, "team.handed_back", gettext_lazy("%(taker)s gave %(count)s things back to %(giver)s"), by, at, back)
        ring_on_commit()
    return TakenBack(back, _total(done) - back)


def _take(kind: Owned, pks: list[int], taker: User, giver: User, at: dt.datetime) -> int:
    """What was settled or has left since keeps the name of who did it; what the giver may no longer see stays."""
    still = kind.seen_by(kind.of(taker), giver).filter(pk__in=pks)
    return _give(kind, list(still.select_for_update(of=("self",)).values_list("pk", flat=True)), giver, at)


def _total(done: HandOver) -> int:
    return sum(len(pks) for pks in done.moved.values())


def _tell(done: HandOver, verb: str, sentence: object, by: User, at: dt.datetime, count: int | None = None) -> None:
    told = _total(done) if count is None else count
    params = {"giver": done.giver, "taker": done.taker, "count": told}
    record(verb, sentence, params=params, subject=done.giver, actor=Actor.user(by), at=at)

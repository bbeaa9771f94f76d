"""Merging two people who are one, and parting them again."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.influencers.actions.accounts import refresh_main_account
from crm.influencers.merging.tables import Moved, added_since, give_back, last_rows, take
from crm.influencers.merging.values import Pair, put_back, settle, told
from crm.influencers.models import Address, Influencer, Merge
from crm.influencers.places import may_merge, may_part
from crm.outbox.models import Contact
from crm.outbox.tasks import ring_on_commit
from crm.timeline.edits import ChangedMeanwhile
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

PEOPLE = "crm.influencer.merged_into_id"
LATE = dt.timedelta(minutes=10)
RETIRED, OWN = "addresses", "own_contact"


class MergeRefused(Exception):
    """These two cannot become one, or two again; nothing was changed. `reasons` says why and what to do."""

    def __init__(self, reasons: Sequence[Any]) -> None:
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


@dataclass(frozen=True)
class Parted:
    """What parting came to: who is back, what stayed with the other since, and what could not be put back."""

    merge: Merge
    added: Sequence[tuple[str, int]]
    left: Sequence[str]
    gone: int


def who_stays(one: Influencer, other: Influencer) -> tuple[Influencer, Influencer]:
    """Who stays unless somebody chooses: the one with more followers, then the one who is here longer."""
    ranked = sorted((one, other), key=lambda person: (-(person.followers or -1), person.pk))
    return ranked[0], ranked[1]


def merge(
    stays: int,
    goes: int,
    choices: Mapping[str, str],
    *,
    seen: tuple[dt.datetime, dt.datetime] | None = None,
    at: dt.datetime,
    actor: Actor,
    user: "User | None" = None,
) -> Merge:
    """Let one person go on as another. Everything moves in one transaction, or nothing.

    `choices` says whose value each conflicting field takes; `seen` when the two rows were shown. Raises `MergeRefused`
    and `ChangedMeanwhile`.
    """
    with transaction.atomic():
        pair = Pair.of(*lock_pair(stays, goes))
        _check_seen(pair, seen)
        if why := reasons_against(pair.stays, pair.goes, user):
            raise MergeRefused(why)
        values = settle(pair, choices)
        moved = _move(pair, values)
        Influencer.objects.filter(pk=goes).update(merged_into=stays, updated_at=at)
        refresh_main_account(pair.stays, at.date())
        done = Merge.objects.create(
            stays=pair.stays, goes=pair.goes, merged_at=at, merged_by=actor.label, moved=moved,
            values={**values, OWN: pair.stays_contact and pair.stays_contact.pk, "last": last_rows(stays)},
        )  # fmt: skip
        _tell(done, pair, dict(told(values)), at, actor)
    ring_on_commit()
    return done


def lock_pair(stays: int, goes: int) -> tuple[Influencer, Influencer]:
    """Both rows, and those of whoever was merged into them, locked in the order in which everybody locks people.

    Merging and parting take turns in the whole house: a ring of merges at one moment has no order of its own.
    """
    list(Organisation.objects.select_for_update().filter(pk=Organisation.load().pk))
    family = Q(pk__in=[stays, goes]) | Q(merged_into__in=[stays, goes])
    rows = Influencer.objects.select_for_update(of=("self",)).filter(family).order_by("pk")
    people = {person.pk: person for person in rows}
    if stays == goes or not {stays, goes} <= people.keys():
        raise MergeRefused([_("Choose two different people who are both still here.")])
    return people[stays], people[goes]


def _check_seen(pair: Pair, seen: tuple[dt.datetime, dt.datetime] | None) -> None:
    for person, moment in zip((pair.stays, pair.goes), seen or (), strict=False):
        if person.updated_at != moment and person.merged_into_id is None:
            raise ChangedMeanwhile(person, moment)


def reasons_against(stays: Influencer, goes: Influencer, user: "User | None") -> list[Any]:
    """Why these two cannot become one; empty when they can."""
    for person, other in ((stays, goes), (goes, stays)):
        if person.merged_into_id is not None:
            into = Influencer.objects.get(pk=person.merged_into_id)
            if into.pk == other.pk:
                return [_text(_("{name} was merged into {into} already."), name=person, into=into)]
            text = _("{name} was merged into {into} meanwhile. Open {into} and start from there.")
            return [_text(text, name=person, into=into)]
    if stays.archived_at is not None:
        text = _("{name} is in the archive. Take her out first, or let {other} stay instead.")
        return [_text(text, name=stays, other=goes)]
    return [reason for placed in may_merge.all() for reason in placed.call(stays, goes, user)]


def _text(sentence: Any, **names: Influencer) -> Any:
    return format_lazy(sentence, **{key: person.stage_name for key, person in names.items()})


def _move(pair: Pair, values: dict[str, Any]) -> Moved:
    """Everything that hangs on the one who goes; people who were merged into her before go along."""
    stays, goes = pair.stays.pk, pair.goes.pk
    current = Address.objects.filter(influencer_id=goes, is_current=True)
    if Address.objects.filter(influencer_id=stays, is_current=True).exists():
        values[RETIRED] = list(current.values_list("pk", flat=True))
        current.update(is_current=False)
    moved = take(goes, stays)
    earlier = list(Influencer.objects.merged_into_person(goes).values_list("pk", flat=True))
    if earlier:
        moved[PEOPLE] = earlier
        Influencer.objects.filter(pk__in=earlier).update(merged_into=stays)
    return moved


def _tell(done: Merge, pair: Pair, changes: dict[str, tuple[str, str]], at: dt.datetime, actor: Actor) -> None:
    record(
        "influencer.merged",
        _("%(name)s was merged into her"),
        params={"name": pair.goes.stage_name},
        at=at,
        actor=actor,
        subject=done,
        influencer=pair.stays,
        changes=changes,
    )
    record(
        "influencer.goes_on",
        _("Goes on as %(name)s"),
        params={"name": pair.stays.stage_name},
        at=at,
        actor=actor,
        subject=done,
        influencer=pair.goes,
    )


def gather_late(now: dt.datetime) -> int:
    """Move what was written to somebody while she was being merged; how many rows were."""
    gathered = 0
    for recent in Merge.objects.standing().filter(merged_at__gt=now - LATE).values_list("pk", flat=True):
        with transaction.atomic():
            done = Merge.objects.select_for_update(of=("self",)).standing().filter(pk=recent).first()
            late = take(done.goes_id, done.goes.merged_into_id or done.stays_id) if done else {}
            if done and late:
                done.moved = {key: done.moved.get(key, []) + late.get(key, []) for key in {*done.moved, *late}}
                done.save(update_fields=["moved", "updated_at"])
                gathered += sum(map(len, late.values()))
    return gathered


def part(done: Merge, *, at: dt.datetime, actor: Actor, user: "User | None" = None) -> Parted:
    """Give everything back that a merge moved. What was added since stays. Raises `MergeRefused`, TransitionRefused."""
    with transaction.atomic():
        stays, goes = lock_pair(done.stays_id, done.goes_id)
        standing = Merge.objects.select_for_update(of=("self",)).get(pk=done.pk)
        if why := reasons_against_parting(standing, user):
            raise MergeRefused(why)
        standing.part(at=at, actor=actor)
        back = give_back(standing.moved, goes.pk, stays.pk)
        Influencer.objects.filter(pk__in=standing.moved.get(PEOPLE, ()), merged_into=stays).update(merged_into=goes)
        Influencer.objects.filter(pk=goes.pk).update(merged_into=None, updated_at=at)
        Address.objects.filter(pk__in=standing.values.get(RETIRED, ()), influencer=goes).update(is_current=True)
        left = _put_values_back(standing, stays)
        for person in (stays, goes):
            refresh_main_account(person, at.date())
        parted = Parted(standing, added_since(stays.pk, standing.values.get("last", {})), left, _gone(standing, back))
    ring_on_commit()
    return parted


def reasons_against_parting(done: Merge, user: "User | None") -> list[Any]:
    """Why these two cannot be parted; empty when they can. What came later goes first."""
    if not done.is_standing:
        return [_("These two were parted already.")]
    if done.stays.merged_into is not None:
        text = _("{name} was merged into {into} herself. Part those two first.")
        return [_text(text, name=done.stays, into=done.stays.merged_into)]
    later = Merge.objects.standing().into(done.stays_id).filter(pk__gt=done.pk).newest_first().first()
    if later is not None:
        text = _("{name} was merged into {into} later. Part those two first.")
        return [_text(text, name=later.goes, into=later.stays)]
    return [reason for placed in may_part.all() for reason in placed.call(done, user)]


def _put_values_back(done: Merge, stays: Influencer) -> list[str]:
    left = put_back(stays, done.values["person"]) if "person" in done.values else []
    contact = Contact.objects.filter(pk=done.values.get(OWN) or 0).first()
    if "contact" in done.values and contact is not None:
        left += put_back(contact, done.values["contact"])
    return left


def _gone(done: Merge, back: Moved) -> int:
    """How many of the rows that moved are no longer there, or belong to somebody else by now."""
    return sum(_count(rows) - _count(back.get(key, ())) for key, rows in done.moved.items() if key != PEOPLE)


def _count(rows: Iterable[int]) -> int:
    return len(list(rows))

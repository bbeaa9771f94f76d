"""Changing many people at once: one lock, one statement, one line per person in the story, one result per person."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.influencers.actions.tags import tag_called
from crm.influencers.models import Influencer, Niche
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.models import User
from crm.timeline.record import Actor, entry, record_many

MOST = 10_000
CHUNK = 500

Changes = dict[str, tuple[Any, Any]]


class TooMany(Exception):
    """More people than one action takes; nothing was changed."""


@dataclass(frozen=True)
class Outcome:
    """What an action came to for one person."""

    pk: int
    name: str
    said: Any
    changed: bool


@dataclass(frozen=True)
class _Told:
    """How the story tells it."""

    verb: str
    sentence: Any
    params: dict[str, Any]


def assign_owner(rows: InfluencerQuerySet, owner: User | None, *, at: dt.datetime, actor: Actor) -> list[Outcome]:
    """Give people to a colleague to look after, or to nobody."""
    name = owner.get_full_name() if owner else _("nobody")
    told = _Told("influencer.assigned", _("Now looked after by %(name)s"), {"name": name})

    def judge(person: Influencer) -> Changes | None:
        is_same = person.owner_id == (owner.pk if owner else None)
        return None if is_same else {"owner": (person.owner or "", owner or "")}

    return _change(rows, judge, {"owner": owner}, told, at=at, actor=actor, already=_("Already looked after by them"))


def archive(rows: InfluencerQuerySet, *, at: dt.datetime, actor: Actor) -> list[Outcome]:
    """Put people away: they leave lists and searches, everything about them stays."""
    told = _Told("influencer.archived", _("Archived"), {})

    def judge(person: Influencer) -> Changes | None:
        return None if person.archived_at else {"archived": ("", at.date())}

    return _change(rows, judge, {"archived_at": at}, told, at=at, actor=actor, already=_("Already archived"))


def restore(rows: InfluencerQuerySet, *, at: dt.datetime, actor: Actor) -> list[Outcome]:
    """Take people out of the archive."""
    told = _Told("influencer.restored", _("Back from the archive"), {})

    def judge(person: Influencer) -> Changes | None:
        return {"archived": (person.archived_at.date(), "")} if person.archived_at else None

    return _change(rows, judge, {"archived_at": None}, told, at=at, actor=actor, already=_("Was not archived"))


def add_niche(rows: InfluencerQuerySet, niche: Niche, *, at: dt.datetime, actor: Actor) -> list[Outcome]:
    """Add a niche; it becomes the main one of people who have none."""
    through = Influencer.niches.through
    told = _Told("influencer.niche_added", _("Niche added: %(niche)s"), {"niche": niche})
    with transaction.atomic():
        people = _locked(rows)
        having = set(through.objects.filter(niche_id=niche.pk).values_list("influencer_id", flat=True)) & set(people)
        new = [person for pk, person in people.items() if pk not in having]
        through.objects.bulk_create(
            [through(influencer_id=person.pk, niche_id=niche.pk) for person in new], batch_size=CHUNK
        )
        bare = [person.pk for person in new if person.main_niche_id is None]
        for pks in _chunks(bare):
            Influencer.objects.filter(pk__in=pks).update(main_niche=niche)
        changed = {person.pk: {"niches": ("", niche)} for person in new}
        _write(changed, {}, told, people, at=at, actor=actor)
    return _outcomes(people, changed, told, already=_("Has this niche already"))


def add_tag(rows: InfluencerQuerySet, name: str, *, at: dt.datetime, actor: Actor) -> list[Outcome]:
    """Put a tag on people; a word nobody used before becomes one."""
    through = Influencer.tags.through
    with transaction.atomic():
        tag = tag_called(name)
        told = _Told("tag.put", _("Tagged “%(tag)s”"), {"tag": tag.name})
        people = _locked(rows)
        having = set(through.objects.filter(tag=tag, influencer__among=people).values_list("influencer_id", flat=True))
        new = [person for pk, person in people.items() if pk not in having]
        through.objects.bulk_create([through(influencer=person, tag=tag) for person in new], batch_size=CHUNK)
        changed = {person.pk: {"tags": ("", tag)} for person in new}
        _write(changed, {}, told, people, at=at, actor=actor)
    return _outcomes(people, changed, told, already=_("Has this tag already"))


def _change(
    rows: InfluencerQuerySet,
    judge: Callable[[Influencer], Changes | None],
    values: dict[str, Any],
    told: _Told,
    *,
    at: dt.datetime,
    actor: Actor,
    already: Any,
) -> list[Outcome]:
    """Lock everybody, ask `judge` what would change for each, and write it for those for whom something does."""
    with transaction.atomic():
        people = _locked(rows)
        judged = {pk: judge(person) for pk, person in people.items()}
        changed = {pk: changes for pk, changes in judged.items() if changes}
        _write(changed, values, told, people, at=at, actor=actor)
    return _outcomes(people, changed, told, already)


def _locked(rows: InfluencerQuerySet) -> dict[int, Influencer]:
    """Everybody who is still there by herself, in the order in which all bulk actions lock. Raises `TooMany`."""
    people = list(rows.unmerged().select_related("owner").select_for_update(of=("self",)).order_by("pk")[: MOST + 1])
    if len(people) > MOST:
        raise TooMany
    return {person.pk: person for person in people}


def _write(
    changed: dict[int, Changes],
    values: dict[str, Any],
    told: _Told,
    people: dict[int, Influencer],
    *,
    at: dt.datetime,
    actor: Actor,
) -> None:
    for pks in _chunks(list(changed)):
        Influencer.objects.filter(pk__in=pks).update(**values, updated_at=at)
    record_many(
        entry(
            told.verb,
            told.sentence,
            params=told.params,
            at=at,
            actor=actor,
            subject=people[pk],
            influencer=pk,
            changes=changes,
        )
        for pk, changes in changed.items()
    )


def _outcomes(people: dict[int, Influencer], changed: dict[int, Any], told: _Told, already: Any) -> list[Outcome]:
    done = told.sentence % told.params if told.params else told.sentence
    return [
        Outcome(pk, person.stage_name, done if pk in changed else already, pk in changed)
        for pk, person in people.items()
    ]


def _chunks(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    return (pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK))


def only(pks: Iterable[int]) -> InfluencerQuerySet:
    """Exactly these people, whoever of them exists."""
    return Influencer.objects.filter(pk__in=pks)

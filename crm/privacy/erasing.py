"""Forgetting a person: what would go and what stays, said first; then everything in one transaction.

Ledgers keep amounts and days, stories keep verbs and days. What a hold keeps is emptied when the hold ends, by the same
steps: whoever runs them a second time changes nothing that is empty already.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext, gettext_lazy, override

from crm.base.hers import Forgetting, Held, Her, Lost
from crm.base.models import Organisation
from crm.base.places import forgets, holds
from crm.influencers.keys import name_keys
from crm.influencers.models import ImportRun, Influencer
from crm.privacy.beside import note_beside
from crm.privacy.files import remove_files
from crm.privacy.marks import marks_of, remember
from crm.privacy.models import PrivacyRequest
from crm.privacy.whose import her_of
from crm.timeline.guards import erasing
from crm.timeline.record import SYSTEM, Actor, record

HELD = gettext_lazy("%(name)s cannot be forgotten yet. %(why)s.")
TOLD = gettext_lazy("Forgotten as she asked")
TRIES, DEADLOCK = 3, "40P01"


class NotYet(Exception):
    """Something runs that was promised, or a colleague holds everything; nothing was changed. `str(error)` says what."""

    def __init__(self, person: Influencer, blocking: list[Held]) -> None:
        self.blocking = blocking
        why = "; ".join(f"{one.words}. {one.way_out}".rstrip(". ") for one in blocking)
        super().__init__(str(HELD) % {"name": person.stage_name, "why": why})


@dataclass
class Outcome:
    """What one erasure did: counted by table, and the holds that kept something."""

    lost: dict[str, Lost] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    files: int = 0

    @property
    def until_on(self) -> dt.date | None:
        """The day the last hold with an end ends."""
        return max((one.until_on for one in self.held if one.until_on), default=None)

    @property
    def keeps(self) -> bool:
        return any(lost.kept for lost in self.lost.values())

    def plain(self) -> dict[str, Any]:
        """As a request keeps it: counts and keys, no words of anybody."""
        tables = {key: [lost.gone, lost.emptied, lost.kept] for key, lost in self.lost.items() if _any(lost)}
        return {"tables": tables, "files": self.files, "held": sorted({one.key for one in self.held})}


def _any(lost: Lost) -> bool:
    return bool(lost.gone or lost.emptied or lost.kept)


def holds_on(her: Her, on: dt.date) -> list[Held]:
    """Everything that keeps something of hers, or her, on that day."""
    return [held for placed in holds.all() for held in placed.call(her, on)]


def forget(asked: PrivacyRequest, *, at: dt.datetime, actor: Actor) -> Outcome:
    """Forget the person who asked, except what is held, and answer the request. One transaction, and a second look at
    what was written about her meanwhile.

    Raises NotYet while a promise runs, and TransitionRefused when the request is answered already; nothing is changed then.
    """
    for _tried in range(1, TRIES):
        try:
            return _answer(asked, at=at, actor=actor)
        except OperationalError as error:
            # Whoever holds one of her papers and waits for her while we wait for the paper: one of both begins anew.
            if connection.in_atomic_block or getattr(error.__cause__, "sqlstate", None) != DEADLOCK:
                raise
    return _answer(asked, at=at, actor=actor)


def _answer(asked: PrivacyRequest, *, at: dt.datetime, actor: Actor) -> Outcome:
    with erasing(f"privacy request {asked.pk}"):
        asked.refresh_from_db(from_queryset=PrivacyRequest.objects.select_for_update(of=("self",)))
        wait_for_files()
        person = Influencer.objects.select_for_update(of=("self",)).get(pk=asked.influencer_id)
        her = her_of(person.pk)
        beside = partial(note_beside, her.people, marks_of(her), at)
        outcome = _forget(person, her, at=at, actor=actor)
        asked.influencer = person
        asked.forgotten(keeps=outcome.keeps, until_on=outcome.until_on, outcome=outcome.plain(), at=at, actor=actor)
        transaction.on_commit(beside, robust=True)
        transaction.on_commit(partial(look_again, asked.pk, her, at=at, actor=actor), robust=True)
    return outcome


def wait_for_files() -> None:
    """A file that is being written knew no mark of hers when it decided: no batch of it runs beside an erasure."""
    list(ImportRun.objects.on_the_way_in().select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def look_again(pk: int, her: Her, *, at: dt.datetime, actor: Actor) -> Outcome | None:
    """What was written about her while she was being forgotten goes the same way. None while something blocks it."""
    with erasing(f"privacy request {pk}, once more"):
        asked = PrivacyRequest.objects.select_for_update(of=("self",)).get(pk=pk)
        person = Influencer.objects.select_for_update(of=("self",)).get(pk=asked.influencer_id)
        try:
            outcome = _forget(person, her, at=at, actor=actor)
        except NotYet:
            return None
        if outcome.keeps:
            asked.keep_more(outcome.until_on, at=at, actor=actor)
    return outcome


def look_again_later(now: dt.datetime) -> int:
    """Once more when an hour has gone by: whoever was writing when she was forgotten has ended by then."""
    waiting = PrivacyRequest.objects.to_look_at_again(now).order_by("pk")
    looked = 0
    for asked in list(waiting):
        outcome = look_again(asked.pk, her_of(asked.influencer_id), at=now, actor=SYSTEM)
        if outcome is not None:
            looked += PrivacyRequest.objects.filter(pk=asked.pk).update(
                outcome={**asked.outcome, "again": outcome.plain()["tables"]}, updated_at=now
            )
    return looked


def _forget(person: Influencer, her: Her, *, at: dt.datetime, actor: Actor) -> Outcome:
    """Within the open door and with the person locked."""
    on = at.date()
    held = holds_on(her, on)
    blocking = [one for one in held if one.blocks]
    if blocking:
        raise NotYet(person, blocking)
    remember(marks_of(her) if person.erased_at is None else (), on)
    one = Forgetting(her, frozenset(found.key for found in held), at, actor)
    outcome = Outcome({placed.key: placed.call(one) for placed in forgets.all()}, held)
    outcome.files = remove_files({pk for lost in outcome.lost.values() for pk in lost.files})
    if person.erased_at is None:
        _rename(her, at)
        person.refresh_from_db()
        record("privacy.forgotten", TOLD, at=at, actor=actor, subject=person, influencer=person)
    return outcome


def _rename(her: Her, at: dt.datetime) -> None:
    """Her row, and those of everybody who went on as her, stand for a number from now on."""
    with override(Organisation.load().language):
        words = gettext("Erased person %(number)s")
    for pk in sorted(her.people):
        name = words % {"number": pk}
        keys = name_keys(name)
        person = Influencer._base_manager.get(pk=pk)
        person.tags.clear()
        person.niches.clear()
        Influencer._base_manager.filter(pk=pk).update(
            stage_name=name, name_alike=keys.alike, name_sounds=keys.sounds, keys_of=name, erased_at=at, updated_at=at,
            archived_at=person.archived_at or at, owner=None, main_platform=None, main_handle="", followers=None,
            tier_code="", main_niche=None, territory=None, country="", is_public_figure=False,
        )  # fmt: skip


def erase_what_ended(now: dt.datetime) -> int:
    """Empty what was held and is not any more; how many requests are done with that. The retention job calls this."""
    done = 0
    for pk in list(
        PrivacyRequest.objects.held().held_no_longer(now.date()).order_by("pk").values_list("pk", flat=True)
    ):
        with transaction.atomic(), erasing(f"privacy request {pk}, what was held"):
            asked = PrivacyRequest.objects.select_for_update(of=("self",)).get(pk=pk)
            person = Influencer.objects.select_for_update(of=("self",)).get(pk=asked.influencer_id)
            done += _release(asked, person, now)
    return done


def _release(asked: PrivacyRequest, person: Influencer, now: dt.datetime) -> bool:
    """Whether nothing is held any more."""
    try:
        outcome = _forget(person, her_of(person.pk), at=now, actor=SYSTEM)
    except NotYet:
        return False
    if outcome.keeps:
        PrivacyRequest.objects.filter(pk=asked.pk).update(held_until=outcome.until_on, updated_at=now)
        return False
    asked.released(at=now, actor=SYSTEM)
    return True

"""Saving what somebody changed in a form: only the changed fields, recorded as old and new, and never over the head of
somebody who saved in between.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from crm.base.formats import clock, money_full
from crm.base.models import Stamped
from crm.timeline.models import Entry
from crm.timeline.record import Actor, record, subject_of

Thing = TypeVar("Thing", bound=Stamped)


class ChangedMeanwhile(Exception):
    """Somebody else saved the row after the form was opened; nothing was written. `str(error)` says who and when."""

    def __init__(self, stored: Stamped, seen: dt.datetime) -> None:
        self.now_at = stored.updated_at
        last = Entry.objects.filter(subject=subject_of(stored), at__gte=seen).newest_first().first()
        super().__init__(self._who(last) if last else self._somebody())

    def _who(self, last: Entry) -> str:
        return _(
            "%(name)s saved changes at %(clock)s while this form was open. What you typed is still here: compare it "
            "with the page, then save again to put yours in their place."
        ) % {"name": last.actor_label, "clock": clock(last.at)}

    def _somebody(self) -> str:
        return _(
            "This was changed at %(clock)s while the form was open. What you typed is still here: compare it with the "
            "page, then save again to put yours in its place."
        ) % {"clock": clock(self.now_at)}


def read_seen(text: str) -> dt.datetime | None:
    """The moment a form was opened on, as it was written into it; None when it says no moment."""
    try:
        seen = dt.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return seen if seen.tzinfo else None


def lock_unchanged(thing: Thing, seen: dt.datetime) -> Thing:
    """The stored row, locked; raises `ChangedMeanwhile` when it is no longer what the form showed."""
    stored: Thing = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    if stored.updated_at != seen:
        raise ChangedMeanwhile(stored, seen)
    return stored


def save_edit(
    thing: Stamped,
    *,
    seen: dt.datetime,
    fields: Iterable[str],
    verb: str,
    sentence: Any,
    at: dt.datetime,
    actor: Actor,
    sets: "dict[str, Collection[models.Model]] | None" = None,
    private: Collection[str] = (),
    **entry_details: Any,
) -> bool:
    """Write the fields that differ from what is stored and record them; False when nothing differs.

    `thing` carries the new values. `sets` are many-to-many fields with their new members. `private` fields are recorded
    by their edges only: everybody reads the story. Raises `ChangedMeanwhile` when the row was saved after `seen`, and
    then changes nothing.
    """
    with transaction.atomic():
        stored = lock_unchanged(thing, seen)
        changed = [name for name in fields if getattr(stored, name) != getattr(thing, name)]
        said = {name: veiled if name in private else str for name in changed}
        changes = {name: (said[name](shown(stored, name)), said[name](shown(thing, name))) for name in changed}
        changes |= _set_members(thing, sets or {})
        if not changes:
            return False
        thing.save(update_fields=[*changed, "updated_at"])
        entry_details.setdefault("subject", thing)
        record(verb, sentence, at=at, actor=actor, changes=changes, **entry_details)
    return True


def _set_members(thing: Stamped, sets: "dict[str, Collection[models.Model]]") -> dict[str, tuple[str, str]]:
    """Give many-to-many fields their new members; what changed, as sorted lists of names."""
    changes: dict[str, tuple[str, str]] = {}
    for name, members in sets.items():
        field: Any = getattr(thing, name)
        before = set(field.all())
        if before != set(members):
            changes[name] = (_listed(before), _listed(members))
            field.set(members)
    return changes


def _listed(members: Iterable[models.Model]) -> str:
    return ", ".join(sorted(str(member) for member in members))


def shown(thing: models.Model, field: str) -> str:
    """A field's value as people read it: the choice's words, nothing for empty."""
    display = getattr(thing, f"get_{field}_display", None)
    value = display() if display else getattr(thing, field)
    if isinstance(value, Money):
        return money_full(value)
    return "" if value is None else str(value)


def veiled(text: object) -> str:
    """Enough of an address or number to recognise it for those who know it, too little to use it."""
    said = str(text or "")
    return f"{said[:2]}…{said[-2:]}" if len(said) > 8 else "…" if said else ""

"""One cell of the list, changed in place: what the profile's form would do, for one field."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.formats import clock
from crm.influencers.actions.people import change_person
from crm.influencers.actions.tags import put_tag, tag_called, tags_said, take_tag
from crm.influencers.models import Influencer
from crm.timeline.edits import shown
from crm.timeline.models import Entry
from crm.timeline.record import Actor

CELLS = ("stage", "owner", "city", "main_niche", "tags")


class CellChanged(Exception):
    """Somebody else changed this cell after it was read; nothing was written. `str(error)` says who, and to what."""

    def __init__(self, person: Influencer, cell: str) -> None:
        self.person = person
        told = Entry.objects.filter(influencer=person.pk, changes__has_key=cell).newest_first().first()
        now = (cell_value(person, cell) if cell == "tags" else shown(person, cell)) or _("nothing")
        if told is None:
            super().__init__(_("This says “%(now)s” by now. Save again to put yours in its place.") % {"now": now})
        else:
            said = _("%(name)s changed this to “%(now)s” at %(clock)s. Save again to put yours in its place.")
            super().__init__(said % {"name": told.actor_label, "now": now, "clock": clock(told.at)})


def cell_value(person: Influencer, cell: str) -> str:
    """What the cell holds, as a form says it."""
    if cell == "tags":
        return tags_said(tag.name for tag in person.tags.all())
    value = getattr(person, f"{cell}_id" if cell in ("owner", "main_niche") else cell)
    return "" if value is None else str(value)


def change_cell(pk: int, cell: str, value: Any, *, was: str, at: dt.datetime, actor: Actor) -> bool:
    """Put a value into a cell that still holds what was read; False when it says so already.

    Raises `CellChanged`, and Influencer.DoesNotExist when she is gone or was merged.
    """
    if cell == "tags":
        return change_tags(pk, value, was=was, at=at, actor=actor)
    with transaction.atomic():
        people = Influencer.objects.unmerged().select_related("owner", "main_niche")
        person = people.select_for_update(of=("self",)).get(pk=pk)
        before = cell_value(person, cell)
        setattr(person, cell, value)
        if before not in (was, cell_value(person, cell)):
            person.refresh_from_db()
            raise CellChanged(person, cell)
        niches = list(person.niches.all())
        return change_person(person, niches, seen=person.updated_at, at=at, actor=actor)


def change_tags(pk: int, names: list[str], *, was: str, at: dt.datetime, actor: Actor) -> bool:
    """Let somebody have exactly these tags. Raises what `change_cell` raises."""
    with transaction.atomic():
        # Tags before people, as everywhere where tags are put.
        wanted = [tag_called(name) for name in sorted(names, key=str.casefold)]
        person = Influencer.objects.unmerged().select_for_update(of=("self",), no_key=True).get(pk=pk)
        there = list(person.tags.all())
        if tags_said(tag.name for tag in there) not in (was, tags_said(tag.name for tag in wanted)):
            raise CellChanged(person, "tags")
        put = sum(put_tag(person, tag.name, at=at, actor=actor) for tag in wanted)
        taken = sum(take_tag(person, tag, at=at, actor=actor) for tag in there if tag not in wanted)
    return put + taken > 0

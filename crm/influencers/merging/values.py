"""Two people field by field: what the one who stays keeps, what she takes over, and what somebody must choose."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _now

from crm.base.formats import day_words
from crm.influencers.actions.contacts import CONTACT_FIELDS, PRIVATE
from crm.influencers.actions.people import PERSON_FIELDS
from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact
from crm.timeline.edits import shown, veiled

STAYS, GOES = "stays", "goes"
BAR = ("do_not_contact_at", "do_not_contact_until", "do_not_contact_why")
OWN_CONTACT = ("name",)
"""A contact is called as she is; which name that is the person's own field says."""

LONGER = {"legal_name", "aesthetic", "palette", "link_habit", "engagement_style"}
NEWER = {"language", "zone", "prefers", "email", "phone", "whatsapp", "city", "territory", "country"}
STAGES = ("prospect", "resting", "in_talks", "active")

Values = dict[str, dict[str, list[Any]]]


@dataclass(frozen=True)
class Pair:
    """The two people, each with her own contact when she has one."""

    stays: Influencer
    goes: Influencer
    stays_contact: Contact | None = None
    goes_contact: Contact | None = None

    @classmethod
    def of(cls, stays: Influencer, goes: Influencer) -> "Pair":
        own = Representation.objects.filter(influencer__in=[stays.pk, goes.pk], capacity=Representation.Capacity.SELF)
        contact = {row.influencer_id: row.contact for row in own.select_related("contact")}
        return cls(stays, goes, contact.get(stays.pk), contact.get(goes.pk))

    @property
    def has_two_contacts(self) -> bool:
        mine, theirs = self.stays_contact, self.goes_contact
        return mine is not None and theirs is not None and mine.pk != theirs.pk


@dataclass(frozen=True)
class Field:
    """One field in which two people differ."""

    part: str  # "person" or "contact"
    name: str
    label: str
    stays: Any
    goes: Any
    said: tuple[str, str]
    is_conflict: bool
    default: str

    @property
    def key(self) -> str:
        return f"{self.part}_{self.name}"

    def chosen(self, choices: Mapping[str, str]) -> str:
        """Whose value it is: what is empty on one side is never asked about."""
        return choices.get(self.key, self.default) if self.is_conflict else self.default


def fields_of(pair: Pair) -> list[Field]:
    """Every field in which the two differ and the one who goes has something to say."""
    found = [_field("person", pair.stays, pair.goes, name, pair) for name in PERSON_FIELDS]
    if pair.has_two_contacts:
        names = [name for name in CONTACT_FIELDS if name not in OWN_CONTACT]
        found += [_field("contact", pair.stays_contact, pair.goes_contact, name, pair) for name in names]
    return [field for field in found if field is not None]


def _field(part: str, stays: Any, goes: Any, name: str, pair: Pair) -> Field | None:
    mine, theirs = getattr(stays, name), getattr(goes, name)
    if mine == theirs or theirs in ("", None, False):
        return None
    is_conflict = mine not in ("", None, False)
    label = str(stays._meta.get_field(name).verbose_name)
    label = _now("%(field)s of the contact") % {"field": label} if part == "contact" else label
    said = (_in_words(stays, name), _in_words(goes, name))
    default = _default(name, mine, theirs, stays, goes, pair) if is_conflict else GOES
    return Field(part, name, label, mine, theirs, said, is_conflict, default)


def _in_words(row: Any, name: str) -> str:
    value = getattr(row, name)
    return day_words(value) if isinstance(value, dt.date) else shown(row, name)


def _default(name: str, mine: Any, theirs: Any, stays: Any, goes: Any, pair: Pair) -> str:
    """The longer text, the newer address, the further stage, the name of the one with more followers; else who stays."""
    takes_theirs = False
    if name in LONGER:
        takes_theirs = len(str(theirs)) > len(str(mine))
    elif name in NEWER:
        takes_theirs = goes.updated_at > stays.updated_at
    elif name == "stage":
        takes_theirs = STAGES.index(theirs) > STAGES.index(mine)
    elif name == "stage_name":
        takes_theirs = (pair.goes.followers or 0) > (pair.stays.followers or 0)
    return GOES if takes_theirs else STAYS


def settle(pair: Pair, choices: Mapping[str, str]) -> Values:
    """Write the chosen values to the one who stays and her contact; what changed, before and after."""
    fields = [field for field in fields_of(pair) if field.chosen(choices) == GOES]
    wanted = {"person": {f.name: f.goes for f in fields if f.part == "person"}, "contact": {}}
    wanted["contact"] = {f.name: f.goes for f in fields if f.part == "contact"}
    wanted["person"] |= stricter_bar(pair)
    if "email" in wanted["contact"] and pair.goes_contact is not None:
        wanted["contact"] |= {name: getattr(pair.goes_contact, name) for name in ("email_state", "email_state_why")}
    values: Values = {}
    for part, row in (("person", pair.stays), ("contact", pair.stays_contact)):
        fresh = {name: value for name, value in wanted[part].items() if getattr(row, name, None) != value}
        if row is not None and fresh:
            values[part] = _write(row, fresh)
    return values


def stricter_bar(pair: Pair) -> dict[str, Any]:
    """Whoever of the two asked to be left alone is left alone: for the longer of two times, for both reasons."""
    mine, theirs = pair.stays, pair.goes
    if theirs.do_not_contact_at is None:
        return {}
    if mine.do_not_contact_at is None:
        return {name: getattr(theirs, name) for name in BAR}
    ends = [mine.do_not_contact_until, theirs.do_not_contact_until]
    whys = dict.fromkeys(why for why in (mine.do_not_contact_why, theirs.do_not_contact_why) if why)
    values = (
        min(mine.do_not_contact_at, theirs.do_not_contact_at),
        None if None in ends else max(end for end in ends if end),
        "; ".join(whys)[:200],
    )
    return {name: value for name, value in zip(BAR, values, strict=True) if getattr(mine, name) != value}


def _write(row: Any, wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    before = {name: plain(row, name) for name in wanted}
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(update_fields=[*wanted, "updated_at"])
    return {name: [before[name], plain(row, name)] for name in wanted}


def plain(row: models.Model, name: str) -> Any:
    """A field's value as JSON keeps it; a relation by its key."""
    field: Any = row._meta.get_field(name)
    value = getattr(row, field.attname)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def put_back(row: models.Model, changed: Mapping[str, list[Any]]) -> list[str]:
    """Restore what a merge changed, except what somebody has changed since; the names of the fields left as they are."""
    left = [name for name, (_old, new) in changed.items() if not _may_go_back(row, name, new)]
    names = [name for name in changed if name not in left]
    for name in names:
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, _read(field, changed[name][0]))
    gone = [name for name in names if not _is_there(row, name)]
    for name in gone:
        setattr(row, name, None)
    if names:
        row.save(update_fields=[*names, "updated_at"])
    return [str(row._meta.get_field(name).verbose_name) for name in left]  # type: ignore[union-attr]


def _may_go_back(row: models.Model, name: str, new: Any) -> bool:
    return bool(plain(row, name) == new)


def _is_there(row: models.Model, name: str) -> bool:
    """Whether what a relation pointed to before still exists."""
    field: Any = row._meta.get_field(name)
    value = getattr(row, field.attname)
    if not field.is_relation or value is None:
        return True
    return bool(field.related_model._base_manager.filter(pk=value).exists())


def _read(field: Any, value: Any) -> Any:
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def told(values: Values) -> Iterator[tuple[str, tuple[str, str]]]:
    """The changes as the story tells them: addresses and numbers by their edges only."""
    for part in (values.get("person", {}), values.get("contact", {})):
        for name, (old, new) in part.items():
            say = veiled if name in PRIVATE else str
            yield name, (say("" if old is None else old), say("" if new is None else new))

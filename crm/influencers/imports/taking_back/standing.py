"""What stands today of what some rows of an import wrote, loaded with one query per table whatever their number."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import CharField
from django.db.models.functions import Cast

from crm.influencers.imports.taking_back.bound import Made, holding
from crm.influencers.models import (
    ImportRow,
    ImportRun,
    Influencer,
    Note,
    RateCard,
    Representation,
    SocialAccount,
)
from crm.influencers.places import keeps_person
from crm.outbox.models import Contact
from crm.timeline.models import Entry

PERSON = ("stage_name", "legal_name", "city", "country", "birth_on")
UNTOUCHING = ("influencer.imported", "influencer.updated", "influencer.taken_back", "influencer.archived",
              "influencer.restored", "influencer.merged", "influencer.goes_on", "influencer.parted")  # fmt: skip
"""Lines of the story that are no reason to keep somebody: imports and merges are asked by themselves."""

Reason = tuple[str, str]


class Written(NamedTuple):
    """A row that was imported, as far as taking it back needs it."""

    pk: int
    line: int
    verdict: str
    facts: dict[str, Any]
    changed: dict[str, Any]
    influencer_ref: int | None
    written_at: dt.datetime

    @property
    def made(self) -> dict[str, Any]:
        found: dict[str, Any] = self.changed.get("created", {})
        return found


@dataclass(slots=True)
class Person:
    """Somebody as she stands today."""

    name: str
    values: dict[str, str]
    barred_at: dt.datetime | None
    barred_until: dt.date | None
    barred_why: str
    main_niche: int | None
    merged_into: int | None
    took_in: bool = False
    contact: int | None = None
    niches: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Standing:
    """The rows in question as they are now, and what others hang on them."""

    people: dict[int, Person] = field(default_factory=dict)
    contacts: dict[int, dict[str, str]] = field(default_factory=dict)
    accounts: dict[int, tuple[int, str, str, str]] = field(default_factory=dict)
    untouched: dict[type[Any], dict[int, bool]] = field(default_factory=dict)
    held: dict[type[Any], dict[int, list[str]]] = field(default_factory=dict)
    reasons: dict[int, list[Reason]] = field(default_factory=dict)


def made_by(rows: Sequence[Written]) -> Made:
    """Everything the rows say they made."""
    made: Made = defaultdict(list)
    for row in rows:
        said = row.made
        for model, key in ((Influencer, "influencer"), (Contact, "contact"), (RateCard, "rate")):
            made[model].extend([said[key]] if key in said else [])
        made[SocialAccount].extend(said.get("accounts", ()))
        made[Note].extend(said.get("notes", ()))
    return made


def load(run: ImportRun, rows: Sequence[Written], *, lock: bool = False) -> Standing:
    """What stands of these rows. With `lock` the people stay as they are until the transaction ends."""
    made, standing = made_by(rows), Standing()
    people = sorted({row.influencer_ref for row in rows if row.influencer_ref})
    _people(standing, people, lock=lock)
    _contacts(standing, people, made)
    _accounts(standing, made)
    _niches(standing, people)
    for model in (Note, RateCard):
        standing.untouched[model] = _untouched(model, made.get(model, []))
    for table in (Contact, SocialAccount, Note, RateCard, Influencer):
        standing.held[table] = holding(table, made, run, people)
    _representations(standing, made, run, people)
    _reasons(standing, {row.made["influencer"]: row.written_at for row in rows if "influencer" in row.made}, run)
    return standing


def _people(standing: Standing, pks: list[int], *, lock: bool) -> None:
    rows = Influencer.objects.filter(pk__among=pks).order_by("pk")
    if lock:
        # Whoever is adding something to one of them right now is waited for.
        rows = rows.select_for_update(of=("self",))
    fields = (*PERSON, "do_not_contact_at", "do_not_contact_until", "do_not_contact_why", "main_niche", "merged_into")
    for pk, *values in rows.values_list("pk", *fields):
        said = {name: _text(value) for name, value in zip(PERSON, values, strict=False)}
        standing.people[pk] = Person(values[0], said, *values[len(PERSON) :])
    for (into,) in Influencer.objects.filter(merged_into__among=pks).order_by().values_list("merged_into"):
        standing.people[into or 0].took_in = True


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def _contacts(standing: Standing, people: list[int], made: Made) -> None:
    own = Representation.objects.filter(influencer_id__among=people, capacity=Representation.Capacity.SELF)
    phone, whatsapp = (Cast(f"contact__{name}", CharField(max_length=128)) for name in ("phone", "whatsapp"))
    for owner, pk, *values in own.values_list("influencer_id", "contact_id", phone, whatsapp, "contact__email"):
        standing.people[owner].contact = pk
        said = (value or "" for value in values)
        standing.contacts[pk] = dict(zip(("phone", "whatsapp", "email"), said, strict=True))


def _accounts(standing: Standing, made: Made) -> None:
    rows = SocialAccount.objects.filter(pk__among=made.get(SocialAccount, []))
    fields = ("pk", "influencer_id", "platform__code", "handle", "tier_override")
    standing.accounts = {pk: (owner, *said) for pk, owner, *said in rows.values_list(*fields)}


def _niches(standing: Standing, people: list[int]) -> None:
    having = Influencer.niches.through.objects.filter(influencer_id__among=people)
    for pk, owner, niche, slug in having.values_list("pk", "influencer_id", "niche_id", "niche__slug"):
        standing.people[owner].niches[slug] = (pk, niche)


def _untouched(model: type[Any], pks: list[int]) -> dict[int, bool]:
    """Whether rows are still as they were made; rows that are gone are not among them."""
    pinned = ("pinned_at",) if model is Note else ()
    rows = model._base_manager.filter(pk__among=pks)
    return {
        pk: created == updated and not any(pins)
        for pk, created, updated, *pins in rows.values_list("pk", "created_at", "updated_at", *pinned)
    }


def _representations(standing: Standing, made: Made, run: ImportRun, people: list[int]) -> None:
    """What hangs on how a contact stands to a person holds the contact."""
    own = Representation.objects.filter(contact_id__among=made.get(Contact, []))
    contact_of = dict(own.values_list("pk", "contact_id"))
    for pk, labels in holding(Representation, {Representation: list(contact_of)}, run, people).items():
        standing.held[Contact].setdefault(contact_of[pk], []).extend(labels)


def _reasons(standing: Standing, made: Mapping[int, dt.datetime], run: ImportRun) -> None:
    """Why people the import made cannot go: what others did with them since."""
    found: dict[int, list[Reason]] = defaultdict(list)
    if made:
        for place in keeps_person.all():
            for pk in place.call(list(made)):
                found[pk].append(("held", place.key))
        for pk, name in _newer_imports(made, run):
            found[pk].append(("newer-import", name))
        for pk, who, at in _last_touched(made):
            found[pk].append(("touched", f"{who}|{at.isoformat()}"))
    standing.reasons = {pk: list(dict.fromkeys(reasons)) for pk, reasons in found.items()}


def _newer_imports(made: Mapping[int, dt.datetime], run: ImportRun) -> Any:
    rows = ImportRow.objects.filter(influencer_ref__among=made, verdict=ImportRow.Verdict.UPDATE)
    there = rows.filter(written_at__isnull=False).exclude(run_id=run.pk).exclude(outcome__in=ImportRow.GONE)
    return there.values_list("influencer_ref", "run__file_name")


def _last_touched(made: Mapping[int, dt.datetime]) -> list[tuple[int, str, dt.datetime]]:
    lines = Entry.objects.filter(influencer_id__among=made).exclude(verb__in=UNTOUCHING).order_by("at", "pk")
    said = lines.values_list("influencer_id", "actor_label", "at")
    # What the import's own batch told about her is not somebody's later work.
    last = {pk: (pk, who, at) for pk, who, at in said if at > made[pk]}
    return list(last.values())

"""The rows of a batch, table by table, and writing them with one statement each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from crm.base.bulk import insert, update
from crm.influencers.imports.known import FIGURE_FIELDS
from crm.influencers.keys import name_keys
from crm.influencers.models import (
    ImportRow,
    Influencer,
    MetricSnapshot,
    Note,
    RateCard,
    Representation,
    SocialAccount,
)
from crm.influencers.models.keyed import KEYS
from crm.outbox.models import Contact
from crm.timeline.models import Entry
from crm.timeline.record import record_about

PERSON = ("id", "stage_name", "legal_name", "language", "zone", "birth_on", "city", "country", "main_niche_id")
BARRED = ("do_not_contact_at", "do_not_contact_why")
MAIN = ("main_platform_id", "main_handle", "followers", "tier_code")
ACCOUNT = ("id", "influencer_id", "platform_id", "handle", "followers", "followers_at")
SNAPSHOT = ("account_id", "taken_at", "source", "import_run_id", *FIGURE_FIELDS)
CONTACT = ("id", "name", "email", "phone", "whatsapp", "prefers", "language", "zone")
REPRESENTATION = ("influencer_id", "contact_id")
NICHE = ("influencer_id", "niche_id")
NOTE = ("id", "influencer_id", "kind", "text", "facts", "author_id")
RATE = ("id", "influencer_id", "format_id", "price", "price_currency", "price_to", "as_said", "valid_from")
ROW = ("verdict", "reasons", "changed", "influencer_ref", "written_at")

Rows = list[tuple[Any, ...]]
Told = list[tuple[int, str, Mapping[str, tuple[Any, Any]]]]


@dataclass(slots=True)
class Tables:
    """Rows to insert and to change, per table, in the order in which foreign keys allow them."""

    people: Rows = field(default_factory=list)
    contacts: Rows = field(default_factory=list)
    representations: Rows = field(default_factory=list)
    accounts: Rows = field(default_factory=list)
    snapshots: Rows = field(default_factory=list)
    niches: Rows = field(default_factory=list)
    notes: Rows = field(default_factory=list)
    rates: Rows = field(default_factory=list)
    told_new: Told = field(default_factory=list)
    told_update: Told = field(default_factory=list)
    rows: Rows = field(default_factory=list)
    people_changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    contacts_changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    recounted: Rows = field(default_factory=list)

    def write(self, now: dt.datetime, *, told_new: Entry, told_update: Entry) -> None:
        """Write everything in the running transaction; the story of each person in the words of the two entries."""
        insert(Influencer, PERSON + BARRED + MAIN + KEYS, map(_with_keys, self.people), now=now)
        insert(Contact, CONTACT, self.contacts, now=now)
        insert(Representation, REPRESENTATION, self.representations, now=now)
        insert(SocialAccount, ACCOUNT, self.accounts, now=now)
        insert(MetricSnapshot, SNAPSHOT, self.snapshots, now=now)
        insert(Influencer.niches.through, NICHE, self.niches, now=now)
        insert(Note, NOTE, self.notes, now=now)
        insert(RateCard, RATE, self.rates, now=now)
        update(SocialAccount, ("followers", "followers_at"), self.recounted)
        for values in self.people_changed.values():
            if name := values.get("stage_name"):
                values |= dict(zip(KEYS, (*name_keys(name), name), strict=True))
        update_alike(Influencer, self.people_changed, now)
        update_alike(Contact, self.contacts_changed, now)
        record_about(told_new, self.told_new)
        record_about(told_update, self.told_update)
        update(ImportRow, ROW, self.rows)


def _with_keys(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of `people` with what its name has in common with other writings of it."""
    name = row[PERSON.index("stage_name")]
    return (*row, *name_keys(name), name)


def update_alike(model: type[models.Model], changes: Mapping[int, dict[str, Any]], now: dt.datetime) -> None:
    """One statement for all rows that change in the same columns."""
    alike: dict[tuple[str, ...], Rows] = defaultdict(list)
    for pk, values in changes.items():
        names = tuple(sorted(values))
        alike[names].append((pk, *(values[name] for name in names), now))
    for names, rows in alike.items():
        update(model, (*names, "updated_at"), rows)

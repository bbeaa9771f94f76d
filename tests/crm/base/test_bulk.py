"""Many rows in one go: the same rows as one by one, all of them or none."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from crm.base import bulk
from crm.influencers.models import ImportRow, ImportRun, Influencer
from crm.outbox.models import Contact
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, entry, record, record_about, record_many
from tests.conftest import NOW

ODD = "tab\t, newline\n, backslash \\N, quotes \"' and 🌸"


def kept(told: Entry) -> dict[str, object]:
    """An entry as it stands in the table, without its number."""
    return Entry.objects.filter(pk=told.pk).values().get() | {"id": None}


@pytest.mark.django_db
def test_entries_written_together_stand_as_if_each_had_been_recorded() -> None:
    person = Influencer.objects.create(stage_name="Sekar")
    details: dict[str, Any] = {
        "at": NOW,
        "actor": SYSTEM,
        "subject": person,
        "influencer": person,
        "changes": {"city": ("", ODD)},
    }
    alone = record("influencer.updated", _("Updated"), quote=ODD, **details)

    record_many([entry("influencer.updated", _("Updated"), quote=ODD, **details)])
    told = entry("influencer.updated", _("Updated"), quote=ODD, at=NOW, actor=SYSTEM)
    record_about(told, [(person.pk, "Sekar", {"city": ("", ODD)})])

    together, about = Entry.objects.exclude(pk=alone.pk).order_by("pk")
    assert kept(together) == kept(alone)
    assert kept(about) == kept(alone)


@pytest.mark.django_db(transaction=True)
def test_one_refused_row_keeps_all_rows_out() -> None:
    with pytest.raises(IntegrityError):
        bulk.insert(Influencer, ("id", "stage_name"), [(1, "Sekar"), (1, "Sekar")], now=NOW)

    assert not Influencer.objects.exists()


@pytest.mark.django_db
def test_columns_nobody_names_get_their_default_and_stamps_the_moment() -> None:
    bulk.insert(Contact, ("name",), [("Sekar",)], now=NOW, alike={"language": "en"})

    contact = Contact.objects.get()
    assert (contact.name, contact.language, contact.email, contact.created_at) == ("Sekar", "en", "", NOW)


@pytest.mark.django_db
def test_rows_are_changed_by_key_whatever_stands_in_them() -> None:
    run = ImportRun.objects.create(file_name="a.csv")
    one, two = (ImportRow.objects.create(run=run, line=line, verdict="new") for line in (2, 3))
    moment = dt.datetime(2026, 11, 24, 3, 0, 0, 123456, tzinfo=dt.UTC)

    bulk.update(
        ImportRow,
        ("reasons", "changed", "influencer_ref", "written_at"),
        [(one.pk, [["fills", "", ODD]], {"fields": {"city": ["", ODD]}}, 2**40, moment), (two.pk, [], {}, None, None)],
    )

    fields = ("reasons", "changed", "influencer_ref", "written_at")
    assert list(ImportRow.objects.order_by("line").values_list(*fields)) == [
        ([["fills", "", ODD]], {"fields": {"city": ["", ODD]}}, 2**40, moment),
        ([], {}, None, None),
    ]


@pytest.mark.django_db
def test_birth_dates_are_changed_as_dates() -> None:
    person = Influencer.objects.create(stage_name="Sekar")

    bulk.update(Influencer, ("birth_on", "followers"), [(person.pk, dt.date(1999, 2, 3), 12)])

    person.refresh_from_db()
    assert (person.birth_on, person.followers) == (dt.date(1999, 2, 3), 12)


@pytest.mark.django_db
def test_among_finds_what_in_finds_with_one_parameter() -> None:
    for name in ("Sekar", ODD, "Oka"):
        Influencer.objects.create(stage_name=name)
    wanted = Influencer.objects.filter(stage_name__among=[ODD, "Oka", "nobody"])

    assert set(wanted.values_list("stage_name", flat=True)) == {ODD, "Oka"}
    assert not Influencer.objects.filter(pk__among=[]).exists()
    assert Entry.objects.filter(influencer_id__among=[1, 2]).count() == 0
    assert len(wanted.query.get_compiler(connection=connection).as_sql()[1]) == 1


@pytest.mark.django_db
def test_reserved_keys_are_given_to_nobody_else() -> None:
    one, two = bulk.reserve_ids(Influencer, 2)
    bulk.insert(Influencer, ("id", "stage_name"), [(one, "Sekar"), (two, "Oka")], now=NOW)

    assert bulk.reserve_ids(Influencer, 0) == []
    assert Influencer.objects.create(stage_name="Rahayu").pk > two

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from crm.timeline import guards
from crm.timeline.models import Entry, Erasing

AT = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def entry(db: None) -> Entry:
    return an_entry()


def an_entry() -> Entry:
    return Entry.objects.create(
        at=AT,
        actor_kind=Entry.ActorKind.SYSTEM,
        actor_label="Mitra",
        verb="influencer.archived",
        sentence_en="Sari was archived.",
        sentence_id="Sari diarsipkan.",
    )


def raw(statement: str, *values: Any) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


WAYS = {
    "update": lambda: Entry.objects.update(sentence_en="Sari was never archived."),
    "delete": lambda: Entry.objects.all().delete(),
    "bulk_update": lambda: Entry.objects.bulk_update([_changed()], ["sentence_en"]),
    "raw update": raw("UPDATE crm_entry SET sentence_en = %s", "Sari was never archived."),
    "raw delete": raw("DELETE FROM crm_entry"),
    "parent's save": lambda: models.Model.save(_changed()),
    "parent's delete": lambda: models.Model.delete(Entry.objects.get()),
}


def _changed() -> Entry:
    entry = Entry.objects.get()
    entry.sentence_en = "Sari was never archived."
    return entry


@pytest.mark.parametrize("way", WAYS)
def test_an_entry_is_neither_changed_nor_removed_whoever_asks(entry: Entry, way: str) -> None:
    with pytest.raises(IntegrityError, match="append-only ledger"), transaction.atomic():
        WAYS[way]()

    assert list(Entry.objects.values_list("pk", "sentence_en")) == [(entry.pk, "Sari was archived.")]


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's")
def test_a_ledger_is_not_truncated(entry: Entry) -> None:
    with pytest.raises(IntegrityError, match="TRUNCATE of crm_entry refused"), transaction.atomic():
        raw("TRUNCATE crm_entry")()

    assert Entry.objects.count() == 1


def test_entries_are_added_at_any_time(entry: Entry) -> None:
    an_entry()

    assert Entry.objects.count() == 2


def test_the_door_lets_erasure_pass_and_closes_behind_it(entry: Entry) -> None:
    an_entry()
    with guards.erasing("a person asked to be forgotten"):
        Entry.objects.filter(pk=entry.pk).update(sentence_en="Somebody was archived.")
        Entry.objects.exclude(pk=entry.pk).delete()

    assert list(Entry.objects.values_list("sentence_en", flat=True)) == ["Somebody was archived."]
    assert not Erasing.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.all().delete()


def test_an_erasure_that_fails_leaves_everything_as_it_was_and_the_door_closed(entry: Entry) -> None:
    with pytest.raises(ZeroDivisionError), guards.erasing("tried"):
        Entry.objects.all().delete()
        raise ZeroDivisionError

    assert list(Entry.objects.all()) == [entry]
    assert not Erasing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_open_door_is_open_for_its_own_transaction_only() -> None:
    an_entry()
    with _second_connection() as other, guards.erasing("here"), other.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("DELETE FROM crm_entry")

    assert Entry.objects.count() == 1


class _second_connection:
    """A connection beside the test's own, as another worker has it."""

    def __enter__(self) -> BaseDatabaseWrapper:
        self.other = connection.copy()
        if connection.vendor == "sqlite":
            # Writers are serial there: the other one waits for its turn, here only for a moment.
            self.other.settings_dict = {**self.other.settings_dict}
            self.other.settings_dict["OPTIONS"] = {**self.other.settings_dict["OPTIONS"], "timeout": 0.1}
        return self.other

    def __exit__(self, *_error: object) -> None:
        self.other.close()


# ---- Standing, falling, coming back ----------------------------------------------------------------------------------


@pytest.fixture
def unguarded(db: None) -> Iterator[None]:
    guards.remove(connection)
    yield
    guards.install(connection)


def database_errors() -> list[str | None]:
    return [message.id for message in run_checks(tags=["database"], databases=["default"])]


def test_the_check_is_content_while_the_guards_stand(db: None) -> None:
    assert guards.present(connection)
    assert database_errors() == []


def test_the_check_names_an_unguarded_ledger(unguarded: None) -> None:
    assert sorted(guards.missing(connection)) == [
        "campaigns_contentasset", "campaigns_contentcaption", "campaigns_contentversion", "campaigns_orderreturn",
        "campaigns_reviewdecision", "campaigns_shipmentevent", "campaigns_stockmovement", "crm_benefit",
        "crm_caseevidence", "crm_entry", "crm_ledgerline", "crm_quotaentry",
    ]  # fmt: skip
    assert database_errors() == ["crm.E001"] * 12


def test_one_missing_guard_of_several_is_noticed(db: None) -> None:
    on = " ON crm_entry" if connection.vendor == "postgresql" else ""
    raw(f"DROP TRIGGER crm_append_only_delete_crm_entry{on}")()

    assert not guards.present(connection)
    guards.install(connection)
    assert guards.present(connection)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot disable a trigger")
def test_a_disabled_guard_counts_as_missing(db: None) -> None:
    raw("ALTER TABLE crm_entry DISABLE TRIGGER crm_append_only_update_crm_entry")()

    assert guards.missing(connection) == ["crm_entry"]
    guards.install(connection)
    assert guards.present(connection)


def test_a_door_left_open_is_an_error(db: None) -> None:
    Erasing.objects.create(reason="forgotten")

    assert database_errors() == ["crm.E002"]


def test_installing_twice_changes_nothing(entry: Entry) -> None:
    guards.install(connection)
    guards.install(connection)

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.all().delete()


def test_without_guards_the_database_would_obey(entry: Entry, unguarded: None) -> None:
    Entry.objects.all().delete()

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_ledgers_and_puts_the_guards_back() -> None:
    an_entry()

    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)

    assert not Entry.objects.exists()
    assert guards.present(connection)
    an_entry()
    with pytest.raises(IntegrityError):
        Entry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_migrate_puts_missing_guards_back() -> None:
    guards.remove(connection)

    call_command("migrate", verbosity=0)

    assert guards.present(connection)

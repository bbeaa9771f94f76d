import datetime as dt
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, models
from pytest_django import DjangoAssertNumQueries

from crm.base import seeding
from crm.base.seeding import SEEDS, Laid, Seed, lay, lay_all
from crm.influencers.models import Platform, Tier, TierScheme

EDITED_AT = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


def rows(*pairs: tuple[str, str]) -> Seed:
    def platforms() -> Iterator[models.Model]:
        yield from (Platform(code=code, name=name) for code, name in pairs)

    return Seed(Platform, ("code",), platforms)


@pytest.fixture(autouse=True)
def bare(db: None) -> None:
    """Without the rows every test database starts with."""
    for one in reversed(SEEDS):
        rows = one.model._default_manager.all()
        rows._raw_delete(rows.db)  # type: ignore[attr-defined] - children and parents go together


def names() -> dict[str, str]:
    return dict(Platform.objects.values_list("code", "name"))


def test_missing_rows_are_added_and_present_ones_left() -> None:
    first = lay(rows(("one", "One")))
    second = lay(rows(("one", "One"), ("two", "Two")))

    assert (first, second) == (Laid(Platform, 1, 0, 0), Laid(Platform, 1, 0, 1))
    assert names() == {"one": "One", "two": "Two"}


def test_an_untouched_row_follows_the_release_and_keeps_its_key() -> None:
    lay(rows(("one", "One")))
    before = Platform.objects.get().pk

    assert lay(rows(("one", "Uno"))) == Laid(Platform, 0, 1, 0)
    assert (Platform.objects.get().pk, names()) == (before, {"one": "Uno"})


def test_a_row_somebody_edited_stays_as_it_is() -> None:
    lay(rows(("one", "One")))
    Platform.objects.update(name="Ours", edited_at=EDITED_AT)

    assert lay(rows(("one", "Uno"))) == Laid(Platform, 0, 0, 1)
    assert names() == {"one": "Ours"}


def test_a_row_a_release_no_longer_brings_is_not_deleted() -> None:
    lay(rows(("one", "One"), ("two", "Two")))

    lay(rows(("two", "Two")))

    assert names() == {"one": "One", "two": "Two"}


def test_rows_that_cannot_tell_an_edit_are_only_ever_added() -> None:
    scheme = TierScheme.objects.create(code="own", name="Own")

    def tiers() -> Iterator[models.Model]:
        yield Tier(scheme=scheme, code="small", name="Small", low=10)

    one = Seed(Tier, ("scheme", "code"), tiers)
    lay(one)
    Tier.objects.update(low=20)

    assert lay(one) == Laid(Tier, 0, 0, 1)
    assert Tier.objects.get().low == 20


def test_a_second_laying_changes_nothing() -> None:
    lay_all()
    first = {one.model: list(one.model._default_manager.order_by("pk").values()) for one in SEEDS}

    again = lay_all()

    assert [(laid.added, laid.changed) for laid in again] == [(0, 0)] * len(SEEDS)
    assert {one.model: list(one.model._default_manager.order_by("pk").values()) for one in SEEDS} == first


@pytest.mark.parametrize("count", [1, 3])
def test_laying_asks_as_often_for_three_rows_as_for_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        lay(rows(*[(f"p{number}", "New") for number in range(count)]))


def test_one_bad_seed_leaves_nothing_half_laid(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = rows(("two", "Two"), ("two", "Two"))
    monkeypatch.setattr(seeding, "SEEDS", [rows(("one", "One")), twice])

    with pytest.raises(IntegrityError):
        lay_all()

    assert names() == {}


def test_the_command_tells_what_it_did() -> None:
    out = StringIO()
    lay_all()
    Platform.objects.filter(code="instagram").update(name="Insta")

    call_command("seed_reference", stdout=out)

    count = Platform.objects.count()
    assert f"platforms: 0 added, 1 updated, {count - 1} left as they are\n" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_reference_data_is_there_again_after_a_flush() -> None:
    lay_all()
    expected = names()

    call_command("flush", interactive=False, verbosity=0)

    assert names() == expected

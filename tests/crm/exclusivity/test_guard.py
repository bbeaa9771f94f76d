"""The database refuses a promise that hits another one, however it is written."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from crm.brands.models import Brand, BrandOwner
from crm.exclusivity import guard
from crm.exclusivity.models import Claim
from crm.influencers.models import Influencer
from tests.factories import BrandFactory, InfluencerFactory

BAR, WORK = Claim.Side.BAR, Claim.Side.ENGAGEMENT
SKINCARE, SUNSCREEN, EVERYWHERE = 100_000_001, 100_000_002, 100_000_000
REFUSED = r"claim_apart|exclusivity promise"
pytestmark = pytest.mark.django_db


def on(day: int, month: int = 3) -> dt.datetime:
    return dt.datetime(2026, month, day, tzinfo=dt.UTC)


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Larasati")


@pytest.fixture
def ours() -> Brand:
    return BrandFactory(name="Lumi Skincare", owner=BrandOwner.objects.create(name="Lumi House"))


@pytest.fixture
def rival() -> Brand:
    return BrandFactory(name="Serasi", owner=BrandOwner.objects.create(name="Serasi Group"))


def claim(person: Influencer, side: int, brand: Brand, **changes: Any) -> Claim:
    """An unsaved claim: all of March, skincare, everywhere; `Claim.Side` decides how it reads."""
    standard = {
        "influencer": person, "side": side, "source": f"test:{side}", "house_id": brand.owner_id, "brand": brand,
        "within_house": side == WORK, "start_at": on(1), "end_at": on(31),
        "subjects": {SKINCARE, SUNSCREEN} if side == BAR else {0, SKINCARE},
        "channels": {0}, "territories": {0}, "acts": {1},
    }  # fmt: skip
    return Claim(**{**standard, **changes})


def is_refused(*claims: Claim) -> bool:
    """Whether the database has the last of these beside the others."""
    *there, last = claims
    for one in there:
        one.save()
    try:
        with transaction.atomic():
            last.save()
    except IntegrityError as error:
        assert guard.is_refusal(error)
        return True
    return False


class TestWhatMeets:
    def test_work_for_a_rival_inside_a_bar(self, kirana: Influencer, ours: Brand, rival: Brand) -> None:
        assert is_refused(claim(kirana, BAR, ours), claim(kirana, WORK, rival)) is True

    def test_a_bar_over_work_that_is_promised(self, kirana: Influencer, ours: Brand, rival: Brand) -> None:
        assert is_refused(claim(kirana, WORK, rival), claim(kirana, BAR, ours)) is True

    def test_a_sister_brand_only_where_the_bar_counts_them(self, kirana: Influencer, ours: Brand) -> None:
        sister = BrandFactory(name="Lumi Men", owner=ours.owner)
        assert is_refused(claim(kirana, BAR, ours), claim(kirana, WORK, sister)) is False
        Claim.objects.all().delete()
        assert is_refused(claim(kirana, BAR, ours, within_house=True), claim(kirana, WORK, sister)) is True

    def test_the_own_brand_never(self, kirana: Influencer, ours: Brand) -> None:
        assert is_refused(claim(kirana, BAR, ours, within_house=True), claim(kirana, WORK, ours)) is False

    @pytest.mark.parametrize(
        "changes",
        [
            {"start_at": on(31), "end_at": on(30, 4)},
            {"subjects": {0, 100_000_009}},
            {"acts": {2}},
            {"active": False, "why": "fact"},
        ],
        ids=["touching", "other-subject", "other-act", "unguarded"],
    )
    def test_what_does_not_meet_stands(
        self, kirana: Influencer, ours: Brand, rival: Brand, changes: dict[str, Any]
    ) -> None:
        assert is_refused(claim(kirana, BAR, ours), claim(kirana, WORK, rival, **changes)) is False

    @pytest.mark.parametrize(
        ("bars", "works", "refused"),
        [({0}, {0, EVERYWHERE}, True), ({5, EVERYWHERE}, {0, EVERYWHERE}, True), ({5, EVERYWHERE}, {0, 6}, False)],
        ids=["no-limit", "whole-world", "elsewhere"],
    )
    def test_territories(
        self, kirana: Influencer, ours: Brand, rival: Brand, bars: set[int], works: set[int], refused: bool
    ) -> None:
        pair = claim(kirana, BAR, ours, territories=bars), claim(kirana, WORK, rival, territories=works)
        assert is_refused(*pair) is refused

    def test_two_bars_and_two_pieces_of_work_are_no_conflict(
        self, kirana: Influencer, ours: Brand, rival: Brand
    ) -> None:
        assert is_refused(claim(kirana, BAR, ours), claim(kirana, BAR, rival)) is False
        Claim.objects.all().delete()
        assert is_refused(claim(kirana, WORK, ours), claim(kirana, WORK, rival)) is False

    def test_another_person_is_free(self, kirana: Influencer, ours: Brand, rival: Brand) -> None:
        assert is_refused(claim(kirana, BAR, ours), claim(InfluencerFactory(), WORK, rival)) is False


class TestWaysAround:
    @pytest.fixture(autouse=True)
    def _barred(self, kirana: Influencer, ours: Brand) -> None:
        claim(kirana, BAR, ours).save()

    def test_rows_written_in_bulk(self, kirana: Influencer, rival: Brand) -> None:
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            Claim.objects.bulk_create([claim(kirana, WORK, rival)])
        assert Claim.objects.count() == 1

    def test_an_update_of_many(self, kirana: Influencer, rival: Brand) -> None:
        claim(kirana, WORK, rival, start_at=on(1, 5), end_at=on(9, 5)).save()
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            Claim.objects.filter(side=WORK).update(start_at=on(30))
        assert Claim.objects.filter(side=WORK, start_at=on(1, 5)).count() == 1

    def test_plain_sql(self, kirana: Influencer, rival: Brand) -> None:
        claim(kirana, WORK, rival, active=False, why="fact").save()
        with (
            pytest.raises(IntegrityError, match=REFUSED),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE crm_claim SET active = %s, why = ''", [True])
        assert Claim.objects.active().count() == 1

    def test_an_empty_set_would_meet_nothing_and_is_refused(self, kirana: Influencer, rival: Brand) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            claim(kirana, WORK, rival, acts=set()).save()

    def test_a_bar_may_be_touched_without_hitting_itself(self, kirana: Influencer) -> None:
        assert Claim.objects.update(end_at=on(30)) == 1


class TestStandingGuard:
    def test_it_stands_after_every_migrate_and_its_absence_is_an_error(self) -> None:
        assert guard.present(connection) is True
        assert guard.check_guard(["default"]) == []
        guard.remove(connection)
        assert (guard.present(connection), [found.id for found in guard.check_guard(["default"])]) == (
            False,
            ["crm.E003"],
        )
        guard.install(connection)
        guard.install(connection)
        assert guard.present(connection) is True

    def test_without_it_the_very_same_rows_are_taken(self, kirana: Influencer, ours: Brand, rival: Brand) -> None:
        guard.remove(connection)
        assert is_refused(claim(kirana, BAR, ours), claim(kirana, WORK, rival)) is False
        Claim.objects.all().delete()
        connection.check_constraints()  # PostgreSQL alters no table with checks still to come
        guard.install(connection)
        assert is_refused(claim(kirana, BAR, ours), claim(kirana, WORK, rival)) is True

"""From what somebody is barred, on her page, in the list and for a whole category; other brands stay unnamed."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from crm.base.models import Organisation
from crm.brands.models import BrandAccess
from crm.exclusivity.barred import BarLine, Stay, barred_now, lines_of
from crm.exclusivity.models import Clause, OutsideDeal
from crm.exclusivity.timeline import LEFT, WIDTH, timeline
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import deal, on, promise
from tests.crm.exclusivity.conftest import category
from tests.factories import BrandFactory, InfluencerFactory

pytestmark = pytest.mark.django_db


def bar(person: Influencer, now: dt.datetime, actor: Actor, name: str = "Lumi") -> Clause:
    """In force from 17 November to 10 December 2026."""
    card = deal(person, name, on(12, 3))
    made = promise(card, start_offset=-16)
    card.put("agreed", at=now, actor=actor)
    made.refresh_from_db()
    return made


@pytest.fixture
def clause(kirana: Influencer, now: dt.datetime, actor: Actor) -> Clause:
    return bar(kirana, now, actor)


@pytest.fixture
def stranger(coordinator: User) -> User:
    """Works for another brand than the one that was promised something."""
    Organisation.objects.update(brand_walls=True)
    BrandAccess.objects.create(user=coordinator, brand=BrandFactory(name="Away"))
    coordinator.forget_brands()
    return coordinator


def panel(client: Client, person: Influencer) -> str:
    return client.get(reverse("person-panels", args=[person.pk])).content.decode()


class TestPanel:
    def test_it_says_the_promise_its_days_and_what_stays_allowed(
        self, kirana: Influencer, clause: Clause, coordinator: User, now: dt.datetime
    ) -> None:
        (line,) = lines_of([kirana], coordinator, now)
        assert (line.label, line.sentence, line.standing) == (
            "Skincare, Lumi",
            "No paid posts for other Skincare brands from 16 days before to 7 days after each post.",
            "In force",
        )
        assert [(stay.first_on, stay.last_on, stay.moves) for stay in line.stays] == [(on(11, 17), on(12, 10), True)]

    def test_who_does_not_work_for_the_brand_reads_no_name(
        self, kirana: Influencer, clause: Clause, stranger: User, as_coordinator: Client, now: dt.datetime
    ) -> None:
        (line,) = lines_of([kirana], stranger, now)
        owner = kirana.owner or "a manager"
        assert line.sentence == f"Barred from Skincare for a brand you do not work with. Ask {owner}."
        text = panel(as_coordinator, kirana)
        assert "Barred from Skincare for a brand you do not work with." in text
        assert "Lumi" not in text

    def test_an_exclusive_deal_elsewhere_stands_beside_it_until_it_is_over(
        self, kirana: Influencer, coordinator: User, now: dt.datetime
    ) -> None:
        deal = OutsideDeal.objects.create(
            influencer=kirana, brand_name="Senja Glow", category=category("serum"), is_exclusive=True,
            end_on=on(12, 24), source="declared", as_said="Masih eksklusif ya Kak", zone="Asia/Jakarta",
        )  # fmt: skip
        (line,) = lines_of([kirana], coordinator, now)
        assert (line.label, line.sentence, line.allowed, line.is_elsewhere) == (
            "Serum, Senja Glow", "Exclusive elsewhere, with Senja Glow", "Masih eksklusif ya Kak", True,
        )  # fmt: skip
        OutsideDeal.objects.filter(pk=deal.pk).update(end_on=on(11, 1))
        assert lines_of([kirana], coordinator, now) == []

    def test_it_says_when_nothing_keeps_her(self, kirana: Influencer, as_viewer: Client) -> None:
        assert "Nothing keeps her from working for anybody." in panel(as_viewer, kirana)

    def test_a_window_that_is_over_is_gone(
        self, kirana: Influencer, clause: Clause, coordinator: User, now: dt.datetime
    ) -> None:
        assert lines_of([kirana], coordinator, now + dt.timedelta(days=60)) == []


class TestPicture:
    def test_bars_lie_on_their_days_and_provisional_ones_are_hatched(
        self, kirana: Influencer, clause: Clause, coordinator: User, now: dt.datetime
    ) -> None:
        lines = lines_of([kirana], coordinator, now)
        chart = timeline([("Skincare", "", lines)], on(11, 24))
        (strip,) = chart.rows[0].strips
        day = (WIDTH - LEFT) / 181  # 1 November 2026 to 30 April 2027
        assert (strip.x, strip.width, strip.is_hatched) == (
            round(LEFT + 16 * day, 1), round(round(LEFT + 40 * day, 1) - round(LEFT + 16 * day, 1), 1), True,
        )  # fmt: skip
        assert [month.name for month in chart.months] == ["Nov", "Dec", "Jan 2027", "Feb", "Mar", "Apr"]
        assert chart.today_x == round(LEFT + 23 * day, 1)
        assert (chart.today, strip.label) == ("24 Nov", "Skincare…")

    def test_windows_that_overlap_are_one_bar_and_work_elsewhere_lies_thin_beneath(self) -> None:
        kirana = Influencer(stage_name="Kirana")
        stays = [Stay(on(11, 10), on(12, 10), "first", moves=True), Stay(on(12, 1), on(12, 20), "second", moves=False)]
        ours = BarLine(kirana, "Skincare", "", "", stays, "In force", "warn", "a", "Lumi")
        told = [Stay(on(11, 1), on(12, 5), "told", moves=False)]
        theirs = BarLine(kirana, "Serum", "", "", told, "Not confirmed", "", "d", "Senja Glow", is_elsewhere=True)
        own, elsewhere = timeline([("Kirana", "/people/1/", [theirs, ours])], on(11, 24)).rows[0].strips
        assert (own.title, own.label, own.is_hatched) == ("Skincare, Lumi: first; second", "Skincare, Lumi", True)
        assert (elsewhere.title, elsewhere.label, elsewhere.height < own.height, elsewhere.y > own.y) == (
            "Serum, Senja Glow: told", "", True, True,
        )  # fmt: skip


class TestLock:
    def test_it_says_from_what_and_until_when_in_one_query(
        self, kirana: Influencer, clause: Clause, stranger: User, now: dt.datetime, actor: Actor,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        others = [InfluencerFactory(), InfluencerFactory()]
        bar(others[0], now, actor, "Senja")
        people = [kirana.pk, *(one.pk for one in others)]
        with django_assert_num_queries(1):
            found = barred_now(stranger, people, now)
        assert {pk: badge.label for pk, badge in found.items()} == {
            kirana.pk: "Barred from Skincare until Thu, 10 Dec 2026",
            others[0].pk: "Barred from Skincare until Thu, 10 Dec 2026",
        }

    def test_the_list_and_her_page_show_it(self, kirana: Influencer, clause: Clause, as_viewer: Client) -> None:
        for address in ("/people/", reverse("person", args=[kirana.pk])):
            assert "Barred from Skincare until Thu, 10 Dec 2026" in as_viewer.get(address).content.decode()

    def test_before_and_after_its_days_there_is_none(
        self, kirana: Influencer, clause: Clause, coordinator: User, now: dt.datetime
    ) -> None:
        for days in (-8, 17):
            assert barred_now(coordinator, [kirana.pk], now + dt.timedelta(days=days)) == {}


class TestPerCategory:
    def page(self, client: Client, **query: Any) -> list[str]:
        answer = client.get(reverse("barred-people"), query)
        assert answer.status_code == 200
        return [person.stage_name for person, _lines in answer.context["told"]]

    def test_it_lists_who_is_barred_from_it_from_a_part_of_it_and_from_what_it_is_part_of(
        self, kirana: Influencer, clause: Clause, as_viewer: Client
    ) -> None:
        found = {
            slug: self.page(as_viewer, category=category(slug).pk)
            for slug in ("skincare", "serum", "beauty", "food-drink")
        }
        assert found == {
            "skincare": ["Kirana Maheswari"],
            "serum": ["Kirana Maheswari"],
            "beauty": ["Kirana Maheswari"],
            "food-drink": [],
        }
        clause.excluded_categories.add(category("serum"))
        assert self.page(as_viewer, category=category("serum").pk) == []

    @pytest.mark.parametrize("junk", ["x", "999999", "9" * 40, "-1", "1\x00"])
    def test_junk_is_no_category(self, kirana: Influencer, clause: Clause, as_viewer: Client, junk: str) -> None:
        assert self.page(as_viewer, category=junk) == ["Kirana Maheswari"]

    def test_it_costs_the_same_for_one_and_for_three(
        self, kirana: Influencer, clause: Clause, as_viewer: Client, now: dt.datetime, actor: Actor,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        address = reverse("barred-people") + f"?category={category('skincare').pk}"
        as_viewer.get(address)
        with django_assert_num_queries(19):
            as_viewer.get(address)
        for name in ("Senja", "Kala"):
            bar(InfluencerFactory(), now, actor, name)
        with django_assert_num_queries(19):
            assert len(as_viewer.get(address).context["told"]) == 3


def test_the_picture_has_a_row_for_each_person_or_for_each_category_and_person(
    as_coordinator: Client, kirana: Influencer, clause: Clause, now: dt.datetime, actor: Actor
) -> None:
    bar(InfluencerFactory(stage_name="Amara Lestari"), now, actor, "Senja")

    def rows(**asked: str) -> list[str]:
        return [row.label for row in as_coordinator.get(reverse("barred-people"), asked).context["chart"].rows]

    assert rows() == ["Amara Lestari", "Kirana Maheswari"]
    assert rows(by="category") == ["Skincare · Amara", "Skincare · Kirana"]
    assert rows(by="weather") == ["Amara Lestari", "Kirana Maheswari"]

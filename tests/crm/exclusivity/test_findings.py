"""Findings as people meet them: who may know which side, and what they may decide."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration
from crm.base.models import Organisation
from crm.brands.models import BrandAccess
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Finding
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.team.models import Role, User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import deal, on, promise
from tests.factories import InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(organisation: Organisation) -> User:
    return UserFactory(role=Role.MANAGER, name="Danang Pratama")


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari", owner=UserFactory(name="Rara Wulandari"))


@pytest.fixture
def ours(kirana: Influencer, now: dt.datetime, actor: Actor) -> Collaboration:
    card = deal(kirana, "Lumi", on(12, 10))
    promise(card)
    card.put("agreed", at=now, actor=actor)
    return card


@pytest.fixture
def rival(kirana: Influencer, ours: Collaboration) -> Collaboration:
    return deal(kirana, "Serasi", on(12, 12))


@pytest.fixture
def finding(kirana: Influencer, rival: Collaboration, now: dt.datetime) -> Finding:
    look_again([kirana.pk], now)
    return Finding.objects.get()


def behind_walls(user: User, *cards: Collaboration) -> User:
    house = Organisation.load()
    house.brand_walls = True
    house.save()
    for card in cards:
        BrandAccess.objects.create(user=user, brand=card.campaign.brand)
    return user


def shown(client: Client, user: User, name: str, *args: Any) -> str:
    client.force_login(user)
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


class TestWhatItsReaderMayKnow:
    def test_with_both_brands_both_sides_stand_there_with_days_reason_and_way_out(
        self, client: Client, coordinator: User, finding: Finding
    ) -> None:
        free = InfluencerFactory(stage_name="Sekar Ayu Lestari", main_niche=finding.influencer.main_niche)
        page = shown(client, coordinator, "finding", finding.pk)
        for words in (
            "Skincare, promised to Lumi",
            "No paid posts for other Skincare brands from 7 days before to 7 days after each post.",
            "Serasi",
            "Sat, 12 Dec 2026",
            "It is not agreed yet.",
            free.stage_name,
            "Kirana Maheswari is not free for Skincare on these days because of an exclusivity promise.",
        ):
            assert words in page

    def test_who_works_for_the_other_brand_alone_learns_what_is_barred_and_whom_to_ask(
        self, client: Client, coordinator: User, ours: Collaboration, rival: Collaboration, finding: Finding
    ) -> None:
        reader = behind_walls(coordinator, rival)
        for page in (shown(client, reader, "finding", finding.pk), shown(client, reader, "findings")):
            assert "Lumi" not in page
            assert "Barred from Skincare" in page
        assert "Ask Rara Wulandari." in shown(client, reader, "finding", finding.pk)
        assert client.post(reverse("finding-seen", args=[finding.pk])).status_code == 404
        finding.refresh_from_db()
        assert finding.status == "open"

    def test_who_works_for_the_promised_brand_alone_never_reads_the_rivals_name(
        self, client: Client, coordinator: User, ours: Collaboration, rival: Collaboration, finding: Finding
    ) -> None:
        reader = behind_walls(coordinator, ours)
        for page in (shown(client, reader, "finding", finding.pk), shown(client, reader, "findings")):
            assert "Serasi" not in page
            assert "Work for a brand you do not work with" in page
        client.post(reverse("finding-seen", args=[finding.pk]))
        told = Entry.objects.get(verb="finding.seen")
        assert "Serasi" not in f"{told.sentence_en} {told.sentence_id} {told.subject_label}"

    def test_who_works_for_neither_does_not_find_it(self, client: Client, coordinator: User, finding: Finding) -> None:
        behind_walls(coordinator)
        client.force_login(coordinator)
        assert client.get(reverse("finding", args=[finding.pk])).status_code == 404
        assert "Kirana" not in client.get(reverse("findings")).content.decode()


class TestTheList:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", True), ("part=settled", False), ("part=asked", False), ("q=kirana", True), ("q=sekar", False),
            ("severity=2", True), ("severity=3", False), ("direction=new_work", True), ("direction=breach", False),
            ("severity=junk&direction=junk&brand=junk&person=junk&page=junk", True),
        ],
    )  # fmt: skip
    def test_it_is_narrowed_by_what_was_chosen(
        self, as_coordinator: Client, finding: Finding, query: str, found: bool
    ) -> None:
        page = as_coordinator.get(f"{reverse('findings')}?{query}").content.decode()
        assert (reverse("finding", args=[finding.pk]) in page) is found

    def test_a_brand_is_found_on_either_side(
        self, as_coordinator: Client, ours: Collaboration, rival: Collaboration, finding: Finding
    ) -> None:
        for card in (ours, rival):
            page = as_coordinator.get(f"{reverse('findings')}?brand={card.campaign.brand_id}").content.decode()
            assert reverse("finding", args=[finding.pk]) in page

    def test_without_any_it_says_where_they_come_from(self, as_coordinator: Client) -> None:
        assert "Nothing stands against a promise" in as_coordinator.get(reverse("findings")).content.decode()

    @pytest.mark.parametrize("people", [1, 3])
    def test_its_queries_do_not_grow_with_its_rows(
        self, as_coordinator: Client, now: dt.datetime, actor: Actor, people: int, django_assert_num_queries: Any
    ) -> None:
        for number in range(people):
            person = InfluencerFactory(stage_name=f"Orang {number}")
            card = deal(person, f"Lumi {number}", on(12, 10))
            promise(card)
            card.put("agreed", at=now, actor=actor)
            deal(person, f"Serasi {number}", on(12, 12))
            look_again([person.pk], now)
        as_coordinator.get(reverse("findings"))
        with django_assert_num_queries(7):
            page = as_coordinator.get(reverse("findings")).content.decode()
        assert page.count("Orang ") == people


class TestWhatSomebodyDecides:
    def test_seen_it_stays_on_the_list(self, as_coordinator: Client, finding: Finding) -> None:
        as_coordinator.post(reverse("finding-seen", args=[finding.pk]))
        finding.refresh_from_db()
        assert finding.status == "acknowledged"
        assert reverse("finding", args=[finding.pk]) in as_coordinator.get(reverse("findings")).content.decode()

    def test_allowed_by_a_manager_the_owner_is_told(self, client: Client, manager: User, finding: Finding) -> None:
        client.force_login(manager)
        client.post(reverse("finding-allow", args=[finding.pk]), {"why": "Lumi agreed by e-mail"})
        finding.refresh_from_db()
        assert (finding.status, finding.why, finding.decided_by) == ("waived", "Lumi agreed by e-mail", manager)
        assert Todo.objects.filter(owner=finding.influencer.owner, kind="check").count() == 1

    @pytest.mark.parametrize("name", ["finding-allow", "finding-no-conflict"])
    def test_without_a_reason_nothing_is_decided(
        self, client: Client, manager: User, finding: Finding, name: str
    ) -> None:
        client.force_login(manager)
        response = client.post(reverse(name, args=[finding.pk]), {"why": "  "})
        finding.refresh_from_db()
        assert (response.status_code, finding.status, Entry.objects.filter(verb__startswith="finding.").count()) == (
            422, "open", 0,
        )  # fmt: skip

    def test_a_coordinator_allows_nothing(self, as_coordinator: Client, finding: Finding) -> None:
        assert as_coordinator.post(reverse("finding-allow", args=[finding.pk]), {"why": "x"}).status_code == 403
        finding.refresh_from_db()
        assert finding.status == "open"

    def test_what_is_no_conflict_stays_none_until_somebody_opens_it_again(
        self, client: Client, manager: User, finding: Finding, kirana: Influencer, now: dt.datetime
    ) -> None:
        client.force_login(manager)
        client.post(reverse("finding-no-conflict", args=[finding.pk]), {"why": "It is a perfume"})
        look_again([kirana.pk], now)
        finding.refresh_from_db()
        assert (finding.status, finding.why) == ("false_positive", "It is a perfume")
        client.post(reverse("finding-open", args=[finding.pk]))
        finding.refresh_from_db()
        assert finding.status == "open"

    def test_decided_twice_the_second_is_told(self, client: Client, manager: User, finding: Finding) -> None:
        client.force_login(manager)
        client.post(reverse("finding-allow", args=[finding.pk]), {"why": "first"})
        page = client.post(reverse("finding-allow", args=[finding.pk]), {"why": "second"}, follow=True)
        finding.refresh_from_db()
        assert finding.why == "first"
        assert "cannot go from Allowed to Allowed any more" in page.content.decode()


class TestTwoPeopleForAnException:
    @pytest.fixture(autouse=True)
    def _by_two(self, organisation: Organisation) -> None:
        organisation.waivers_by_two = True
        organisation.save()

    def test_the_first_ones_wish_allows_nothing(self, client: Client, manager: User, finding: Finding) -> None:
        client.force_login(manager)
        for why in ("Lumi agreed", "Lumi agreed by e-mail"):
            client.post(reverse("finding-allow", args=[finding.pk]), {"why": why})
        finding.refresh_from_db()
        assert (finding.status, finding.wished_by, finding.wished_why) == ("open", manager, "Lumi agreed by e-mail")
        assert finding.pk in Finding.objects.asked_for().values_list("pk", flat=True)

    def test_the_second_one_allows_it(self, client: Client, manager: User, finding: Finding) -> None:
        client.force_login(manager)
        client.post(reverse("finding-allow", args=[finding.pk]), {"why": "Lumi agreed"})
        second = UserFactory(role=Role.OWNER)
        client.force_login(second)
        page = client.get(reverse("finding-allow", args=[finding.pk])).content.decode()
        assert "Danang Pratama wants to allow it: Lumi agreed." in page
        client.post(reverse("finding-allow", args=[finding.pk]), {"why": "Read the e-mail"})
        finding.refresh_from_db()
        assert (finding.status, finding.decided_by, finding.wished_why) == ("waived", second, "")

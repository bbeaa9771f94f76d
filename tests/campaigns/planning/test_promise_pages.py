"""Exclusivity in the browser's eyes: the sentence, the refusal with its way out, the exception."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration
from crm.base.models import Organisation
from crm.exclusivity.models import Claim, Clause, Finding
from crm.influencers.models import Influencer
from crm.reminders.models import Todo
from crm.team.models import Role, User
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import category, deal, on, promise
from tests.factories import InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def manager(organisation: Organisation) -> User:
    return UserFactory(role=Role.MANAGER)


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari", owner=UserFactory(name="Rara Wulandari"))


@pytest.fixture
def ours(kirana: Influencer) -> Collaboration:
    return deal(kirana, "Lumi", on(12, 10))


@pytest.fixture
def rival(kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor) -> Collaboration:
    """Lumi's promise is in force; Serasi wants her inside of it."""
    promise(ours)
    ours.put("agreed", at=now, actor=actor)
    return deal(kirana, "Serasi", on(12, 12))


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "category": category("skincare").pk, "before": 7, "after": 14, "anchor": "each_post", "kind": "product",
        "unit": "days", "count_mode": "after", "acts": ["paid_post"], "survival": "full", "tail_days": 0,
        "buffer_days": 0, "cure_days": 3, "blocks": "on", **changes,
    }  # fmt: skip


class TestTheSentence:
    def test_four_blanks_are_enough(self, as_coordinator: Client, ours: Collaboration) -> None:
        response = as_coordinator.post(reverse("clause-new", args=[ours.pk]), typed())
        assert response.status_code == 302
        page = as_coordinator.get(reverse("collaboration", args=[ours.pk])).content.decode()
        assert "No paid posts for other Skincare brands from 7 days before to 14 days after each post." in page
        assert "Stays allowed: other brands of Lumi House, everything outside of Skincare, unpaid mentions." in page
        assert Clause.objects.values_list("standing", "work_ref").get() == (
            "proposed", f"campaigns.collaboration:{ours.pk}",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"category": ""}, "Choose the category, or let the promise reach any paid work."),
            ({"before": "-1"}, "Ensure this value is greater than or equal to 0."),
            ({"anchor": "fixed"}, "Say at least one of the two days, or count from something else."),
            ({"kind": "brand"}, "Choose the brands that are named."),
            ({"acts": []}, "This field is required."),
        ],
    )
    def test_what_is_missing_is_asked_for_and_nothing_is_lost(
        self, as_coordinator: Client, ours: Collaboration, changes: dict[str, Any], said: str
    ) -> None:
        response = as_coordinator.post(reverse("clause-new", args=[ours.pk]), typed(**changes, note="as she said"))
        page = response.content.decode()
        assert (response.status_code, said in page, "as she said" in page) == (422, True, True)
        assert Clause.objects.count() == 0

    def test_a_promise_over_agreed_work_for_a_rival_says_so_on_the_form(
        self, as_coordinator: Client, kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor
    ) -> None:
        deal(kirana, "Serasi", on(12, 12)).put("agreed", at=now, actor=actor)
        ours.put("agreed", at=now, actor=actor)
        response = as_coordinator.post(reverse("clause-new", args=[ours.pk]), typed())
        assert (response.status_code, Clause.objects.count()) == (409, 0)
        assert "A promise stands against this" in response.content.decode()

    def test_what_is_in_force_is_not_changed_before_somebody_is_sure(
        self, as_coordinator: Client, ours: Collaboration, now: dt.datetime, actor: Actor
    ) -> None:
        clause = promise(ours)
        ours.put("agreed", at=now, actor=actor)
        address = reverse("clause-edit", args=[ours.pk, clause.pk])
        assert as_coordinator.post(address, typed(after=99, effective_on="2026-12-01")).status_code == 200
        clause.refresh_from_db()
        assert clause.end_offset == 7

    def test_taken_away_it_sets_everything_free(
        self, as_coordinator: Client, ours: Collaboration, rival: Collaboration
    ) -> None:
        clause = Clause.objects.get()
        as_coordinator.post(reverse("clause-drop", args=[ours.pk, clause.pk]))
        clause.refresh_from_db()
        assert (clause.standing, Claim.objects.filter(side=0).count()) == ("void", 0)
        answer = as_coordinator.post(reverse("collaboration-put", args=[rival.pk]), {"to": "agreed"})
        assert answer.status_code == 302


class TestTheRefusal:
    def test_it_says_what_stands_against_it_from_when_it_is_free_and_who_else_could(
        self, as_coordinator: Client, kirana: Influencer, rival: Collaboration
    ) -> None:
        free = InfluencerFactory(stage_name="Sekar Ayu Lestari", main_niche=kirana.main_niche)
        response = as_coordinator.post(reverse("collaboration-put", args=[rival.pk]), {"to": "agreed"})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Kirana Maheswari promised exclusivity to Lumi" in page
        assert "No paid posts for other Skincare brands from 7 days before to 7 days after each post." in page
        assert "Move it to Fri, 18 Dec 2026 or later." in page
        assert "Post on Fri 18 Dec instead" in page
        assert "3 December to 17 December" not in page and "Thu, 3 Dec 2026 to Thu, 17 Dec 2026" in page
        assert free.stage_name in page
        rival.refresh_from_db()
        assert rival.status == "in_talks"

    def test_the_client_is_told_in_the_brands_language_without_the_other_brands_name(
        self, as_coordinator: Client, kirana: Influencer, rival: Collaboration
    ) -> None:
        InfluencerFactory(stage_name="Sekar Ayu Lestari", main_niche=kirana.main_niche)
        rival.campaign.brand.language = "en"
        rival.campaign.brand.save()
        response = as_coordinator.post(reverse("collaboration-put", args=[rival.pk]), {"to": "agreed"})
        assert response.context["page"].for_client == (
            "Kirana Maheswari is not free for Skincare on Sat, 12 Dec 2026 because of an exclusivity promise. "
            "The first day she could post is Fri, 18 Dec 2026. We suggest Sekar Ayu Lestari instead."
        )

    def test_everybody_who_is_free_is_one_click_away(
        self, as_coordinator: Client, kirana: Influencer, rival: Collaboration
    ) -> None:
        response = as_coordinator.post(reverse("collaboration-put", args=[rival.pk]), {"to": "agreed"})
        shown = as_coordinator.get(response.context["page"].free_url)
        assert kirana.stage_name not in shown.content.decode()
        assert (
            "free for Skincare and all in it from Sat, 12 Dec 2026 until Sat, 12 Dec 2026 on Instagram"
            in shown.content.decode()
        )

    def test_moved_to_the_free_day_she_can_be_agreed_with(
        self, as_coordinator: Client, rival: Collaboration, now: dt.datetime, actor: Actor
    ) -> None:
        rival.deliverables.get().reschedule(draft_due_on=None, post_due_on=on(12, 18), at=now, actor=actor)
        assert as_coordinator.post(reverse("collaboration-put", args=[rival.pk]), {"to": "agreed"}).status_code == 302
        rival.refresh_from_db()
        assert rival.status == "agreed"

    def test_a_drag_on_the_board_is_told_in_short(self, as_coordinator: Client, rival: Collaboration) -> None:
        response = as_coordinator.post(
            reverse("collaboration-put", args=[rival.pk]), {"to": "agreed"}, headers={"HX-Request": "true"}
        )
        assert (response.status_code, response.json()["error"]) == (
            409,
            "Kirana Maheswari promised exclusivity to Lumi: Sat, 12 Dec 2026. Move it to Fri, 18 Dec 2026 or later.",
        )

    def test_the_page_of_the_rival_warns_before_anybody_tries(
        self, as_coordinator: Client, rival: Collaboration
    ) -> None:
        page = as_coordinator.get(reverse("collaboration", args=[rival.pk])).content.decode()
        assert "Kirana Maheswari promised exclusivity to Lumi" in page


class TestTheWayOut:
    def later(self, client: Client, rival: Collaboration, **changes: Any) -> Any:
        sent = {"piece": rival.deliverables.get().pk, "on": "2026-12-18", "to": "agreed", **changes}
        return client.post(reverse("promise-later", args=[rival.pk]), sent)

    def test_one_click_moves_the_work_to_the_free_day_and_agrees(
        self, as_coordinator: Client, rival: Collaboration
    ) -> None:
        rival.deliverables.update(draft_due_on=on(12, 8))
        assert self.later(as_coordinator, rival).status_code == 302
        rival.refresh_from_db()
        assert rival.status == "agreed"
        assert rival.deliverables.values_list("draft_due_on", "post_due_on").get() == (on(12, 14), on(12, 18))

    def test_a_day_that_is_still_promised_is_refused_again_with_the_next_way_out(
        self, as_coordinator: Client, rival: Collaboration
    ) -> None:
        response = self.later(as_coordinator, rival, on="2026-12-15")
        assert (response.status_code, response.context["page"].way.on) == (409, on(12, 18))
        rival.refresh_from_db()
        assert rival.status == "in_talks"

    @pytest.mark.parametrize("changes", [{"on": "soon"}, {"on": ""}, {"piece": "x"}, {"piece": "99999999"}])
    def test_what_cannot_be_read_changes_nothing(
        self, as_coordinator: Client, rival: Collaboration, changes: dict[str, Any]
    ) -> None:
        assert self.later(as_coordinator, rival, **changes).status_code == 302
        rival.refresh_from_db()
        assert (rival.status, rival.deliverables.get().post_due_on) == ("in_talks", on(12, 12))

    def test_somebody_who_is_free_is_asked_for_the_same_work(
        self, as_coordinator: Client, kirana: Influencer, rival: Collaboration
    ) -> None:
        sekar = InfluencerFactory(stage_name="Sekar Ayu Lestari", main_niche=kirana.main_niche)
        response = as_coordinator.post(reverse("promise-instead", args=[rival.pk]), {"person": sekar.pk})
        card = Collaboration.objects.get(influencer=sekar)
        assert (response.status_code, response["Location"]) == (302, reverse("collaboration", args=[card.pk]))
        assert (card.status, card.campaign_id) == ("shortlist", rival.campaign_id)
        assert list(card.deliverables.values_list("format", "post_due_on")) == list(
            rival.deliverables.values_list("format", "post_due_on")
        )

    def test_who_is_in_the_campaign_already_is_not_planned_for_twice(
        self, as_coordinator: Client, kirana: Influencer, rival: Collaboration
    ) -> None:
        sekar = InfluencerFactory(stage_name="Sekar Ayu Lestari", main_niche=kirana.main_niche)
        address = reverse("promise-instead", args=[rival.pk])
        for _time in range(2):
            as_coordinator.post(address, {"person": sekar.pk})
        assert Collaboration.objects.get(influencer=sekar).deliverables.count() == 1

    @pytest.mark.parametrize("person", ["", "x", "99999999"])
    def test_nobody_is_asked_who_does_not_exist(
        self, as_coordinator: Client, rival: Collaboration, person: str
    ) -> None:
        before = Collaboration.objects.count()
        assert as_coordinator.post(reverse("promise-instead", args=[rival.pk]), {"person": person}).status_code == 302
        assert Collaboration.objects.count() == before


class TestTheException:
    @pytest.fixture
    def asked(self, rival: Collaboration) -> dict[str, Any]:
        work = f"campaigns.deliverable:{rival.deliverables.get().pk}"
        return {"clause": Clause.objects.get().pk, "work": work, "why": "Lumi agreed by e-mail"}

    def test_a_manager_logs_it_the_owner_is_told_and_she_can_be_agreed_with(
        self, client: Client, manager: User, kirana: Influencer, rival: Collaboration, asked: dict[str, Any]
    ) -> None:
        client.force_login(manager)
        client.post(reverse("promise-allow", args=[rival.pk]), asked)
        assert Finding.objects.values_list("status", "why", "decided_by").get() == (
            "waived", "Lumi agreed by e-mail", manager.pk,
        )  # fmt: skip
        assert Todo.objects.filter(owner=kirana.owner, kind="check").count() == 1
        assert client.post(reverse("collaboration-put", args=[rival.pk]), {"to": "agreed"}).status_code == 302
        assert Claim.objects.filter(active=False).values_list("source", "why").get() == (asked["work"], "waiver")

    def test_without_a_reason_nothing_is_allowed(
        self, client: Client, manager: User, rival: Collaboration, asked: dict[str, Any]
    ) -> None:
        client.force_login(manager)
        client.post(reverse("promise-allow", args=[rival.pk]), asked | {"why": " "})
        assert Finding.objects.waived().count() == 0

    def test_a_coordinator_may_not(self, as_coordinator: Client, rival: Collaboration, asked: dict[str, Any]) -> None:
        assert as_coordinator.post(reverse("promise-allow", args=[rival.pk]), asked).status_code == 403
        assert Finding.objects.waived().count() == 0

    def test_only_what_really_stands_against_this_card_can_be_allowed(
        self, client: Client, manager: User, ours: Collaboration, asked: dict[str, Any]
    ) -> None:
        client.force_login(manager)
        client.post(reverse("promise-allow", args=[ours.pk]), asked | {"work": "campaigns.deliverable:999999"})
        assert Finding.objects.waived().count() == 0

"""Changing a promise and ending it early, as a colleague does: shown first, done when she is sure of what she saw."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration
from crm.exclusivity.models import Claim, Clause, Finding
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.test_promise_pages import typed
from tests.campaigns.planning.test_promises import deal, on, promise
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


@pytest.fixture
def ours(kirana: Influencer, now: dt.datetime) -> Collaboration:
    """Lumi's promise is in force, 7 days either side of 10 December."""
    card = deal(kirana, "Lumi", on(12, 10))
    promise(card)
    card.put("agreed", at=now, actor=SYSTEM)
    return card


@pytest.fixture
def clause(ours: Collaboration) -> Clause:
    return Clause.objects.get()


def address(name: str, clause: Clause) -> str:
    return reverse(name, args=[int(clause.work_ref.split(":")[1]), clause.pk])


def shown_and_sure(client: Client, url: str, data: dict[str, Any]) -> Any:
    """What is shown first, and the answer to being sure of it."""
    first = client.post(url, data)
    assert first.status_code == 200, first.context["form"].errors
    return first, client.post(url, {**data, "shown": first.context["shown"], "sure": "1"})


class TestChanging:
    def test_it_is_shown_first_with_what_it_would_meet_and_nothing_is_written(
        self, as_coordinator: Client, kirana: Influencer, clause: Clause, now: dt.datetime
    ) -> None:
        deal(kirana, "Serasi", on(12, 20)).put("agreed", at=now - dt.timedelta(days=3), actor=SYSTEM)
        stories = Entry.objects.count()
        response = as_coordinator.post(address("clause-edit", clause), typed(effective_on="2026-11-26"))
        page = response.content.decode()
        assert "No paid posts for other Skincare brands from 7 days before to 14 days after each post." in page
        assert "Thu, 3 Dec 2026 to Thu, 24 Dec 2026" in page
        assert "It was promised before this version was in force." in page
        assert (Clause.objects.count(), Entry.objects.count(), Finding.objects.count()) == (1, stories, 0)

    def test_whoever_is_sure_makes_the_next_version(self, as_coordinator: Client, clause: Clause) -> None:
        data = typed(effective_on="2026-12-05")
        _first, done = shown_and_sure(as_coordinator, address("clause-edit", clause), data)
        assert done.status_code == 302
        assert list(Clause.objects.order_by("version").values_list("version", "standing", "end_offset")) == [
            (1, "active", 7), (2, "active", 14),
        ]  # fmt: skip
        assert Claim.objects.filter(side=0).count() == 2
        page = as_coordinator.get(reverse("collaboration", args=[clause.work_ref.split(":")[1]])).content.decode()
        assert "Before Sat, 5 Dec 2026 it says: No paid posts for other Skincare brands from 7 days" in page
        page = as_coordinator.get(address("clause", Clause.objects.get(version=2))).content.decode()
        assert page.index("Version 2") < page.index("Version 1")
        old = as_coordinator.get(address("clause", clause)).content.decode()
        assert "There is a newer version of this promise." in old

    def test_what_was_typed_after_it_was_shown_is_shown_again(self, as_coordinator: Client, clause: Clause) -> None:
        url, data = address("clause-edit", clause), typed(effective_on="2026-12-05")
        first = as_coordinator.post(url, data)
        sent = {**data, "after": 99, "shown": first.context["shown"], "sure": "1"}
        answer = as_coordinator.post(url, sent)
        assert (answer.status_code, Clause.objects.count()) == (200, 1)
        assert "99 days after each post" in answer.content.decode()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"effective_on": "2026-11-23"}, "A change holds from today on at the earliest"),
            ({"effective_on": ""}, "This field is required."),
            ({"effective_on": "2026-12-05", "category": ""}, "Choose the category"),
            ({"effective_on": "2026-11-26", "after": 7}, "This says the same as before."),
        ],
    )
    def test_what_cannot_be_is_refused_and_what_was_typed_stays(
        self, as_coordinator: Client, clause: Clause, changes: dict[str, Any], said: str
    ) -> None:
        note = {} if "after" in changes else {"note": "as she said"}
        response = as_coordinator.post(address("clause-edit", clause), typed(**{**changes, **note}))
        assert (response.status_code, said in response.content.decode()) == (422, True)
        assert Clause.objects.count() == 1

    def test_two_who_change_it_at_once_make_one_version(self, as_coordinator: Client, clause: Clause) -> None:
        url, data = address("clause-edit", clause), typed(effective_on="2026-12-05")
        first = as_coordinator.post(url, data)
        sure = {**data, "shown": first.context["shown"], "sure": "1"}
        assert [as_coordinator.post(url, sure).status_code for _press in range(2)] == [302, 302]
        assert Clause.objects.count() == 2

    def test_a_viewer_reads_it_and_changes_nothing(self, as_viewer: Client, clause: Clause) -> None:
        page = as_viewer.get(address("clause", clause))
        assert (page.status_code, "Change this promise" in page.content.decode()) == (200, False)
        assert as_viewer.post(address("clause-edit", clause), typed()).status_code == 403
        assert as_viewer.post(address("clause-end", clause), {}).status_code == 403


class TestEndingEarly:
    def test_what_is_left_is_shown_first_and_then_it_ends(self, as_coordinator: Client, clause: Clause) -> None:
        data = {"on": "2026-12-12", "survival": "none", "tail_days": ""}
        first, done = shown_and_sure(as_coordinator, address("clause-end", clause), data)
        assert "Thu, 3 Dec 2026 to Sat, 12 Dec 2026" in first.content.decode()
        clause.refresh_from_db()
        assert (done.status_code, clause.standing, clause.ended_on) == (302, "active", on(12, 12))
        assert clause.stretches.get().end_at == dt.datetime(2026, 12, 12, 17, tzinfo=dt.UTC)

    def test_what_has_not_begun_is_void(self, as_coordinator: Client, clause: Clause) -> None:
        data = {"on": "2026-11-30", "survival": "full"}
        first, _done = shown_and_sure(as_coordinator, address("clause-end", clause), data)
        assert "the promise had not begun and is void" in first.content.decode()
        clause.refresh_from_db()
        assert (clause.standing, Claim.objects.filter(side=0).count()) == ("void", 0)

    def test_a_change_that_had_not_begun_goes_and_what_it_changed_is_what_ends(
        self, as_coordinator: Client, clause: Clause
    ) -> None:
        shown_and_sure(as_coordinator, address("clause-edit", clause), typed(effective_on="2026-12-15"))
        newest = Clause.objects.get(version=2)
        data = {"on": "2026-12-12", "survival": "none", "tail_days": ""}
        first, _done = shown_and_sure(as_coordinator, address("clause-end", newest), data)
        assert "Thu, 3 Dec 2026 to Sat, 12 Dec 2026" in first.content.decode()
        standing = list(Clause.objects.order_by("version").values_list("standing", "ended_on"))
        assert standing == [("active", on(12, 12)), ("void", None)]

    def test_a_tail_needs_its_days(self, as_coordinator: Client, clause: Clause) -> None:
        response = as_coordinator.post(address("clause-end", clause), {"on": "2026-12-12", "survival": "tail"})
        assert (response.status_code, "Say how many days it runs on." in response.content.decode()) == (422, True)
        clause.refresh_from_db()
        assert clause.ended_on is None

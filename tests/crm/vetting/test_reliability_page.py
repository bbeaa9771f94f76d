"""The figures on her page, the list behind each of them, and the table to take along."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.vetting.facts import Figures, Middle, Share, note_fact
from crm.vetting.facts_shown import Line, event_of, hours_words, lines_of
from crm.vetting.models import Fact
from tests.conftest import NOW
from tests.factories import BrandFactory, InfluencerFactory

WORK = "campaigns.collaboration:7"


@pytest.fixture
def told(kirana: Influencer) -> None:
    lumi = BrandFactory(name="Lumi")
    for number, (kind, amount) in enumerate(
        [("draft_days", -3), ("post_days", 2), ("first_pass", 0), ("our_hours", 31), ("deviation", 1)]
    ):
        note_fact(
            kirana.pk, lumi.pk, kind, amount, ref=f"x:{number}", work=WORK, label="Reel, Glow",
            happened_at=NOW + dt.timedelta(hours=number),
        )  # fmt: skip


def page(client: Client, person: Influencer, query: str = "") -> str:
    answer = client.get(reverse("person-reliability", args=[person.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_few_are_said_as_they_are_and_many_as_a_percentage_too() -> None:
    assert lines_of(Figures(first_pass=Share(2, 3)))[0] == Line(
        "first-pass", "Approved at first", "2 of 3", "", 2 / 3 * 100
    )
    assert lines_of(Figures(posts=Share(9, 10))) == [
        Line("on-time", "On time", "9 of 10", "90%", 90.0, "ok"),
        Line("deviations", "Differed from what was approved", "never", "in 10 posts", tone="ok"),
    ]


def test_times_and_rounds_are_said_with_how_many_they_are_of() -> None:
    figures = Figures(rounds=Middle(0.7, 3), answers=Middle(5.0, 1), ours=Middle(74.0, 4))
    assert [(line.value, line.sub) for line in lines_of(figures)] == [
        ("0.7", "average of 3 drafts"), ("5 hours", "median of 1 time"), ("3 days", "median of 4 times"),
    ]  # fmt: skip


def test_nothing_is_said_where_nothing_happened() -> None:
    assert lines_of(Figures()) == []


@pytest.mark.parametrize(
    ("hours", "said"), [(0.4, "less than an hour"), (1, "1 hour"), (31, "31 hours"), (48, "2 days")]
)
def test_long_times_are_said_in_days(hours: float, said: str) -> None:
    assert hours_words(hours) == said


@pytest.mark.parametrize(
    ("kind", "amount", "said"),
    [
        ("draft_days", -1, ("1 day early", "ok")), ("post_days", 0, ("on its day", "ok")),
        ("post_days", 3, ("3 days late", "warn")), ("first_pass", 1, ("at first", "ok")),
        ("rounds", 0, ("none", "")), ("rounds", 2, ("2 rounds", "")), ("our_hours", 5, ("5 hours", "")),
        ("deviation", 1, ("differed", "bad")), ("live", 0, ("gone too early", "warn")), ("replies", 1, ("kept", "ok")),
    ],
)  # fmt: skip
def test_every_fact_has_its_words(kind: str, amount: int, said: tuple[str, str]) -> None:
    event = event_of(Fact(kind=kind, amount=amount, ref="x:1", work="nowhere:2"))
    assert (event.said, event.tone, event.url) == (*said, "")


def test_every_kind_of_fact_belongs_to_a_figure_and_has_words() -> None:
    from crm.vetting.facts_shown import PARTS, SAID

    counted = [kind for _label, kinds in PARTS.values() for kind in kinds]
    assert sorted(counted) == sorted(SAID) == sorted(Fact.Kind.values)


def test_the_page_shows_every_figure_and_every_event_with_the_way_to_the_work(
    as_coordinator: Client, kirana: Influencer, told: None
) -> None:
    shown = page(as_coordinator, kirana)
    assert [word in shown for word in ("1 of 2", "0 of 1", "31 hours", "3 days early", "2 days late")] == [True] * 5
    assert f'href="{reverse("collaboration", args=[7])}"' in shown


def test_a_figure_opens_what_it_counts(as_coordinator: Client, kirana: Influencer, told: None) -> None:
    shown = page(as_coordinator, kirana, "?part=on-time")
    assert shown.count("<tr>") == 3  # the head, a draft, a post
    assert "after changes" not in shown
    assert page(as_coordinator, kirana, "?part=nonsense&at=nonsense").count("<tr>") == 6


def test_before_the_first_work_the_page_says_what_will_come(as_coordinator: Client, kirana: Influencer) -> None:
    shown = page(as_coordinator, kirana)
    assert "Nothing to count yet" in shown
    assert "CSV" not in shown


def test_the_table_to_take_along_has_every_fact(as_coordinator: Client, kirana: Influencer, told: None) -> None:
    answer = as_coordinator.get(reverse("reliability-csv", args=[kirana.pk]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 6
    assert (
        lines[-1]
        == '2026-11-24T10:00:00+07:00,"Draft, days after its day",-3.00,3 days early,"Reel, Glow",Lumi,' + WORK
    )


def test_behind_the_wall_of_brands_the_page_is_empty(
    as_coordinator: Client, kirana: Influencer, told: None, organisation: Organisation
) -> None:
    organisation.brand_walls = True
    organisation.save()
    assert "Nothing to count yet" in page(as_coordinator, kirana)
    answer = as_coordinator.get(reverse("reliability-csv", args=[kirana.pk]))
    assert len(b"".join(answer.streaming_content).splitlines()) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_costs_the_same_whatever_happened(
    times: int, as_owner: Client, owner: User, kirana: Influencer, django_assert_num_queries: Callable[..., Any]
) -> None:
    brand = BrandFactory()
    for number in range(times):
        note_fact(kirana.pk, brand.pk, "rounds", 1, ref=f"x:{number}", work=WORK, happened_at=NOW)
    page(as_owner, kirana)
    with django_assert_num_queries(5):
        page(as_owner, kirana)


def test_the_list_finds_who_keeps_days_and_nobody_with_too_little_to_say(
    as_coordinator: Client, kirana: Influencer
) -> None:
    brand = BrandFactory()
    late, new = InfluencerFactory(stage_name="Laras Wulandari"), InfluencerFactory(stage_name="Nadia Paramita")
    days = {kirana: (0, 0, 0, -2, 1), late: (0, 0, 0, 0, 1, 3), new: (0, 0, 0, 0)}
    for person, kept in days.items():
        for number, amount in enumerate(kept):
            note_fact(person.pk, brand.pk, "post_days", amount, ref=f"{person.pk}:{number}", work=WORK, happened_at=NOW)
    shown = as_coordinator.get(reverse("people"), {"on_time": "75"}).content.decode()
    assert [one.stage_name in shown for one in (kirana, late, new)] == [True, False, False]
    assert "on time 3 of 4 times or more" in shown


def test_a_share_that_is_just_reached_is_enough(as_coordinator: Client, kirana: Influencer) -> None:
    for number in range(10):
        note_fact(
            kirana.pk, BrandFactory().pk, "draft_days", int(number == 9), ref=f"x:{number}", work=WORK, happened_at=NOW
        )
    assert kirana.stage_name in as_coordinator.get(reverse("people"), {"on_time": "90"}).content.decode()


def test_what_stands_after_a_slash_tells_facts_of_one_thing_apart() -> None:
    event = event_of(Fact(kind="deviation", amount=1, ref="campaigns.collaboration:7/2", work="nowhere:2"))
    assert (event.url, str(event.about)) == (reverse("collaboration", args=[7]), "Collaboration")

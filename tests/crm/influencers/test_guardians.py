"""A minor's offer waits for a guardian; of age she signs herself; and "do not contact" ends on its day."""

import datetime as dt

import pytest
from django.db.models import OuterRef
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration, Refused
from crm.influencers.actions.barred import tell_bars_that_end
from crm.influencers.actions.guardians import AlreadyWaived, ask_about_guardians, waive_guardian, withdraw_waiver
from crm.influencers.majority import Ages, age_of_majority, ages_on, birthday
from crm.influencers.models import GuardianWaiver, Influencer, MajorityAge, Representation
from crm.influencers.places import Offer, holds_of
from crm.influencers.reminders import do_not_contact
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.conftest import NOW
from tests.factories import CollaborationFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db

GUARDIAN = Representation.Capacity.GUARDIAN
DAY = dt.timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def kirana(organisation: object) -> Influencer:
    return InfluencerFactory(stage_name="Kirana", country="ID", birth_on=dt.date(2010, 5, 1), zone="Asia/Jakarta")


def held(person: Influencer, now: dt.datetime = NOW) -> list[str]:
    return [hold.why for hold in holds_of([Offer(person.pk)], now).get(person.pk, [])]


WHY = "Kirana is a minor, and no guardian is on file who could agree for her."


# ---- who is a minor --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "on", "age"),
    [("ID", TODAY, 18), ("KR", TODAY, 19), ("TH", TODAY, 20), ("", TODAY, 18), ("FR", TODAY, 18)],
)
def test_the_age_depends_on_the_country(organisation: object, country: str, on: dt.date, age: int) -> None:
    assert ages_on(on).age_for(country) == age


def test_every_age_that_ships_says_where_it_stands(organisation: object) -> None:
    assert [row for row in MajorityAge.objects.all() if not (row.source and row.source_url)] == []
    assert "pasal 330" in MajorityAge.objects.get(country="ID").source
    assert list(MajorityAge.objects.values_list("country", "age")) == [
        ("", 18),
        ("ID", 18),
        ("JP", 18),
        ("KR", 19),
        ("MY", 18),
        ("TH", 20),
    ]


def test_a_later_row_counts_from_its_day(organisation: object) -> None:
    MajorityAge.objects.create(country="ID", age=21, valid_from=dt.date(2027, 1, 1), source="A new law")
    ages = [ages_on(day).age_for("ID") for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1))]
    assert ages == [18, 21]


@pytest.mark.parametrize("country", ["ID", "KR", "TH", "", "FR"])
@pytest.mark.parametrize("on", [TODAY, dt.date(2027, 1, 1)])
def test_the_column_answers_as_the_table_does(organisation: object, country: str, on: dt.date) -> None:
    MajorityAge.objects.create(country="ID", age=21, valid_from=dt.date(2027, 1, 1), source="A new law")
    person = InfluencerFactory(country=country)
    rows = Influencer.objects.annotate(majority=age_of_majority(OuterRef("country"), on))
    assert rows.values_list("majority", flat=True).get(pk=person.pk) == ages_on(on).age_for(country)


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (dt.date(2008, 2, 29), 18, dt.date(2026, 3, 1)),
        (dt.date(2008, 2, 29), 20, dt.date(2028, 2, 29)),
        (dt.date(2008, 11, 24), 18, dt.date(2026, 11, 24)),
    ],
)
def test_the_birthday(born: dt.date, age: int, day: dt.date) -> None:
    assert birthday(born, age) == day
    ages = Ages({"": age})
    assert [ages.is_below(born, "", on) for on in (day - DAY, day)] == [True, False]


# ---- the hold --------------------------------------------------------------------------------------------------------


def test_an_offer_to_a_minor_waits_for_a_guardian(kirana: Influencer, coordinator: User) -> None:
    card = CollaborationFactory(influencer=kirana, status="in_talks")
    with pytest.raises(Refused) as refused:
        card.put("agreed", at=NOW, actor=Actor.user(coordinator))
    assert str(refused.value) == (
        f"The offer is held. {WHY} Settle this on her page, or let somebody who may decide log a reason there."
    )
    assert Collaboration.objects.get(pk=card.pk).status == "in_talks"
    RepresentationFactory(influencer=kirana, capacity=GUARDIAN)
    card.put("agreed", at=NOW, actor=Actor.user(coordinator))
    assert Collaboration.objects.get(pk=card.pk).status == "agreed"


def test_a_guardian_whose_days_are_over_does_not_count(kirana: Influencer) -> None:
    RepresentationFactory(influencer=kirana, capacity=GUARDIAN, until_on=TODAY - DAY)
    assert held(kirana) == [WHY]


def test_a_grown_person_and_one_without_a_birth_date_are_not_held(kirana: Influencer) -> None:
    assert held(InfluencerFactory(birth_on=dt.date(2000, 5, 1))) == []
    assert held(InfluencerFactory()) == []
    on_her_birthday = dt.datetime(2028, 4, 30, 17, 0, tzinfo=dt.UTC)  # 1 May, 00.00 in Jakarta
    assert [held(kirana, on_her_birthday - dt.timedelta(minutes=1)), held(kirana, on_her_birthday)] == [[WHY], []]


def test_who_may_decide_logs_a_reason_and_takes_it_back(kirana: Influencer, as_owner: Client) -> None:
    url = reverse("guardian-waiver", args=[kirana.pk])
    assert as_owner.post(url, {"why": "  "}).status_code == 422
    assert held(kirana) == [WHY]
    assert as_owner.post(url, {"why": "Her mother signs on paper on Monday."}).status_code == 302
    assert held(kirana) == []
    as_owner.post(reverse("guardian-needed", args=[kirana.pk]))
    assert held(kirana) == [WHY]
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["guardian.waived", "guardian.needed"]


def test_one_reason_stands_at_a_time(kirana: Influencer, coordinator: User) -> None:
    waive_guardian(kirana, "Paper on Monday", user=coordinator, at=NOW)
    with pytest.raises(AlreadyWaived):
        waive_guardian(kirana, "Me too", user=coordinator, at=NOW)
    assert list(GuardianWaiver.objects.values_list("why", flat=True)) == ["Paper on Monday"]
    assert Entry.objects.count() == 1
    assert [withdraw_waiver(kirana, user=coordinator, at=NOW) for _press in range(2)] == [True, False]


# ---- of age ----------------------------------------------------------------------------------------------------------


def test_on_her_birthday_a_task_suggests_to_let_the_guardian_go(kirana: Influencer, coordinator: User) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(owner=coordinator)
    mother = RepresentationFactory(influencer=kirana, capacity=GUARDIAN, contact__name="Ibu Retno")
    grown_at = dt.datetime(2028, 4, 30, 17, 0, tzinfo=dt.UTC)
    assert ask_about_guardians(grown_at - dt.timedelta(minutes=1)) == {}
    assert [dict(ask_about_guardians(grown_at)) for _ring in range(2)] == [{"asked": 1}, {}]
    todo = Todo.objects.get()
    assert todo.text == (
        "Kirana is of age since 1 May 2028. Has Ibu Retno stopped acting as guardian? Then enter the last day."
    )
    assert (todo.owner, todo.url) == (coordinator, reverse("contact-edit", args=[kirana.pk, mother.pk]))
    Todo.objects.update(done_at=grown_at)
    assert ask_about_guardians(grown_at + DAY) == {}


# ---- do not contact --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "ends_at"),
    [
        ("Asia/Jakarta", dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)),
        ("America/New_York", dt.datetime(2026, 11, 25, 5, 0, tzinfo=dt.UTC)),
    ],
)
def test_do_not_contact_ends_with_its_last_day_where_she_is(
    kirana: Influencer, zone: str, ends_at: dt.datetime
) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(
        do_not_contact_at=NOW - 9 * DAY, do_not_contact_until=dt.date(2026, 11, 24), zone=zone
    )
    moments = (ends_at - dt.timedelta(minutes=1), ends_at)
    assert [set(do_not_contact([kirana.pk], moment)) for moment in moments] == [{kirana.pk}, set()]


def test_colleagues_hear_on_the_last_day_that_it_ends(kirana: Influencer) -> None:
    Influencer.objects.filter(pk=kirana.pk).update(
        do_not_contact_at=NOW - 9 * DAY, do_not_contact_until=TODAY, do_not_contact_why="On holiday"
    )
    assert tell_bars_that_end(NOW - DAY) == {}
    assert [dict(tell_bars_that_end(NOW)) for _ring in range(2)] == [{"told": 1}, {}]
    assert Todo.objects.get().text.endswith("“jangan dihubungi” berakhir hari ini. Alasannya: On holiday")
    assert tell_bars_that_end(NOW + DAY) == {}

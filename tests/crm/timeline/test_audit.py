"""The audit: filters that fit together, pages by key, a table for spreadsheets, for those who decide."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.team.models import Role, User
from crm.timeline.looks import FAMILIES, GROUPS, VERBS, look_of
from crm.timeline.models import Entry
from crm.timeline.queries import Asked, audit
from crm.timeline.record import SYSTEM, Actor, record
from tests.factories import BrandFactory, InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def manager(organisation: Organisation) -> User:
    return UserFactory(role=Role.MANAGER, name="Manager Tiga")


@pytest.fixture
def told(coordinator: User, owner: User, now: dt.datetime) -> dict[str, Entry]:
    lumi = BrandFactory(name="Lumi")
    kirana = InfluencerFactory(stage_name="Kirana Putri")
    dinda, boss = Actor.user(coordinator), Actor.user(owner)
    return {
        "added": record("influencer.added", "Added", influencer=kirana, actor=dinda, at=now - 3 * DAY, subject=kirana),
        "posted": record(
            "deliverable.published", "Posted", influencer=kirana, brand=lumi, actor=SYSTEM, at=now - 2 * DAY,
            quote="sudah tayang",
        ),
        "role": record("team.role_changed", "Role", actor=boss, at=now - DAY, subject=coordinator),
        "mail": record("email.sent", "Mail", brand=lumi, influencer=kirana, actor=SYSTEM, at=now),
    }  # fmt: skip


def found(user: User, **asked: Any) -> set[str]:
    return {entry.verb for entry in audit(user, Asked(**asked))}


def test_each_filter_narrows_and_filters_join(told: dict[str, Entry], owner: User, coordinator: User) -> None:
    everything = {"influencer.added", "deliverable.published", "team.role_changed", "email.sent"}
    brand = told["mail"].brand_id
    person = str(told["mail"].influencer_id)
    assert found(owner) == everything
    assert found(owner, who=coordinator.pk) == {"influencer.added"}
    assert found(owner, group="house") == {"team.role_changed"}
    assert found(owner, group="people") == {"influencer.added"}
    assert found(owner, brand=brand) == {"deliverable.published", "email.sent"}
    assert found(owner, person=person) == everything - {"team.role_changed"}
    assert found(owner, person="kirana") == everything - {"team.role_changed"}
    assert found(owner, person="nobody") == set()
    assert found(owner, words="TAYANG") == {"deliverable.published"}
    assert found(owner, words="100%") == set()
    assert found(owner, brand=brand, group="messages") == {"email.sent"}


def test_the_first_and_the_last_day_there_is_break_nothing(told: dict[str, Entry], owner: User) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Midway"):
        owner.zone = zone
        assert len(found(owner, until=dt.date.max)) == 4
        assert len(found(owner, since=dt.date.min)) == 4
        assert found(owner, until=dt.date.min) == set()
        assert found(owner, since=dt.date.max) == set()


def test_days_are_days_of_the_readers_zone_and_both_ends_belong(owner: User, now: dt.datetime) -> None:
    owner.zone = "Asia/Jayapura"  # UTC+9
    midnight = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)  # 24 November, 00.00 WIT
    for seconds, verb in ((-1, "team.a"), (0, "team.b"), (86399, "team.c"), (86400, "team.d")):
        record(verb, verb, actor=SYSTEM, at=midnight + dt.timedelta(seconds=seconds))
    day = dt.date(2026, 11, 24)
    assert found(owner, since=day, until=day) == {"team.b", "team.c"}


def test_a_manager_behind_walls_sees_her_brands_and_what_concerns_none(
    organisation: Organisation, manager: User, told: dict[str, Entry]
) -> None:
    organisation.brand_walls = True
    organisation.save()
    assert found(manager) == {"influencer.added", "team.role_changed"}


def page(client: Client, **asked: Any) -> Any:
    return client.get(reverse("audit"), asked)


def test_the_page_says_what_it_shows_and_each_filter_can_go(as_owner: Client, told: dict[str, Entry]) -> None:
    answer = page(as_owner, group="messages", words="Mail").content.decode()
    assert "What: Messages and reminders" in answer
    assert 'href="?words=Mail"' in answer
    assert 'href="?group=messages"' in answer
    assert answer.count("<tr>") == 2


def test_what_cannot_be_read_is_told_beside_its_field_and_the_rest_counts(
    as_owner: Client, told: dict[str, Entry]
) -> None:
    answer = page(as_owner, since="someday", who="999", group="house")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Enter a valid date." in text
    assert "Select a valid choice." in text
    assert "team.role_changed" in text
    assert "email.sent" not in text


def test_a_brand_behind_the_wall_cannot_be_asked_for(
    organisation: Organisation, manager: User, told: dict[str, Entry]
) -> None:
    organisation.brand_walls = True
    organisation.save()
    client = Client()
    client.force_login(manager)
    text = page(client, brand=told["mail"].brand_id).content.decode()
    assert "Lumi" not in text
    assert "email.sent" not in text


def test_pages_follow_by_key_and_keep_the_filters(as_owner: Client, owner: User, now: dt.datetime) -> None:
    for number in range(51):
        record("team.joined", f"line {number}.", actor=SYSTEM, at=now + dt.timedelta(minutes=number))
    first = page(as_owner, group="house")
    older = first.context["page"].older
    assert f"group=house&amp;before={older}" in first.content.decode()
    assert "line 0." not in first.content.decode()
    rest = as_owner.get(reverse("audit"), {"group": "house", "before": older}, headers={"HX-Request": "true"})
    assert "line 0." in rest.content.decode()
    assert "<table" not in rest.content.decode()


def test_the_page_costs_the_same_at_one_and_at_three_rows(
    as_owner: Client, owner: User, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    for count in (1, 2):
        for _number in range(count):
            person = InfluencerFactory()
            record("email.sent", "Mail", brand=BrandFactory(), influencer=person, actor=SYSTEM, at=now, subject=person)
        as_owner.get(reverse("audit"))
        with django_assert_num_queries(5):
            as_owner.get(reverse("audit"))


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, 200), (Role.ADMIN, 200), (Role.COORDINATOR, 403)])
def test_the_audit_is_for_those_who_decide(organisation: Organisation, role: Role, status: int) -> None:
    client = Client()
    client.force_login(UserFactory(role=role))
    assert (client.get(reverse("audit")).status_code, client.get(reverse("audit-csv")).status_code) == (status, status)


def test_the_table_has_the_filtered_rows_in_the_readers_language(owner: User, told: dict[str, Entry]) -> None:
    owner.language = "id"
    owner.save()
    client = Client()
    client.force_login(owner)
    answer = client.get(reverse("audit-csv"), {"brand": told["mail"].brand_id})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[2] for row in rows[1:]] == ["email.sent", "deliverable.published"]
    assert rows[1][0] == "2026-11-24T10:00:00+07:00"
    assert rows[2][7] == "sudah tayang"
    assert rows[1][5] == "Lumi"


def test_every_verb_has_an_icon_of_the_sprite() -> None:
    from crm.base.sprite import drawings

    looks = [*VERBS.values(), *FAMILIES.values(), look_of("nothing.known")]
    assert [look.icon for look in looks if look.icon not in drawings()] == []


def test_every_known_family_belongs_to_one_group() -> None:
    grouped = [family for _label, families in GROUPS.values() for family in families]
    assert sorted(grouped) == sorted(set(grouped))
    assert set(FAMILIES) <= set(grouped)

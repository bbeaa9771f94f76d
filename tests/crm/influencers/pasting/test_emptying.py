"""Pasting tags, a day until which nobody writes, and cells that empty a field."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.actions.tags import put_tag
from crm.influencers.models import Influencer, Niche, Tag
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.crm.influencers.pasting.test_columns import confirm, lines, paste, people

__all__ = ["people"]
pytestmark = pytest.mark.django_db


def bima() -> Influencer:
    return Influencer.objects.get(stage_name="Bima")


def tags(name: str) -> list[str]:
    return list(Tag.objects.filter(people__stage_name=name).order_by("name").values_list("name", flat=True))


def test_pasted_tags_come_to_those_there_are(
    as_coordinator: Client, coordinator: User, people: list[Influencer], now: dt.datetime
) -> None:
    put_tag(bima(), "Bali", at=now, actor=SYSTEM)
    put_tag(people[2], "VIP", at=now, actor=SYSTEM)
    run = paste(as_coordinator, "tags", "@ayu.id\t#teh , Bali\n@bima\tbali; hijab\n@citra\tvip")
    assert [(line[1], line[2]) for line in lines(as_coordinator, run)] == [
        ("Bali, teh", "Will change"),
        ("Bali → Bali, hijab", "Will change"),
        ("VIP → VIP", "As before"),
    ]
    assert tags("Ayu") == []
    confirm(as_coordinator, run)
    assert (tags("Ayu"), tags("Bima"), tags("Citra")) == (["Bali", "teh"], ["Bali", "hijab"], ["VIP"])
    told = Entry.objects.filter(influencer=people[1], actor_id=coordinator.pk)
    assert list(told.values_list("verb", "sentence_en", "changes")) == [
        ("tag.put", "Tagged “hijab”", {"tags": ["", "hijab"]})
    ]


def test_a_tag_that_is_too_long_is_left_out(as_coordinator: Client, people: list[Influencer]) -> None:
    run = paste(as_coordinator, "tags", f"@bima\tteh, {'x' * 41}")
    assert lines(as_coordinator, run)[0][2:] == ("Left out", "Too long for this field.")
    confirm(as_coordinator, run)
    assert (tags("Bima"), Tag.objects.count()) == ([], 0)


def fill(person: Influencer, owner: User, now: dt.datetime) -> None:
    put_tag(person, "Bali", at=now, actor=SYSTEM)
    Influencer.objects.filter(pk=person.pk).update(
        city="Solo", owner=owner, main_niche=Niche.objects.get(slug="sport"), do_not_contact_at=now,
        do_not_contact_why="hamil", do_not_contact_until=dt.date(2027, 1, 31),
    )  # fmt: skip


@pytest.mark.parametrize("field", ["city", "owner", "main_niche", "tags", "bar"])
@pytest.mark.parametrize("empty", ["", "-", "tidak ada"])
def test_an_empty_cell_empties_a_field_only_when_that_was_ticked(
    as_coordinator: Client, coordinator: User, people: list[Influencer], now: dt.datetime, field: str, empty: str
) -> None:
    fill(people[1], coordinator, now)
    before = Influencer.objects.filter(stage_name="Bima").values().get()
    text = f"@bima\t{empty}"
    kept = paste(as_coordinator, field, text)
    assert lines(as_coordinator, kept)[0][2:] == ("Left out", "Empty: stays as it is.")
    confirm(as_coordinator, kept)
    assert (Influencer.objects.filter(stage_name="Bima").values().get(), tags("Bima")) == (before, ["Bali"])

    run = paste(as_coordinator, field, text, clears="on")
    page = as_coordinator.get(reverse("bulk-run", args=[run.pk])).content.decode()
    assert "1 person loses what stands there now." in page
    assert lines(as_coordinator, run)[0][1].endswith(" → –")
    confirm(as_coordinator, run)
    one = bima()
    left = {
        "city": one.city, "owner": one.owner, "main_niche": one.main_niche, "tags": tags("Bima"),
        "bar": (one.do_not_contact_at, one.do_not_contact_why, one.do_not_contact_until),
    }  # fmt: skip
    nothing: dict[str, Any] = {"city": "", "owner": None, "main_niche": None, "tags": [], "bar": (None, "", None)}
    assert left[field] == nothing[field]
    assert lines(as_coordinator, run)[0][2] == "Changed"


@pytest.mark.parametrize("field", ["stage", "note"])
def test_what_is_never_empty_stays(as_coordinator: Client, people: list[Influencer], field: str) -> None:
    run = paste(as_coordinator, field, "@bima\t", clears="on")
    assert lines(as_coordinator, run)[0][2:] == ("Left out", "Empty, and this field never is: stays as it is.")
    assert "loses what stands there" not in as_coordinator.get(reverse("bulk-run", args=[run.pk])).content.decode()


def test_emptying_what_is_empty_changes_nothing(as_coordinator: Client, people: list[Influencer]) -> None:
    run = paste(as_coordinator, "owner", "@bima\t", clears="on")
    assert lines(as_coordinator, run)[0][2] == "As before"
    assert run.data["emptied"] == 0
    confirm(as_coordinator, run)
    assert Entry.objects.filter(influencer=people[1]).count() == 0


def test_an_empty_line_of_one_column_empties_its_person(as_coordinator: Client, people: list[Influencer]) -> None:
    run = paste(as_coordinator, "city", "Medan\n\nMalang", "order", query="sort=name", clears="on")
    confirm(as_coordinator, run)
    cities = Influencer.objects.order_by("stage_name").values_list("stage_name", "city")
    assert list(cities) == [("Ayu", "Medan"), ("Bima", ""), ("Citra", "Malang")]


def test_whoever_changed_it_meanwhile_keeps_what_she_wrote(as_coordinator: Client, people: list[Influencer]) -> None:
    run = paste(as_coordinator, "city", "@bima\t", clears="on")
    Influencer.objects.filter(stage_name="Bima").update(city="Medan")
    confirm(as_coordinator, run)
    why = "Somebody changed this to “Medan” meanwhile. Look at it, then paste again."
    assert (lines(as_coordinator, run)[0][2:], bima().city) == (("Refused", why), "Medan")


@pytest.mark.parametrize("text", ["hamil\t31/12/2096", "hamil;31 Des 2096", " hamil \t2096-12-31"])
def test_a_further_column_says_until_when_nobody_writes(
    as_coordinator: Client, people: list[Influencer], text: str
) -> None:
    run = paste(as_coordinator, "bar", f"@bima\t{text}")
    assert lines(as_coordinator, run)[0][1] == "hamil (31 December 2096)"
    confirm(as_coordinator, run)
    assert (bima().do_not_contact_why, bima().do_not_contact_until) == ("hamil", dt.date(2096, 12, 31))
    assert Entry.objects.get(influencer=people[1]).sentence_en == "Do not contact until 31 December 2096: hamil"
    again = paste(as_coordinator, "bar", f"@bima\t{text}")
    assert lines(as_coordinator, again)[0][2] == "As before"


def test_another_reason_without_a_day_leaves_the_end_as_it_is(
    as_coordinator: Client, coordinator: User, people: list[Influencer], now: dt.datetime
) -> None:
    fill(people[1], coordinator, now)
    run = paste(as_coordinator, "bar", "@bima\tcuti")
    confirm(as_coordinator, run)
    assert (bima().do_not_contact_why, bima().do_not_contact_until) == ("cuti", dt.date(2027, 1, 31))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hamil\tsoon", "Not a day. Write until when as 31/12/2026, or leave it out."),
        ("hamil\t31/02/2027", "Not a day. Write until when as 31/12/2026, or leave it out."),
        ("hamil\t1/1/2020", "This day is over. Write a later one, or leave it out."),
        ("-\t31/12/2099", "A day without a reason. Write why first, then until when."),
    ],
)
def test_a_day_that_is_none_is_left_out_with_the_reason(
    as_coordinator: Client, people: list[Influencer], text: str, why: str
) -> None:
    run = paste(as_coordinator, "bar", f"@bima\t{text}")
    assert lines(as_coordinator, run)[0][2:] == ("Left out", why)
    confirm(as_coordinator, run)
    assert bima().do_not_contact_at is None

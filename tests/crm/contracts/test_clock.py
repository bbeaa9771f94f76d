"""The clock: every window by week, what must come down, what going on costs; a fixed number of queries."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from djmoney.money import Money

from crm.brands.models import Brand, Category
from crm.contracts.models import Contract, UsageRight
from crm.exclusivity.models import Clause, ClauseStretch
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.test_windows import AUTO, fixed, running
from tests.factories import BrandFactory, UserFactory

pytestmark = pytest.mark.django_db
HALF_A_MILLION = {"extension": Money(500_000, "IDR"), "extension_days": 30}


def weeks(client: Client, query: str = "") -> list[tuple[str, list[str]]]:
    page = client.get(f"{reverse('clock')}?{query}")
    assert page.status_code == 200
    return [(week.title, [f"{line.due.title}, {line.when}" for line in week.lines]) for week in page.context["weeks"]]


def promise(contract: Any, end_at: str) -> Clause:
    clause = Clause.objects.create(
        influencer=contract.talents[0].influencer, brand=contract.brand, zone="Asia/Jakarta", anchor="fixed",
        standing="active", effective_from=contract.signed_at, work_ref="x:1",
    )  # fmt: skip
    instant = dt.datetime.fromisoformat(end_at).replace(tzinfo=dt.UTC)
    ClauseStretch.objects.create(clause=clause, start_at=contract.signed_at, end_at=instant)
    return clause


def test_windows_stand_by_week_with_what_is_over_first(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, as_coordinator: Client
) -> None:
    contract = running(write, actor, now, kirana, **AUTO)
    fixed(contract, dt.date(2026, 11, 20))
    fixed(contract, dt.date(2026, 11, 26), kind="allow_listing")
    fixed(contract, dt.date(2027, 1, 10))
    promise(contract, "2026-12-02T17:00")
    assert weeks(as_coordinator, "within=60") == [
        ("Over and still open", ["Right ends: Run it as an ad, 4 days late"]),
        ("This week", ["Ads from her account end, Thu 26 Nov"]),
        ("Next week", ["Exclusivity for Lumi Skincare ends, Wed 2 Dec"]),
        ("Week of Mon 14 Dec", ["Last day for notice, Thu 17 Dec"]),
        ("Week of Mon 4 Jan", ["Right ends: Run it as an ad, Sun 10 Jan"]),
    ]
    assert [week for week, _lines in weeks(as_coordinator, "within=7")] == [
        "Over and still open", "This week",
    ]  # fmt: skip
    assert [week for week, _lines in weeks(as_coordinator, "within=over")] == ["Over and still open"]
    assert weeks(as_coordinator, "within=junk&kind=junk&brand=0&owner=x") == weeks(as_coordinator)


def test_it_says_what_going_on_costs_and_how_each_line_is_settled(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, as_coordinator: Client, as_viewer: Client
) -> None:
    contract = running(write, actor, now, kirana, **AUTO)
    right = fixed(contract, dt.date(2026, 11, 20), **HALF_A_MILLION)
    fixed(contract, dt.date(2026, 12, 1), **HALF_A_MILLION)
    fixed(contract, dt.date(2026, 12, 2), extension=Money(30, "USD"), extension_days=30)
    page = as_coordinator.get(reverse("clock"))
    assert page.context["costs"] == ["IDR\xa01,000,000", "$30.00"]
    assert (page.context["many"], page.context["late"]) == (4, 1)
    first = page.context["weeks"][0].lines[0]
    assert [(str(step.label), step.url) for step in first.steps] == [
        ("Extend", f"/contracts/{contract.pk}/rights/{right.pk}/on/"),
        ("It is down", f"/contracts/{contract.pk}/rights/{right.pk}/down/"),
    ]
    notice = page.context["weeks"][-1].lines[0]
    assert [str(step.label) for step in notice.steps] == ["Let it go on", "Give notice"]
    looked = as_viewer.get(reverse("clock")).context["weeks"][0].lines[0]
    assert [str(step.label) for step in looked.steps] == ["Open"]


def test_taken_down_from_the_clock_one_is_back_on_the_clock(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, as_coordinator: Client
) -> None:
    contract = running(write, actor, now, kirana, end_on=None)
    right = fixed(contract, dt.date(2026, 11, 20))
    address = reverse("contract-right-down", args=[contract.pk, right.pk])
    done = as_coordinator.post(address, {"next": "/clock/?within=7"})
    assert (done.status_code, done["Location"]) == (302, "/clock/?within=7")
    assert weeks(as_coordinator) == []
    elsewhere = as_coordinator.post(address, {"next": "https://evil.example/"})
    assert elsewhere["Location"] == f"/contracts/{contract.pk}/#rights"


def test_the_sentence_narrows_and_offers_what_there_is(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, as_coordinator: Client, coordinator: User
) -> None:
    other = BrandFactory(name="Senja Kopi", category=Category.objects.get(slug="skincare"))
    someone = UserFactory(name="Bagas Wirawan")
    fixed(running(write, actor, now, kirana, end_on=None), dt.date(2026, 12, 1))
    second = running(write, actor, now, person("Sekar Ayu"), end_on=None, brand=other, owner=someone, title="Senja")
    fixed(second, dt.date(2026, 12, 2), kind="allow_listing")
    form = as_coordinator.get(reverse("clock")).context["form"]
    assert [str(label) for _value, label in form.fields["brand"].choices] == [
        "Any brand",
        "Lumi Skincare",
        "Senja Kopi",
    ]
    assert [str(label) for _value, label in form.fields["owner"].choices] == [
        "Anybody's", "Bagas Wirawan", "Dinda Ayuningrum",
    ]  # fmt: skip
    assert [str(label) for _value, label in form.fields["kind"].choices] == [
        "Everything", "Usage right ends", "Ads from her account end",
    ]  # fmt: skip
    access = [("Next week", ["Ads from her account end, Wed 2 Dec"])]
    for query in ("kind=right.access", f"brand={other.pk}", f"owner={someone.pk}", "q=sekar", "q=senja"):
        assert weeks(as_coordinator, query) == access, query
    assert weeks(as_coordinator, "q=nobody") == []


def test_behind_the_wall_of_brands_nothing_of_others_is_seen(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, lumi: Brand, organisation: Any
) -> None:
    organisation.brand_walls = True
    organisation.save()
    contract = running(write, actor, now, kirana, **AUTO)
    fixed(contract, dt.date(2026, 12, 1))
    promise(contract, "2026-12-02T17:00")
    walled = UserFactory(role="coordinator", name="Luar Tembok")
    client = Client()
    client.force_login(walled)
    assert weeks(client) == []


def test_what_waits_for_a_signature_stands_there_once(
    write: Write, kirana: Influencer, now: dt.datetime, as_coordinator: Client
) -> None:
    sent = {"status": "sent", "sent_at": now - dt.timedelta(days=2), "text": "x", "text_sha256": "a" * 64}
    offered = write(kirana, said="1 reel 2jt", offer_until_on=dt.date(2026, 11, 27))
    waiting = write(person("Sekar Ayu"), said="1 reel 2jt", title="Waits")
    Contract.objects.filter(pk__in=[offered.pk, waiting.pk]).update(**sent)
    assert weeks(as_coordinator) == [
        ("Over and still open", ["Signature of “Waits”, 2 days late"]),
        ("This week", ["Answer to the offer “Lumi · Kirana”, Fri 27 Nov"]),
    ]


def test_an_empty_clock_says_what_would_stand_there(as_coordinator: Client) -> None:
    page = as_coordinator.get(reverse("clock")).content.decode()
    assert "Nothing closes in that time" in page
    assert "Nothing here closes in that time" in as_coordinator.get(f"{reverse('clock')}?q=x").content.decode()


def test_at_one_and_three_contracts_the_clock_asks_the_same_nine_questions(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, as_coordinator: Client
) -> None:
    counted = []
    for number in range(3):
        contract = running(write, actor, now, kirana, **AUTO)
        fixed(contract, dt.date(2026, 12, 1), **HALF_A_MILLION)
        fixed(contract, dt.date(2026, 12, 3), kind="allow_listing")
        promise(contract, f"2026-12-0{number + 2}T17:00")
        as_coordinator.get(reverse("clock"))
        with CaptureQueriesContext(connection) as asked:
            as_coordinator.get(reverse("clock"))
        counted.append(len(asked))
    assert counted == [9, 9, 9]
    assert UsageRight.objects.count() == 6


def test_at_one_and_three_contracts_the_list_asks_the_same_eight_questions(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, as_coordinator: Client
) -> None:
    counted = []
    for _number in range(3):
        running(write, actor, now, kirana, **AUTO)
        as_coordinator.get(reverse("contracts"))
        with CaptureQueriesContext(connection) as asked:
            as_coordinator.get(reverse("contracts"))
        counted.append(len(asked))
    assert counted == [8, 8, 8]

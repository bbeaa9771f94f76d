"""What the books keep: figures of gifts, tables for spreadsheets, addresses that are erased, people who become one (4.4, 4.5.13)."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.planning.actions.copying import copy_campaign
from campaigns.planning.models import Collaboration, Refused
from campaigns.samples.after.erasing import blank_addresses
from campaigns.samples.after.gift_page import figures_of, gifts_seen
from campaigns.samples.models import Purpose, ReturnRequest, SampleRequest, Shipment
from crm.influencers.merging.actions import merge
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.samples.after.conftest import asked_for, sent, somebody
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db
DOOR = {
    "recipient": "Sekar Ayu", "phone": "+628123456789", "street": "Jl. Melati 1", "rt_rw": "01/02", "landmark": "mosque",
    "postcode": "40123", "city": "Bandung", "province": "Jawa Barat", "country": "ID",
}  # fmt: skip


def rp(amount: int) -> Money:
    return Money(amount, "IDR")  # type: ignore[no-untyped-call]


@pytest.fixture
def visitor(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def test_erasing_keeps_value_city_and_days_and_is_told_once(
    gift: SampleRequest, loan: Shipment, now: dt.datetime, actor: Actor
) -> None:
    """Rule 4.5.13."""
    Shipment.objects.update(address_snapshot=DOOR, insured_value=rp(250_000))
    sekar = gift.influencer
    before = Shipment.objects.get(request=gift)
    assert [blank_addresses(sekar, at=now, actor=actor), blank_addresses(sekar, at=now, actor=actor)] == [1, 0]
    row = Shipment.objects.get(request=gift)
    assert row.address_snapshot == {"city": "Bandung", "province": "Jawa Barat", "country": "ID"}
    assert (row.insured_value, row.shipped_at, row.delivered_at) == (
        rp(250_000),
        before.shipped_at,
        before.delivered_at,
    )
    assert Shipment.objects.get(pk=loan.pk).address_snapshot == DOOR
    assert list(Entry.objects.values_list("verb", "influencer")) == [("parcel.erased", sekar.pk)]


def test_a_parcel_that_waits_to_leave_keeps_its_address(gift: SampleRequest, now: dt.datetime, actor: Actor) -> None:
    Shipment.objects.update(address_snapshot=DOOR)
    Shipment.objects.create(request=gift, address_snapshot=DOOR)
    with pytest.raises(Refused):
        blank_addresses(gift.influencer, at=now, actor=actor)
    assert [parcel.address_snapshot for parcel in Shipment.objects.all()] == [DOOR, DOOR]


def test_the_command_erases_and_says_how_many(gift: SampleRequest) -> None:
    Shipment.objects.update(address_snapshot=DOOR)
    said = StringIO()
    call_command("erase_parcel_addresses", str(gift.influencer_id), stdout=said)
    assert said.getvalue() == "Blanked the addresses of 1 parcels to Sekar Ayu.\n"
    with pytest.raises(CommandError):
        call_command("erase_parcel_addresses", "999999")


def test_gifts_are_told_by_what_they_cost_and_what_came(gift: SampleRequest, loan: Shipment, coordinator: User) -> None:
    Shipment.objects.update(cost=rp(18_000))
    asked_for(
        gift.influencer, gift.brand, coordinator, Purpose.GIFT_NO_ASK, name="Glow Serum", number=2, outcome="quiet"
    )
    found = figures_of(gifts_seen(coordinator))
    assert (found.sent, found.posted, found.quiet) == (2, 0, 1)
    assert (found.value, found.cost, found.shipping) == ([rp(750_000)], [rp(150_000)], [rp(18_000)])
    assert gifts_seen(coordinator, outcome="quiet").count() == 1
    assert gifts_seen(coordinator, brand=BrandFactory()).count() == 0


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_gifts_costs_the_same_queries(
    visitor: Client, gift: SampleRequest, coordinator: User, many: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(many - 1):
        request = asked_for(gift.influencer, gift.brand, coordinator, Purpose.GIFT_NO_ASK, name=f"Serum {number}")
        sent(request, there_at=dt.datetime(2026, 7, 10, 4, 0, tzinfo=dt.UTC))
    visitor.get(reverse("sample-gifts"))
    with django_assert_num_queries(13):  # type: ignore[operator]
        answer = visitor.get(reverse("sample-gifts"))
    assert answer.content.decode().count("data-row") == many


def test_a_campaigns_samples_are_a_table_with_their_values(
    visitor: Client, loan: Shipment, card: Collaboration
) -> None:
    Shipment.objects.update(cost=rp(18_000))
    answer = visitor.get(reverse("campaign-samples-export", args=[card.campaign_id]))
    head, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    told = dict(zip(head.split(","), line.split(","), strict=True))
    assert told == {
        "person": "Kirana Maheswari", "brand": "Lumi", "campaign": "Glow", "product": "Glow Lamp", "variant": "", "SKU": "",
        "quantity": "1", "purpose": "Loan", "purpose it began with": "Loan", "status": "Arrived", "sent": "2026-11-12",
        "arrived": "2026-11-14", "pieces sent": "1", "pieces arrived": "0", "pieces back": "0", "currency": "IDR",
        "value of one": "2000000.00", "cost of making one": "400000.00", "market value of one": "",
        "currency of shipping": "IDR", "shipping cost": "18000.00", "what came of it": "", "her post": "",
    }  # fmt: skip
    book = visitor.get(reverse("campaign-samples-export", args=[card.campaign_id]), {"as": "xlsx"})
    assert book["Content-Disposition"].startswith('attachment; filename="samples-glow-')
    book.close()


def test_what_was_sent_follows_whoever_two_people_become(
    back: ReturnRequest, loan: Shipment, coordinator: User, now: dt.datetime
) -> None:
    goes, stays = loan.request.influencer, somebody("Kirana Putri")
    merge(stays.pk, goes.pk, {}, at=now, actor=Actor.user(coordinator))
    request = SampleRequest.objects.get()
    assert (request.influencer, request.shipments.get().returns.get().status) == (stays, "asked")


def test_a_copy_of_a_campaign_brings_no_parcels(
    loan: Shipment, card: Collaboration, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    days = {"start_on": dt.date(2027, 1, 10), "end_on": dt.date(2027, 2, 10)}
    copy_campaign(card.campaign, name="Glow 2", owner=coordinator, with_people=True, at=now, actor=actor, **days)
    assert (SampleRequest.objects.count(), SampleRequest.objects.get().collaboration, Shipment.objects.count()) == (
        1,
        card,
        1,
    )

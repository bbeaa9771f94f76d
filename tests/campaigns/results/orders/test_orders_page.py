"""What the pages of orders show."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign
from campaigns.results.models import Order, ResultFile
from campaigns.tracking.models import LinkClick, TrackedLink, VoucherCode
from crm.team.models import Role, User
from tests.campaigns.results.orders.conftest import NOON, Take
from tests.conftest import today_here
from tests.factories import CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db
QUERIES = 17


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_code_says_how_often_it_was_redeemed_and_a_post_what_came_of_its_link(
    as_coordinator: Client, campaign: Campaign, code: VoucherCode, link: TrackedLink, take: Take
) -> None:
    LinkClick.objects.bulk_create([LinkClick(link=link, at=NOON) for _visit in range(31)])
    for number in range(22):
        take(f"C{number}", 10_000, code="KIRANA10")
    take("L1", 50_000, link="glow-k")
    page = text_of(as_coordinator.get(reverse("campaign-orders", args=[campaign.pk])))
    assert "KIRANA10 redeemed 22 times" in page
    assert "31 clicks, 1 order<" in page
    assert "orders, 96 %" in page
    assert "Codes tell the least that was sold" in page


def test_nobodys_orders_say_why(as_coordinator: Client, campaign: Campaign, take: Take) -> None:
    take("1001", code="WRONG5")
    page = text_of(as_coordinator.get(reverse("campaign-orders", args=[campaign.pk]), {"tab": "nobody"}))
    assert "Nobody has the code “WRONG5”." in page


def test_a_code_that_suddenly_sells_is_told_on_its_page_and_on_today(
    as_coordinator: Client, campaign: Campaign, code: VoucherCode, take: Take
) -> None:
    on = dt.datetime.combine(today_here(), dt.time(0, 30), tzinfo=dt.timezone(dt.timedelta(hours=7)))
    for number in range(12):
        take(f"N{number}", code="KIRANA10", at=on)
    for url in (reverse("campaign-orders", args=[campaign.pk]), reverse("today")):
        assert "Has KIRANA10 leaked?" in text_of(as_coordinator.get(url))


def test_the_page_costs_the_same_for_one_order_and_for_three(
    as_coordinator: Client, campaign: Campaign, take: Take, django_assert_num_queries: Any
) -> None:
    url = reverse("campaign-orders", args=[campaign.pk])
    as_coordinator.get(url)
    for already in (0, 1):
        for more in range(1 + already):
            number = f"{already}{more}"
            card = CollaborationFactory(campaign=campaign)
            VoucherCode.objects.create(
                campaign=campaign, collaboration=card, code=f"GLOW{number}", valid_from_on=NOON.date(),
                valid_to_on=NOON.date(),
            )  # fmt: skip
            TrackedLink.objects.create(
                deliverable=DeliverableFactory(collaboration=card), slug=number, target="https://lumi.contoh.example/"
            )
            take(number, code=f"GLOW{number}", link=number)
        with django_assert_num_queries(QUERIES):
            assert as_coordinator.get(url).status_code == 200


def test_a_file_is_brought_seen_let_in_and_undone(
    as_coordinator: Client, campaign: Campaign, code: VoucherCode
) -> None:
    data = b"order,date,amount,code\n1001,2026-11-20,270000,KIRANA10\n1002,never,1,KIRANA10\n"
    first = as_coordinator.post(
        reverse("orders-file", args=[campaign.pk]), {"file": SimpleUploadedFile("shop.csv", data)}
    )
    file = ResultFile.objects.get()
    here = reverse("result-file", args=[file.pk])
    assert first.headers["Location"] == here
    page = text_of(as_coordinator.get(here))
    assert "“never” is not a day." in page and "Writes 1 row. It can be undone as a whole." in page
    as_coordinator.post(reverse("result-file-bring", args=[file.pk]))
    assert Order.objects.standing().count() == 1
    assert "Takes away 1 row this file brought." in text_of(as_coordinator.get(here))
    as_coordinator.post(reverse("result-file-undo", args=[file.pk]))
    assert Order.objects.standing().count() == 0
    assert "Nothing of it counts." in text_of(as_coordinator.get(here))


def test_a_file_nobody_can_read_is_refused_where_it_was_chosen(as_coordinator: Client, campaign: Campaign) -> None:
    answer = as_coordinator.post(
        reverse("orders-file", args=[campaign.pk]), {"file": SimpleUploadedFile("shop.csv", b"%PDF-1.7")}
    )
    assert (answer.status_code, ResultFile.objects.count()) == (422, 0)


def test_a_refund_too_large_is_refused_where_it_was_typed(
    as_coordinator: Client, take: Take, code: VoucherCode
) -> None:
    order = take("1001", 270_000, code="KIRANA10").order
    answer = as_coordinator.post(
        reverse("order-return", args=[order.pk]), {"number": "R-1", "amount": "300000", "on": "2026-11-22"}
    )
    assert answer.status_code == 422
    assert "of this order is left to give back." in text_of(answer) and 'value="300000"' in text_of(answer)


def test_a_secret_is_shown_once(client: Client, organisation: Any, campaign: Campaign, owner: User) -> None:
    client.force_login(owner)
    assert owner.role == Role.OWNER
    url = reverse("order-hooks", args=[campaign.brand_id])
    made = text_of(client.post(url, {"name": "Web shop"}))
    from campaigns.results.models import OrderHook

    secret = OrderHook.objects.get().secret
    assert secret in made
    assert secret not in text_of(client.get(url))

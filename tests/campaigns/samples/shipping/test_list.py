"""The list of samples: each row in the part of what is to be done, and the same done to many with a result for each."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.samples.models import Courier, SampleItem, SampleRequest, Shipment
from campaigns.samples.shipping.queries import PARTS, Filters, counts_of, rows_of
from crm.brands.models import ProductVariant
from crm.team.models import User
from tests.campaigns.samples.parcels import NOW, a_parcel, a_request, an_address
from tests.campaigns.samples.shipping.test_leaving import agreed
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db
LISTED = 23


def ready(**values: Any) -> SampleRequest:
    """To be sent, with an address that may be used: confirmed on the very day the pages are asked, as it grows old."""
    request = a_request(**values)
    an_address(request.influencer, confirmed_at=timezone.now())
    agreed(request.influencer)
    return request


def test_every_row_stands_in_the_part_of_what_is_to_be_done(coordinator: User) -> None:
    chooses, lost = ready(), a_parcel(status="lost")
    line: SampleItem = chooses.items.get()
    ProductVariant.objects.create(product=line.product, name="02 Warm Sand")
    chooses.items.update(she_chooses=True)
    expected = {
        "approve": [a_request(status="to_approve")],
        "hers": [a_request(), chooses, lost.request],
        "ready": [ready(), a_parcel(ready()).request],
        "packed": [a_parcel(status="packed")],
        "away": [a_parcel(ready(status="sent"), status="in_transit")],
        "wrong": [
            a_parcel(status="failed_attempt"),
            a_parcel(status="in_transit", traced_at=NOW),
            lost,
        ],
        "arrived": [a_parcel(a_request(status="arrived"), status="confirmed")],
        "back": [],
    }
    a_request(status="cancelled")
    for part in PARTS[3:]:
        SampleRequest.objects.filter(pk__in=[getattr(one, "request_id", 0) for one in expected[part.key]]).update(
            status="sent"
        )
    found = {part.key: list(rows_of(part, coordinator, Filters(), NOW)) for part in PARTS}
    assert {key: set(rows) for key, rows in found.items()} == {key: set(rows) for key, rows in expected.items()}
    with CaptureQueriesContext(connection) as queries:
        counts = counts_of(coordinator, Filters(), NOW)
    assert counts == {key: len(rows) for key, rows in expected.items() if rows}
    assert sum("UNION ALL" in query["sql"] for query in queries) == 1


def test_filters_narrow_by_brand_courier_and_words(coordinator: User) -> None:
    lumi = BrandFactory()
    mine = a_parcel(a_request(lumi, status="sent"), status="in_transit", waybill="0112345678")
    other = a_parcel(a_request(status="sent"), status="in_transit", courier=Courier.objects.get(code="tiki"))
    away = PARTS[4]

    def rows(**filters: Any) -> list[Shipment]:
        return list(rows_of(away, coordinator, Filters(**filters), NOW))

    assert rows(brand=lumi.pk) == [mine]
    assert rows(courier=other.courier_id) == [other]
    assert rows(words="12345") == [mine]
    assert rows(words=other.request.influencer.stage_name) == [other]
    assert rows() == [mine, other]


def listed(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("samples")).status_code == 200
    return len(queries)


def test_the_list_asks_as_much_for_one_row_as_for_three(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    brand = BrandFactory()
    ready(brand=brand)
    listed(client)
    assert listed(client) == LISTED
    for _more in range(2):
        ready(brand=brand)
    assert listed(client) == LISTED


def test_many_are_put_together_and_packed_and_a_refusal_stops_nobody(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    good, bad, last = ready(), a_request(), ready()
    picked = [f"r{one.pk}" for one in (good, bad, last)]
    answer = client.post(reverse("samples-bulk"), {"action": "packed", "pick": picked, "tab": "ready"})
    told = [(verdict.who, verdict.text, verdict.done) for verdict in answer.context["verdicts"]]
    why = "There is no address yet. Ask her for it, or note it as told. She has not agreed that we keep her address."
    assert [done for _who, _text, done in told] == [True, False, True]
    assert told[1][1].startswith(why[:22])
    assert list(Shipment.objects.order_by("pk").values_list("request", "status")) == [
        (good.pk, "packed"), (last.pk, "packed"),
    ]  # fmt: skip


def shipped_together(client: Client, rows: list[Shipment]) -> tuple[list[Any], int]:
    """The grid sent off, each row with a number of its own, the eighth with that of the seventh; and how much that asks."""
    jne, typed = Courier.objects.get(code="jne"), {"rows": len(rows)}
    for at, one in enumerate(rows):
        number = rows[6].pk if at == 7 else one.pk
        typed |= {f"parcel_{at}": one.pk, f"courier_{at}": jne.pk, f"waybill_{at}": f"011234{number:06}"}
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("samples-ship"), typed)
    return answer.context["verdicts"], len(queries)


def test_sixty_leave_at_once_with_a_result_for_each(client: Client, coordinator: User) -> None:
    """One that is refused stops nobody, and each asks as much among sixty as among twenty."""
    client.force_login(coordinator)
    brand = BrandFactory()
    parcels = [a_parcel(a_request(brand, owner=coordinator), status="packed") for _number in range(80)]
    twenty, sixty = shipped_together(client, parcels[:20]), shipped_together(client, parcels[20:])
    assert [len(verdicts) for verdicts, _asked in (twenty, sixty)] == [20, 60]
    assert sixty[1] - twenty[1] == 40 * 23
    (refused,) = [verdict for verdict in sixty[0] if not verdict.done]
    seventh, eighth = parcels[26], parcels[27]
    assert (refused.who, refused.text) == (
        eighth.request.influencer.stage_name,
        f"The number 011234{seventh.pk:06} belongs to the parcel of {seventh.request.influencer.stage_name} already. "
        "Look at both labels.",
    )
    assert list(Shipment.objects.exclude(status="shipped").order_by("pk")) == [parcels[7], eighth]


def test_the_grid_ships_what_has_a_number_and_leaves_the_rest(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    one, two = a_parcel(status="packed"), a_parcel(status="packed")
    page = client.post(reverse("samples-bulk"), {"action": "ship", "pick": [f"p{one.pk}", f"p{two.pk}"]})
    assert [row["parcel"] for row in page.context["rows"]] == [one, two]
    jne = Courier.objects.get(code="jne").pk
    data = {"rows": 2, "parcel_0": one.pk, "courier_0": jne, "waybill_0": "0112345678"}
    answer = client.post(reverse("samples-ship"), data | {"parcel_1": two.pk, "courier_1": jne, "waybill_1": ""})
    assert [(str(verdict.text), verdict.done) for verdict in answer.context["verdicts"]] == [
        ("Sent with JNE, 0112345678.", True), ("No number was typed, so it was left as it is.", False),
    ]  # fmt: skip
    assert list(Shipment.objects.order_by("pk").values_list("status", flat=True)) == ["shipped", "packed"]


def test_a_number_with_what_no_database_keeps_is_read_without_it(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    parcel, jne = a_parcel(status="packed"), Courier.objects.get(code="jne").pk
    typed = {"rows": 1, "parcel_0": parcel.pk, "courier_0": jne, "waybill_0": "0112\x00345678\n"}
    assert client.post(reverse("samples-ship"), typed).status_code == 200
    parcel.refresh_from_db()
    assert (parcel.status, parcel.waybill) == ("shipped", "0112345678")


def test_behind_the_wall_nothing_is_listed_chosen_or_shipped(
    client: Client, coordinator: User, organisation: Any
) -> None:
    organisation.brand_walls = True
    organisation.save()
    parcel = a_parcel(status="packed")
    client.force_login(coordinator)
    assert client.get(reverse("samples"), {"tab": "packed"}).context["rows"] == []
    client.post(reverse("samples-bulk"), {"action": "ship", "pick": [f"p{parcel.pk}"]})
    jne = Courier.objects.get(code="jne").pk
    client.post(
        reverse("samples-ship"), {"rows": 1, "parcel_0": parcel.pk, "courier_0": jne, "waybill_0": "0112345678"}
    )
    parcel.refresh_from_db()
    assert (parcel.status, parcel.waybill) == ("packed", "")


def test_a_strange_address_of_the_list_shows_the_list(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    answer = client.get(
        reverse("samples"), {"tab": "x", "campaign": "²", "brand": "9" * 40, "q": "\x00%", "page": "zz"}
    )
    assert (answer.status_code, answer.context["part"].key) == (200, "ready")

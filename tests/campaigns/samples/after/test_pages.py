"""What a colleague does on the page of a request, and what she answers on her own."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.samples.after.portal import BACK, GIFT
from campaigns.samples.after.shown import backs_of
from campaigns.samples.models import ReturnItem, ReturnRequest, SampleRequest, Shipment, ShipmentItem
from crm.outbox.models import Contact
from crm.portal.registry import AnswerRefused, Asking, Told, find_task, open_tasks, settle
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor

pytestmark = pytest.mark.django_db
JULY = dt.datetime(2026, 7, 18, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def visitor(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def step(client: Client, row: ReturnRequest, code: str, **typed: object) -> int:
    return client.post(reverse("return-step", args=[row.pk, code]), typed).status_code


def test_a_loan_comes_back_in_three_presses(visitor: Client, back: ReturnRequest, loan: Shipment) -> None:
    page = visitor.get(reverse("sample", args=[loan.request_id])).content.decode()
    assert "To come back" in page
    line = ShipmentItem.objects.get()
    counts = {f"{code}_{line.pk}": number for code, number in (("ok", 0), ("used", 1), ("damaged", 0), ("missing", 0))}
    assert step(visitor, back, "sent", waybill=" jp 12 34 ") == 302
    assert step(visitor, back, "back") == 302
    assert step(visitor, back, "check", **counts) == 302
    row = ReturnRequest.objects.get()
    assert (row.status, row.waybill, ReturnItem.objects.get().inspection) == ("checked", "JP1234", "used")


def test_numbers_that_do_not_add_up_are_asked_for_again(visitor: Client, back: ReturnRequest) -> None:
    ReturnRequest.objects.update(status="back")
    line = ShipmentItem.objects.get()
    counts = {f"{code}_{line.pk}": 1 for code in ("ok", "used", "damaged", "missing")}
    answer = visitor.post(reverse("return-step", args=[back.pk, "check"]), counts)
    assert answer.status_code == 422
    assert "1 piece was sent. Count it once." in answer.content.decode()
    assert ReturnRequest.objects.get().status == "back"


def test_a_step_somebody_else_took_is_refused_in_words(visitor: Client, back: ReturnRequest) -> None:
    ReturnRequest.objects.update(status="checked")
    assert step(visitor, back, "keep", because="She loves it") == 422
    assert visitor.get(reverse("return-step", args=[back.pk, "keep"])).status_code == 302
    assert ReturnRequest.objects.get().status == "checked"


def test_a_day_that_has_passed_is_not_another_day(visitor: Client, back: ReturnRequest) -> None:
    assert step(visitor, back, "extend", due_on="2020-01-01") == 422
    assert ReturnRequest.objects.get().due_on == dt.date(2026, 12, 8)


@pytest.mark.parametrize(("hour", "is_late"), [(16, False), (17, True)])
def test_it_is_late_once_its_day_is_over_where_the_campaign_is(
    back: ReturnRequest, coordinator: User, hour: int, is_late: bool
) -> None:
    """Five in the afternoon in London is midnight in Jakarta."""
    at, request = dt.datetime(2026, 12, 8, hour, 0, tzinfo=dt.UTC), back.shipment.request
    asking = Asking(request.influencer_id, request.brand_id, at, "Asia/Jakarta")
    task = find_task(asking, BACK, back.pk)
    assert task is not None
    assert (task.is_late, task.is_next) == (is_late, not is_late)
    assert [one.is_late for one in backs_of(request, coordinator, at)] == [is_late]


def test_a_charge_without_an_amount_is_asked_for(visitor: Client, back: ReturnRequest) -> None:
    ReturnRequest.objects.update(charge_proposed_at=timezone.now())
    assert step(visitor, back, "charge", decision="charge", because="Thirty days") == 422
    assert step(visitor, back, "charge", decision="waive", because="Our mistake") == 302
    assert ReturnRequest.objects.get().charged is False


def test_a_gift_is_closed_and_touched_on_its_page(visitor: Client, gift: SampleRequest) -> None:
    page = visitor.get(reverse("sample", args=[gift.pk])).content.decode()
    assert "She owes nothing." in page
    assert visitor.post(reverse("gift-touch", args=[gift.pk]), {"channel": "whatsapp"}).status_code == 302
    typed = {"outcome": "posted", "post_url": "instagram.com/p/abc"}
    assert visitor.post(reverse("gift-outcome", args=[gift.pk]), typed).status_code == 302
    row = SampleRequest.objects.get()
    assert (row.outcome, row.post_url) == ("posted", "https://instagram.com/p/abc")
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["sample.touched", "sample.posted"]


def asking(request: SampleRequest, now: dt.datetime, *, brand: int | None = None, hers: bool = True) -> Asking:
    contact = Contact.objects.get(representations__influencer=request.influencer) if hers else None
    return Asking(request.influencer_id, brand or request.brand_id if hers else None, now, "Asia/Jakarta", contact)


def tasks(asked: Asking) -> list[tuple[str, int]]:
    return [(task.feature, task.subject_id) for task in open_tasks(asked) if task.feature in (BACK, GIFT)]


def test_she_says_that_it_is_on_its_way(back: ReturnRequest, loan: Shipment, now: dt.datetime, actor: Actor) -> None:
    hers = asking(loan.request, now)
    assert tasks(hers) == [(BACK, back.pk)]
    task = find_task(hers, BACK, back.pk)
    assert task is not None
    settle(hers, task, Told("sent", {"courier": None, "waybill": "JP9", "note": "Ya"}, now, actor))
    row = ReturnRequest.objects.get()
    assert (row.status, row.waybill, tasks(hers)) == ("under_way", "JP9", [])
    with pytest.raises(AnswerRefused):
        settle(hers, task, Told("sent", {}, now, actor))


def test_another_brands_page_shows_nothing_of_it(back: ReturnRequest, loan: Shipment, now: dt.datetime) -> None:
    assert tasks(asking(loan.request, now, brand=loan.request.brand_id + 1)) == []
    assert tasks(asking(loan.request, now, hers=False)) == [(BACK, back.pk)]


def test_nobody_is_asked_to_send_what_a_courier_brings(back: ReturnRequest, loan: Shipment, now: dt.datetime) -> None:
    ReturnRequest.objects.update(reason="refused")
    assert tasks(asking(loan.request, now)) == []


@pytest.mark.parametrize(("code", "outcome"), [("posted", "posted"), ("rather_not", "declined")])
def test_she_says_what_came_of_the_gift_also_after_it_was_closed(
    gift: SampleRequest, actor: Actor, code: str, outcome: str
) -> None:
    SampleRequest.objects.update(outcome="quiet")
    hers = asking(gift, JULY)
    task = find_task(hers, GIFT, gift.pk)
    assert task is not None
    assert (task.due_on, task.is_late, [answer.primary for answer in task.answers]) == (None, False, [False, False])
    settle(hers, task, Told(code, {"url": "", "note": ""}, JULY, actor))
    assert SampleRequest.objects.get().outcome == outcome


def test_a_gift_without_a_hope_asks_her_for_nothing(gift: SampleRequest) -> None:
    SampleRequest.objects.update(purpose="gift_no_ask", given_as="gift_no_ask")
    assert tasks(asking(gift, JULY)) == []

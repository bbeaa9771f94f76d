"""A shop's door: what is signed and fresh is taken once, everything else is refused alike and changes nothing."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns.planning.models import Campaign, Refused
from campaigns.results.models import HookMessage, Order, OrderHook, OrderReturn
from campaigns.results.orders.hooks.opening import close_hook, new_secret_of, open_hook
from campaigns.results.orders.hooks.reading import Wrong, read_message
from campaigns.results.orders.hooks.receiving import receive
from campaigns.results.orders.hooks.signing import is_fresh, is_signed, signature
from campaigns.results.orders.returning import returned_of
from campaigns.tracking.models import VoucherCode
from crm.ambassadors.models import AmbassadorDeal
from crm.team.models import User
from crm.timeline.record import Actor
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
ORDER: dict[str, Any] = {
    "number": "1001", "at": "2026-11-20T12:05:00+07:00", "amount": "270000", "currency": "IDR", "code": "KIRANA10",
}  # fmt: skip
REFUND: dict[str, Any] = {"order": "1001", "number": "R-1", "amount": "70000", "on": "2026-11-22"}


def created(message: str = "m1", **order: Any) -> dict[str, Any]:
    return {"id": message, "type": "order.created", "order": {**ORDER, **order}}


def refunded(number: str = "m2", **refund: Any) -> dict[str, Any]:
    return {"id": number, "type": "order.refunded", "refund": {**REFUND, **refund}}


@pytest.fixture
def hook(campaign: Campaign, coordinator: User, code: VoucherCode, now: dt.datetime) -> OrderHook:
    return open_hook(campaign.brand, "Web shop", user=coordinator, at=now)


def say(hook: OrderHook, message: object, now: dt.datetime = NOW) -> tuple[int, str, str]:
    answer = receive(hook, json.dumps(message).encode(), now=now)
    return answer.status, answer.outcome, answer.why


def send(hook: OrderHook, body: bytes, **but: Any) -> Any:
    """Post a message as a shop does; `but` says what it gets wrong."""
    timestamp = str(but.get("timestamp", int(timezone.now().timestamp())))
    signed = but.get("signature", signature(but.get("secret", hook.secret), timestamp, body))
    headers = {"X-Mitra-Timestamp": timestamp, "X-Mitra-Signature": signed}
    client = Client(enforce_csrf_checks=True, headers=headers)
    url = reverse("hook-orders", args=[but.get("slug", hook.slug)])
    return client.post(url, body, content_type="application/json")


def test_an_order_is_taken_and_the_same_message_is_known(hook: OrderHook, code: VoucherCode) -> None:
    assert say(hook, created()) == (201, "taken", "")
    assert say(hook, created()) == (200, "known", "This message is known already.")
    assert [(one.number, one.code) for one in Order.objects.all()] == [("1001", code)]
    assert [(one.number, one.outcome) for one in HookMessage.objects.all()] == [("m1", "taken")]


def test_the_same_order_in_another_message_is_known(hook: OrderHook) -> None:
    say(hook, created())
    assert say(hook, created("m9", amount=1)) == (200, "known", "This order is known already.")
    assert [int(one.amount.amount) for one in Order.objects.all()] == [270_000]


def test_an_order_of_nobody_is_taken_and_says_so(hook: OrderHook) -> None:
    assert say(hook, created(code="WRONG5")) == (201, "taken", "Nobody has the code “WRONG5”.")


@pytest.mark.parametrize("length", ["\u00b2", "9" * 5_000, "-1", "x"])
def test_a_length_that_is_no_number_is_refused(hook: OrderHook, length: str) -> None:
    answer = Client().post(
        reverse("hook-orders", args=[hook.slug]), b"{}", content_type="application/json", CONTENT_LENGTH=length
    )
    assert answer.status_code == 413


def test_the_largest_sums_of_an_order_add_up_or_are_refused(hook: OrderHook, deal: AmbassadorDeal) -> None:
    most = "999999999999"
    status, outcome, _why = say(hook, created(amount=most, discount=most, tax=most, shipping=most))
    assert (status, outcome) == (422, "refused")
    assert Order.objects.count() == 0


def test_refunds_are_taken_once(hook: OrderHook) -> None:
    say(hook, created())
    assert say(hook, refunded()) == (201, "taken", "")
    assert say(hook, refunded()) == (200, "known", "This message is known already.")
    assert say(hook, refunded("m3")) == (200, "known", "This refund is known already.")
    assert returned_of(Order.objects.get()) == Decimal(70_000)


def test_a_refund_that_comes_before_its_order_works_when_it_is_sent_again(hook: OrderHook) -> None:
    status, outcome, why = say(hook, refunded())
    assert (status, outcome, why.split(".")[0]) == (409, "refused", "This order is not known")
    say(hook, created())
    assert say(hook, refunded()) == (201, "taken", "")


def test_a_refund_larger_than_its_order_is_refused_and_changes_nothing(hook: OrderHook) -> None:
    say(hook, created())
    status, outcome, why = say(hook, refunded(amount="270001"))
    assert (status, outcome, why) == (422, "refused", "Only IDR\xa0270,000 of this order is left to give back.")
    assert OrderReturn.objects.count() == 0


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ([], "the message must be an object."),
        ({}, "id must be text of at most 120 characters."),
        ({"id": "m", "type": "order.deleted"}, "type must be order.created or order.refunded."),
        ({"id": "m", "type": "order.created"}, "order must be an object."),
        (created(number_=1) | {"order": {}}, "amount is missing."),
        (created(amount=-5), "amount must be an amount like 270000 or 270000.50, never below zero."),
        (created(amount="1e9"), "amount must be an amount like 270000 or 270000.50, never below zero."),
        (created(amount=True), "amount must be an amount like 270000 or 270000.50, never below zero."),
        (created(currency="XXX"), "currency must be one of IDR, USD, EUR, GBP, SGD, MYR."),
        (created(at="2026-11-20"), "at must be a moment with its offset, like 2026-11-20T12:05:00+07:00."),
        (created(at="2026-13-45T99:00:00+07:00"), "at must be a moment with its offset, like 2026-11-20T12:05:00+07:00."),
        (created(at="2027-11-20T12:00:00Z"), "at must lie in the past."),
        (created(number=""), "number must be text of at most 80 characters."),
        (created(code="A\x00B"), "code must be text of at most 60 characters."),
        (created(code="\ud800"), "code must be text of at most 60 characters."),
        (created(new_customer="yes"), "new_customer must be true or false."),
        (refunded(on="22 November"), "on must be a day like 2026-11-22."),
    ],
)  # fmt: skip
def test_what_is_not_as_it_should_be_says_which_field(hook: OrderHook, message: object, why: str) -> None:
    assert say(hook, message) == (422, "refused", why)
    assert (Order.objects.count(), [one.why for one in HookMessage.objects.all()]) == (0, [why])


def test_a_signed_message_comes_in_without_cookies_and_csrf(hook: OrderHook) -> None:
    answer = send(hook, json.dumps(created()).encode())
    assert (answer.status_code, answer.json()) == (201, {"outcome": "taken", "why": ""})
    assert (answer.cookies, answer["Cache-Control"]) == ({}, "no-store")


@pytest.mark.parametrize(
    "but",
    [
        {"slug": "nowhere"},
        {"secret": "f" * 64},
        {"signature": ""},
        {"signature": "v1="},
        {"signature": "v1=ü"},
        {"timestamp": 0},
        {"timestamp": "now"},
        {"timestamp": "١٢٣"},
    ],
)
def test_a_door_nobody_knows_and_a_bad_signature_look_the_same(hook: OrderHook, but: dict[str, Any]) -> None:
    answer = send(hook, json.dumps(created()).encode(), **but)
    why = "The address, the signature or the moment does not fit."
    assert (answer.status_code, answer.json()) == (401, {"outcome": "refused", "why": why})
    assert (Order.objects.count(), HookMessage.objects.count()) == (0, 0)


def test_a_message_changed_on_the_way_is_refused(hook: OrderHook) -> None:
    timestamp = str(int(timezone.now().timestamp()))
    signed = signature(hook.secret, timestamp, json.dumps(created()).encode())
    changed = json.dumps(created(amount="1")).encode()
    assert send(hook, changed, timestamp=timestamp, signature=signed).status_code == 401


def test_a_message_too_long_is_refused_before_it_is_read(hook: OrderHook) -> None:
    assert send(hook, b"x" * (64 * 1024 + 1)).status_code == 413
    assert HookMessage.objects.count() == 0


def test_a_new_secret_ends_the_former_one_and_a_closed_door_takes_nothing(
    hook: OrderHook, now: dt.datetime, actor: Actor
) -> None:
    body, former = json.dumps(created()).encode(), hook.secret
    fresh = new_secret_of(hook, at=now, actor=actor)
    assert send(hook, body, secret=former).status_code == 401
    assert send(fresh, body).status_code == 201
    close_hook(hook, at=now, actor=actor)
    assert send(fresh, body).status_code == 401
    with pytest.raises(Refused, match="This door is closed"):
        new_secret_of(hook, at=now, actor=actor)


def test_two_shops_of_a_brand_have_two_names(hook: OrderHook, coordinator: User, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="a shop of that name already"):
        open_hook(hook.brand, "Web shop", user=coordinator, at=now)
    assert OrderHook.objects.count() == 1


@pytest.mark.parametrize(("seconds", "fresh"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_a_moment_is_fresh_for_five_minutes(seconds: int, fresh: bool) -> None:
    assert is_fresh(str(int(NOW.timestamp()) + seconds), NOW) is fresh


def test_the_signature_is_the_one_that_is_documented() -> None:
    right = "v1=91299d88000ac54a8e8c5a753c3cfdcef9a7e5a64cad571b053dbab6f1161fdf"
    assert signature("secret", "1795489200", b'{"id":"1"}') == right
    assert is_signed("secret", "1795489200", right, b'{"id":"1"}')
    assert not is_signed(None, "1795489200", signature("0" * 64, "1795489200", b"x"), b"x")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("number", "at", "amount", "currency", "code", "link", "discount", "cost", "new_customer")


@given(st.one_of(st.binary(max_size=200), st.builds(lambda said: json.dumps(said).encode(), ANYTHING)))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    read_or_refuse(body)


@given(st.sampled_from(FIELDS), ANYTHING)
def test_any_field_is_read_or_refused(field: str, value: object) -> None:
    read_or_refuse(json.dumps(created(**{field: value})).encode())


def read_or_refuse(body: bytes) -> None:
    try:
        read_message(body, NOW)
    except Wrong as wrong:
        assert str(wrong)


def test_deep_nesting_is_refused(hook: OrderHook) -> None:
    assert receive(hook, b"[" * 30_000, now=NOW).status == 422

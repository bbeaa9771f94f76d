"""Gifts: 17, 20 and 24 July after the 10th, at most three touches by mail and by hand, closed politely (domain 4.1, 4.2)."""

import datetime as dt

import pytest
from djmoney.money import Money

from campaigns.planning.models import Deliverable, Refused
from campaigns.samples.after.gifts import (
    Pace,
    arrived_gifts,
    close_gift,
    close_gifts,
    note_touch,
    paces,
)
from campaigns.samples.asking.answers import Heard
from campaigns.samples.asking.bought import bought, hand_over
from campaigns.samples.models import Purpose, SampleRequest, Shipment
from crm.base.models import StoredFile
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

pytestmark = pytest.mark.django_db
DAYS = tuple(dt.date(2026, 7, day) for day in (17, 20, 24))


def july(day: int, hour: int = 3) -> dt.datetime:
    return dt.datetime(2026, 7, day, hour, 0, tzinfo=dt.UTC)


def pace(*touched: int) -> Pace:
    return Pace("Asia/Jakarta", DAYS, DAYS[-1], tuple(dt.date(2026, 7, day) for day in touched))


@pytest.mark.parametrize(
    ("touched", "held"),
    [
        ((), []),
        ((12,), [(12, 19)]),  # in place of the 17th
        ((18,), [(18, 23)]),  # in place of the 20th
        ((18, 19), [(18, 31)]),  # in place of the 20th and of the 24th
        ((21,), [(21, 31)]),  # in place of the last
        ((25,), []),  # after it: nothing is left to take the place of
    ],
)
def test_a_touch_by_hand_takes_the_next_mails_place(touched: tuple[int, ...], held: list[tuple[int, int]]) -> None:
    first = min(touched, default=10)
    away = [day for day in range(first, 32) if pace(*touched).is_held(dt.date(2026, 7, day))]
    assert away == [day for start, end in held for day in range(start, end + 1)]


def test_what_a_touch_replaced_is_not_said_later() -> None:
    assert pace(18).went_on_at(dt.date(2026, 7, 24)) == dt.datetime(2026, 7, 23, 17, 0, tzinfo=dt.UTC)
    assert pace(18).went_on_at(dt.date(2026, 7, 23)) is None


def test_a_logged_talk_and_the_button_both_count(gift: SampleRequest, actor: Actor) -> None:
    note_touch(gift, at=july(18), actor=actor, channel="whatsapp", quote="Sudah sampai, Kak?")
    row = arrived_gifts(SampleRequest.objects.with_person()).get()
    assert paces([row], july(18))[row.pk].touched_on == (dt.date(2026, 7, 18),)
    told = Entry.objects.get()
    assert (told.verb, told.channel, told.quote) == ("sample.touched", "whatsapp", "Sudah sampai, Kak?")


@pytest.mark.parametrize("start", ["", "posted", "quiet", "declined"])
@pytest.mark.parametrize("to", ["posted", "quiet", "declined"])
def test_what_may_come_of_a_gift(gift: SampleRequest, actor: Actor, start: str, to: str) -> None:
    SampleRequest.objects.update(outcome=start)
    gift.refresh_from_db(fields=["outcome"])
    allowed = (start, to) in {("", "posted"), ("", "quiet"), ("", "declined"), ("quiet", "posted"), ("declined", "posted"),
                              ("quiet", "declined")}  # fmt: skip
    if allowed:
        close_gift(gift, to, at=july(15), actor=actor)
    else:
        with pytest.raises(TransitionRefused):
            close_gift(gift, to, at=july(15), actor=actor)
    assert SampleRequest.objects.get().outcome == (to if allowed else start)
    assert Entry.objects.count() == int(allowed)


def test_a_post_is_kept_as_seen_and_owed_by_nobody(gift: SampleRequest, actor: Actor) -> None:
    close_gift(gift, "posted", at=july(15), actor=actor, post_url="https://www.instagram.com/p/abc/")
    row = SampleRequest.objects.get()
    assert (row.post_url, row.purpose, row.given_as) == (
        "https://www.instagram.com/p/abc/", Purpose.GIFT_SOFT_ASK, Purpose.GIFT_SOFT_ASK,
    )  # fmt: skip
    assert (Deliverable.objects.count(), Entry.objects.get().quote) == (0, "https://www.instagram.com/p/abc/")


def test_what_is_no_gift_is_not_closed_like_one(loan: Shipment, actor: Actor, now: dt.datetime) -> None:
    with pytest.raises(Refused):
        close_gift(loan.request, "posted", at=now, actor=actor)
    assert SampleRequest.objects.get().outcome == ""


@pytest.mark.parametrize("way", ["by_hand", "bought"])
def test_what_was_handed_over_or_bought_is_spoken_of_from_the_day_she_had_it(
    gift: SampleRequest, actor: Actor, way: str
) -> None:
    Shipment.objects.update(status="cancelled")
    SampleRequest.objects.update(status="to_send", way=way)
    if way == "by_hand":
        hand_over(gift, dt.date(2026, 7, 10), at=july(12), actor=actor)
    else:
        receipt = StoredFile.objects.create(
            file="kept/receipt.png", sha256="r", size=1, mime="image/png", label="Receipt"
        )
        bought(gift, Money(185_000, "IDR"), dt.date(2026, 7, 10), Heard(at=july(12), actor=actor, file=receipt))  # type: ignore[no-untyped-call]
    row = arrived_gifts(SampleRequest.objects.with_person()).get()
    assert paces([row], july(12))[row.pk].days == DAYS
    assert [close_gifts(july(23)), close_gifts(july(24))] == [{}, {"closed": 1}]

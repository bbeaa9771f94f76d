"""The page of a period and its forms: what is owed, a post noted by hand, posts let go, and the close."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, MakeGood, QuotaEntry, QuotaLine
from crm.ambassadors.places import our_lateness
from crm.ambassadors.quotas.counting import credit
from crm.ambassadors.quotas.granting import open_quota, sync_entitlement
from crm.ambassadors.quotas.ledger import Totals, stored
from crm.ambassadors.quotas.page import LedgerRow
from crm.influencers.models import Influencer
from crm.timeline.models import Entry
from tests.crm.ambassadors.conftest import DealOf, line_of
from tests.crm.ambassadors.quotas.conftest import month, rows

pytestmark = pytest.mark.django_db
NOVEMBER_9 = dt.date(2026, 11, 9)
PERIOD_QUERIES = 10


@pytest.fixture
def deal(deal_of: DealOf, kirana: Influencer, now: dt.datetime) -> AmbassadorDeal:
    """October waits for its close, November runs, December lies ahead; two Reels are owed in each."""
    made = deal_of(person=kirana, line={"rollover": "carry", "carry_cap": 1})
    for number, state in ((10, "in_review"), (11, "open")):
        open_quota(month(made, number, state), at=now)
    month(made, 12, "planned")
    return made


def line(deal: AmbassadorDeal) -> QuotaLine:
    return deal.quotas.order_by("pk")[0]


def at(name: str, deal: AmbassadorDeal, number: int, *more: int) -> str:
    return reverse(name, args=[deal.pk, number, *more])


def rows_on(answer: Any) -> list[LedgerRow]:
    return [row for _line, found in answer.context["page"].ledgers for row in found]


def words(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(text).split())


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: [str(one) for one in found] for name, found in answer.context["form"].errors.items()}


def posted(deal: AmbassadorDeal, **more: Any) -> dict[str, Any]:
    usual = {"what": f"quota-{line(deal).pk}", "on": "2026-11-09", "link": "https://instagram.com/p/abc", "once": "o1"}
    return {**usual, **more}


def test_the_page_shows_rings_and_every_row(as_coordinator: Client, deal: AmbassadorDeal, now: dt.datetime) -> None:
    credit(line(deal), 1, key="campaigns.deliverable:1", on=NOVEMBER_9, at=now, label="Reel: morning routine")
    answer = as_coordinator.get(at("ambassador-period", deal, 11))
    assert [(row.entry.kind, row.signed, row.then) for row in rows_on(answer)] == [
        ("grant", "+2", "2 left"), ("delivered", "−1", "1 left"),
    ]  # fmt: skip
    said = words(answer)
    assert "Reel: morning routine" in said
    assert 'aria-label="Instagram Reel: 1 of 2 posted. 1 left"' in answer.content.decode()


def test_a_period_ahead_says_what_it_will_owe(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    said = words(as_coordinator.get(at("ambassador-period", deal, 12)))
    assert "2 × Instagram Reel" in said
    assert "Owed from 1 December 2026 on, with whatever is carried in by then." in said
    assert "Note a post" not in said


def test_a_period_that_is_over_asks_to_be_closed_and_one_behind_it_does_not(
    as_coordinator: Client, deal: AmbassadorDeal
) -> None:
    DealPeriod.objects.filter(number=11).update(last_on=dt.date(2026, 11, 20), state="in_review")
    shown = {number: words(as_coordinator.get(at("ambassador-period", deal, number))) for number in (10, 11)}
    assert {number: "Close it" in said for number, said in shown.items()} == {10: True, 11: False}


def test_a_dropped_period_has_no_page(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    DealPeriod.objects.filter(number=12).update(state="void")
    assert as_coordinator.get(at("ambassador-period", deal, 12)).status_code == 404


def test_a_paused_period_says_so(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    DealPeriod.objects.filter(number=11).update(state="paused", active_days=10)
    said = words(as_coordinator.get(at("ambassador-period", deal, 11)))
    assert "Nothing is asked for while the deal rests. What is posted anyway counts." in said
    assert "10 of 30" in said


def test_who_only_looks_sees_no_verbs(as_viewer: Client, deal: AmbassadorDeal) -> None:
    said = words(as_viewer.get(at("ambassador-period", deal, 10)))
    assert [verb for verb in ("Note a post", "Let posts go", "Close it") if verb in said] == []


def test_a_post_is_noted_once(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    answers = [as_coordinator.post(at("ambassador-posted", deal, 11), posted(deal), follow=True) for _turn in range(2)]
    assert ["Counted in period 11." in words(answer) for answer in answers] == [True, False]
    assert "That post counts already." in words(answers[1])
    assert stored(deal.periods.get(number=11), line(deal)) == Totals(granted=2, delivered=1)
    told = Entry.objects.get(verb="quota.posted")
    assert told.sentence_en == "Posted: Instagram Reel. https://instagram.com/p/abc"


@pytest.mark.parametrize(("number", "offered"), [(10, dt.date(2026, 10, 31)), (11, dt.date(2026, 11, 24))])
def test_the_day_that_is_offered_lies_in_the_period(
    as_coordinator: Client, deal: AmbassadorDeal, number: int, offered: dt.date
) -> None:
    assert as_coordinator.get(at("ambassador-posted", deal, number)).context["form"]["on"].value() == offered


def test_a_post_of_another_day_says_where_it_counts(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    said = words(as_coordinator.post(at("ambassador-posted", deal, 11), posted(deal, on="2026-10-30"), follow=True))
    assert "Counted in period 10." in said


def test_a_story_without_an_address_is_noted_once_for_each_form(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    for once in ("o1", "o1", "o2"):
        told = posted(deal, link="", said="Told me in the chat.", once=once)
        as_coordinator.post(at("ambassador-posted", deal, 11), told)
    assert stored(deal.periods.get(number=11), line(deal)).delivered == 2


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"on": "2026-11-25"}, {"on": ["That day is still to come."]}),
        ({"on": "2026-09-30"}, {"__all__": ["On that day nothing was owed: it lies outside of this deal."]}),
        ({"link": "", "said": " "}, {"link": ["Put in its address, or write how you know."]}),
        ({"link": "javascript:alert(1)"}, {"link": ["Enter a valid URL."]}),
    ],
)
def test_a_post_that_cannot_be_counted_says_why_and_keeps_what_was_typed(
    as_coordinator: Client, deal: AmbassadorDeal, wrong: dict[str, Any], expected: dict[str, list[str]]
) -> None:
    answer = as_coordinator.post(at("ambassador-posted", deal, 11), posted(deal, **wrong))
    assert errors(answer) == expected
    assert not QuotaEntry.objects.filter(kind="delivered").exists()


def test_a_noted_post_is_taken_back_with_a_reason(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    as_coordinator.post(at("ambassador-posted", deal, 11), posted(deal))
    row = QuotaEntry.objects.get(kind="delivered")
    url = at("ambassador-posted-back", deal, 11, row.pk)
    assert errors(as_coordinator.post(url, {"why": " "})) == {"why": ["This field is required."]}
    as_coordinator.post(url, {"why": "It was for another brand."})
    again = as_coordinator.post(url, {"why": "Once more."}, follow=True)
    assert "It does not count any more." in words(again)
    assert rows(line(deal), deal.periods.get(number=11)) == [("grant", 2), ("delivered", -1), ("delivered", 1)]
    assert [one.may_go for one in rows_on(again)] == [False, False, False]


def test_a_post_of_a_campaign_is_not_taken_back_here(
    as_coordinator: Client, deal: AmbassadorDeal, now: dt.datetime
) -> None:
    credit(line(deal), 1, key="campaigns.deliverable:1", on=NOVEMBER_9, at=now)
    row = QuotaEntry.objects.get(kind="delivered")
    as_coordinator.post(at("ambassador-posted-back", deal, 11, row.pk), {"why": "No."})
    assert stored(deal.periods.get(number=11), line(deal)).delivered == 1


def test_posts_are_let_go_with_a_reason(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    url, what = at("ambassador-waive", deal, 11), f"quota-{line(deal).pk}"
    refused = as_coordinator.post(url, {"what": what, "quantity": 3, "why": "The sample came late."})
    assert errors(refused) == {"quantity": ["Only 2 are still owed."]}
    as_coordinator.post(url, {"what": what, "quantity": 1, "why": "The sample came late."})
    assert stored(deal.periods.get(number=11), line(deal)) == Totals(granted=2, waived=1)


def test_what_is_to_be_made_good_is_noted_and_let_go_on_the_closed_period(
    as_coordinator: Client, deal: AmbassadorDeal, now: dt.datetime
) -> None:
    october = deal.periods.get(number=10)
    DealPeriod.objects.filter(pk=october.pk).update(state="closed", closed_at=now)
    owed = MakeGood.objects.create(period=october, line=line(deal), quantity=2, due_on=dt.date(2026, 11, 14))
    what = f"made-good-{owed.pk}"
    as_coordinator.post(at("ambassador-posted", deal, 10), posted(deal, what=what))
    as_coordinator.post(at("ambassador-waive", deal, 10), {"what": what, "quantity": 1, "why": "We were late."})
    owed.refresh_from_db()
    assert (owed.done, owed.waived, owed.left) == (1, 1, 0)
    gone = as_coordinator.get(at("ambassador-posted", deal, 10), follow=True)
    assert "Nothing is owed here any more." in words(gone)
    assert "To be made good" in words(gone)


def test_a_close_is_shown_before_it_is_done(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    url = at("ambassador-period-close", deal, 10)
    shown = as_coordinator.get(url)
    said = words(shown)
    assert "1 is owed in period 11 instead, from 1 November 2026. 1 lapses." in said
    assert deal.periods.get(number=10).state == "in_review"
    done = as_coordinator.post(url, {"shown": shown.context["shown"]}, follow=True)
    assert "The period is closed." in words(done)
    assert rows(line(deal), deal.periods.get(number=10)) == [("grant", 2), ("carry_out", -1), ("expire", -1)]
    assert stored(deal.periods.get(number=11), line(deal)).carried == 1
    assert "It is closed already." in words(as_coordinator.post(url, {}, follow=True))


def test_what_moved_meanwhile_is_shown_again_and_nothing_is_closed(
    as_coordinator: Client, deal: AmbassadorDeal, now: dt.datetime
) -> None:
    url = at("ambassador-period-close", deal, 10)
    shown = as_coordinator.get(url).context["shown"]
    credit(line(deal), 1, key="late", on=dt.date(2026, 10, 30), at=now)
    answer = as_coordinator.post(url, {"shown": shown})
    assert answer.status_code == 409
    assert "Something was counted meanwhile" in words(answer)
    assert deal.periods.get(number=10).state == "in_review"


def test_what_would_be_taken_off_is_said_and_asked_for(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    QuotaLine.objects.update(rollover="deduct")
    shown = as_coordinator.get(at("ambassador-period-close", deal, 10))
    assert "2 were missed and lapse." in words(shown)
    assert "is asked to take IDR 10,000,000 off the retainer. Nothing is taken off before that." in words(
        shown
    ).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "1 more than owed: noted as a gift."),
        ({"over": "ignore"}, "1 more than owed: not counted."),
        ({"over": "advance"}, "1 counts for period 11, from 1 November 2026."),
        ({"extra_price": Money(750_000, "IDR")}, "1 more than owed: somebody who decides is asked to pay IDR 750,000."),
    ],
)
def test_too_many_are_told_before_the_close(
    as_coordinator: Client, deal: AmbassadorDeal, now: dt.datetime, fields: dict[str, Any], sentence: str
) -> None:
    QuotaLine.objects.filter(deal=deal).update(**fields)
    credit(line(deal), 3, key="many", on=dt.date(2026, 10, 30), at=now)
    assert sentence in words(as_coordinator.get(at("ambassador-period-close", deal, 10))).replace("\xa0", " ")


def test_a_running_period_is_not_closed(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    answer = as_coordinator.get(at("ambassador-period-close", deal, 11), follow=True)
    assert "It is still running: it can be closed once its last day is over." in words(answer)


def test_the_page_costs_the_same_with_one_row_and_with_many(
    as_coordinator: Client, deal: AmbassadorDeal, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    url, note = at("ambassador-period", deal, 11), at("ambassador-posted", deal, 11)
    as_coordinator.post(note, posted(deal))
    as_coordinator.get(url)
    with django_assert_num_queries(PERIOD_QUERIES):
        as_coordinator.get(url)
    line_of(deal, 4, "story")
    line_of(deal, 1, "carousel")
    open_quota(deal.periods.get(number=11), at=now)
    sync_entitlement(deal, at=now, by="Dinda")
    for number in range(3):
        as_coordinator.post(note, posted(deal, link=f"https://instagram.com/p/{number}"))
    with django_assert_num_queries(PERIOD_QUERIES):
        assert len(rows_on(as_coordinator.get(url))) == 7


def test_what_came_late_from_the_brand_is_read_before_posts_are_let_go(
    as_coordinator: Client, deal: AmbassadorDeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_lateness, "_placed", {})
    our_lateness("test")(lambda period: [f"The sample of period {period.number} came nine days late."])
    for name in ("ambassador-waive", "ambassador-period-close"):
        said = words(as_coordinator.get(at(name, deal, 10)))
        assert "What came late from us The sample of period 10 came nine days late." in said

"""What is decided next about a deal, by when, and what follows either way."""

import datetime as dt
from typing import Any

import pytest

from crm.ambassadors.models import AmbassadorDeal, DealPause
from crm.ambassadors.showing.ahead import Ahead, ahead_of, days_until
from crm.ambassadors.showing.standing import pause_on, stands
from crm.ambassadors.showing.year import marks_of
from crm.base.year_strip import LAST_DAY, REVIEW
from crm.base.year_strip import NOTICE as NOTICE_DAY
from crm.contracts.models import Contract
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
TODAY, LAST = dt.date(2026, 11, 24), dt.date(2026, 12, 31)
NOTICE: dict[str, Any] = {"notice_value": 30, "notice_span": "days"}


def told(found: Ahead | None) -> tuple[str, dt.date | None, list[tuple[str, str]]]:
    assert found is not None
    return str(found.what), found.on, [(str(way.when), str(way.then)) for way in found.ways]


def test_one_that_goes_on_by_itself_is_decided_by_the_day_for_notice(deal_of: DealOf) -> None:
    deal = deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, **NOTICE)
    assert told(ahead_of(deal, TODAY)) == (
        "Last day for notice",
        dt.date(2026, 12, 1),
        [
            ("Nobody gives notice", "It goes on until 31 December 2027."),
            ("Notice is given", "It ends on 31 December 2026."),
        ],
    )


def test_the_day_for_notice_may_have_passed(deal_of: DealOf) -> None:
    deal = deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, **NOTICE)
    found = [ahead_of(deal, dt.date(2026, 12, day)) for day in (1, 2)]
    assert [one.is_past for one in found if one] == [False, True]


def test_our_option_is_used_by_the_day_for_notice_or_it_ends(deal_of: DealOf) -> None:
    deal = deal_of(renewal=Contract.Renewal.OPTION, renew_months=6, **NOTICE)
    assert told(ahead_of(deal, TODAY)) == (
        "Last day for our option",
        dt.date(2026, 12, 1),
        [
            ("We use our option", "It goes on until 30 June 2027."),
            ("Nobody says anything", "It ends on 31 December 2026."),
        ],
    )


def test_one_that_is_decided_by_both_needs_a_new_contract(deal_of: DealOf) -> None:
    assert told(ahead_of(deal_of(renewal=Contract.Renewal.MANUAL), TODAY)) == (
        "Whether it goes on",
        LAST,
        [
            ("Both go on", "A new contract follows from 1 January 2027."),
            ("Nobody does anything", "It ends on 31 December 2026."),
        ],
    )


@pytest.mark.parametrize(("status", "what"), [("in_notice", "It ends"), ("active", "It ends by itself")])
def test_what_surely_ends_leaves_nothing_to_decide(deal_of: DealOf, status: str, what: str) -> None:
    found = told(ahead_of(deal_of(status=status), TODAY))
    assert found == (what, LAST, [("Nothing to decide", "It ends on 31 December 2026.")])


def test_what_was_decided_is_told_instead_of_asked(deal_of: DealOf) -> None:
    deal = deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, decision="goes_on", decided_for_on=LAST, **NOTICE)
    assert told(ahead_of(deal, TODAY)) == (
        "It goes on, that is decided", LAST, [("Nobody gives notice", "It goes on until 31 December 2027.")],
    )  # fmt: skip


def test_without_a_last_day_there_is_no_day_to_decide_by(deal_of: DealOf) -> None:
    assert told(ahead_of(deal_of(end_on=None), TODAY))[:2] == ("It goes on until somebody ends it", None)


@pytest.mark.parametrize("status", ["draft", "sent", "ended", "terminated", "void"])
def test_what_is_not_in_force_has_nothing_ahead(deal_of: DealOf, status: str) -> None:
    assert ahead_of(deal_of(status=status), TODAY) is None


@pytest.mark.parametrize(
    ("days", "words"), [(-2, "2 days ago"), (-1, "1 day ago"), (0, "today"), (1, "in 1 day"), (12, "in 12 days")]
)
def test_days_are_counted_in_words(days: int, words: str) -> None:
    assert days_until(TODAY + dt.timedelta(days=days), TODAY) == words


def rested(deal: AmbassadorDeal, first: int, last: int | None) -> DealPause:
    last_on = None if last is None else dt.date(2026, 11, last)
    return DealPause.objects.create(deal=deal, first_on=dt.date(2026, 11, first), last_on=last_on)


@pytest.mark.parametrize(
    ("first", "last", "label", "tone"),
    [
        (20, None, "Paused since Fri, 20 Nov 2026, end unknown", "warn"),
        (20, 24, "Paused until Tue, 24 Nov 2026", "warn"),
        (20, 23, "Running", "ok"),
        (25, None, "Running", "ok"),
    ],
)
def test_a_pause_is_told_while_it_lasts(deal_of: DealOf, first: int, last: int | None, label: str, tone: str) -> None:
    deal = deal_of()
    found = stands(deal, pause_on([rested(deal, first, last)], TODAY))
    assert (found.label, found.tone) == (label, tone)


@pytest.mark.parametrize(
    ("status", "label", "tone"),
    [
        ("draft", "Draft", "mute"),
        ("sent", "To be signed", "info"),
        ("signed", "Begins on Thu, 1 Jan 2026", "info"),
        ("in_notice", "Notice given", "warn"),
        ("ended", "Ended", "mute"),
    ],
)
def test_where_it_stands_is_said_in_a_word(deal_of: DealOf, status: str, label: str, tone: str) -> None:
    found = stands(deal_of(status=status), None)
    assert (found.label, found.tone) == (label, tone)


def test_the_strip_marks_what_is_to_be_decided_until_notice_is_given(deal_of: DealOf) -> None:
    deal = deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, **NOTICE)
    days = [[(mark.kind, mark.on) for mark in marks_of(deal)]]
    deal.contract.status = Contract.Status.IN_NOTICE
    days.append([(mark.kind, mark.on) for mark in marks_of(deal)])
    assert days == [
        [(REVIEW, dt.date(2026, 11, 17)), (NOTICE_DAY, dt.date(2026, 12, 1)), (LAST_DAY, LAST)],
        [(LAST_DAY, LAST)],
    ]

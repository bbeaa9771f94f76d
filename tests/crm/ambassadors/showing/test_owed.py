"""What is owed, as pages say it: kept or not, in figures and in sentences, and the picture of the term."""

import datetime as dt

import pytest
from django.utils.translation import override

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, QuotaQuantity
from crm.ambassadors.showing.owed import lines_of, quantity_on, rings_in, together, told_period, usual_of, with_balances
from crm.ambassadors.showing.year import year_as_planned, year_of
from tests.crm.ambassadors.conftest import DealOf, line_of
from tests.crm.ambassadors.showing.laid import State, period_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def deal(deal_of: DealOf) -> AmbassadorDeal:
    made = deal_of(quantity=2)
    line_of(made, 4, "story")
    return made


def read(deal: AmbassadorDeal) -> DealPeriod:
    return with_balances(deal.periods.all()).get()


@pytest.mark.parametrize(
    ("state", "balances", "picture", "figure", "says"),
    [
        (State.CLOSED, [(2, 2), (4, 4)], "ok", "6/6", "Instagram Reel: 2 of 2, Instagram Story: 4 of 4"),
        (State.CLOSED, [(2, 3), (4, 3)], "short", "5/6", "Instagram Reel: 3 of 2, Instagram Story: 3 of 4"),
        (State.CLOSED, [(0, 0), (0, 0)], "closed", "", "usual"),
        (State.OPEN, [(2, 1), (4, 0)], "now", "1/6", "Instagram Reel: 1 of 2, Instagram Story: 0 of 4"),
        (State.IN_REVIEW, [(2, 1)], "waits", "1/2", "Instagram Reel: 1 of 2"),
        (State.PAUSED, [(2, 0)], "paused", "0/2", "Instagram Reel: 0 of 2"),
        (State.PLANNED, [], "ahead", "", "usual"),
    ],
)
def test_a_period_is_told_as_it_stands(
    deal: AmbassadorDeal, state: str, balances: list[tuple[int, int]], picture: str, figure: str, says: str
) -> None:
    period_of(deal, 1, state, *balances)
    told = told_period(read(deal), "usual", "/1/")
    assert (told.name, told.state, told.figure, told.says, told.url) == ("Period 1", picture, figure, says, "/1/")


def test_more_of_one_quota_does_not_make_up_for_another(deal: AmbassadorDeal) -> None:
    period_of(deal, 1, State.OPEN, (2, 5), (4, 1))
    assert together(rings_in(read(deal))) == (3, 6)


def test_what_was_carried_in_is_owed_as_well(deal: AmbassadorDeal) -> None:
    period_of(deal, 1, State.OPEN, (2, 1), carried=1)
    (ring,) = rings_in(read(deal))
    assert (ring.done, ring.owed, ring.carried) == (1, 3, 1)


def test_a_shorter_period_says_so(deal: AmbassadorDeal) -> None:
    period = period_of(deal, 1, State.PLANNED)
    DealPeriod.objects.filter(pk=period.pk).update(is_stub=True)
    assert told_period(read(deal), "", "").name == "Period 1, a part of one"


def test_the_terms_of_a_day_say_how_many(deal: AmbassadorDeal) -> None:
    reel = lines_of(deal)[0]
    QuotaQuantity.objects.create(line=reel, quantity=3, from_on=dt.date(2026, 7, 1))
    reel = lines_of(deal)[0]
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1)]
    assert [quantity_on(reel, on) for on in days] == [0, 2, 2, 3]


def test_a_quota_that_is_dropped_is_not_told_any_more(deal: AmbassadorDeal) -> None:
    reel = lines_of(deal)[0]
    QuotaQuantity.objects.create(line=reel, quantity=0, from_on=dt.date(2026, 7, 1))
    assert usual_of(lines_of(deal), TODAY) == "4 × Instagram Story"


def test_a_draft_shows_the_year_as_it_would_be(deal_of: DealOf) -> None:
    deal = deal_of(signed=False)
    strip = year_as_planned(deal, lines_of(deal), TODAY)
    assert strip is not None
    assert [(cell.period.name, cell.period.state, cell.period.says) for cell in strip.cells[:2]] == [
        ("Period 1", "ahead", "2 × Instagram Reel"),
        ("Period 2", "ahead", "2 × Instagram Reel"),
    ]
    assert len(strip.cells) == 12


def test_a_draft_without_a_last_day_shows_the_first_year(deal_of: DealOf) -> None:
    deal = deal_of(signed=False, start_on=dt.date(2027, 1, 1), end_on=None)
    strip = year_as_planned(deal, lines_of(deal), TODAY)
    assert strip is not None
    assert len(strip.cells) == 13


def test_a_draft_without_a_first_day_has_no_picture(deal_of: DealOf) -> None:
    deal = deal_of(signed=False, retainer=None, quantity=None, start_on=None)
    assert year_as_planned(deal, [], TODAY) is None


def test_the_picture_marks_review_notice_and_last_day(deal: AmbassadorDeal) -> None:
    contract = deal.contract
    contract.notice_value, contract.notice_span = 30, contract.Span.DAYS
    period_of(deal, 12, State.PLANNED)
    strip = year_of(deal, list(with_balances(deal.periods.all())), lines_of(deal), [], [], TODAY)
    assert strip is not None
    with override("en"):
        assert [(str(pin.mark.label), pin.mark.on) for pin in strip.pins] == [
            ("Last day for notice", dt.date(2026, 12, 1)),
            ("Last day", dt.date(2026, 12, 31)),
        ]

"""Whatever happens in whatever order: the balance is what the rows add up to, and nothing that was owed is lost."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, MakeGood, PeriodQuota, QuotaEntry, QuotaLine
from crm.ambassadors.quotas.closing import close_period
from crm.ambassadors.quotas.counting import NothingOwed, credit, uncredit, waive
from crm.ambassadors.quotas.granting import open_quota, sync_entitlement
from crm.ambassadors.quotas.ledger import Totals, column_of, replay, stored, totals_of, write
from crm.timeline.record import SYSTEM
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.quotas.conftest import AT, grant, month

pytestmark = pytest.mark.django_db
JUNE = dt.datetime(2026, 6, 2, 3, 0, tzinfo=dt.UTC)
MONTHS = (1, 2, 3, 4)


def test_a_row_of_the_ledger_is_neither_changed_nor_removed(deal_of: DealOf) -> None:
    deal = deal_of()
    grant(month(deal, 3), deal.quotas.get(), 2)
    for act in (lambda: QuotaEntry.objects.update(quantity=9), lambda: QuotaEntry.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append-only ledger"), transaction.atomic():
            act()
    assert QuotaEntry.objects.get().quantity == 2


def test_the_table_refuses_a_balance_that_does_not_add_up(deal_of: DealOf) -> None:
    deal = deal_of()
    grant(month(deal, 3), deal.quotas.get(), 2)
    with pytest.raises(IntegrityError, match="period_quota_adds_up"), transaction.atomic():
        PeriodQuota.objects.update(left=1)
    assert PeriodQuota.objects.get().left == 2


def test_a_known_key_writes_nothing_even_for_another_quantity(deal_of: DealOf) -> None:
    deal = deal_of()
    line, march = deal.quotas.get(), month(deal, 3)
    grant(march, line, 2)
    again = write(
        march, line, "grant", 5, key=f"quota:{march.pk}:{line.pk}:grant", on=march.first_on, at=AT, by="Mitra"
    )
    assert (again, stored(march, line)) == (False, Totals(granted=2))


def test_every_kind_of_row_has_its_column() -> None:
    found = {(kind, sign): column_of(kind, sign) for kind in QuotaEntry.Kind.values for sign in (1, -1)}
    assert [key for key, column in found.items() if column is None] == [("mg_done", 1), ("mg_done", -1)]
    assert (found["advance", 1], found["advance", -1]) == (("settled", 1), ("carried", 1))
    assert totals_of([("grant", 4), ("delivered", -3), ("mg_done", -1)]) == Totals(granted=4, delivered=3)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.sampled_from(MONTHS), st.integers(1, 9)),
        st.tuples(st.just("delete"), st.sampled_from(MONTHS), st.integers(1, 9)),
        st.tuples(st.just("waive"), st.sampled_from(MONTHS), st.integers(1, 3)),
        st.tuples(st.just("change"), st.sampled_from(MONTHS), st.integers(0, 5)),
        st.tuples(st.just("close"), st.just(0), st.just(0)),
    ),
    max_size=25,
)
LINES = st.fixed_dictionaries(
    {
        "rollover": st.sampled_from(QuotaLine.Rollover.values),
        "over": st.sampled_from(QuotaLine.Over.values),
        "carry_cap": st.none() | st.integers(0, 3),
        "carry_lasts": st.integers(1, 3),
    }
)


def act(deal: AmbassadorDeal, what: str, number: int, many: int) -> None:
    """One thing that may happen; what the rules refuse does not."""
    line, key = deal.quotas.get(), f"{deal.pk}/{number}/{many}"
    period, on = deal.periods.get(number=number or 1), dt.date(2026, number or 1, many or 1)
    if what == "post":
        credit(line, 1, key=key, on=on, at=JUNE)
    elif what == "delete":
        uncredit(key, on=on, at=JUNE, by="Mitra", why="Deleted.")
    elif what == "waive":
        waive(period, line, many, "Late sample.", at=JUNE, actor=SYSTEM)
    elif what == "change":
        line.quantities.update_or_create(from_on=period.first_on, defaults={"quantity": many})
        sync_entitlement(deal, at=JUNE, by="Dinda")
    else:
        open_ones = deal.periods.exclude(state="closed").order_by("number")
        close_period(open_ones[0], at=JUNE)


def check(deal: AmbassadorDeal) -> None:
    """What must hold after everything that may happen."""
    line = deal.quotas.get()
    for period in deal.periods.all():
        balance = stored(period, line)
        assert balance == replay(period, line)
        assert balance.left == 0 or not period.is_closed
    assert went(line) == 0


def went(line: QuotaLine) -> int:
    """granted = posted + let go + lapsed + to be made good + still owed - extra: the difference, which is nothing.

    What is carried or done ahead leaves one period as it comes into the next, so it cancels out of the rows.
    """
    rows = QuotaEntry.objects.filter(line=line)
    counted: dict[str, Any] = {
        kind: rows.filter(kind=kind).aggregate(sum=Sum("quantity"))["sum"] or 0 for kind in QuotaEntry.Kind.values
    }
    left = PeriodQuota.objects.filter(line=line).aggregate(sum=Sum("left"))["sum"] or 0
    assert counted["carry_in"] + counted["carry_out"] == 0
    owed = -(MakeGood.objects.filter(line=line).aggregate(sum=Sum("quantity"))["sum"] or 0)
    assert owed == counted["mg_due"]
    granted = counted["grant"] + counted["prorate"] + counted["amend"]
    gone = counted["delivered"] + counted["waive"] + counted["expire"] + counted["mg_due"] + counted["extra"]
    return int(granted + gone - left)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, line=LINES)
def test_the_balance_is_always_what_the_rows_add_up_to(
    deal_of: DealOf, acts: list[tuple[str, int, int]], line: dict[str, Any]
) -> None:
    deal = deal_of(quantity=2, retainer=None, line=line)
    for number in MONTHS:
        open_quota(month(deal, number), at=AT)
    for what, number, many in acts:
        try:
            with transaction.atomic():
                act(deal, what, number, many)
        except (NothingOwed, ValidationError, IndexError):
            continue
        check(deal)
    assert DealPeriod.objects.filter(deal=deal).count() == len(MONTHS)

"""Finance's page: what is due and late, what blocks it, what leaves next, and what waits for a look."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.zones import local_date
from crm.payments.homes.taxes import TaxOfMonth, taxes_of
from crm.payments.homes.year import YearRow, year_rows
from crm.payments.models import BankAccount, CommissionStatement, Invoice, LedgerLine, Payment
from crm.payments.paying.gate import Gate, Problem, gate_of
from crm.payments.queries import free_amounts, still_free
from crm.team.models import User

A_WEEK = dt.timedelta(days=7)
SHOWN = 6


@dataclass(frozen=True)
class Tile:
    """A sum in each currency, how many it is, and where it is looked at."""

    label: Any
    sums: list[Money]
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class OpenLine:
    """A due line and what is still to be paid of it."""

    line: LedgerLine
    left: Money
    gate: Gate


@dataclass(frozen=True)
class Blocked:
    """One reason, how many amounts it holds, and the first few with the way to put it right."""

    problem: Problem
    lines: list[tuple[OpenLine, Problem]]
    sums: list[Money]

    @property
    def first(self) -> list[tuple[OpenLine, Problem]]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - SHOWN)


@dataclass(frozen=True)
class Run:
    """What is handed to the bank next."""

    pay_on: dt.date
    count: int
    sums: list[Money]


@dataclass(frozen=True)
class FinancePage:
    tiles: list[Tile]
    blocked: list[Blocked]
    run: Run | None
    invoices: list[Invoice]
    accounts: list[BankAccount]
    taxes: list[TaxOfMonth]
    month_on: dt.date
    statements: list[CommissionStatement]
    near: list[YearRow]
    year: int


def finance_page(user: User, now: dt.datetime) -> FinancePage:
    """Everything of it, in a fixed number of queries."""
    today = local_date(now, user.zone)
    month_on = today.replace(day=1)
    lines = open_lines(user, today)
    return FinancePage(
        tiles=_tiles(user, lines, today),
        blocked=_blocked(lines),
        run=_next_run(user),
        invoices=list(Invoice.objects.visible_to(user).waiting().select_related("influencer", "brand")[:SHOWN]),
        accounts=list(BankAccount.objects.waiting().select_related("payee").order_by("entered_at", "pk")[:SHOWN]),
        taxes=taxes_of(user, month_on),
        month_on=month_on,
        statements=_statements(user),
        near=[row for row in year_rows(user, today.year) if row.is_near or row.is_reached],
        year=today.year,
    )


def open_lines(user: User, on: dt.date) -> list[OpenLine]:
    """What is owed to people and neither paid nor on the way, the soonest first, each with what stands against it."""
    rows = still_free(LedgerLine.objects.visible_to(user).due().owed_to_her())
    found = list(rows.select_related("influencer", "brand").order_by("due_on", "pk"))
    free, gates = free_amounts(found), gate_of(found, on)
    return [OpenLine(line, Money(free[line.pk], line.amount.currency), gates[line.pk]) for line in found]


def _tiles(user: User, lines: list[OpenLine], today: dt.date) -> list[Tile]:
    late = [one for one in lines if one.line.due_on and one.line.due_on < today]
    week = [one for one in lines if one.line.due_on and today <= one.line.due_on < today + A_WEEK]
    held = [one for one in lines if not one.gate.is_open]
    return [
        _tile(_("Due within a week"), week),
        _tile(_("Overdue"), late, tone="bad" if late else ""),
        _tile(_("Waits for papers"), held, "#blocked", tone="warn" if held else ""),
        _paid_tile(_("Released"), user, Payment.objects.visible_to(user).on_the_way()),
        _paid_tile(_("Paid this month"), user, Payment.objects.visible_to(user).paid_since(today.replace(day=1))),
    ]


def _tile(label: Any, lines: list[OpenLine], url: str = "", tone: str = "") -> Tile:
    return Tile(label, in_each_currency(one.left for one in lines), len(lines), url or reverse("payments"), tone)


def _paid_tile(label: Any, user: User, payments: Any) -> Tile:
    rows = payments.order_by("currency").values_list("currency").annotate(Sum("net"), Count("pk"))
    found = list(rows)
    return Tile(
        label, [Money(net, currency) for currency, net, _many in found], sum(many for *_rest, many in found),
        reverse("payments"),
    )  # fmt: skip


def in_each_currency(sums: Iterable[Money]) -> list[Money]:
    """Added up currency by currency, the largest first."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for one in sums:
        found[str(one.currency)] += one.amount
    return [Money(amount, currency) for currency, amount in sorted(found.items(), key=lambda item: -item[1])]


def _blocked(lines: list[OpenLine]) -> list[Blocked]:
    """By reason in its words (an invoice may be missing, or here and not accepted), the one that holds most first."""
    found: dict[tuple[str, str], list[tuple[OpenLine, Problem]]] = defaultdict(list)
    for one in lines:
        for problem in one.gate.problems:
            found[problem.code, str(problem.words)].append((one, problem))
    groups = [
        Blocked(rows[0][1], rows, in_each_currency(one.left for one, _problem in rows)) for rows in found.values()
    ]
    return sorted(groups, key=lambda group: (-len(group.lines), group.problem.code, str(group.problem.words)))


def _next_run(user: User) -> Run | None:
    released = Payment.objects.visible_to(user).released()
    first = released.order_by("pay_on").values_list("pay_on", flat=True).first()
    if first is None:
        return None
    rows = [Money(net, currency) for net, currency in released.filter(pay_on=first).values_list("net", "currency")]
    return Run(first, len(rows), in_each_currency(rows))


def _statements(user: User) -> list[CommissionStatement]:
    rows = CommissionStatement.objects.all()
    brands = user.brand_ids()
    rows = rows if brands is None else rows.filter(brand_id__in=brands)
    return list(rows.select_related("influencer", "brand").order_by("-month_on", "-paid_out", "pk")[:SHOWN])

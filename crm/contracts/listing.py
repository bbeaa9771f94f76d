"""The list of contracts: its tabs and the figures of each row, in a fixed number of queries."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.zones import local_date
from crm.contracts.models import Contract, ContractQuerySet, Party, PayLine
from crm.contracts.worth import Worth, worth_of

TABS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "": (pgettext_lazy("a state", "Open"), Contract.OPEN),
    "draft": (_("Being written"), Contract.WRITTEN),
    "sent": (_("Out for signature"), (Contract.Status.SENT,)),
    "ours": (_("Waits for us"), ()),
    "running": (_("In force"), Contract.IN_FORCE),
    "over": (_("Over"), (Contract.Status.ENDED, Contract.Status.TERMINATED, Contract.Status.SUPERSEDED)),
    "off": (_("Came to nothing"), (Contract.Status.DECLINED, Contract.Status.EXPIRED, Contract.Status.VOID)),
}
TELL_BEFORE = 60


@dataclass(frozen=True)
class ContractRow:
    """A contract with what somebody looks for in a list."""

    contract: Contract
    people: list[Party]
    worth: Worth | None
    more_currencies: bool
    days_left: int | None

    @property
    def who(self) -> str:
        names = [party.name for party in self.people]
        return names[0] if len(names) == 1 else ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")

    @property
    def ends_soon(self) -> bool:
        return self.contract.is_in_force and self.days_left is not None and self.days_left <= TELL_BEFORE


def tab_counts(rows: ContractQuerySet, chosen: str, words: str) -> list[dict[str, Any]]:
    """The tabs with how many contracts of this search stand in each. One query."""
    for_us = Count("pk", filter=Q(pk__in=_for_us()))
    found = list(rows.order_by().values_list("status").annotate(many=Count("pk"), ours=for_us))
    counts: Counter[str] = Counter({status: many for status, many, _ours in found})
    ours = sum(waiting for _status, _many, waiting in found)
    chosen = chosen if chosen in TABS else ""
    return [
        {
            "label": label,
            "url": f"?{urlencode({name: value for name, value in (('tab', key), ('q', words)) if value})}",
            "active": key == chosen,
            "count": ours if key == "ours" else sum(counts[status] for status in statuses),
        }
        for key, (label, statuses) in TABS.items()
    ]


def narrowed(rows: ContractQuerySet, tab: str) -> ContractQuerySet:
    """The rows of one tab, newest first, with what a row shows."""
    _label, statuses = TABS.get(tab, TABS[""])
    return newest_first(rows.filter(pk__in=_for_us()) if tab == "ours" else rows.standing(statuses))


def _for_us() -> Any:
    """Contracts only the brand has not signed."""
    return Party.objects.last_to_sign().values("contract")


def newest_first(rows: ContractQuerySet) -> ContractQuerySet:
    """Rows with what a list shows of each."""
    return rows.select_related("brand", "owner").prefetch_related("parties").order_by("-pk")


def contract_rows(contracts: Iterable[Any], now: dt.datetime) -> list[ContractRow]:
    """The rows of one page, in one query more for their money."""
    shown = list(contracts)
    lines: dict[int, list[PayLine]] = defaultdict(list)
    for line in PayLine.objects.filter(contract__in=[one.pk for one in shown]):
        lines[line.contract_id].append(line)
    return [_row(one, lines[one.pk], now) for one in shown]


def _row(contract: Any, lines: list[PayLine], now: dt.datetime) -> ContractRow:
    sums = worth_of(lines)
    last_on = contract.last_on
    left = (last_on - local_date(now, contract.zone)).days if last_on else None
    return ContractRow(contract, contract.talents, sums[0] if sums else None, len(sums) > 1, left)

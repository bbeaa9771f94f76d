"""Changes to a deal by amendment, line by line: what it was, and what it becomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from crm.ambassadors.models import AmbassadorDeal, DealChange, QuotaLine
from crm.base.formats import money_full


@dataclass(frozen=True)
class Told:
    """One changed term."""

    label: str
    was: str
    becomes: str


def told_changes(deal: AmbassadorDeal, lines: Sequence[QuotaLine]) -> list[tuple[DealChange, Sequence[Told]]]:
    """The newest first, in one query."""
    known = {line.pk: str(line) for line in lines}
    rows = deal.changes.select_related("amendment").order_by("-from_on", "-id")
    return [(row, [_told(one, known) for one in row.changes]) for row in rows]


def _told(change: Mapping[str, Any], lines: Mapping[int, str]) -> Told:
    label = _("Retainer") if change.get("what") == "retainer" else lines.get(change.get("line") or 0, _("Posts"))
    return Told(label, said(change.get("was")), said(change.get("becomes")))


def said(value: Any) -> str:
    """A number as it is, money as money, nothing as a dash."""
    if isinstance(value, list | tuple) and len(value) == 2:
        try:
            return money_full(Decimal(str(value[0])), str(value[1]))
        except InvalidOperation:
            return " ".join(str(part) for part in value)
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values())
    return "–" if value in (None, "") else str(value)

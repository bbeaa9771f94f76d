"""Rights that end, as rows and not as models: thousands stand on one clock, and a contract has fifty columns."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from crm.contracts.models import UsageRight

CONTRACT = {
    name: F(f"contract__{name}") for name in ("title", "zone", "status", "signed_at", "brand_id", "owner_id")
} | {"brand_name": F("contract__brand__name"), "owner_name": F("contract__owner__name")}
PERSON = {"person": F("party__influencer_id"), "person_name": F("party__influencer__stage_name")}


class RightRow(NamedTuple):
    """What is told of one right, of its contract and of the people it is about."""

    pk: int
    contract_id: int
    kind: str
    counted_from: str
    start_on: dt.date | None
    end_on: dt.date
    price: Decimal | None
    currency: str
    extension_days: int | None
    down_at: dt.datetime | None
    updated_at: dt.datetime
    title: str
    zone: str
    status: str
    signed_at: dt.datetime | None
    brand_id: int
    owner_id: int
    brand_name: str
    owner_name: str
    person: int | None
    person_name: str | None
    talent: int | None
    talent_name: str | None
    talents_many: int | None

    @property
    def is_access(self) -> bool:
        return self.kind == UsageRight.Kind.ALLOW_LISTING

    @property
    def may_go_on(self) -> bool:
        """Whether going on was agreed: for how many days, at which price."""
        return bool(self.extension_days and self.price is not None and self.down_at is None)


def rows_of(rights: "QuerySet[UsageRight]", whom: dict[str, Any]) -> Iterator[RightRow]:
    """`whom`: the first of the people of its contract, and how many there are."""
    columns = {"price": F("extension"), "currency": F("extension_currency"), **CONTRACT, **PERSON, **whom}
    told = rights.filter(end_on__isnull=False).annotate(**columns).values_list(*RightRow._fields)
    return (RightRow(*row) for row in told)


@cache
def called(kind: str) -> Any:
    """What may be done, in whichever language it is told."""
    return UsageRight.Kind(kind).label

"""Benefits in kind: given once under a key, and taken back by a row of their own. They are pay, and taxed as such.

Of a brand's own goods what making them cost counts, of everything else the market value; loans and what stays at a shoot are
none (domain rules, sections 4.4 and 7.3).
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.base.inserts import insert_missing
from crm.payments.models import Benefit
from crm.timeline.record import SYSTEM, Actor, record

GIVEN = _("Given beside money: %(what)s, %(amount)s")
TAKEN = _("No benefit after all: %(what)s, %(amount)s")


def give(
    kind: str,
    amount: Money,
    *,
    retail: Decimal,
    key: str,
    influencer: int,
    brand: int,
    contract: int | None,
    on: dt.date,
    at: dt.datetime,
    by: str,
    label: str,
    ref: str = "",
    actor: Actor = SYSTEM,
) -> Benefit | None:
    """She has it since that day. None when the key is known, and for something worth nothing."""
    if not amount.amount:
        return None
    worth: Any = amount  # the stubs know no Money
    row = Benefit(
        kind=kind, amount=worth, retail=retail, key=key, influencer_id=influencer, brand_id=brand, contract_id=contract,
        on=on, at=at, by=by, label=label[:200], ref=ref,
    )  # fmt: skip
    with transaction.atomic():
        if not insert_missing([row], "(key)"):
            return None
        sentence = GIVEN if amount.amount > 0 else TAKEN
        params = {"what": label, "amount": money_full(abs(amount))}
        made = Benefit.objects.get(key=key)
        who = {"influencer": influencer, "brand": brand}
        record("benefit.given", sentence, params=params, at=at, actor=actor, subject=made, **who)
        return made


def bring_to(amount: Money, *, retail: Decimal, ref: str, day_back: dt.date, **said: Any) -> Benefit | None:
    """What was given of one thing, as the rows about it sum up, comes to this amount now; `ref` names the thing.

    Call it while whatever gives it is held. `said` as `give` takes it.
    """
    rows = Benefit.objects.filter(ref=ref, influencer=said["influencer"], amount_currency=str(amount.currency))
    sums = rows.aggregate(amount=Sum("amount"), retail=Sum("retail"))
    more = amount.amount - (sums["amount"] or Decimal(0))
    if more < 0:
        said["on"] = day_back
    key = f"{ref}:{rows.count() + 1}"
    return give(
        said.pop("kind"), Money(more, amount.currency), retail=retail - (sums["retail"] or Decimal(0)), key=key, ref=ref,
        **said,
    )  # fmt: skip

"""What e-mails and the clock say of a window that closes: what to do about it, and what going on costs."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from crm.base.formats import money_full
from crm.contracts.models import Contract
from crm.contracts.reminders.right_rows import RightRow

OPTION = "contract.option"
"""The day for notice of a contract that only goes on by our option."""

TO_DO: Mapping[str, Any] = {
    "right": _("Extend it, or take the content down everywhere by then."),
    "access": _("Extend it, or let the access be revoked by then."),
    "contract.notice": _("Give notice by then, or decide to let it go on."),
    OPTION: _("Use the option by then, or let it end."),
    "contract.renewal": _("Decide by then whether it goes on."),
    "contract.end": _("There is nothing to do. It ends by itself."),
}
NONE: Mapping[str, str] = {"en": "", "id": ""}


def facts_of_right(right: RightRow) -> dict[str, Any]:
    """JSON-safe: where it began, and the option to go on."""
    option = (
        {"amount": str(right.price), "currency": right.currency, "days": right.extension_days}
        if right.may_go_on
        else {}
    )
    return {
        "right": right.pk,
        "from_on": right.start_on.isoformat() if right.start_on else "",
        "option": option,
        **_facts(right.contract_id, right.owner_name, right.title, "access" if right.is_access else "right", cost_of(right)),
    }  # fmt: skip


def facts_of_contract(kind: str, contract: Contract, owner: str) -> dict[str, Any]:
    """JSON-safe: where its term began."""
    from_on = contract.start_on.isoformat() if contract.start_on else ""
    by_option = kind == "contract.notice" and contract.renewal == Contract.Renewal.OPTION
    said = OPTION if by_option else kind
    told = _facts(contract.pk, owner, contract.title, said, NONE)
    return {"from_on": from_on, "option": {}, "by_option": by_option, **told}


def cost_of(right: RightRow) -> Mapping[str, str]:
    """What going on costs, as agreed, in both languages; empty where nothing was."""
    if not right.may_go_on or right.price is None or not right.extension_days:
        return NONE
    return dict(_cost(right.extension_days, right.price, right.currency))


@lru_cache(maxsize=2_000)
def _cost(length: int, price: Decimal, currency: str) -> Mapping[str, str]:
    """Kept for a while: a clock tells thousands, and many cost the same."""

    def said() -> str:
        days = ngettext("%(n)s day", "%(n)s days", length) % {"n": length}
        return _now("Going on for %(days)s costs %(price)s, as agreed.") % {
            "days": days,
            "price": money_full(price, currency),
        }

    return _in_both(said)


def _facts(contract: int, owner: str, title: str, kind: str, cost: Mapping[str, str]) -> dict[str, Any]:
    return {
        "contract": contract,
        "owner": owner,
        "words": {"to_do": dict(_to_do(kind)), "cost": cost, "contract": title},
    }


@cache
def _to_do(kind: str) -> Mapping[str, str]:
    return _in_both(lambda: str(TO_DO[kind]))


def _in_both(say: Any) -> dict[str, str]:
    spoken = {}
    for language in ("en", "id"):
        with override(language):
            spoken[language] = say()
    return spoken

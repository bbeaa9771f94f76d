"""Where the pages of a deal are: one place that knows their names, for everything that leads there."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from crm.ambassadors.models import AmbassadorDeal


def page(name: str, *args: Any) -> str:
    """The address of a page, or nothing while no room has put it there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def of_deal(deal: AmbassadorDeal, name: str) -> str:
    return page(f"ambassador-{name}", deal.pk)


def of_period(deal_id: int, number: int, at: str = "") -> str:
    found = page("ambassador-period", deal_id, number)
    return f"{found}#{at}" if found and at else found


def of_notice(contract_id: int) -> str:
    return page("contract-verb", contract_id, "notice")

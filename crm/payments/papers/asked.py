"""Whether a contract asks her for an invoice."""

from collections.abc import Collection

from crm.contracts.models import Contract


def contracts_of(pks: Collection[int]) -> dict[int, Contract]:
    """Contracts with their terms of payment, by id. One query."""
    return Contract.objects.select_related("pay_terms").in_bulk(pks)


def asks_invoice(contract: Contract | None) -> bool:
    """As the terms say, and as usual where nobody has set any. Never without a contract."""
    if contract is None:
        return False
    terms = getattr(contract, "pay_terms", None)
    return True if terms is None else bool(terms.needs_invoice)

"""The making of deals, where the house looks for it: in the words of contracts, and where a draft is changed."""

from django.urls import reverse

from crm.ambassadors.making import words  # noqa: F401  puts itself into the words of contracts
from crm.ambassadors.models import AmbassadorDeal
from crm.contracts.doors import edited_on
from crm.contracts.models import Contract


@edited_on("ambassadors")
def page_of_draft(contract: Contract) -> str:
    """Its days and its fee follow from the deal, so they are changed together."""
    if contract.kind != Contract.Kind.AMBASSADOR or contract.amends_id:
        return ""
    deal = AmbassadorDeal.objects.filter(contract=contract).values_list("pk", flat=True).first()
    return reverse("ambassador-edit", args=[deal]) if deal else ""

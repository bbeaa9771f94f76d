"""Deals of people on the pages of other rooms' work, and what follows their contracts."""

from django.urls import reverse

from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.reviewing import binding, following  # noqa: F401  put themselves into the places of contracts
from crm.exclusivity.places import work_page
from crm.team.models import User


@work_page("crm.ambassadordeal")
def page_of_deal(pk: int, user: User) -> str:
    """The deal whose term meets a promise, where the reader may see it."""
    found = AmbassadorDeal.objects.visible_to(user).filter(pk=pk).exists()
    return reverse("ambassador-deal", args=[pk]) if found else ""

"""Deals and programmes on the pages of people, contracts and brands."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from crm.ambassadors.lists.rows import deal_rows, with_next
from crm.ambassadors.models import AmbassadorDeal, Program, Prospect
from crm.base.places import panel
from crm.brands.models import Brand
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.payments.homes.places import objective_of
from crm.team.views.access import me

FEW = 4


@panel("person/ambassador", order=11)
def deals_of_person(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """Since when she belongs to which programme, and how she stands in this period; nothing for anybody else."""
    user = me(request)
    if not user.has_perm("crm.view_ambassadordeal"):
        return None
    hers = AmbassadorDeal.objects.visible_to(user).of_person(person.pk)
    found = list(with_next(hers).order_by("-contract__start_on", "-pk"))
    if not found:
        return None
    begun = [deal for deal in found if deal.contract.signed_at and deal.contract.start_on]
    since = {deal.program_id: deal.contract.start_on for deal in begun}  # the latest come first: the earliest day stays
    rows = deal_rows(found[:FEW], timezone.now())
    context = {"rows": [(row, since.get(row.deal.program_id)) for row in rows], "more": len(found) - len(rows)}
    return "crm/ambassadors/lists/person_panel.html", {"person": person, **context}


@panel("contract/deal", order=5)
def deal_of_contract(request: HttpRequest, contract: Contract) -> tuple[str, dict[str, Any]] | None:
    """The deal a contract or its amendment is about. Contracts of other kinds ask nothing."""
    user = me(request)
    if contract.kind != Contract.Kind.AMBASSADOR or not user.has_perm("crm.view_ambassadordeal"):
        return None
    hers = AmbassadorDeal.objects.visible_to(user).filter(contract=contract.amends_id or contract.pk)
    rows = deal_rows(with_next(hers), timezone.now())
    return ("crm/ambassadors/lists/contract_panel.html", {"row": rows[0]}) if rows else None


@panel("brand/programs", order=15)
def programs_of_brand(request: HttpRequest, brand: Brand) -> tuple[str, dict[str, Any]] | None:
    """The programmes of a brand, with how many are in them and how many might join. One query."""
    user = me(request)
    if not user.has_perm("crm.view_ambassadordeal"):
        return None
    inside = Q(deals__in=AmbassadorDeal.objects.in_force())
    waiting = Q(prospects__in=Prospect.objects.open())
    counted = Program.objects.visible_to(user).running().filter(brand=brand).annotate(
        people=Count("deals", filter=inside, distinct=True), prospects_open=Count("prospects", filter=waiting, distinct=True)
    )  # fmt: skip
    rows = list(counted.order_by("name"))
    if not rows and not user.has_perm("crm.change_program"):
        return None
    return "crm/ambassadors/lists/brand_panel.html", {"brand": brand, "rows": rows}


@objective_of("ambassadors", order=20)
def aims_of_deals(contracts: Collection[int]) -> dict[int, tuple[str, Any]]:
    """What is paid under a deal is paid for its programme. One query."""
    rows = AmbassadorDeal.objects.filter(contract__in=contracts).values_list("contract", "program", "program__name")
    return {contract: (f"program:{program}", name) for contract, program, name in rows}

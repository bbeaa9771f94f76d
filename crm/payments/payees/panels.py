"""Who is paid for somebody, on her page; and what two people who become one must not both have."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.places import panel
from crm.base.zones import local_date
from crm.influencers.majority import is_minor
from crm.influencers.models import Influencer
from crm.influencers.places import may_merge
from crm.payments.models import PaidThrough, Payee
from crm.payments.payees.page import payee_rows
from crm.payments.payees.queries import lacks_of, payee_of
from crm.team.views.access import me

if TYPE_CHECKING:
    from crm.team.models import User

BOTH = _(
    "Both are paid through somebody: {stays} and {goes}. End one of the two first, so that money goes to one place."
)


@panel("person/paid", order=14)
def paid(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """Who gets her money and what is missing; with one press for the usual case."""
    user = me(request)
    if not user.has_perm("crm.view_payee"):
        return None
    today = local_date(timezone.now(), user.zone)
    payee = payee_of(person.pk, today)
    row = payee_rows(Payee.objects.filter(pk=payee.pk))[0] if payee else None
    context = {
        "person": person,
        "row": row,
        "lacks": lacks_of([person], today)[person.pk],
        "is_minor": is_minor(person, today),
    }
    return "crm/payments/payees/person_panel.html", context


@may_merge("payments", order=30)
def one_way_of_the_money(stays: "Influencer", goes: "Influencer", user: "User | None") -> list[Any]:
    ways = PaidThrough.objects.endless().filter(influencer__in=[stays, goes])
    if ways.count() < 2:
        return []
    return [format_lazy(BOTH, stays=stays.stage_name, goes=goes.stage_name)]

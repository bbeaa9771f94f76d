"""Deals for many: the same questions, then a row for each person, then what came of each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.ambassadors.making.actions import make_many
from crm.ambassadors.making.beginning import number_in
from crm.ambassadors.making.views import Asked, ask
from crm.ambassadors.many.forms import ManyDealForm
from crm.ambassadors.many.plan import Plan, plan_of
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
VERB = "crm.add_ambassadordeal"


@require_http_methods(FORM)
@needs(VERB)
def deals_for_many(request: HttpRequest) -> HttpResponse:
    """Asked, shown, written: nothing is written before everybody was looked at."""
    asked = ask(request, ManyDealForm, _first(request))
    form = asked.form
    if not form.is_bound or asked.wants_more or not form.is_valid():
        return _page(request, asked, None)
    plan = plan_of(form.terms(), form.people, me(request), timezone.now())
    if "save" not in request.POST:
        return _page(request, asked, plan)
    ticked = {int(pk) for pk in request.POST.getlist("on") if pk.isascii() and pk.isdigit() and len(pk) < 19}
    people = [row.person for row in plan.rows if row.person.pk in ticked and not row.is_impossible]
    if not people:
        messages.error(request, _("Nobody is ticked. Tick those who get a deal."))
        return _page(request, asked, plan)
    made = make_many(people, plan.terms, at=timezone.now(), actor=Actor.user(me(request)))
    drafts = [one.deal.contract for one in made if one.deal is not None]
    context = {"made": made, "drafts": drafts, "terms": plan.terms}
    return render(request, "crm/ambassadors/many/done.html", context)


def deals_for_chosen(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponse:
    """The first page, with the people ticked in a list."""
    ids = list(chosen.present().order_by("pk").values_list("pk", flat=True)[:1_001])
    # What was posted chose the people; the questions have not been asked yet.
    return _page(request, ask(request, ManyDealForm, {"chosen": ",".join(map(str, ids))}, is_first=True), None)


def _first(request: HttpRequest) -> dict[str, Any]:
    """Which programme and whom the address names."""
    people = [part for part in request.GET.getlist("person") if part.isascii() and part.isdigit() and len(part) < 19]
    found: dict[str, Any] = {"chosen": ",".join(people)} if people else {}
    program = number_in(request, "program")
    return {**found, "program": program} if program else found


def _page(request: HttpRequest, asked: Asked, plan: Plan | None) -> HttpResponse:
    form: Any = asked.form
    is_refused = form.is_bound and not asked.wants_more and plan is None
    context = {"form": form, "chosen": form.chosen_people, "plan": plan}
    return render(request, "crm/ambassadors/many/many.html", context, status=422 if is_refused else 200)

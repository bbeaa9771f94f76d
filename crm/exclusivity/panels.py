"""Work elsewhere on a person's page, beside her work with us."""

from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.places import panel
from crm.base.zones import local_date
from crm.exclusivity import free, hands, imported, observed  # noqa: F401  put themselves into others' places
from crm.exclusivity.barred import lines_of
from crm.exclusivity.case_pages import line_of_case
from crm.exclusivity.finding_pages import lines_of as finding_lines
from crm.exclusivity.models import BreachCase, Clause, Finding
from crm.exclusivity.queries import history_of
from crm.exclusivity.timeline import timeline
from crm.influencers.models import Influencer
from crm.influencers.places import keeps_person
from crm.team.views.access import me

SHOWN = 5


@panel("person/barred", order=15)
def barred(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]]:
    """From what she is barred and until when, with its picture; brands the colleague does not work for stay unnamed."""
    user, now = me(request), timezone.now()
    lines = lines_of([person], user, now)
    rows = [(line.what, "", [line]) for line in lines]
    context = {"person": person, "lines": lines, "chart": timeline(rows, local_date(now, user.zone)) if lines else None}
    return "crm/exclusivity/barred_panel.html", context


@panel("person/cases", order=16)
def cases(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """Cases and findings that run, when there are any and the colleague may know of them."""
    user, now = me(request), timezone.now()
    mine = BreachCase.objects.visible_to(user).of_people([person.pk]).running().with_sides()
    running = [line_of_case(case, user, now) for case in mine] if user.has_perm("crm.view_case") else []
    found = Finding.objects.visible_to(user).of_people([person.pk]).unsettled().worse_than_a_remark().with_sides()
    findings = finding_lines(found.filter(case=None).worst_first()[:SHOWN], user)
    if not running and not findings:
        return None
    return "crm/exclusivity/cases_panel.html", {"person": person, "cases": running, "findings": findings}


@panel("person/elsewhere", order=30)
def elsewhere(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """Which brands she works for, as far as the colleague may know."""
    user, now = me(request), timezone.now()
    if not user.has_perm("crm.view_outsidedeal"):
        return None
    context = {"person": person, "history": history_of(person, user, local_date(now, person.zone)), "now": now}
    return "crm/exclusivity/person_panel.html", context


@keeps_person("crm.clause", said=_("Promised exclusivity."))
def has_promised(people: Collection[int]) -> Iterable[int]:
    """Whoever promised something stays on file, whatever became of it; to whom is not for every reader."""
    theirs = Clause.objects.of_people(set(people)).order_by()
    return theirs.values_list("influencer_id", flat=True).distinct()

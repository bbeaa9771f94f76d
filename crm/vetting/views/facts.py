"""Her reliability: the figures, what each of them counts, and all of it as a table."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.base.csv_out import csv_response
from crm.influencers.views.editing import person_of
from crm.team.views.access import me, needs
from crm.vetting.facts_shown import CSV_HEAD, csv_rows, reliability_of


@require_safe
@needs("crm.view_vetting")
def person_reliability(request: HttpRequest, pk: int) -> HttpResponse:
    """What working with her was like, figure by figure."""
    person = person_of(request, pk)
    found = reliability_of(person, me(request), request.GET.get("part", ""), request.GET.get("at", ""))
    return render(request, "crm/vetting/reliability.html", {"found": found, "person": person})


@require_safe
@needs("crm.view_vetting")
def reliability_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every fact behind the figures."""
    person = person_of(request, pk)
    name = _("reliability %(person)s") % {"person": person.stage_name}
    header = [str(word) for word in CSV_HEAD]
    return csv_response(f"{name}.csv", header, csv_rows(person, me(request)), zone=me(request).zone)

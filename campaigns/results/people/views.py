"""The report of one person, and the report of one deal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.planning.views.doors import colleague, may
from campaigns.results.people.of_deal import deal_report
from campaigns.results.people.of_person import person_report, sample_words
from crm.ambassadors.doors import deal_of
from crm.influencers.views.editing import follow_merges, person_of

reads = may("campaigns.view_report")


@reads
@require_safe
@follow_merges
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """What she brought, over all campaigns of ours."""
    report = person_report(person_of(request, pk), colleague(request))
    context = {"report": report, "person": report.person, "sample": sample_words(report)}
    return render(request, "campaigns/results/people/person.html", context)


@reads
@require_safe
def of_deal(request: HttpRequest, pk: int) -> HttpResponse:
    """What a deal brought, period by period."""
    report = deal_report(deal_of(request, pk), colleague(request))
    return render(request, "campaigns/results/people/deal.html", {"report": report, "deal": report.deal})

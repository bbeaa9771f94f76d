"""The history of a brief: every version, what it changed, its files and its paper."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaigns.briefs import page
from campaigns.briefs.models import BriefReference, BriefVersion
from campaigns.briefs.queries import current_version
from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.doors import colleague, find_campaign, find_collaboration, looks, may
from crm.base.files import POLICY, Disposition, serve_file
from crm.base.models import StoredFile

downloads = may("campaigns.download_brief")


@looks
@require_safe
def brief_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every released version against the one before, and any two against each other."""
    campaign = find_campaign(request, pk)
    found = BriefVersion.objects.filter(brief__campaign=campaign).released().newest_first().whole()
    versions = list(found.annotate(acked=Count("acks__collaboration", distinct=True)))
    context = {
        "campaign": campaign,
        "tabs": tabs_of(campaign, colleague(request), "brief"),
        "history": page.history_of(versions),
        "compared": page.compared(versions, request.GET.get("old", ""), request.GET.get("new", "")),
    }
    return render(request, "campaigns/briefs/versions.html", context)


@downloads
@require_safe
def brief_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A released version on paper."""
    found = BriefVersion.objects.visible_to(colleague(request)).released().whole()
    return as_pdf(get_object_or_404(found, brief__campaign=pk, number=number))


@downloads
@require_safe
def brief_her_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version on paper as one person has it."""
    card = find_collaboration(request, pk)
    version = current_version(card.campaign)
    if version is None:
        raise Http404("Nothing was released yet.")
    variant = getattr(card, "brief_variant", None)
    return as_pdf(version, variant.overrides if variant else None, card.influencer.stage_name)


def as_pdf(version: BriefVersion, overrides: dict[str, object] | None = None, person: str = "") -> HttpResponse:
    """Written for this answer alone and kept nowhere."""
    from campaigns.briefs.paper import name_of, write_brief  # brings the drawing library: most processes never draw

    answer = HttpResponse(write_brief(version, overrides, person), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name_of(version)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-store"
    return answer


@looks
@require_safe
def brief_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file one of the versions points to."""
    campaign = find_campaign(request, pk)
    pointed = BriefReference.objects.filter(version__brief__campaign=campaign).values("file")
    return serve_file(
        request, get_object_or_404(StoredFile, pk__in=pointed, id=file), disposition=Disposition.INLINE
    )  # fmt: skip

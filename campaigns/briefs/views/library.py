"""The library of briefs: what one may begin with."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.briefs import page
from campaigns.briefs.actions.library import bring_back, keep_version, retire
from campaigns.briefs.content import from_json
from campaigns.briefs.forms.library import KeepForm
from campaigns.briefs.models import BriefTemplate, BriefVersion
from campaigns.planning.views.doors import actor_of, colleague, may

reads = may("campaigns.view_brieftemplate")
writes = may("campaigns.change_brieftemplate")


@reads
@require_safe
def brief_library(request: HttpRequest) -> HttpResponse:
    """Every brief of the library, those that are offered first."""
    seen = BriefTemplate.objects.visible_to(colleague(request)).select_related("brand", "category")
    context = {
        "standing": seen.standing().order_by("name"),
        "retired": seen.filter(retired_at__isnull=False).order_by("name"),
    }
    return render(request, "campaigns/briefs/library.html", context)


@reads
@require_safe
def brief_template(request: HttpRequest, pk: int) -> HttpResponse:
    """One brief of the library as somebody would read it."""
    template = get_object_or_404(BriefTemplate.objects.visible_to(colleague(request)), pk=pk)
    sections = page.read_by_her(from_json({"language": template.language, **template.content}, "Asia/Jakarta"))
    return render(request, "campaigns/briefs/template.html", {"template": template, "sections": sections})


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def brief_keep(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Keep a released version in the library."""
    found = BriefVersion.objects.visible_to(colleague(request)).released().whole()
    version = get_object_or_404(found, brief__campaign=pk, number=number)
    campaign = version.brief.campaign
    form = KeepForm(request.POST or None, version=version)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        brand = campaign.brand if data["whose"] == "brand" else None
        try:
            kept = keep_version(version, name=data["name"], brand=brand, at=timezone.now(), actor=actor_of(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Kept in the library."))
            return redirect("brief-template", kept.pk)
    context = {"form": form, "campaign": campaign, "version": version}
    return render(request, "campaigns/briefs/keep.html", context, status=422 if form.is_bound else 200)


@writes
@require_POST
def brief_template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it away, or offer it again."""
    template = get_object_or_404(BriefTemplate.objects.visible_to(colleague(request)), pk=pk)
    step, done = (bring_back, _("It is offered again.")) if template.retired_at else (retire, _("It is put away."))
    if step(template, at=timezone.now(), actor=actor_of(request)):
        messages.success(request, done)
    return redirect("brief-library")

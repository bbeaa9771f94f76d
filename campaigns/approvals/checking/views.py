"""Pages of the checks: trying a caption, looking again, letting something pass, what somebody counted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.approvals.checking import actions, shown
from campaigns.approvals.checking.asking import asked_for, foreign_codes, with_words
from campaigns.approvals.checking.forms import CaptionForm, StoryForm, VideoForm, WaiveForm
from campaigns.approvals.checking.rules import judge
from campaigns.approvals.models import CheckResult, ContentVersion
from campaigns.planning.models import Campaign, Refused
from campaigns.planning.views.doors import actor_of, colleague, may, refuse
from crm.base.models import Organisation

looks = may("campaigns.view_review")
works = may("campaigns.review")
decides = may("campaigns.waive_check")


@looks
@require_http_methods(["GET", "HEAD", "POST"])
def caption_checks(request: HttpRequest) -> HttpResponse:
    """Try a caption before anybody hands it in. Nothing of it is kept."""
    campaigns = Campaign.objects.visible_to(colleague(request)).select_related("brand").order_by("name")
    form = CaptionForm(
        request.POST or None, campaigns=campaigns, home=Organisation.load().country,
        initial={"campaign": request.GET.get("campaign"), "format": request.GET.get("format")},
    )  # fmt: skip
    context: dict[str, object] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        context |= _tried(form)
    elif form.is_bound:
        status = 422
    return render(request, "campaigns/approvals/checking/try.html", context, status=status)


def _tried(form: CaptionForm) -> dict[str, object]:
    said = form.cleaned_data
    caption = said["caption"].replace("\r\n", "\n")
    if not caption.strip():
        return {}
    asked = asked_for(said["format"], said["market"], said["campaign"], timezone.now(), about=said["about"])
    lines = shown.lines_of(judge(with_words(asked, caption, None, codes=foreign_codes([caption]), card=None)))
    return {"checks": shown.panel_from(lines), "marked": shown.marked(caption, lines)}


@works
@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a version once more: a rule, a word or the brief may have changed."""
    version = _version(request, pk)
    actions.check(version, now=timezone.now())
    messages.success(request, _("Looked at again."))
    return redirect("review", version.pk)


@decides
@require_http_methods(["GET", "HEAD", "POST"])
def check_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Let something pass although it was found."""
    seen = CheckResult.objects.visible_to(colleague(request)).select_related(
        "version__deliverable__collaboration__influencer", "platform"
    )  # fmt: skip
    row = get_object_or_404(seen, pk=pk)
    form = WaiveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.waive(row, form.cleaned_data["reason"], at=timezone.now(), actor=actor_of(request))
        except Refused as refused:
            return refuse(request, refused, shown.page_of(row.version))
        messages.success(request, _("It may pass."))
        return redirect("review", row.version_id)
    context = {"form": form, "line": shown.line_of(row), "version": row.version}
    return render(request, "campaigns/approvals/checking/waive.html", context, status=422 if form.is_bound else 200)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def check_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody counted: where the label stands in a video, on how many frames of a story."""
    version = _version(request, pk)
    asks = set(CheckResult.objects.filter(version=version).exclude(outcome="skip").values_list("rule", flat=True))
    kind = VideoForm if VideoForm.rule in asks else StoryForm
    if kind.rule not in asks:
        raise Http404
    form = kind(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.tick(version, kind.rule, form.seen(), at=timezone.now(), actor=actor_of(request))
        except Refused as refused:
            return refuse(request, refused, shown.page_of(version))
        messages.success(request, _("Noted."))
        return redirect("review", version.pk)
    context = {"form": form, "version": version}
    return render(request, "campaigns/approvals/checking/tick.html", context, status=422 if form.is_bound else 200)


def _version(request: HttpRequest, pk: int) -> ContentVersion:
    seen = ContentVersion.objects.visible_to(colleague(request)).select_related(
        "deliverable__format__platform", "deliverable__collaboration__influencer",
        "deliverable__collaboration__campaign",
    )  # fmt: skip
    found: ContentVersion = get_object_or_404(seen, pk=pk)
    return found

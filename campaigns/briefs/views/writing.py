"""The page of a campaign's brief: read it, write it, release it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.briefs import page
from campaigns.briefs.actions.writing import Meanwhile, release, save_draft, throw_away
from campaigns.briefs.content import Content, content_of
from campaigns.briefs.diff import differences, suggested_change
from campaigns.briefs.forms import rows
from campaigns.briefs.forms.writing import Desk, ReleaseForm
from campaigns.briefs.models import BriefItem, BriefTemplate, BriefVersion
from campaigns.briefs.queries import State, state_of
from campaigns.planning.models import Campaign
from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, looks, may, refuse
from crm.base.files import keep
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]
writes = may("campaigns.change_brief")


@looks
@require_http_methods(FORM)
def campaign_brief(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever writes finds the form; whoever reads, and whoever looks at what was released, the brief as she reads it."""
    writes_briefs = colleague(request).has_perm("campaigns.change_brief")
    if request.method == "POST" and not writes_briefs:
        raise PermissionDenied
    campaign = find_campaign(request, pk)
    may_write = writes_briefs and not campaign.is_over
    if request.method == "POST":
        return _posted(request, campaign)
    state = state_of(campaign)
    template = _template(request, campaign)
    is_asked = "next" in request.GET or template is not None
    if may_write and (state.draft or state.last is None or is_asked):
        return _form_page(request, state, Desk(campaign, page.began_with(state, template), state.token))
    return _read_page(request, state, may_write=may_write)


def _template(request: HttpRequest, campaign: Campaign) -> BriefTemplate | None:
    wanted = request.GET.get("from", "")
    return next((one for one in page.templates_for(campaign, colleague(request)) if str(one.pk) == wanted), None)


def _posted(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    desk = Desk(campaign, None, "", (request.POST, request.FILES))
    if desk.file and "look" not in request.POST:
        desk.add_file(rows.kept(keep(desk.file, by=colleague(request).get_short_name())))
    if "row" in request.POST:
        desk.press(request.POST["row"])
    if "save" not in request.POST:
        return _form_page(request, state_of(campaign), desk)
    if campaign.is_over:
        return refuse(request, _("The campaign is over; its brief stays as it is."), _url(campaign))
    if not desk.is_valid:
        return _form_page(request, state_of(campaign), desk, status=422)
    try:
        seen = desk.form.cleaned_data["seen"]
        save_draft(campaign, desk.content, seen=seen, at=timezone.now(), actor=actor_of(request))
    except Meanwhile as meanwhile:
        return _told(request, desk, meanwhile)
    messages.success(request, _("The draft is saved. Nobody outside sees it before it is released."))
    return redirect("brief-release" if request.POST["save"] == "release" else "campaign-brief", pk=campaign.pk)


def _told(request: HttpRequest, desk: Desk, meanwhile: Meanwhile) -> HttpResponse:
    """What stands now beside what was typed; the next save puts the typed words in its place."""
    state = meanwhile.state
    desk.compare_with(state.token)
    version = state.draft or state.last
    theirs = content_of(version) if version else Content(zone=state.campaign.zone)
    more = {"meanwhile": str(meanwhile), "apart": differences(theirs, desk.content)}
    return _form_page(request, state, desk, status=422, **more)


def _form_page(request: HttpRequest, state: State, desk: Desk, status: int = 200, **more: Any) -> HttpResponse:
    checks = page.checks_of_form(desk.content, state.campaign)
    context = {
        **_frame(request, state),
        "desk": desk,
        "layouts": desk.form.layouts,
        "trouble": desk.form.has_trouble,
        "levels": BriefItem.Level.choices,
        "checks": checks,
        "blocks": sum(check.found.is_block for check in checks),
        "missing": page.missing_words(desk.content),
        "sections": page.read_by_her(desk.content),
        "templates": page.templates_for(state.campaign, colleague(request)),
        **more,
    }
    return render(request, "campaigns/briefs/write.html", context, status=status)


def _read_page(request: HttpRequest, state: State, *, may_write: bool) -> HttpResponse:
    content = content_of(state.last) if state.last else None
    context = {
        **_frame(request, state),
        "sections": page.read_by_her(content) if content else [],
        "missing": page.missing_words(content) if content else [],
        "may_write": may_write,
    }
    return render(request, "campaigns/briefs/read.html", context)


def _frame(request: HttpRequest, state: State) -> dict[str, Any]:
    return {
        "campaign": state.campaign,
        "state": state,
        "tabs": tabs_of(state.campaign, colleague(request), "brief"),
    }


def _url(campaign: Campaign) -> str:
    return reverse("campaign-brief", args=[campaign.pk])


@writes
@require_POST
def brief_throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft goes; what was released stays."""
    campaign = find_campaign(request, pk)
    try:
        throw_away(campaign, seen=request.POST.get("seen", ""), at=timezone.now(), actor=actor_of(request))
    except Meanwhile as meanwhile:
        return refuse(request, meanwhile, _url(campaign))
    messages.success(request, _("The draft is gone."))
    return redirect(_url(campaign))


@writes
@require_http_methods(FORM)
def brief_release(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes, what stands against it and what it means for people, before it is released."""
    campaign = find_campaign(request, pk)
    state = state_of(campaign)
    if state.draft is None or campaign.is_over:
        return refuse(request, _("There is no draft to release."), _url(campaign))
    former, content = content_of(state.last) if state.last else None, content_of(state.draft)
    suggested = suggested_change(former, content)
    form = ReleaseForm(
        request.POST or None,
        is_first=former is None,
        must_ask=suggested == BriefVersion.Change.ASK_AGAIN,
        initial={"change": suggested, "seen": state.token},
    )
    if request.method == "POST" and form.is_valid() and _released(request, state.draft, form):
        messages.success(request, _("Version %(n)d is released.") % {"n": state.draft.number})
        return redirect(_url(campaign))
    context = {
        **_frame(request, state),
        "form": form,
        "checks": (checks := page.checks_of_form(content, campaign)),
        "blocks": sum(check.found.is_block for check in checks),
        "apart": differences(former, content) if former else None,
        "sections": page.read_by_her(content),
    }
    return render(request, "campaigns/briefs/release.html", context, status=422 if form.is_bound else 200)


def _released(request: HttpRequest, draft: BriefVersion, form: ReleaseForm) -> bool:
    """Done, or the form says why not."""
    data = form.cleaned_data
    try:
        release(
            draft, seen=data["seen"], change=data["change"], note=data.get("note", ""),
            because=data.get("because", ""), at=timezone.now(), actor=actor_of(request),
        )  # fmt: skip
    except (Meanwhile, TransitionRefused) as refused:
        form.add_error("because" if "because" in form.fields and isinstance(refused, TransitionRefused) else None,
                       str(refused))  # fmt: skip
        return False
    return True

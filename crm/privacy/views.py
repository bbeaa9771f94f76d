"""Pages of requests and holds: who asks what of us, what it would do, and the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import keep, serve_file
from crm.influencers.views.editing import FormPage, follow_merges, person_of
from crm.privacy.ahead import look_ahead
from crm.privacy.asking import Said, ask, hold, lift
from crm.privacy.erasing import NotYet, forget
from crm.privacy.forms import AskedForm, HoldForm, ReasonForm
from crm.privacy.models import LegalHold, PrivacyRequest
from crm.privacy.own.building import approve, fetched
from crm.privacy.own.page import code_of
from crm.privacy.tabs import tabs_for
from crm.privacy.tasks import call_for
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

PAGE = 25
FORM = ["GET", "HEAD", "POST"]


def find(request: HttpRequest, pk: int) -> PrivacyRequest:
    rows = PrivacyRequest.objects.visible_to(me(request)).select_related("influencer", "proof", "file", "answered_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@needs("crm.view_privacy")
def request_list(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, soonest first; or what was answered."""
    answered, now = request.GET.get("part") == "answered", timezone.now()
    rows = PrivacyRequest.objects.visible_to(me(request)).select_related("influencer")
    rows = rows.closed().order_by("-updated_at", "-pk") if answered else rows.not_closed().soonest_first()
    parts = [{"label": pgettext("a state", "Open"), "url": "?", "active": not answered},
             {"label": _("Answered"), "url": "?part=answered", "active": answered}]  # fmt: skip
    context = {"page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")), "parts": parts, "now": now,
               "answered": answered, "tabs": tabs_for(me(request), "privacy-requests")}  # fmt: skip
    return render(request, "crm/privacy/requests.html", context)


@require_safe
@needs("crm.view_privacy")
def privacy_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what she said, by when she hears, and what the answer would do."""
    asked, now = find(request, pk), timezone.now()
    context: dict[str, Any] = {"asked": asked, "now": now}
    if asked.is_ready and me(request).has_perm("crm.answer_privacyrequest"):
        context["code"] = code_of(asked)
    if asked.is_erasure and asked.is_open:
        context["ahead"] = look_ahead(asked.influencer_id, now.date())
    return render(request, "crm/privacy/request.html", context)


@dataclass(frozen=True)
class Step:
    """One answer: who may give it and what it does."""

    permission: str
    do: Callable[[PrivacyRequest, str, Any, Actor], Any]
    done: Any
    asks_why: bool = False


def _build(asked: PrivacyRequest, why: str, at: Any, actor: Actor) -> None:
    approve(asked, at=at, actor=actor)
    call_for(asked)


STEPS = {
    "build": Step("crm.answer_privacyrequest", _build, gettext_lazy("Her file is being put together.")),
    "forget": Step(
        "crm.erase_influencer",
        lambda asked, why, at, actor: forget(asked, at=at, actor=actor),
        gettext_lazy("She is forgotten, except what is held."),
    ),
    "refuse": Step(
        "crm.answer_privacyrequest",
        lambda asked, why, at, actor: asked.refuse(why, at=at, actor=actor),
        gettext_lazy("Noted. Tell her the reason: she has a right to it."),
        asks_why=True,
    ),
    "withdraw": Step(
        "crm.answer_privacyrequest",
        lambda asked, why, at, actor: asked.withdraw(at=at, actor=actor),
        gettext_lazy("Noted: she does not ask for it any more."),
    ),
}


@require_POST
@needs("crm.view_privacy")
def privacy_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Answer a request; what is refused says why, and nothing was changed."""
    asked, now = find(request, pk), timezone.now()
    todo = STEPS.get(step)
    if todo is None:
        raise Http404
    if not me(request).has_perm(todo.permission):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if todo.asks_why and not form.is_valid():
        return render(request, "crm/privacy/request.html", {"asked": asked, "now": now, "form": form}, status=422)
    try:
        todo.do(asked, form.data.get("why", "").strip(), now, Actor.user(me(request)))
    except (TransitionRefused, NotYet) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(todo.done))
    return redirect("privacy-request", pk)


@require_POST
@needs("crm.view_privacy")
def privacy_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take her file along, to hand it to her. Pressed, not opened: the first time is noted."""
    asked, now = find(request, pk), timezone.now()
    if not me(request).has_perm("crm.answer_privacyrequest"):
        raise PermissionDenied
    if not asked.is_ready or asked.file is None or asked.expires_at is None or asked.expires_at < now:
        raise Http404
    fetched(asked, at=now, actor=Actor.user(me(request)))
    return serve_file(request, asked.file)


@require_http_methods(FORM)
@needs("crm.record_privacyrequest")
@follow_merges
def person_data(request: HttpRequest, pk: int) -> HttpResponse:
    """She asked a colleague: write it down, with what shows it."""
    person, now, user = person_of(request, pk), timezone.now(), me(request)
    form = AskedForm(request.POST or None, request.FILES or None, zone=person.zone, now=now)
    page = FormPage(
        title=_("She asks about her data"),
        lead=_("Write down what she asked and how. From that moment on she has an answer within three times 24 hours."),
        verb=_("Note the request"),
        done=_("Written down."),
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        proof = keep(data["proof"], by=user.get_short_name()) if data.get("proof") else None
        said = Said(data["kind"], form.asked_at, data["channel"], data["words"], proof)
        try:
            asked = ask(person, said, at=now, actor=Actor.user(user))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, page.done)
            return (
                redirect("privacy-request", asked.pk) if user.has_perm("crm.view_privacy") else redirect("person", pk)
            )
    context = {"form": form, "page": page, "person": person}
    return render(request, "crm/influencers/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs("crm.view_privacy")
def hold_list(request: HttpRequest) -> HttpResponse:
    """Everything a colleague holds, the standing ones first."""
    rows = LegalHold.objects.visible_to(me(request)).select_related("influencer", "set_by").standing_first()
    context = {"page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")), "today": timezone.now().date(),
               "tabs": tabs_for(me(request), "privacy-holds")}  # fmt: skip
    return render(request, "crm/privacy/holds.html", context)


@require_http_methods(FORM)
@needs("crm.hold_influencer")
@follow_merges
def person_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing about her may go, and why."""
    person, now = person_of(request, pk), timezone.now()
    form = HoldForm(request.POST or None, initial={"from_on": now.date()})
    page = FormPage(
        title=_("Hold everything about her"),
        lead=_("A dispute, an audit, a court: nothing about her goes until the hold ends, whoever asks."),
        verb=_("Hold it"),
        done=_("Held."),
    )
    if form.is_bound and form.is_valid():
        hold(person, form.save(commit=False), at=now, actor=Actor.user(me(request)))
        messages.success(request, page.done)
        return redirect("privacy-holds")
    context = {"form": form, "page": page, "person": person}
    return render(request, "crm/influencers/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@needs("crm.hold_influencer")
def hold_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason is gone, and nothing is held any more."""
    held = get_object_or_404(LegalHold.objects.visible_to(me(request)).select_related("influencer"), pk=pk)
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title=_("Lift the hold"),
        lead=_("Requests of hers can be met again, and what was only held by this goes with the next look."),
        verb=_("Lift it"),
        done=_("Lifted."),
    )
    if form.is_bound and form.is_valid():
        if lift(held, form.cleaned_data["why"], at=timezone.now(), actor=Actor.user(me(request))):
            messages.success(request, page.done)
        else:
            messages.info(request, _("Somebody lifted it already."))
        return redirect("privacy-holds")
    context = {"form": form, "page": page, "person": held.influencer}
    return render(request, "crm/influencers/form.html", context, status=422 if form.is_bound else 200)

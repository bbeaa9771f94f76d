"""Prospects: the list, noting one or several, asking, and leaving it for now."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.ambassadors.models import Prospect
from crm.ambassadors.prospects import noting
from crm.ambassadors.prospects.forms import DropForm, NoteForm, NoteManyForm, people_of
from crm.ambassadors.prospects.known import prospect_rows
from crm.ambassadors.prospects.listing import Asked, choices
from crm.ambassadors.prospects.suggesting import suggestions
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

PAGE = 25
FORM = ["GET", "HEAD", "POST"]
LOOK, CHANGE = "crm.view_prospect", "crm.change_prospect"


@require_safe
@needs(LOOK)
def prospects(request: HttpRequest) -> HttpResponse:
    """Who might become an ambassador, with what is known of working with her; below, who is suggested."""
    user, now = me(request), timezone.now()
    brands, programs = choices(user)
    asked = Asked.read(request.GET, brands, programs)
    found = asked.narrow(Prospect.objects.visible_to(user))
    page = Paginator(asked.of_tab(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "brands": brands,
        "programs": programs,
        "page_obj": page,
        "rows": prospect_rows(list(page.object_list), user, now),
        "tabs": asked.tabs(found),
        "suggested": suggestions(user, asked.brand.pk if asked.brand else None) if not asked.tab else [],
    }
    return render(request, "crm/ambassadors/prospects/prospects.html", context)


@require_http_methods(FORM)
@needs(CHANGE)
def prospect_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Note one person for a brand, and why."""
    user = me(request)
    person = get_object_or_404(Influencer.objects.visible_to(user).unmerged(), pk=pk)
    asked = {name: request.GET.get(name, "")[:300] for name in ("brand", "program", "why")}
    form = NoteForm(request.POST or None, user=user, initial=asked)
    if form.is_bound and form.is_valid():
        noting.note(person, form.cleaned_data["brand"], **_said(form), at=timezone.now(), user=user)
        messages.success(request, _("%(name)s is noted as a prospect.") % {"name": person})
        return redirect("ambassador-prospects")
    context = {"form": form, "people": [person], "title": _("Prospect for ambassador"), "verb": _("Note her")}
    return _page(request, form, context)


def note_for_chosen(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponse:
    """The first page, with the people ticked in the list of people."""
    ids = chosen.present().order_by("pk").values_list("pk", flat=True)[: PAGE * 8]
    return _many(request, NoteManyForm(user=me(request), initial={"chosen": ",".join(map(str, ids))}))


@require_http_methods(FORM)
@needs(CHANGE)
def prospect_note_many(request: HttpRequest) -> HttpResponse:
    """Note several people for one brand with one reason."""
    user, now = me(request), timezone.now()
    form = NoteManyForm(request.POST or None, user=user, initial={"chosen": request.GET.get("chosen", "")})
    if not (form.is_bound and form.is_valid()):
        return _many(request, form)
    people = form.cleaned_data["chosen"]
    for person in people:
        noting.note(person, form.cleaned_data["brand"], **_said(form), at=now, user=user)
    done = ngettext("%(n)d person is noted as a prospect.", "%(n)d people are noted as prospects.", len(people))
    messages.success(request, done % {"n": len(people)})
    return redirect("ambassador-prospects")


def _many(request: HttpRequest, form: NoteManyForm) -> HttpResponse:
    people = people_of(str(form["chosen"].value() or ""), me(request))
    context = {"form": form, "people": people, "title": _("Prospects for ambassador"), "verb": _("Note them")}
    return _page(request, form, context)


def _said(form: NoteForm) -> dict[str, Any]:
    return {"why": form.cleaned_data["why"], "program": form.cleaned_data["program"]}


def _page(request: HttpRequest, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(request, "crm/ambassadors/prospects/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(CHANGE)
def prospect_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """She was asked."""
    found = _prospect_of(request, pk)
    try:
        noting.ask(found, at=timezone.now(), actor=Actor.user(me(request)))
    except TransitionRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Noted: %(name)s was asked.") % {"name": found.influencer})
    return redirect("ambassador-prospects")


@require_http_methods(FORM)
@needs(CHANGE)
def prospect_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Not now, and why."""
    found = _prospect_of(request, pk)
    form = DropForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            noting.drop(found, form.cleaned_data["why"], at=timezone.now(), actor=Actor.user(me(request)))
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s is left for now.") % {"name": found.influencer})
            return redirect("ambassador-prospects")
    context = {"form": form, "people": [found.influencer], "title": _("Not now"), "verb": _("Leave her for now")}
    return _page(request, form, {**context, "brand": found.brand})


def _prospect_of(request: HttpRequest, pk: int) -> Prospect:
    return get_object_or_404(Prospect.objects.visible_to(me(request)).with_sides(), pk=pk)

"""Possible duplicates, merging two people, and parting them again."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.influencers.alikes.pairs import TABS, read_pairs, tell_apart
from crm.influencers.alikes.sweep import sweep
from crm.influencers.merging.actions import MergeRefused, Parted, merge, part
from crm.influencers.merging.forms import MergeForm, OtherForm
from crm.influencers.merging.preview import preview, told
from crm.influencers.models import Influencer, LookAlike, Merge
from crm.influencers.views.editing import follow_merges, person_of
from crm.reminders.tick import remember
from crm.team.views.access import me, needs
from crm.timeline.edits import ChangedMeanwhile
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs("crm.view_influencer")
def look_alikes(request: HttpRequest) -> HttpResponse:
    """Pairs that look like one person, what was merged, and who was told apart."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else ""
    now = timezone.now()
    page = read_pairs(tab, request.GET.get("at", ""), me(request), now)
    turn = {name: _address(tab, cursor) for name, cursor in (("earlier", page.earlier), ("later", page.later))}
    return render(request, "crm/influencers/look_alikes.html", {"tab": tab, "found": page, "now": now, **turn})


def _address(tab: str, cursor: str) -> str:
    return f"?{urlencode({'tab': tab, 'at': cursor})}" if cursor else ""


@require_POST
@needs("crm.merge_influencer")
def look_alikes_look(request: HttpRequest) -> HttpResponse:
    """Compare everybody now."""
    now = timezone.now()
    report = sweep(now)
    remember("look_alikes", now, dict(report))
    found = report["found"]
    said = ngettext("%(number)s new pair was found.", "%(number)s new pairs were found.", found)
    messages.success(request, said % {"number": found} if found else _("Nobody new looks like somebody else."))
    return redirect("look-alikes")


@require_POST
@needs("crm.merge_influencer")
@follow_merges
def people_different(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """They are two people; nobody is asked again."""
    one, two = person_of(request, pk), person_of(request, other)
    if pk == other:
        messages.error(request, _("Choose two different people."))
        return redirect("person", pk=pk)
    tell_apart(pk, other, at=timezone.now(), actor=Actor.user(me(request)))
    messages.success(
        request,
        _("Noted: %(one)s and %(other)s are two people.") % {"one": one.stage_name, "other": two.stage_name},
    )
    return redirect("look-alikes") if request.POST.get("from") == "list" else redirect("person", pk=pk)


@require_POST
@needs("crm.merge_influencer")
def look_alike_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Perhaps they are one after all."""
    pair = get_object_or_404(LookAlike.objects.visible_to(me(request)), pk=pk)
    try:
        pair.look_again(at=timezone.now(), actor=Actor.user(me(request)))
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    return redirect("look-alikes")


@require_safe
@needs("crm.merge_influencer")
@follow_merges
def merge_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Who the other one is, when nobody suggested her."""
    person = person_of(request, pk)
    people = Influencer.objects.visible_to(me(request))
    form = OtherForm(request.GET if "other" in request.GET else None, person=person, people=people)
    if form.is_bound and form.is_valid():
        return redirect("person-merge", pk=pk, other=form.cleaned_data["other"].pk)
    status = 422 if form.is_bound else 200
    return render(request, "crm/influencers/merge_choose.html", {"person": person, "form": form}, status=status)


@require_http_methods(FORM)
@needs("crm.merge_influencer")
@follow_merges
def person_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """The two side by side: what is asked, what moves, what stands against it. `pk` stays."""
    stays, goes = person_of(request, pk), person_of(request, other)
    seen = preview(stays, goes, me(request)) if pk != other else None
    if seen is None:
        messages.error(request, _("Choose two different people."))
        return redirect("person", pk=pk)
    form = MergeForm(request.POST or None, pair=seen.pair, fields=seen.fields)
    if form.is_bound and form.is_valid() and (done := _merged(request, form, stays, goes)):
        messages.success(
            request, _("%(goes)s goes on as %(stays)s.") % {"goes": goes.stage_name, "stays": stays.stage_name}
        )
        return redirect("person", pk=done.stays_id)
    context = {"stays": stays, "goes": goes, "form": form, "preview": seen}
    return render(request, "crm/influencers/merge.html", context, status=422 if form.is_bound else 200)


def _merged(request: HttpRequest, form: MergeForm, stays: Influencer, goes: Influencer) -> Merge | None:
    now, actor = timezone.now(), Actor.user(me(request))
    try:
        return merge(stays.pk, goes.pk, form.choices, seen=form.seen, at=now, actor=actor, user=me(request))
    except MergeRefused as refused:
        form.add_error(None, refused.reasons)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed))
        _show_as_now(form, stays, goes)
    return None


def _show_as_now(form: MergeForm, stays: Influencer, goes: Influencer) -> None:
    """The next press goes through: whoever presses it has read who changed what."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    for name, person in (("seen_stays", stays), ("seen_goes", goes)):
        person.refresh_from_db(fields=["updated_at"])
        form.data[name] = person.updated_at.isoformat()  # type: ignore[index]


@require_safe
@needs("crm.view_influencer")
def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a merge moved and changed, what came since, and the way back."""
    found = Merge.objects.visible_to(me(request)).select_related("stays__merged_into", "goes")
    page = told(get_object_or_404(found, pk=pk), me(request))
    return render(
        request, "crm/influencers/merge_done.html", {"told": page, "merge": page.merge, "now": timezone.now()}
    )


@require_POST
@needs("crm.merge_influencer")
def merge_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Two people again, each with what was hers."""
    user = me(request)
    found = get_object_or_404(Merge.objects.visible_to(user), pk=pk)
    try:
        parted = part(found, at=timezone.now(), actor=Actor.user(user), user=user)
    except (MergeRefused, TransitionRefused) as refused:
        messages.error(request, str(refused))
        return redirect("merge", pk=pk)
    for sentence in _what_parting_left(parted):
        messages.info(request, sentence)
    names: dict[str, Any] = {"stays": found.stays.stage_name, "goes": found.goes.stage_name}
    messages.success(request, _("%(goes)s and %(stays)s are two people again.") % names)
    return redirect("person", pk=found.goes_id)


def _what_parting_left(parted: Parted) -> list[str]:
    said = []
    name = parted.merge.stays.stage_name
    if parted.added:
        listed = ", ".join(f"{what} ({number})" for what, number in parted.added)
        said.append(_("What was added since stays with %(name)s: %(what)s.") % {"name": name, "what": listed})
    if parted.left:
        listed = ", ".join(parted.left)
        said.append(_("Changed since, and left as it is with %(name)s: %(what)s.") % {"name": name, "what": listed})
    if parted.gone:
        said.append(_("%(number)s of the rows that moved are no longer there.") % {"number": parted.gone})
    return said

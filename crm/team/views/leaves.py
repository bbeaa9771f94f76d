"""Leave and hand-over: who stands in for some days, who takes over for good."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.zones import local_date
from crm.team import handing_over, leaves
from crm.team.actions import TeamRefused
from crm.team.leave_forms import HandOverForm, LeaveForm
from crm.team.models import HandOver, Leave, User
from crm.team.places import owned
from crm.team.views.access import me, needs

FORM = ["GET", "HEAD", "POST"]


def may_plan(request: HttpRequest, user: User) -> None:
    """Everybody plans her own leave; those who hand over plan anybody's."""
    if user.pk != me(request).pk and not me(request).has_perm("crm.hand_over"):
        raise PermissionDenied


@require_http_methods(FORM)
@needs("crm.plan_leave")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Days away, who stands in, and what she would not see."""
    user, now = get_object_or_404(User.objects.visible_to(me(request)), pk=pk), timezone.now()
    may_plan(request, user)
    form = LeaveForm(request.POST or None, user=user, now=now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            leaves.plan_leave(
                user, said["deputy"], said["first_on"], said["last_on"], note=said["note"], by=me(request), at=now
            )
        except TeamRefused as refused:
            form.add_error(None, str(refused))
        else:
            done = _("%(deputy)s stands in for %(name)s and hears of it by e-mail.")
            messages.success(request, done % {"deputy": said["deputy"], "name": user})
            return redirect("team-leave", pk=pk)
    ahead = Leave.objects.ahead(local_date(now, user.zone)).filter(user=user).select_related("deputy")
    unseen = [(leave, [part for part in handing_over.preview(user, leave.deputy) if part.stays]) for leave in ahead]
    context = {"colleague": user, "form": form, "ahead": unseen, "parts": handing_over.preview(user)}
    return render(request, "crm/team/leave.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs("crm.plan_leave")
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """She is back, or stays after all."""
    leave = get_object_or_404(Leave.objects.visible_to(me(request)).select_related("user"), pk=pk)
    may_plan(request, leave.user)
    if leaves.come_back(leave, by=me(request), at=timezone.now()):
        messages.success(request, _("%(name)s is back; nobody stands in any more.") % {"name": leave.user})
    else:
        messages.info(request, _("That leave was over already."))
    return redirect("team-leave", pk=leave.user_id)


@require_http_methods(FORM)
@needs("crm.hand_over")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes over: first what would change hands and what cannot, then the button."""
    user = get_object_or_404(User.objects.visible_to(me(request)), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    form = HandOverForm(asked if "taker" in asked else None, user=user)
    taker = form.cleaned_data["taker"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and taker is not None:
        try:
            done = handing_over.hand_over(user, taker, by=me(request), at=timezone.now())
        except TeamRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("team-handed-over", pk=done.pk)
    context = {"colleague": user, "form": form, "taker": taker, "parts": handing_over.preview(user, taker)}
    failed = request.method == "POST" or (form.is_bound and not form.is_valid())
    return render(request, "crm/team/hand_over.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "HEAD"])
@needs("crm.hand_over")
def handed_over(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed hands, kind by kind, and the way back."""
    done = find(request, pk)
    parts = [(placed.words["label"], len(done.moved.get(placed.key, []))) for placed in owned.all()]
    context = {"done": done, "parts": [part for part in parts if part[1]], "left": handing_over.preview(done.giver)}
    return render(request, "crm/team/handed_over.html", context)


@require_POST
@needs("crm.hand_over")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a hand-over back, as far as nobody changed anything since."""
    done = find(request, pk)
    try:
        came = handing_over.take_back(done, by=me(request), at=timezone.now())
    except TeamRefused as refused:
        messages.error(request, str(refused))
    else:
        said = _("%(back)s went back to %(name)s. %(stayed)s stayed, because somebody changed them since.")
        messages.success(request, said % {"back": came.back, "stayed": came.stayed, "name": done.giver})
    return redirect("team-handed-over", pk=pk)


def find(request: HttpRequest, pk: int) -> HandOver:
    rows = HandOver.objects.visible_to(me(request)).select_related("giver", "taker", "decided_by")
    return get_object_or_404(rows, pk=pk)

"""Who works here: the list, one colleague's page, invitations, role, brands, leaving."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.team import invitations
from crm.team.actions import OpenWork, TeamRefused, change_role, deactivate, reactivate, roles_given_by, set_brands
from crm.team.forms import BrandsForm, InviteForm, RoleForm
from crm.team.handing_over import preview
from crm.team.models import Invitation, User
from crm.team.queries import colleagues, unsettled_invitations, walls_are_on
from crm.team.views.access import me, needs


@require_safe
@needs("crm.view_team")
def team(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, and who was invited."""
    context = {
        "colleagues": colleagues(timezone.now().date()),
        "invitations": unsettled_invitations(me(request), timezone.now()),
        "walls": walls_are_on(),
    }
    return render(request, "crm/team/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.invite_colleague")
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody to join."""
    form = InviteForm(request.POST or None, by=me(request), with_brands=walls_are_on())
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invitations.invite(
                form.cleaned_data["email"],
                form.cleaned_data["role"],
                name=form.cleaned_data["name"],
                brand_ids=form.brand_ids(),
                by=me(request),
                at=timezone.now(),
            )
        except TeamRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
            return redirect("team")
    return render(request, "crm/team/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@needs("crm.set_role")
def colleague(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague's account: role, brands, leaving."""
    return _colleague(request, get_object_or_404(User, pk=pk))


@require_POST
@needs("crm.set_role")
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST, by=me(request))
    if not form.is_valid():
        return _colleague(request, user, role_form=form)
    try:
        change_role(user, form.cleaned_data["role"], by=me(request), at=timezone.now())
    except TeamRefused as refused:
        form.add_error("role", str(refused))
        return _colleague(request, user, role_form=form)
    messages.success(request, _("%(name)s is now %(role)s.") % {"name": user, "role": user.get_role_display()})
    return redirect("team-colleague", pk=pk)


@require_POST
@needs("crm.set_brand_access")
def brands(request: HttpRequest, pk: int) -> HttpResponse:
    """The brands a colleague works for."""
    user = get_object_or_404(User, pk=pk)
    form = BrandsForm(request.POST)
    if not form.is_valid():
        return _colleague(request, user, brands_form=form)
    set_brands(user, form.brand_ids(), by=me(request), at=timezone.now())
    messages.success(request, _("The brands of %(name)s are saved.") % {"name": user})
    return redirect("team-colleague", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.deactivate_colleague")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account: the page tells what happens, the button does it."""
    user = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return render(request, "crm/team/deactivate.html", {"colleague": user, "parts": preview(user)})
    return _attempt(
        request, user, deactivate, _("The account of %(name)s is closed and every session has ended.") % {"name": user}
    )


@require_POST
@needs("crm.deactivate_colleague")
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    user = get_object_or_404(User, pk=pk)
    return _attempt(request, user, reactivate, _("%(name)s can sign in again.") % {"name": user})


@require_POST
@needs("crm.invite_colleague")
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for an invitation."""
    invitation = get_object_or_404(Invitation.objects.visible_to(me(request)), pk=pk)
    return _settle(request, invitation, invitations.resend, _("A new invitation is on its way to %(email)s."))


@require_POST
@needs("crm.invite_colleague")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.visible_to(me(request)), pk=pk)
    return _settle(request, invitation, invitations.withdraw, _("The invitation of %(email)s no longer works."))


def _colleague(request: HttpRequest, user: User, **bound: RoleForm | BrandsForm) -> HttpResponse:
    context = {
        "colleague": user,
        "may_change": user.role in roles_given_by(me(request)),
        "walls": walls_are_on(),
        "role_form": RoleForm(by=me(request), initial={"role": user.role}),
        "brands_form": BrandsForm(initial={"brands": user.brand_access.values_list("brand_id", flat=True)}),
        **bound,
    }
    return render(request, "crm/team/colleague.html", context, status=422 if bound else 200)


def _attempt(request: HttpRequest, user: User, act: Callable[..., None], done: str) -> HttpResponse:
    try:
        act(user, by=me(request), at=timezone.now())
    except OpenWork as refused:
        messages.error(request, str(refused))
        return redirect("team-deactivate", pk=user.pk)
    except TeamRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("team-colleague", pk=user.pk)


def _settle(request: HttpRequest, invitation: Invitation, act: Callable[..., None], done: str) -> HttpResponse:
    try:
        act(invitation, by=me(request), at=timezone.now())
    except TeamRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done % {"email": invitation.email})
    return redirect("team")

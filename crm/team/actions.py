"""Who works here: invite, join, change of role, leave. Every change is told in the audit."""

import datetime as dt
from collections.abc import Collection

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.team.models import Invitation, Role, User
from crm.team.places import has_left, owned
from crm.timeline.record import Actor, record


class TeamRefused(Exception):
    """The change would harm the team; nothing was changed. `str(error)` tells a person why and what to do."""


class OpenWork(TeamRefused):
    """She still answers for something; it has to be handed over first."""


def roles_given_by(user: User) -> list[Role]:
    """The roles this colleague may hand out: only owners make owners."""
    return [role for role in Role if role != Role.OWNER or user.has_perm("crm.appoint_owner")]


def change_role(user: User, role: Role, *, by: User, at: dt.datetime) -> None:
    """Give a colleague another role. Raises TeamRefused when `by` may not, or when the last owner would be lost."""
    with transaction.atomic():
        owners = _locked_owners()
        before = Role(User.objects.select_for_update().get(pk=user.pk).role)
        if before == role:
            return
        _refuse_others_owners(by, before, role)
        if owners == {user.pk}:
            raise TeamRefused(
                _("%(name)s is the only owner. Make somebody else owner first, then change this role.") % {"name": user}
            )
        User.objects.filter(pk=user.pk).update(role=role, updated_at=at)
        record(
            "team.role_changed",
            gettext_lazy("%(name)s is now %(role)s"),
            params={"name": user, "role": role.label},
            changes={"role": (before, role)},
            subject=user,
            actor=Actor.user(by),
            at=at,
        )
    user.role = role


def deactivate(user: User, *, by: User, at: dt.datetime) -> None:
    """Close a colleague's account: her sessions end at once, so do invitations to her and from her, her calendars and
    whatever else she handed out (the place `has_left`); her rows stay.

    Raises TeamRefused for oneself, for owners unless `by` is one, for the last owner, and while she has open work.
    """
    if user.pk == by.pk:
        raise TeamRefused(_("You cannot close your own account. Ask another owner or admin to do it."))
    with transaction.atomic():
        owners = _locked_owners()
        _refuse_others_owners(by, user.role)
        if owners == {user.pk}:
            raise TeamRefused(_("%(name)s is the only owner. Make somebody else owner first.") % {"name": user})
        User.objects.select_for_update().get(pk=user.pk)
        _refuse_open_work(user)
        if not User.objects.active().filter(pk=user.pk).update(is_active=False, updated_at=at):
            return
        hers = Q(email__iexact=user.email) | Q(invited_by=user)
        Invitation.objects.unsettled().filter(hers).update(withdrawn_at=at, updated_at=at)
        _end_sessions(user)
        for placed in has_left.all():
            placed.call(user, Actor.user(by), at)
        _tell(user, "team.deactivated", gettext_lazy("%(name)s no longer works with Mitra"), by, at)
    user.is_active = False


def reactivate(user: User, *, by: User, at: dt.datetime) -> None:
    """Open a closed account again; the old password works, old sessions stay ended."""
    with transaction.atomic():
        _refuse_others_owners(by, user.role)
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True, updated_at=at):
            return
        _tell(user, "team.reactivated", gettext_lazy("%(name)s works with Mitra again"), by, at)
    user.is_active = True


def set_brands(user: User, brand_ids: Collection[int], *, by: User, at: dt.datetime) -> None:
    """Say which brands a colleague works for. It counts only while the organisation's brand walls are on."""
    with transaction.atomic():
        before = set(user.brand_access.select_for_update().values_list("brand_id", flat=True))
        wanted = set(brand_ids)
        if before == wanted:
            return
        user.brand_access.exclude(brand_id__in=wanted).delete()
        for brand_id in sorted(wanted - before):
            user.brand_access.create(brand_id=brand_id)
        record(
            "team.brands_changed",
            gettext_lazy("%(name)s now works for %(count)s brands"),
            params={"name": user, "count": len(wanted)},
            changes={"brands": (sorted(before), sorted(wanted))},
            subject=user,
            actor=Actor.user(by),
            at=at,
        )
    user.forget_brands()


def _locked_owners() -> set[int]:
    """Every acting owner, locked until the transaction ends; on SQLite the write transaction itself is the lock."""
    return set(User.objects.select_for_update().owners().order_by("pk").values_list("pk", flat=True))


def _refuse_others_owners(by: User, *roles: str) -> None:
    if Role.OWNER in roles and not by.has_perm("crm.appoint_owner"):
        raise TeamRefused(_("Only an owner can change who is an owner. Ask one of them."))


def _refuse_open_work(user: User) -> None:
    """Nothing stays behind with somebody who cannot sign in: it is handed over first."""
    left = [placed.words["label"] for placed in owned.all() if placed.call().of(user).exists()]
    if left:
        told = {"name": user, "what": ", ".join(str(label) for label in left)}
        raise OpenWork(_("%(name)s still has: %(what)s. Hand that over first.") % told)


def _end_sessions(user: User) -> None:
    UserSession.objects.filter(user=user).delete()
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def _tell(user: User, verb: str, sentence: object, by: User, at: dt.datetime) -> None:
    record(verb, sentence, params={"name": user}, subject=user, actor=Actor.user(by), at=at)

"""Colleagues, invitations and their ways to sign in. Passwords are never shown; accounts are closed, not deleted."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, carry_out, say_done
from crm.team import invitations
from crm.team.actions import TeamRefused, deactivate, reactivate
from crm.team.emails import send_password_reset
from crm.team.models import HandOver, Invitation, Leave, User
from crm.team.views.access import me

# Roles stand in place of groups; the ways to sign in are shown below without their secrets.
admin.site.unregister([Group, EmailAddress, Authenticator, UserSession])


@admin.register(User)
class UserAdmin(HouseAdmin[User]):
    """Colleagues. They join by invitation; role, brands and leaving are also on the Team page, with the same rules."""

    list_display = ("name", "email", "role", "language", "zone", "is_active", "last_login")
    list_filter = ("is_active", "role", "language", "digest")
    search_fields = ("name", "email", "phone")
    date_hierarchy = "created_at"
    ordering = ("name", "id")
    fields = (
        "name", "email", "role", "is_active", "phone", "language", "zone", "theme", "digest", "last_login",
        "created_at",
    )  # fmt: skip
    readonly_fields = ("role", "is_active", "last_login", "created_at")
    actions = ("close_accounts", "open_accounts", "send_password_links")
    may_add = False

    @admin.action(description=_("Close the accounts"))
    def close_accounts(self, request: HttpRequest, rows: "QuerySet[User]") -> None:
        now, by = timezone.now(), me(request)
        carry_out(self, request, rows, lambda user: deactivate(user, by=by, at=now), (TeamRefused,))

    @admin.action(description=_("Open the accounts again"))
    def open_accounts(self, request: HttpRequest, rows: "QuerySet[User]") -> None:
        now, by = timezone.now(), me(request)
        carry_out(self, request, rows, lambda user: reactivate(user, by=by, at=now), (TeamRefused,))

    @admin.action(description=_("Send a link for a new password"))
    def send_password_links(self, request: HttpRequest, rows: "QuerySet[User]") -> None:
        sent = [send_password_reset(user, timezone.now()) for user in rows.filter(is_active=True)]
        say_done(self, request, len([email for email in sent if email is not None]))


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin[Invitation]):
    list_display = ("email", "role", "invited_by", "expires_at", "accepted_at", "withdrawn_at")
    list_filter = (
        "role", ("accepted_at", admin.EmptyFieldListFilter), ("withdrawn_at", admin.EmptyFieldListFilter),
    )  # fmt: skip
    list_select_related = ("invited_by",)
    search_fields = ("email", "name")
    date_hierarchy = "created_at"
    actions = ("withdraw",)

    @admin.action(description=_("Withdraw the invitations"))
    def withdraw(self, request: HttpRequest, rows: "QuerySet[Invitation]") -> None:
        now, by = timezone.now(), me(request)
        carry_out(self, request, rows, lambda row: invitations.withdraw(row, by=by, at=now), (TeamRefused,))


@admin.register(Leave)
class LeaveAdmin(ReadOnlyAdmin[Leave]):
    list_display = ("user", "deputy", "first_on", "last_on", "withdrawn_at")
    list_filter = ("first_on", "last_on")
    list_select_related = ("user", "deputy")
    search_fields = ("user__name", "deputy__name")
    date_hierarchy = "first_on"


@admin.register(HandOver)
class HandOverAdmin(ReadOnlyAdmin[HandOver]):
    list_display = ("giver", "taker", "decided_by", "created_at", "undone_at")
    list_filter = (("undone_at", admin.EmptyFieldListFilter),)
    list_select_related = ("giver", "taker", "decided_by")
    search_fields = ("giver__name", "taker__name")
    date_hierarchy = "created_at"


@admin.register(Authenticator)
class SecondStepAdmin(ReadOnlyAdmin[Authenticator]):
    """Apps, keys and codes without their secrets. Removing one helps a colleague whose phone is lost."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    fields = ("user", "type", "created_at", "last_used_at")
    actions = None
    may_delete = True


@admin.register(UserSession)
class SessionAdmin(ReadOnlyAdmin[UserSession]):
    """Browsers that are signed in."""

    list_display = ("user", "ip", "user_agent", "created_at", "last_seen_at")
    list_filter = ("last_seen_at",)
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email", "ip")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    fields = ("user", "ip", "user_agent", "created_at", "last_seen_at")
    actions = ("end_sessions",)

    @admin.action(description=_("Sign these browsers out"))
    def end_sessions(self, request: HttpRequest, rows: "QuerySet[UserSession]") -> None:
        carry_out(self, request, rows, lambda session: session.end(), ())

"""Questions about the team."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from crm.base.models import Organisation
from crm.outbox.models import Email
from crm.team.models import Invitation, InvitationQuerySet, Leave, User


def brands() -> "QuerySet[Any]":
    """The brands a colleague may be given. Their room is above this one, so it is named, not imported."""
    return apps.get_model("crm", "Brand")._default_manager.running()


def colleagues(on: dt.date) -> "QuerySet[User]":
    """Everybody with an account, those who work here first, with brands and the leave of that day, each in one query."""
    everybody: QuerySet[User] = User.objects.order_by("-is_active", "name", "pk")
    away = Leave.objects.ahead(on).filter(first_on__lte=on).select_related("deputy")
    return everybody.prefetch_related("brand_access__brand", Prefetch("leaves", away, to_attr="away"))


def unsettled_invitations(user: User, now: dt.datetime) -> InvitationQuerySet:
    """Invitations nobody has used or withdrawn; the expired ones stay in view so that they can be sent again."""
    is_open = ExpressionWrapper(Q(expires_at__gt=now), output_field=BooleanField())
    unsettled = Invitation.objects.visible_to(user).unsettled().annotate(is_open=is_open)
    return unsettled.select_related("invited_by").order_by("-created_at", "-pk")


def nobody_works_here() -> bool:
    """Whether the house is still empty: the first-run page is open only then."""
    return not User.objects.exists()


def walls_are_on() -> bool:
    return Organisation.load().brand_walls


def tier_schemes() -> list[tuple[str, str]]:
    """The ways to sort accounts by followers, as choices; their room is above this one."""
    schemes = apps.get_model("crm", "TierScheme")._default_manager.order_by("name").values_list("code", "name")
    return [*schemes] or [(Organisation._meta.get_field("tier_scheme").default, _("As delivered"))]


@dataclass(frozen=True)
class SignIn:
    """How somebody proves who she is, besides the password."""

    app: bool
    keys: int
    codes_left: int
    sessions: int


def ways_to_sign_in(user: User) -> SignIn:
    """The second factors and running sessions of an account."""
    kinds = list(Authenticator.objects.filter(user=user))
    codes = [kind.wrap() for kind in kinds if kind.type == Authenticator.Type.RECOVERY_CODES]
    return SignIn(
        app=any(kind.type == Authenticator.Type.TOTP for kind in kinds),
        keys=sum(kind.type == Authenticator.Type.WEBAUTHN for kind in kinds),
        codes_left=sum(len(code.get_unused_codes()) for code in codes),
        sessions=UserSession.objects.filter(user=user).count(),
    )


def last_test_letter(user: User) -> Email | None:
    """The newest test message to this colleague."""
    return Email.objects.filter(name="test_mail", contact=user.contact_id).newest_first().first()


def mail_server() -> str:
    """Where outgoing mail is handed over, for people who set it up: host and port, or the kind of stand-in."""
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    return settings.EMAIL_BACKEND.rsplit(".", 2)[-2]

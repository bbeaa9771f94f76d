"""Letters to colleagues: the words are in crm/outbox/letters.py, the links are made here as a message leaves."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.base.models import Organisation
from crm.base.zones import zone_info
from crm.outbox.checks import refuse_sending
from crm.outbox.compose import enqueue
from crm.outbox.delivery import Batch, lease
from crm.outbox.late import late_field
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import reason
from crm.outbox.transports import open_transport
from crm.team.models import HandOver, Invitation, Leave, Role, User
from crm.team.tokens import RESET_TOKENS

LEFT = _("This colleague no longer works with Mitra.")


def send_invitation(invitation: Invitation, at: dt.datetime) -> Email | None:
    """The letter with the link; a second letter for the same invitation has a key of its own."""
    guest = _guest(invitation)
    inviter = invitation.invited_by
    return enqueue(
        "invitation",
        to=guest,
        key=f"invitation/{invitation.pk}/{at.isoformat()}",
        at=at,
        context={
            "inviter": str(inviter),
            "role": Role(invitation.role).label,
            "valid_until": localtime(invitation.expires_at, zone_info(guest.zone)).date(),
        },
        late_fields={"invitation": {"invitation": invitation.pk}},
        from_name=f"{inviter}, {Organisation.load()}",
        reply_to=inviter.email if inviter else "",
        urgent=True,
        ignores_quiet_hours=True,
    )


def send_password_reset(user: User, at: dt.datetime) -> Email | None:
    """A link for a new password; at most one letter a minute for one person."""
    return enqueue(
        "password_reset",
        to=_contact(user),
        key=f"password_reset/{user.pk}/{at:%Y%m%d%H%M}",
        at=at,
        context={},
        late_fields={"password_reset": {"user": user.pk}},
    )


def send_notice(user: User, notice: Any, message: Any, at: dt.datetime) -> Email | None:
    """Tell a colleague that something about her sign-in changed. `message` is lazy, with %(when)s in it."""
    contact = _contact(user)
    with override(contact.language):
        moment = date_format(localtime(at, zone_info(contact.zone)), "j F Y, H.i")
        told = str(message) % {"when": moment}
    return enqueue(
        "account_notice",
        to=contact,
        key=f"account_notice/{user.pk}/{at.isoformat()}",
        at=at,
        context={"notice": notice, "message": told},
        urgent=True,
        ignores_quiet_hours=True,
    )


def send_test_letter(user: User, at: dt.datetime) -> Email | None:
    """A message that only proves that mail leaves."""
    return enqueue(
        "test_mail",
        to=_contact(user),
        key=f"test_mail/{user.pk}/{at.isoformat()}",
        at=at,
        context={},
        urgent=True,
        ignores_quiet_hours=True,
    )


def send_stand_in(leave: Leave, by: User, at: dt.datetime) -> Email | None:
    """Tell the deputy for whom she stands in, and from when to when."""
    return enqueue(
        "stand_in",
        to=_contact(leave.deputy),
        key=f"stand_in/{leave.pk}",
        at=at,
        context={
            "colleague": str(leave.user),
            "first_day": leave.first_on,
            "last_day": leave.last_on,
            "url": settings.BASE_URL + reverse("today"),
        },
        reply_to=leave.user.email,
    )


def send_handed_over(done: HandOver, by: User, at: dt.datetime) -> Email | None:
    """Tell the taker what she answers for now."""
    return enqueue(
        "handed_over",
        to=_contact(done.taker),
        key=f"handed_over/{done.pk}",
        at=at,
        context={
            "colleague": str(done.giver),
            "count": sum(len(pks) for pks in done.moved.values()),
            "by": str(by),
            "url": settings.BASE_URL + reverse("today"),
        },
        reply_to=by.email,
    )


@late_field("invitation")
def invitation_link(email: Email, params: dict[str, Any]) -> str:
    """The address in an invitation: the same for every try at sending it, and stored nowhere."""
    invitation = Invitation.objects.get(pk=params["invitation"])
    return f"{settings.BASE_URL}{reverse('team-accept', args=[token_of(invitation)])}"


@late_field("password_reset")
def password_reset_link(email: Email, params: dict[str, Any]) -> str:
    """The address for a new password; dies with the old password, the next sign-in, a new address or the account."""
    user = User.objects.get(pk=params["user"])
    key = {"uidb36": user_pk_to_url_str(user), "key": RESET_TOKENS.make_token(user)}
    return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"


def token_of(invitation: Invitation) -> str:
    """The secret of an invitation's present link: 256 bits from the server's key; a new date makes a new one."""
    what = f"{invitation.pk}/{invitation.email}/{int(invitation.expires_at.timestamp() * 1_000_000)}"
    return salted_hmac("crm.team.invitation", what, algorithm="sha256").hexdigest()


def _guest(invitation: Invitation) -> Contact:
    """Whom the letter goes to, until she has an account."""
    house = Organisation.load()
    known = Contact.objects.filter(kind=Contact.Kind.GUEST, email=invitation.email).first()
    return known or Contact.objects.create(
        kind=Contact.Kind.GUEST,
        name=invitation.name or invitation.email,
        email=invitation.email,
        language=house.language,
        zone=house.zone,
    )


def _contact(user: User) -> Contact:
    if user.contact is None:
        user.save(update_fields=["contact"])
    assert user.contact is not None
    return user.contact


def try_now(email: Email, clock: Callable[[], dt.datetime]) -> None:
    """Hand this one message over while somebody waits for the answer; what came of it stands in the row."""
    token, now = str(uuid.uuid4()), clock()
    claimed = Email.objects.filter(pk=email.pk).claim(1, token=token, now=now, until=now + lease())
    if not claimed:
        return
    transport = open_transport()
    try:
        Batch(claimed, token, clock).send(transport)
    finally:
        transport.close()


@refuse_sending("left")
def to_somebody_who_left(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """Messages to colleagues whose account is closed: nobody here, nobody to tell."""
    addressed = {email.contact_id for email in emails}
    closed = User.objects.filter(is_active=False, contact__in=addressed)
    gone = set(closed.values_list("contact_id", flat=True))
    return {email.pk: reason(LEFT) for email in emails if email.contact_id in gone}

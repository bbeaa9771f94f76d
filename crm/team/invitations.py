"""Nobody signs up: colleagues are invited by a link that works once, for seven days."""

import datetime as dt
import hashlib
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.models import Organisation
from crm.outbox.models import Contact
from crm.team.actions import TeamRefused, roles_given_by
from crm.team.emails import send_invitation, token_of
from crm.team.models import Invitation, Role, User
from crm.team.queries import brands
from crm.timeline.record import Actor, record

VALID_FOR = dt.timedelta(days=7)


def invite(
    email: str, role: Role, *, by: User, at: dt.datetime, name: str = "", brand_ids: Collection[int] = ()
) -> Invitation:
    """Invite somebody and send the link. Raises TeamRefused when she is here already or `by` may not give the role."""
    email = email.strip().lower()
    if role not in roles_given_by(by):
        raise TeamRefused(_("Only an owner can invite another owner. Choose another role."))
    with transaction.atomic():
        _one_at_a_time()
        _refuse_known(email, at)
        invitation = Invitation(
            email=email, name=name, role=role, invited_by=by, brand_refs=sorted(brand_ids), expires_at=at + VALID_FOR
        )
        _seal(invitation)
        _tell(invitation, "team.invited", gettext_lazy("%(email)s was invited as %(role)s"), by, at)
        send_invitation(invitation, at)
    return invitation


def resend(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """Send a new link for another seven days; the old one stops working. Raises TeamRefused once it is settled."""
    with transaction.atomic():
        fresh = _unsettled(invitation)
        fresh.expires_at = at + VALID_FOR
        _seal(fresh)
        _tell(fresh, "team.invited_again", gettext_lazy("%(email)s was invited again as %(role)s"), by, at)
        send_invitation(fresh, at)


def withdraw(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """Make the link stop working. Raises TeamRefused once it is settled."""
    with transaction.atomic():
        fresh = _unsettled(invitation)
        fresh.withdrawn_at = at
        fresh.save(update_fields=["withdrawn_at", "updated_at"])
        _tell(fresh, "team.invitation_withdrawn", gettext_lazy("The invitation of %(email)s was withdrawn"), by, at)


def find(token: str, now: dt.datetime) -> Invitation | None:
    """The open invitation behind a link; unknown, expired, used and withdrawn look the same."""
    return Invitation.objects.open(now).filter(token_sha256=_digest(token)).select_related("invited_by").first()


def accept(invitation: Invitation, *, name: str, password: str, language: str, at: dt.datetime) -> User:
    """Make the account. Of two people pressing at once one joins; the other meets TeamRefused."""
    gone = TeamRefused(_("This invitation has been used or withdrawn. Ask for a new one."))
    try:
        with transaction.atomic():
            taken = Invitation.objects.open(at).filter(pk=invitation.pk).update(accepted_at=at, updated_at=at)
            if not taken:
                raise gone
            user = _join(invitation, name=name, password=password, language=language, at=at)
            Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    except IntegrityError as twice:
        raise gone from twice
    return user


def _join(invitation: Invitation, *, name: str, password: str, language: str, at: dt.datetime) -> User:
    guest = Contact.objects.filter(kind=Contact.Kind.GUEST, email=invitation.email).first()
    if guest is not None:
        guest.kind = Contact.Kind.COLLEAGUE
        guest.save(update_fields=["kind", "updated_at"])
    user: User = User.objects.create_user(
        invitation.email,
        password,
        name=name,
        role=invitation.role,
        language=language,
        zone=Organisation.load().zone,
        contact=guest,
    )
    for brand in brands().filter(pk__in=invitation.brand_refs):
        user.brand_access.create(brand=brand)
    sentence = gettext_lazy("%(name)s joined as %(role)s")
    params = {"name": user, "role": Role(user.role).label}
    record("team.joined", sentence, params=params, subject=user, actor=Actor.user(user), at=at)
    return user


def _one_at_a_time() -> None:
    Organisation.load()
    Organisation.objects.select_for_update().get(pk=1)


def _refuse_known(email: str, at: dt.datetime) -> None:
    known = User.objects.filter(email__iexact=email).first()
    if known is not None and known.is_active:
        raise TeamRefused(_("%(email)s already works here, as %(name)s.") % {"email": email, "name": known})
    if known is not None:
        raise TeamRefused(
            _("%(email)s worked here before. Open the account of %(name)s again instead.")
            % {"email": email, "name": known}
        )
    if Invitation.objects.open(at).filter(email__iexact=email).exists():
        raise TeamRefused(_("%(email)s is invited already. Send that invitation again instead.") % {"email": email})


def _unsettled(invitation: Invitation) -> Invitation:
    """The row as it is now, locked. An expired one may still be sent again or withdrawn."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.accepted_at is not None or fresh.withdrawn_at is not None:
        raise TeamRefused(_("This invitation is settled already. Reload the page to see it as it is."))
    return fresh


def _seal(invitation: Invitation) -> None:
    """Save it with the hash of its present link."""
    if invitation.pk is None:
        invitation.token_sha256 = _digest(f"new/{invitation.email}/{invitation.expires_at.isoformat()}")
        invitation.save()
    invitation.token_sha256 = _digest(token_of(invitation))
    invitation.save(update_fields=["token_sha256", "expires_at", "updated_at"])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _tell(invitation: Invitation, verb: str, sentence: object, by: User, at: dt.datetime) -> None:
    params = {"email": invitation.email, "role": Role(invitation.role).label}
    record(verb, sentence, params=params, subject=invitation, actor=Actor.user(by), at=at)

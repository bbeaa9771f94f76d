"""The organisation itself: opened once by its first owner, changed by its keepers."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.models import Organisation
from crm.team.actions import TeamRefused
from crm.team.models import Role, User
from crm.timeline.record import Actor, record


def open_house(
    *, organisation: str, currency: str, zone: str, language: str, name: str, email: str, password: str, at: dt.datetime
) -> User:
    """Make the first owner and the settings. Of two people at once the second meets TeamRefused."""
    with transaction.atomic():
        house = _locked()
        if User.objects.exists():
            raise TeamRefused(_("Somebody has set this up already. Sign in, or ask the owner for an invitation."))
        house.name, house.currency, house.zone, house.language = organisation, currency, zone, language
        house.opened_at = at
        house.save()
        owner: User = User.objects.create_user(
            email, password, name=name, role=Role.OWNER, language=language, zone=zone
        )
        sentence = gettext_lazy("%(name)s opened %(house)s")
        params = {"name": owner, "house": house}
        record("team.house_opened", sentence, params=params, subject=house, actor=Actor.user(owner), at=at)
    return owner


def change_settings(house: Organisation, before: Mapping[str, Any], *, by: User, at: dt.datetime) -> None:
    """Save changed settings and tell what they were before."""
    changes = {name: (old, getattr(house, name)) for name, old in before.items() if old != getattr(house, name)}
    if not changes:
        return
    with transaction.atomic():
        _locked()
        house.save(update_fields=list(changes))
        record(
            "settings.changed",
            gettext_lazy("The settings of %(house)s were changed"),
            params={"house": house},
            changes=changes,
            subject=house,
            actor=Actor.user(by),
            at=at,
        )


def _locked() -> Organisation:
    """The settings row, locked until the transaction ends."""
    Organisation.load()
    return Organisation.objects.select_for_update().get(pk=1)

"""The parts of the page about privacy."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.team.models import User

TABS: tuple[tuple[str, Any, str], ...] = (
    ("privacy-requests", _("Requests"), "crm.view_privacy"),
    ("privacy-holds", _("Holds"), "crm.view_privacy"),
    ("privacy-consents", _("Consents"), "crm.view_privacy"),
    ("privacy-incidents", _("Data incidents"), "crm.view_incident"),
    ("privacy-retention", _("How long what is kept"), "crm.view_privacy"),
)
"""The name of each part's page, its words, and who may see it. The first is the way in."""


def tabs_for(user: User, active: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(name), "active": name == active}
        for name, label, verb in TABS
        if user.has_perm(verb)
    ]

"""The parts of exclusivity that have a list of their own."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.team.models import User


def exclusivity_tabs(user: User, here: str) -> list[dict[str, Any]]:
    """Findings, cases, who is barred: those this colleague may open."""
    parts = [
        ("findings", _("Findings"), "crm.view_finding"),
        ("cases", _("Cases"), "crm.view_case"),
        ("barred-people", _("Who is barred"), "crm.view_influencer"),
    ]
    return [
        {"label": label, "url": reverse(name), "active": name == here}
        for name, label, permission in parts
        if user.has_perm(permission)
    ]

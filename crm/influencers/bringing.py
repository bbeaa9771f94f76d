"""People can be brought in from a file."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from crm.influencers.places import import_kind

if TYPE_CHECKING:
    from crm.team.models import User


@import_kind(
    "people",
    order=10,
    label=_("People"),
    text=_("A sheet of influencers: names, accounts, numbers, contacts, prices."),
    runs=("imports",),
    start=("import-new",),
)
def people(user: "User") -> bool:
    return user.has_perm("crm.import_influencer")

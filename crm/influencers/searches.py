"""People in the search of the whole house."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.formats import count_short
from crm.base.places import Found, searchable
from crm.influencers.models import Influencer
from crm.influencers.queries.search import called
from crm.outbox.models import Contact
from crm.team.models import User


@searchable("influencers", label=_("People"), order=10)
def find_people(user: User, words: str, limit: int) -> list[Found]:
    """People whose name or handle contains the words, those with most followers first."""
    if not user.has_perm("crm.view_influencer"):
        return []
    rows = called(Influencer.objects.visible_to(user).present(), words)
    found = rows.order_by("-followers_rank", "-id").values_list(
        "pk", "stage_name", "main_handle", "followers", "city", "main_platform__icon"
    )[:limit]
    return [
        Found(name, _detail(handle, followers, city), reverse("person", args=[pk]), icon or "person")
        for pk, name, handle, followers, city, icon in found
    ]


@searchable("contacts", label=_("Agents and contacts"), order=15)
def find_contacts(user: User, words: str, limit: int) -> list[Found]:
    """Agents, guardians and other contacts by name or agency; their addresses are looked for, never shown here."""
    if not user.has_perm("crm.view_contact"):
        return []
    said = Q(name__icontains=words) | Q(agency__icontains=words) | Q(email__icontains=words)
    others = Contact.objects.visible_to(user).filter(kind__in=[Contact.Kind.AGENT, Contact.Kind.GUARDIAN])
    rows = others.filter(said).order_by("name", "pk").values_list("pk", "name", "agency", "kind")[:limit]
    return [
        Found(name, agency or str(Contact.Kind(kind).label), reverse("contact", args=[pk]), "person-lines-fill")
        for pk, name, agency, kind in rows
    ]


def _detail(handle: str, followers: int | None, city: str) -> str:
    said = [f"@{handle}" if handle else "", "" if followers is None else count_short(followers), city]
    return ", ".join(part for part in said if part)

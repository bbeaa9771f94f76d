"""Who asks in a benchmark, and where a deep page begins."""

from django.test import Client

from crm.base.models import Organisation
from crm.base.paging import Cursor
from crm.influencers.models import Influencer
from crm.team.models import User


def cast() -> tuple[dict[str, User], dict[str, str]]:
    """A coordinator and an owner, signed in: their accounts and their session cookies."""
    Organisation.load()
    people, cookies = {}, {}
    for role in ("coordinator", "owner"):
        people[role] = User.objects.create_user(
            f"{role}@bench.example", None, name=f"{role} bench", role=role, language="en"
        )
        client = Client()
        client.force_login(people[role])
        cookies[role] = client.cookies["sessionid"].value
    return people, cookies


def deep_cursor(share: float) -> str:
    """The cursor behind so much of the list."""
    place = int(Influencer.objects.count() * share)
    at, pk = Influencer.objects.newest_first().values_list("created_at", "pk")[place]
    return str(Cursor("newest", at, pk))

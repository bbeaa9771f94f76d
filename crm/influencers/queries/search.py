"""Finding people by what they are called: stage name, or a handle on any platform."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from crm.influencers.models import Influencer, SocialAccount

SHORT = 3
FEW = 2_000


def named_like(text: str) -> "QuerySet[Any, Any]":
    """Ids of people whose name or handle contains the text; so short a text must begin the name or handle.

    Two narrow questions joined by UNION, each with its own trigram index; a plain OR would read every row.
    """
    how = "contains" if len(text) >= SHORT else "startswith"
    sought = text.removeprefix("@")
    names = Influencer.objects.order_by().filter(**{f"name_key__{how}": _as_kept(sought)})
    handles = SocialAccount.objects.order_by().filter(**{f"handle__{how}": sought.lower()})
    joined: QuerySet[Any, Any] = names.values("pk").union(handles.values("influencer_id"))
    return joined


def _as_kept(text: str) -> str:
    """As the database's own UPPER keeps names: SQLite leaves letters beyond ASCII as they are."""
    return text.upper() if connection.vendor == "postgresql" else text


def ids_like(text: str) -> "list[int] | QuerySet[Any, Any]":
    """The ids themselves while they are few, so that the page and its count search once; else the question."""
    found = [pk for (pk,) in named_like(text).values_list("pk")[: FEW + 1]]
    return found if len(found) <= FEW else named_like(text)

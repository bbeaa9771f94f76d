"""Finding people by what they are called: stage name, or a handle on any platform."""

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import RawSQL

from crm.influencers.models import Influencer, SocialAccount
from crm.influencers.models.people import InfluencerQuerySet

SHORT = 3
FEW = 10_000


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


def called(rows: InfluencerQuerySet, text: str) -> InfluencerQuerySet:
    """Those of the rows who are called like this. The page and its count share one search while it finds few enough."""
    found = [pk for (pk,) in named_like(text).values_list("pk")[: FEW + 1]]
    return among(rows, found) if len(found) <= FEW else rows.filter(pk__in=named_like(text))


class AmongThem(Func):
    """`id = ANY(array)`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def among(rows: InfluencerQuerySet, ids: list[int]) -> InfluencerQuerySet:
    """Those of the rows with these ids, handed over as one value: a long IN list is costly to write and to plan."""
    if connection.vendor == "postgresql":
        listed = Value(ids, output_field=ArrayField(BigIntegerField()))
        return rows.filter(AmongThem(F("pk"), listed))
    return rows.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)]))

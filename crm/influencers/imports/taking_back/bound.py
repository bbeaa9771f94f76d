"""What else points at rows an import made: nobody loses what others added to them since."""

from collections import defaultdict
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from crm.influencers.models import (
    ImportRun,
    Influencer,
    LookAlike,
    Merge,
    MetricSnapshot,
    Note,
    RateCard,
    Representation,
    SocialAccount,
)
from crm.outbox.models import Contact

Made = dict[type[models.Model], list[int]]
"""Rows an import made, per table."""

BY_KEY = (Note, RateCard, SocialAccount)


@cache
def pointers(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Every foreign key of every room that holds rows of this table in place: new features are seen unasked."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is models.DO_NOTHING:
            continue
        there: Any = relation.related_model
        if there is not Influencer.niches.through:
            found.append((there, relation.field.attname))
    return found


def holding(model: type[models.Model], made: Made, run: ImportRun, people: list[int]) -> dict[int, list[str]]:
    """For rows of `model` the import made about `people`: the tables where something it did not make points at them."""
    held: dict[int, list[str]] = defaultdict(list)
    pks = made.get(model, [])
    if not pks:
        return held
    for there, column in pointers(model):
        rows = _not_made(there, made, run, people).filter(**{f"{column}__among": pks})
        for pk in rows.order_by().values_list(column, flat=True).distinct():
            held[pk].append(there._meta.label_lower)
    return held


def _not_made(there: type[models.Model], made: Made, run: ImportRun, people: list[int]) -> "models.QuerySet[Any]":
    rows: models.QuerySet[Any] = there._base_manager.all()
    if there in (Influencer, Merge):
        # Who was merged is asked by herself; a pair that was parted again holds nobody.
        return rows.none()
    if there in BY_KEY:
        return rows.exclude(pk__among=made.get(there, []))
    if there is Representation:
        return rows.exclude(contact_id__among=made.get(Contact, []), influencer_id__among=people)
    if there is LookAlike:
        return rows.exclude(status=LookAlike.Status.OPEN)
    if there is MetricSnapshot:
        return rows.filter(withdrawn_at__isnull=True).exclude(import_run_id=run.pk)
    names = {field.name for field in there._meta.concrete_fields}
    if "import_run" in names:
        # What other rooms keep of an import goes with it, see `declared_bars`, unless somebody has confirmed it.
        return rows.exclude(import_run_id=run.pk, **({"confirmed_at": None} if "confirmed_at" in names else {}))
    return rows


def table_name(label: str) -> str:
    """What a table is called, for a person."""
    return str(apps.get_model(label)._meta.verbose_name_plural)

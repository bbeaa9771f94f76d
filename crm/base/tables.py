"""Whether tables hold anything at all: one short question that spares many wide ones."""

from collections.abc import Collection

from django.apps import apps
from django.db import connection


def filled(labels: Collection[str]) -> set[str]:
    """Those of these models ("crm.Contract") whose tables hold a row: one question however many there are."""
    models = sorted(set(labels))
    if not models:
        return set()
    tables = (connection.ops.quote_name(apps.get_model(label)._meta.db_table) for label in models)
    questions = ", ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)  # noqa: S608 - names of our models
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {questions}")
        answers = cursor.fetchone()
    return {label for label, holds in zip(models, answers, strict=True) if holds}

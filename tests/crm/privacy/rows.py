"""A row about a person in every table that says it holds something about her, made from what the columns ask for."""

import datetime as dt
from typing import Any

from django.db import models

from campaigns.samples.models import ShipmentItem
from crm.ambassadors.models import AmbassadorDeal
from crm.base.hers import Her
from crm.base.places import her_data
from crm.brands.models import Brand
from tests.crm.privacy.canary import a_file
from tests.factories.house_rows import incident_of

DAY = dt.date(2026, 11, 24)
NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
LATER = ("expires_at", "due_at")


def asked(key: str, her: Her) -> dict[str, Any]:
    """What constraints ask for beyond the columns."""
    if key == "crm.Consent":
        return {"given_at": NOON, "purpose": "portfolio"}
    if key == "crm.CarveOut":
        return {"brand": Brand.objects.first()}
    if key == "crm.CommissionRule":
        return {"deal": AmbassadorDeal.objects.first()}
    if key == "crm.Signature":
        return {"how": "name"}
    if key == "crm.EmailFile":
        return {"file": a_file()}
    if key == "crm.IncidentPerson":
        return {"incident": incident_of()}
    if key == "campaigns.ReturnItem":
        shipment = her_data["campaigns.Shipment"].call(her).first()
        item = shipment.request.items.first()
        return {"contents": ShipmentItem.objects.create(shipment=shipment, item=item, quantity=1)}
    return {}


def add_missing_rows(her: Her) -> None:
    """One row in each table that has none about her; those that hang on another are made after it."""
    waiting = [placed for placed in her_data.all() if not placed.call(her).exists()]
    while waiting:
        made = [placed for placed in waiting if _make(placed, her)]
        assert made, [placed.key for placed in waiting]
        waiting = [placed for placed in waiting if placed not in made]


def _make(placed: Any, her: Her) -> bool:
    """Whether there is a row now."""
    model = placed.words["model"]
    values = asked(placed.key, her)
    for column in model._meta.concrete_fields:
        if column.name in values or (column.primary_key and not column.is_relation) or column.generated:
            continue
        if column.is_relation:
            row = _row_for(column, her)
            if row is None and not column.null:
                return False
            values[column.name] = row
        elif column.name.endswith("influencer_ref"):
            values[column.name] = her.pk
        elif not column.null and not column.has_default() and not _fills_itself(column):
            values[column.name] = _plain(column)
    model._base_manager.bulk_create([model(**values)])
    return bool(placed.call(her).exists())


def _row_for(column: Any, her: Her) -> Any:
    """Her own row where that table is about people, the first of any other."""
    related = column.related_model
    if related._meta.label == "crm.StoredFile" or (
        column.null and related._meta.label not in {p.key for p in her_data.all()}
    ):
        return None
    if related._meta.label in {placed.key for placed in her_data.all()}:
        return her_data[related._meta.label].call(her).order_by("pk").first()
    return related._base_manager.order_by("pk").first()


def _fills_itself(column: Any) -> bool:
    return bool(getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False) or column.blank)


def _plain(column: Any) -> Any:
    if column.choices:
        return column.flatchoices[0][0]
    if isinstance(column, models.DateTimeField):
        return NOON + dt.timedelta(hours=1) if column.name in LATER else NOON
    if isinstance(column, models.DateField):
        return DAY
    if isinstance(column, (models.CharField, models.TextField)):
        return "x" * min(3, column.max_length or 3)
    if isinstance(column, models.JSONField):
        return column.get_default()
    return 1

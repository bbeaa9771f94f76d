"""Every stored field is classified (contact, financial, content or none) before it may be stored.

The table is tests/classification_table.py: a field missing there, or one that is gone, fails here.
"""

import pytest
from django.apps import apps
from django.db import models

from tests.classification_table import TABLE, Fields

MODELS = sorted(apps.get_models(), key=lambda model: model._meta.label)
CLASSES = ("contact", "financial", "content", "none")


def stored(model: type[models.Model]) -> list[str]:
    own = [field.name for field in model._meta.concrete_fields]
    return sorted([*own, *(field.name for field in model._meta.many_to_many)])


def listed(fields: Fields) -> list[str]:
    return sorted(name for kind in CLASSES for name in getattr(fields, kind).split())


def test_every_model_is_in_the_table_and_no_other() -> None:
    assert sorted(TABLE) == [model._meta.label for model in MODELS]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified_once(model: type[models.Model]) -> None:
    assert listed(TABLE.get(model._meta.label, Fields())) == stored(model)


PERSONAL = (models.EmailField, models.GenericIPAddressField)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_addresses_and_phones_are_contact_data(model: type[models.Model]) -> None:
    reach = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, PERSONAL) or type(field).__name__ == "PhoneNumberField"
    }
    assert reach - set(TABLE[model._meta.label].contact.split()) == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_money_is_financial_data(model: type[models.Model]) -> None:
    money = {field.name for field in model._meta.concrete_fields if type(field).__name__ == "MoneyField"}
    assert money - set(TABLE[model._meta.label].financial.split()) == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_files_and_long_texts_are_not_nothing(model: type[models.Model]) -> None:
    ours = model._meta.app_label in ("crm", "campaigns")
    words = {f.name for f in model._meta.concrete_fields if isinstance(f, (models.FileField, models.TextField))}
    assert not ours or words & set(TABLE[model._meta.label].none.split()) == set()

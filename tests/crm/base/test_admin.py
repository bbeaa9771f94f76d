import datetime as dt
from typing import Any

import pytest
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from djmoney.models.fields import MoneyField as MoneyColumn
from time_machine import travel

from crm.base.admin import ReferenceAdmin, RowAdmin
from crm.base.models import Holiday
from crm.base.money import MoneyField
from crm.base.seeding import lay_all
from crm.influencers.models import Platform, RateCard

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = AnonymousUser()
    return request


def test_saving_a_reference_row_makes_it_the_houses_own(request_: HttpRequest) -> None:
    lay_all()
    platform = Platform.objects.get(code="instagram")
    platform.name = "Insta"

    with travel(NOW, tick=False):
        ReferenceAdmin(Platform, AdminSite()).save_model(request_, platform, form=None, change=True)  # type: ignore[arg-type]
    lay_all()

    assert Platform.objects.filter(code="instagram").values_list("name", "edited_at").get() == ("Insta", NOW)


def test_a_reference_row_cannot_be_deleted_only_ended(request_: HttpRequest) -> None:
    assert ReferenceAdmin(Holiday, AdminSite()).has_delete_permission(request_) is False


def test_the_source_stands_apart_from_the_row_itself(request_: HttpRequest) -> None:
    own, origin = ReferenceAdmin(Holiday, AdminSite()).get_fieldsets(request_)

    assert own[1]["fields"] == ["country", "on", "name_en", "name_id", "kind"]
    assert origin[1]["fields"] == [
        "source",
        "source_url",
        "source_year",
        "grade",
        "valid_from",
        "valid_to",
        "edited_at",
    ]


def test_amounts_are_read_in_the_readers_notation(request_: HttpRequest) -> None:
    column: Any = RateCard._meta.get_field("price")
    assert isinstance(column, MoneyColumn)

    field = RowAdmin(RateCard, AdminSite()).formfield_for_dbfield(column, request_)

    assert isinstance(field, MoneyField)

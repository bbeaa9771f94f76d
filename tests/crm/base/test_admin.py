"""What every admin page of reference data promises."""

import datetime as dt

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import RequestFactory
from time_machine import travel

from crm.base.models import Holiday
from crm.base.seeding import lay_all
from crm.influencers.models import Platform
from crm.team.models import User

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def request_(rf: RequestFactory, owner: User) -> HttpRequest:
    request = rf.get("/")
    request.user = owner
    return request


def test_saving_a_reference_row_makes_it_the_houses_own(request_: HttpRequest) -> None:
    lay_all()
    platform = Platform.objects.get(code="instagram")
    page = admin.site.get_model_admin(Platform)
    form_class = page.get_form(request_, platform, change=True)
    typed = form_class(instance=platform).initial | {"name": "Insta"}
    form = form_class({name: value for name, value in typed.items() if value is not None}, instance=platform)
    assert form.is_valid(), form.errors
    with travel(NOW, tick=False):
        page.save_model(request_, platform, form=form, change=True)
    lay_all()
    assert Platform.objects.filter(code="instagram").values_list("name", "edited_at").get() == ("Insta", NOW)


def test_a_platform_is_ended_never_deleted(request_: HttpRequest) -> None:
    assert admin.site.get_model_admin(Platform).has_delete_permission(request_) is False


def test_when_a_row_was_edited_is_shown_and_not_typed(request_: HttpRequest) -> None:
    for model in (Holiday, Platform):
        assert "edited_at" in admin.site.get_model_admin(model).get_readonly_fields(request_)


def test_json_deeper_than_anything_here_is_refused_in_words(request_: HttpRequest) -> None:
    boxes = [
        box
        for page in admin.site._registry.values()
        for box in page.get_form(request_, None, change=False).base_fields.values()
        if isinstance(box, forms.JSONField)
    ]
    assert boxes != []
    for box in boxes:
        assert box.to_python('[["a"], {"b": [1]}]') == [["a"], {"b": [1]}]
        for deep in ("[" * 5_000, "[" * 40 + "]" * 40, '{"a":' * 5_000):
            with pytest.raises(ValidationError):
                box.clean(deep)
            assert str(box.bound_data(deep, None)) == deep

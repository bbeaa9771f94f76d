"""Colleagues who save a template at the same second: each version once, and nobody's words are overwritten unseen."""

import datetime as dt

import pytest
from django.db import transaction

from crm.contracts.actions.wordings import keep_template
from crm.contracts.models import ContractTemplate, ContractWording
from tests.factories import UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 6


def a_template(number: int) -> ContractTemplate:
    made = ContractTemplate.objects.create(code=f"own-{number}", name_en="Own", name_id="Sendiri")
    ContractWording.objects.create(template=made, version=1, text_en="One", text_id="Satu")
    return made


def test_of_many_who_save_one_is_kept_and_the_others_are_told(now: dt.datetime) -> None:
    users = [UserFactory() for _one in range(CROWD)]
    for number in range(3):
        pk = a_template(number).pk
        raised = together(
            *(
                lambda user=user, pk=pk: keep_template(
                    ContractTemplate.objects.get(pk=pk),
                    {"text_en": f"By {user}", "text_id": "Dua"},
                    seen=1,
                    user=user,
                    at=now,
                )
                for user in users
            )
        )
        assert raised == ["NewerVersion"] * (CROWD - 1)
        assert list(ContractWording.objects.filter(template=pk).order_by("version").values_list("version", flat=True)) == [
            1, 2,
        ]  # fmt: skip


def test_control_without_the_lock_the_table_refuses_them(now: dt.datetime) -> None:
    def unlocked(pk: int) -> None:
        with transaction.atomic():
            newest = ContractTemplate.objects.get(pk=pk).newest
            if newest is not None and newest.version == 1:
                ContractWording.objects.create(template_id=pk, version=2, text_en="x", text_id="x")

    raised = []
    for number in range(5):
        pk = a_template(number).pk
        raised += together(*(lambda: unlocked(pk) for _one in range(CROWD)))  # noqa: B023
    assert set(raised) == {"IntegrityError"}

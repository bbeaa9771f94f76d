"""What the law keeps of somebody forgotten is read by owners, admins and finance; to all others it is not there."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from crm.brands.models import BrandAccess
from crm.contracts.models import Contract, Party
from crm.payments.models import Document, Invoice, Payment
from crm.privacy.models import PrivacyRequest
from crm.team.models import Role, User
from tests.factories import InfluencerFactory, UserFactory
from tests.factories.house_rows import request_of
from tests.factories.money_rows import document, payment
from tests.factories.payments import contract_in_force, due_line, invoice_for

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
READERS = (Role.OWNER, Role.ADMIN, Role.FINANCE)


def held_for(*people: int) -> None:
    """As after an erasure with holds."""
    for pk in people:
        asked = request_of(influencer_id=pk, kind="erasure")
        PrivacyRequest.objects.filter(pk=asked.pk).update(status="held", held_until=dt.date(2036, 12, 31))


def colleague(role: str, *brands: Any) -> User:
    user: User = UserFactory(role=role)
    for brand in brands:
        BrandAccess.objects.create(user=user, brand=brand)
    return user


def test_held_papers_are_there_for_those_who_answer_for_them_alone(organisation: object) -> None:
    rows = [payment(1), document(2), invoice_for(due_line()), contract_in_force()]
    held_for(*{row.influencer_id for row in rows[:3]}, rows[3].people[0])
    brands = {row.brand for row in rows}
    for role in Role:
        user = colleague(role, *brands)
        seen = [
            model.objects.visible_to(user).filter(pk=row.pk).exists()
            for model, row in zip((Payment, Document, Invoice, Contract), rows, strict=True)
        ]
        assert (role, seen) == (role, [role in READERS] * 4)


def test_a_contract_with_others_too_stays_where_it_is(organisation: object) -> None:
    contract = contract_in_force()
    held_for(contract.people[0])
    user = colleague(Role.COORDINATOR, contract.brand)
    assert not Contract.objects.visible_to(user).exists()
    Party.objects.create(contract=contract, role="talent", influencer=InfluencerFactory(), name="Vina")
    assert Contract.objects.visible_to(user).get() == contract


def test_its_page_says_until_when_it_is_held_and_is_gone_for_others(organisation: object, client: Client) -> None:
    contract = contract_in_force()
    person = contract.talents[0].influencer
    assert person is not None
    person.erased_at = NOW
    person.save(update_fields=["erased_at"])
    held_for(person.pk)
    client.force_login(colleague(Role.COORDINATOR, contract.brand))
    assert client.get(f"/contracts/{contract.pk}/").status_code == 404
    finance = colleague(Role.FINANCE, contract.brand)
    finance.language = "en"
    finance.save(update_fields=["language"])
    client.force_login(finance)
    page = client.get(f"/contracts/{contract.pk}/").content.decode()
    said = re.findall(r"Held until ([^,]*), because", page)
    assert said == ["31 December 2036"]

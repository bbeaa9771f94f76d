"""A finance person who looks."""

import pytest
from django.test import Client

from crm.team.models import Role, User
from tests.factories import UserFactory


@pytest.fixture
def fajar(db: None) -> User:
    return UserFactory(role=Role.FINANCE, name="Fajar Nugraha")


@pytest.fixture
def finance(fajar: User) -> Client:
    client = Client()
    client.force_login(fajar)
    return client

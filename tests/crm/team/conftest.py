"""Colleagues of every role, each with a browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from crm.base.models import Organisation
from crm.team.models import Role, User
from tests.factories import UserFactory


@pytest.fixture
def admin_colleague(organisation: Organisation) -> User:
    return UserFactory(role=Role.ADMIN, name="Admin Dua")


@pytest.fixture
def browser() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in

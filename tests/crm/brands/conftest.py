"""Two houses with a brand each, and walls between them."""

import pytest
from django.test import Client

from crm.base.models import Organisation
from crm.brands.models import Brand, BrandAccess
from crm.team.models import Role, User
from tests.factories import BrandFactory, BrandOwnerFactory, UserFactory


@pytest.fixture
def lumi(organisation: Organisation) -> Brand:
    return BrandFactory(name="Lumi Skincare", owner=BrandOwnerFactory(name="Lumi Nusantara"))


@pytest.fixture
def senja(organisation: Organisation) -> Brand:
    return BrandFactory(name="Senja Glow", owner=BrandOwnerFactory(name="Rumah Senja"))


@pytest.fixture
def manager(organisation: Organisation) -> User:
    return UserFactory(role=Role.MANAGER, name="Raka Pradipta")


@pytest.fixture
def as_manager(manager: User) -> Client:
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def walls(organisation: Organisation, manager: User, coordinator: User, lumi: Brand, senja: Brand) -> Organisation:
    """Manager and coordinator work for Lumi only."""
    organisation.brand_walls = True
    organisation.save()
    for user in (manager, coordinator):
        BrandAccess.objects.create(user=user, brand=lumi)
    return organisation

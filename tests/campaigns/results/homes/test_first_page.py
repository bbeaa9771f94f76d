"""Where each role's day begins."""

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.team.models import Role
from crm.team.permissions import DECIDERS
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BEGINS = {Role.MANAGER: "manager-home", Role.FINANCE: "finance"}


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(UserFactory(role=role))
    return client


@pytest.mark.parametrize("role", list(Role))
def test_a_managers_day_begins_with_the_overview_finances_with_money_and_all_others_with_today(
    organisation: Organisation, role: Role
) -> None:
    assert signed_in(role).get(reverse("home"))["Location"] == reverse(BEGINS.get(role, "today"))


@pytest.mark.parametrize("role", list(Role))
def test_today_stays_within_reach_of_all(organisation: Organisation, role: Role) -> None:
    assert signed_in(role).get(reverse("today")).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_the_overview_is_for_those_who_decide(organisation: Organisation, role: Role) -> None:
    assert signed_in(role).get(reverse("manager-home")).status_code == (200 if role in DECIDERS else 403)

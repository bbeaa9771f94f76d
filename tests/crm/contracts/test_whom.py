"""Whom somebody means by a line of text."""

import pytest

from crm.contracts.whom import people_named
from crm.team.models import User
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


def test_each_is_found_once_by_name_or_handle_in_the_order_typed(coordinator: User) -> None:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    assert people_named("kirana maheswari\nKIRANA MAHESWARI, nobody at all", coordinator) == (
        [kirana],
        ["nobody at all"],
    )


def test_a_word_too_long_to_be_a_name_is_nobody_and_is_said_in_short(coordinator: User) -> None:
    assert people_named("x" * 70_000, coordinator) == ([], ["x" * 60 + "…"])

"""Two people at the same moment: one owner stays, one account comes of an invitation, one house is opened."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import transaction

from crm.team import invitations
from crm.team.actions import TeamRefused, change_role, deactivate
from crm.team.house import open_house
from crm.team.models import Invitation, Role, User
from tests.factories import UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

ROUNDS = 5


def two_owners() -> tuple[User, User]:
    User.objects.filter(role=Role.OWNER).update(role=Role.ADMIN)
    return UserFactory(role=Role.OWNER), UserFactory(role=Role.OWNER)


def test_without_the_lock_both_owners_would_be_lost(now: dt.datetime) -> None:
    """The control: looking first and changing afterwards leaves a house without an owner."""
    one, two = two_owners()
    both_looked = threading.Barrier(2)

    def naive(user: User) -> None:
        with transaction.atomic():
            others = User.objects.owners().exclude(pk=user.pk).exists()
            both_looked.wait(timeout=10)
            if others:
                User.objects.filter(pk=user.pk).update(role=Role.ADMIN)

    assert together(lambda: naive(one), lambda: naive(two)) == []
    assert User.objects.owners().count() == 0


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_owners_stepping_back_at_once_leave_one(now: dt.datetime, round_: int) -> None:
    one, two = two_owners()
    raised = together(
        lambda: change_role(one, Role.ADMIN, by=one, at=now), lambda: change_role(two, Role.ADMIN, by=two, at=now)
    )
    assert raised == ["TeamRefused"]
    assert User.objects.owners().count() == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_owners_closing_each_other_at_once_leave_one(now: dt.datetime, round_: int) -> None:
    one, two = two_owners()
    raised = together(lambda: deactivate(one, by=two, at=now), lambda: deactivate(two, by=one, at=now))
    assert raised == ["TeamRefused"]
    assert User.objects.owners().count() == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_an_invitation_pressed_by_many_makes_one_account(now: dt.datetime, round_: int) -> None:
    owner = UserFactory(role=Role.OWNER)
    invitation = invitations.invite("sari@mitra.example", Role.VIEWER, by=owner, at=now)

    def join() -> None:
        same = Invitation.objects.get(pk=invitation.pk)
        invitations.accept(same, name="Sari", password="kopi susu gula aren", language="id", at=now)

    assert together(*[join] * 6) == ["TeamRefused"] * 5
    assert User.objects.filter(email="sari@mitra.example").count() == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_inviting_one_address_twice_at_once_sends_one_letter(now: dt.datetime, round_: int) -> None:
    owner = UserFactory(role=Role.OWNER)
    acts = [lambda: invitations.invite("sari@mitra.example", Role.VIEWER, by=owner, at=now)] * 4
    assert together(*acts) == ["TeamRefused"] * 3
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_many_opening_the_house_one_becomes_its_owner(now: dt.datetime, round_: int) -> None:
    def opening(number: int) -> Callable[[], User]:
        return lambda: open_house(
            organisation=f"House {number}", currency="IDR", zone="Asia/Jakarta", language="id", name="Rani",
            email=f"rani{number}@mitra.example", password="satu rumah banyak mitra", at=now,
        )  # fmt: skip

    assert together(*[opening(number) for number in range(4)]) == ["TeamRefused"] * 3
    assert User.objects.count() == 1


def test_the_refusal_is_a_sentence_for_a_person(now: dt.datetime) -> None:
    owner = UserFactory(role=Role.OWNER, name="Owner Satu")
    with pytest.raises(TeamRefused) as refused:
        change_role(owner, Role.ADMIN, by=owner, at=now)
    assert str(refused.value).startswith("Owner Satu is the only owner.")

"""Two people at the same moment: one owner stays, one account comes of an invitation, one house is opened."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import transaction

from crm.reminders.models import Todo
from crm.team import invitations
from crm.team.actions import TeamRefused, change_role, deactivate
from crm.team.handing_over import hand_over, take_back
from crm.team.house import open_house
from crm.team.leaves import plan_leave
from crm.team.models import HandOver, Invitation, Leave, Role, User
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


class TestHandingOver:
    def two_takers(self) -> tuple[User, User, User, Todo]:
        giver, one, two = UserFactory(), UserFactory(), UserFactory()
        return giver, one, two, Todo.objects.create(text="Call the courier", owner=giver)

    def test_without_the_lock_both_would_say_they_have_it(self, now: dt.datetime) -> None:
        """The control: looking first and giving afterwards hands one thing to two people."""
        giver, one, two, task = self.two_takers()
        both_looked = threading.Barrier(2)

        def naive(taker: User) -> None:
            with transaction.atomic():
                pks = list(Todo.objects.open().filter(owner=giver).values_list("pk", flat=True))
                both_looked.wait(timeout=10)
                Todo.objects.filter(pk__in=pks).update(owner=taker)
                HandOver.objects.create(giver=giver, taker=taker, decided_by=giver, moved={"tasks": pks})

        assert together(lambda: naive(one), lambda: naive(two)) == []
        assert [done.moved for done in HandOver.objects.all()] == [{"tasks": [task.pk]}] * 2

    @pytest.mark.parametrize("round_", range(ROUNDS))
    def test_one_thing_goes_to_one_colleague(self, now: dt.datetime, round_: int) -> None:
        giver, one, two, task = self.two_takers()
        raised = together(
            lambda: hand_over(giver, one, by=giver, at=now), lambda: hand_over(giver, two, by=giver, at=now)
        )
        assert raised == ["TeamRefused"]
        done = HandOver.objects.get()
        assert (done.moved, Todo.objects.get().owner_id) == ({"tasks": [task.pk]}, done.taker_id)

    @pytest.mark.parametrize("round_", range(ROUNDS))
    def test_a_hand_over_is_taken_back_once(self, now: dt.datetime, round_: int) -> None:
        giver, one, _two, _task = self.two_takers()
        done = hand_over(giver, one, by=giver, at=now)
        raised = together(lambda: take_back(done, by=giver, at=now), lambda: take_back(done, by=giver, at=now))
        assert raised == ["TeamRefused"]
        assert Todo.objects.get().owner_id == giver.pk

    @pytest.mark.parametrize("round_", range(ROUNDS))
    def test_two_leaves_of_the_same_days_are_one(self, now: dt.datetime, round_: int) -> None:
        giver, one, two, _task = self.two_takers()
        on = now.date()
        raised = together(
            lambda: plan_leave(giver, one, on, on, by=giver, at=now),
            lambda: plan_leave(giver, two, on, on, by=giver, at=now),
        )
        assert raised == ["TeamRefused"]
        assert Leave.objects.count() == 1

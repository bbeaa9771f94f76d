"""Colleagues at the same moment: one check stands, one reason is logged, and nobody is agreed past a fail."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from crm.team.models import User
from crm.vetting.actions import CheckedMeanwhile, Finding, VettingRefused, override_hold, rate, record_checks
from crm.vetting.facts import note_fact
from crm.vetting.models import Check, Fact, HoldOverride, Rating
from tests.crm.vetting.conftest import TODAY, check, item
from tests.factories import BrandFactory, InfluencerFactory
from tests.races import let_go

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """All acts in threads of their own, let go together; what each returned or raised."""
    barrier, found = threading.Barrier(len(acts)), dict[int, object]()

    def run(place: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            found[place] = act()
        except Exception as error:  # what was raised is what the test compares
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    let_go(threads)
    return [found[place] for place in range(len(acts))]


def kinds(found: list[object]) -> list[str]:
    return sorted(type(one).__name__ for one in found)


def test_of_two_who_check_the_same_item_one_is_told(coordinator: User, owner: User, now: dt.datetime) -> None:
    person = InfluencerFactory()

    def act(user: User, verdict: str) -> Callable[[], object]:
        finding = Finding(item("unsafe"), verdict, "Seen")
        return lambda: record_checks(person, [finding], on=TODAY, user=user, at=now)

    found = at_once(act(coordinator, "pass"), act(owner, "fail"))
    assert kinds(found) == [CheckedMeanwhile.__name__, "list"]
    assert Check.objects.count() == 1


def test_of_two_who_override_one_reason_is_logged(coordinator: User, owner: User, now: dt.datetime) -> None:
    failed = check(InfluencerFactory(), "unsafe", "fail", coordinator)
    acts = [lambda user=user: override_hold(failed, "Why", user=user, at=now) for user in (coordinator, owner)]
    assert kinds(at_once(*acts)) == ["HoldOverride", VettingRefused.__name__]
    assert HoldOverride.objects.count() == 1


def test_a_rating_pressed_twice_counts_once(coordinator: User, now: dt.datetime) -> None:
    person = InfluencerFactory()
    marks = dict.fromkeys(Rating.ASPECTS, 4)
    acts = [lambda: rate(person, marks, "", user=coordinator, at=now) for _press in range(3)]
    assert kinds(at_once(*acts)) == ["Rating"] * 3
    assert (Rating.objects.count(), Rating.objects.standing().count()) == (3, 1)


def test_a_fact_told_twice_at_once_is_one_row(now: dt.datetime) -> None:
    """The control: rows made without asking first are refused, all but one."""
    person, brand = InfluencerFactory(), BrandFactory()
    said = {"brand_id": brand.pk, "kind": "rounds", "work": "x:1", "happened_at": now}

    def told(amount: int) -> Callable[[], object]:
        return lambda: note_fact(person.pk, amount=amount, ref="x:1", **said)

    def made() -> object:
        return Fact.objects.create(influencer_id=person.pk, amount=1, ref="x:2", **said)

    assert kinds(at_once(*(told(amount) for amount in range(4)))) == ["Fact"] * 4
    assert Fact.objects.filter(ref="x:1").count() == 1
    assert kinds(at_once(made, made, made)) == ["Fact", "IntegrityError", "IntegrityError"]

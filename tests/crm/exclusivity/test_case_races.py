"""Colleagues who press at the same second: one case, one step. Without the lock they would get in each other's way."""

import datetime as dt

import pytest
from django.db import transaction

from crm.exclusivity.actions import cases
from crm.exclusivity.actions.suspecting import keep_seen_post
from crm.exclusivity.models import BreachCase, Clause, Finding, OutsideDeal
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from tests.campaigns.planning.test_promises import PAID, category
from tests.factories import BrandFactory, InfluencerFactory, UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 8


def a_finding(number: int) -> Finding:
    person, brand = InfluencerFactory(), BrandFactory(name=f"Lumi {number}")
    clause = Clause.objects.create(influencer=person, brand=brand, act_numbers=PAID, standing="active")
    return Finding.objects.create(
        clause=clause, influencer=person, engagement_ref="elsewhere:1", severity=3, fingerprint=f"f{number}"
    )


def pressing(finding: Finding, users: list[User], now: dt.datetime) -> list[str]:
    rows = [Finding.objects.with_sides().get(pk=finding.pk) for _user in users]
    return together(
        *(lambda row=row, by=by: cases.open_case(row, by=by, at=now) for row, by in zip(rows, users, strict=True))
    )


def test_everybody_gets_the_same_case(now: dt.datetime) -> None:
    users = [UserFactory() for _one in range(CROWD)]
    for number in range(3):
        assert pressing(a_finding(number), users, now) == []
    assert (BreachCase.objects.count(), Entry.objects.filter(verb="case.opened").count()) == (3, 3)


def test_control_without_the_lock_some_are_refused_by_the_table(now: dt.datetime) -> None:
    users = [UserFactory() for _one in range(CROWD)]

    def unlocked(finding: Finding) -> None:
        with transaction.atomic():
            if not BreachCase.objects.filter(finding=finding).exists():
                BreachCase.objects.create(finding=finding, influencer=finding.influencer, brand=finding.clause.brand)

    raised = []
    for number in range(5):
        finding = a_finding(number)
        raised += together(*(lambda: unlocked(finding) for _user in users))  # noqa: B023
    assert set(raised) == {"IntegrityError"}


def test_a_step_is_taken_by_one_of_them(now: dt.datetime) -> None:
    users = [UserFactory() for _one in range(CROWD)]
    case = cases.open_case(Finding.objects.with_sides().get(pk=a_finding(1).pk), by=users[0], at=now)
    rows = [BreachCase.objects.with_sides().get(pk=case.pk) for _user in users]
    raised = together(
        *(lambda row=row, by=by: cases.step(row, "under_review", by=by, at=now)
          for row, by in zip(rows, users, strict=True))
    )  # fmt: skip
    assert raised == ["TransitionRefused"] * (CROWD - 1)
    assert Entry.objects.filter(verb="case.under_review").count() == 1


def test_posts_written_down_at_once_are_each_found_once(now: dt.datetime) -> None:
    person: Influencer = InfluencerFactory()
    clause = Clause.objects.create(
        influencer=person, brand=BrandFactory(name="Lumi"), act_numbers=PAID, standing="active", anchor="fixed",
        effective_from=now - dt.timedelta(days=9),
    )  # fmt: skip
    clause.categories.set([category("skincare")])
    clause.stretches.create(has_core=True)
    by, today = UserFactory(), now.date()
    deals = [
        OutsideDeal(
            influencer=person, brand_name=f"Senja {number}", category=category("serum"), source="observed",
            start_on=today, end_on=today, url=f"https://www.instagram.com/p/{number}",
        )
        for number in range(CROWD)
    ]  # fmt: skip
    raised = together(*(lambda deal=deal: keep_seen_post(deal, file=None, by=by, at=now) for deal in deals))
    assert raised == []
    assert (Finding.objects.count(), BreachCase.objects.count()) == (CROWD, CROWD)

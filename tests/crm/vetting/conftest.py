"""Kirana, her Instagram account, and the clock's day."""

import datetime as dt

import pytest
from django.test import Client

from crm.influencers.models import Influencer, MetricSnapshot, Platform, SocialAccount
from crm.team.models import Role, User
from crm.vetting.actions import Finding, record_checks
from crm.vetting.models import Check, CheckItem
from tests.conftest import NOW
from tests.factories import InfluencerFactory, SocialAccountFactory, UserFactory

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def manager(organisation: object) -> User:
    return UserFactory(role=Role.MANAGER, name="Ratna Manajer")


@pytest.fixture
def as_manager(manager: User) -> Client:
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def kirana(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


@pytest.fixture
def account(kirana: Influencer) -> SocialAccount:
    return SocialAccountFactory(
        influencer=kirana, platform=Platform.objects.get(code="instagram"), handle="kirana", followers=34_000
    )


def item(code: str) -> CheckItem:
    return CheckItem.objects.get(code=code)


def check(
    person: Influencer,
    code: str,
    verdict: str,
    user: User,
    *,
    on: dt.date = TODAY,
    at: dt.datetime = NOW,
    seen: int = 0,
) -> Check:
    """One check, kept the way the page keeps it."""
    found = Finding(item(code), verdict, "" if verdict == "pass" else "Three posts linked", seen=seen)
    return record_checks(person, [found], on=on, user=user, at=at)[0]


def count(account: SocialAccount, days_ago: int, **counted: object) -> MetricSnapshot:
    return MetricSnapshot.objects.create(
        account=account, taken_at=NOW - dt.timedelta(days=days_ago), **{"posts": 12, **counted}
    )

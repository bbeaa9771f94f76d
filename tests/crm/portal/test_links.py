"""A link is never a session, tells nothing when it does not open, and ends when it is told to."""

import datetime as dt

import pytest

from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.portal.links import digest, exchange, find_link, find_session, mint, revoke
from crm.portal.models import Link, PortalSession
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


@pytest.fixture
def contact() -> Contact:
    return ContactFactory(name="Kirana Maheswari")


def token_of(url: str) -> str:
    return url.rstrip("/").rsplit("/", 1)[1]


def fresh(contact: Contact, kirana: Influencer, now: dt.datetime) -> str:
    return token_of(mint(contact=contact, influencer_id=kirana.pk, brand_id=BrandFactory().pk, at=now))


def test_only_the_hash_of_a_token_is_kept(contact: Contact, kirana: Influencer, now: dt.datetime) -> None:
    token = fresh(contact, kirana, now)
    link = Link.objects.get()
    assert link.token_sha256 == digest(token)
    assert token not in str(Link.objects.values().get())
    assert len(token) >= 43


def test_each_message_carries_a_link_of_its_own(contact: Contact, kirana: Influencer, now: dt.datetime) -> None:
    first, second = fresh(contact, kirana, now), fresh(contact, kirana, now)
    assert first != second
    assert find_link(first, now) != find_link(second, now)


def test_a_flipped_character_opens_nothing(contact: Contact, kirana: Influencer, now: dt.datetime) -> None:
    token = fresh(contact, kirana, now)
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        assert find_link(token[:place] + other + token[place + 1 :], now) is None


def test_a_link_ends_to_the_second(contact: Contact, kirana: Influencer, now: dt.datetime) -> None:
    token = fresh(contact, kirana, now)
    ends = Link.objects.get().expires_at
    assert find_link(token, ends - dt.timedelta(seconds=1)) is not None
    assert find_link(token, ends) is None
    assert find_link(token, ends + dt.timedelta(seconds=1)) is None


def test_a_link_made_for_something_else_opens_no_tasks(contact: Contact, kirana: Influencer, now: dt.datetime) -> None:
    token = fresh(contact, kirana, now)
    Link.objects.update(purpose=Link.Purpose.PREFERENCES)
    assert find_link(token, now) is None


def test_a_visit_never_outlives_its_link(contact: Contact, kirana: Influencer, now: dt.datetime) -> None:
    link = find_link(fresh(contact, kirana, now), now)
    assert link is not None
    late = link.expires_at - dt.timedelta(hours=1)
    opened = exchange(link, late)
    assert opened.session.expires_at == link.expires_at
    assert find_session(opened.session.pk, opened.key, link.expires_at) is None


def test_a_visit_needs_its_own_key(contact: Contact, kirana: Influencer, now: dt.datetime) -> None:
    link = find_link(fresh(contact, kirana, now), now)
    assert link is not None
    one, two = exchange(link, now), exchange(link, now)
    assert find_session(one.session.pk, one.key, now) == one.session
    assert find_session(one.session.pk, two.key, now) is None
    assert find_session(one.session.pk, "", now) is None


def test_revoking_closes_the_link_and_its_running_visits(
    contact: Contact, kirana: Influencer, now: dt.datetime
) -> None:
    token = fresh(contact, kirana, now)
    link = find_link(token, now)
    assert link is not None
    opened = exchange(link, now)
    assert revoke(Link.objects.filter(contact=contact), now, "the agent changed") == 1
    assert find_link(token, now) is None
    assert find_session(opened.session.pk, opened.key, now) is None
    assert PortalSession.objects.get().ended_at == now
    assert revoke(Link.objects.filter(contact=contact), now, "again") == 0

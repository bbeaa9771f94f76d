"""The calendar as a colleague sees it: what stands where, what the filters leave, and who sees what."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.planning.calendar.asking import look_of
from campaigns.planning.calendar.page import Page, page_of
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation
from crm.brands.models import BrandAccess
from crm.team.models import User
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


def seen(user: User, now: dt.datetime, **asked: Any) -> Page:
    return page_of(look_of({key: str(value) for key, value in asked.items()}, TODAY), user, now)


def keys(page: Page) -> list[tuple[str, str]]:
    return [(day.on.isoformat(), one.due.kind) for day in page.days for one in day.entries]


def test_a_draft_and_its_post_stand_on_their_days(reel: Deliverable, coordinator: User, now: dt.datetime) -> None:
    both = [("2026-11-27", "deliverable.draft"), ("2026-12-04", "deliverable.post")]
    assert keys(seen(coordinator, now)) == both  # the first week of December is in November's grid
    assert keys(seen(coordinator, now, view="agenda")) == both[:1]
    assert keys(seen(coordinator, now, view="week", on="2026-12-01")) == both[1:]
    assert keys(seen(coordinator, now, view="day", on="2026-12-04")) == both[1:]


def test_what_is_settled_stopped_or_of_a_paused_campaign_is_left_out(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    Deliverable.objects.update(status="approved")
    assert keys(seen(coordinator, now)) == [("2026-12-04", "deliverable.post")]
    Campaign.objects.update(status="paused")
    assert keys(seen(coordinator, now)) == []


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"])
def test_a_thing_stands_on_its_own_day_wherever_its_reader_is(
    reel: Deliverable, coordinator: User, now: dt.datetime, zone: str
) -> None:
    Deliverable.objects.update(zone=zone, draft_due_on=dt.date(2026, 11, 1), post_due_on=dt.date(2026, 11, 30))
    coordinator.zone = "Europe/Berlin"
    days = [("2026-11-01", "deliverable.draft"), ("2026-11-30", "deliverable.post")]
    assert keys(seen(coordinator, now, view="agenda")) == days


def test_the_filters_leave_one_campaign_one_person_mine_or_one_kind(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    other = CampaignFactory(brand=reel.collaboration.campaign.brand, owner=UserFactory(name="Rani Kusuma"))
    second = DeliverableFactory(
        collaboration=CollaborationFactory(campaign=other, status="making"),
        draft_due_on=None,
        post_due_on=dt.date(2026, 11, 25),
    )
    hers, theirs = (
        [("2026-11-27", "deliverable.draft"), ("2026-12-04", "deliverable.post")],
        [("2026-11-25", "deliverable.post")],
    )
    assert keys(seen(coordinator, now)) == theirs + hers
    assert keys(seen(coordinator, now, campaign=other.pk)) == theirs
    assert keys(seen(coordinator, now, person=second.collaboration.influencer_id)) == theirs
    assert keys(seen(coordinator, now, owner="me")) == hers
    assert keys(seen(coordinator, now, owner=other.owner_id)) == theirs
    assert keys(seen(coordinator, now, what="deliverable.draft")) == hers[:1]
    assert keys(seen(coordinator, now, what="closes")) == []
    assert keys(seen(coordinator, now, what="nonsense", campaign="x", owner="²", on="2026-13-01")) == theirs + hers


def test_the_filter_offers_mine_first_and_what_stands_on_these_days(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    Campaign.objects.update(owner=UserFactory(name="Rani Kusuma"))
    offered = seen(coordinator, now).choices
    assert [str(one.label) for one in offered["owner"]] == ["me", "everybody", "Rani Kusuma"]
    assert [str(one.label) for one in offered["campaign"]] == ["any campaign", "Glow"]
    assert [str(one.label) for one in offered["person"]] == ["anybody", "Kirana Maheswari"]


def test_nothing_of_a_brand_behind_the_wall_is_seen(
    reel: Deliverable, coordinator: User, organisation: Organisation, now: dt.datetime
) -> None:
    stranger = UserFactory(role="coordinator", name="Rani Kusuma")
    organisation.brand_walls = True
    organisation.save()
    campaign = reel.collaboration.campaign
    page = seen(stranger, now, campaign=campaign.pk)
    assert (keys(page), [str(one.label) for one in page.choices["campaign"]]) == ([], ["any campaign", "unknown"])
    BrandAccess.objects.create(user=stranger, brand=campaign.brand)
    stranger.forget_brands()
    assert len(keys(seen(stranger, now))) == 2


def test_late_ones_say_so_and_the_rest_of_a_full_day_is_one_press_away(
    as_coordinator: Client, collaboration: Collaboration, now: dt.datetime
) -> None:
    on = dt.date(2026, 11, 20)
    DeliverableFactory.create_batch(5, collaboration=collaboration, draft_due_on=None, post_due_on=on)
    with time_machine.travel(now, tick=False):
        body = as_coordinator.get(reverse("calendar"), {"view": "month"}).content.decode()
        day = as_coordinator.get(reverse("calendar"), {"view": "day", "on": "2026-11-20"}).content.decode()
    assert ("+2 more" in body, body.count("<em>late</em>"), "Fri 20 Nov: 5 dates, 5 late" in body) == (True, 3, True)
    assert day.count('name="pick"') == 5


def test_an_empty_month_says_what_would_stand_here(as_coordinator: Client) -> None:
    assert b"Nothing is due on these days" in as_coordinator.get(reverse("calendar")).content
    narrowed = as_coordinator.get(reverse("calendar"), {"owner": "me", "view": "week"}).content
    assert b"Nothing of that on these days" in narrowed


def test_who_only_looks_is_offered_no_move(
    reel: Deliverable, as_viewer: Client, viewer: User, now: dt.datetime
) -> None:
    with time_machine.travel(now, tick=False):
        body = as_viewer.get(reverse("calendar"), {"view": "agenda"}).content.decode()
    assert ("Draft of Instagram Reel" in body, "calendar/move" in body.replace('action="/calendar/move/"', "")) == (
        True,
        False,
    )

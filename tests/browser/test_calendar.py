"""The calendar in a real browser: from the month by keyboard to another day, its consequences first, and back again."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from crm.team.models import User
from tests.conftest import today_here
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, InfluencerFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
A_DAY = dt.timedelta(days=1)


def test_a_day_moves_by_keyboard_after_its_consequences_were_seen_and_comes_back(
    open_page: Open, violations: Callable[[Page], list[str]], coordinator: User
) -> None:
    monday = today_here() - today_here().weekday() * A_DAY + 7 * A_DAY
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    campaign = CampaignFactory(owner=coordinator, start_on=monday - 30 * A_DAY, end_on=monday + 60 * A_DAY)
    card = CollaborationFactory(campaign=campaign, influencer=kirana, status="making")
    reel = DeliverableFactory(collaboration=card, draft_due_on=None, post_due_on=monday)
    month = f"{reverse('calendar')}?view=month&on={monday}"

    page = open_page(month, user=coordinator)
    assert (page.complaints, violations(page)) == ([], [])  # type: ignore[attr-defined]
    page.locator(f"[data-on='{monday - A_DAY}'] .cal-n").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"[data-on='{monday}'] .cal-n")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", level=1)).to_have_text("Move: Post of Instagram Reel")
    page.get_by_label("To this day").fill(str(monday + A_DAY))
    page.get_by_role("button", name="See what will happen").click()
    expect(page.get_by_role("heading", name="Moves 1 date.")).to_be_visible()
    reel.refresh_from_db()
    assert (reel.post_due_on, page.complaints, violations(page)) == (monday, [], [])  # type: ignore[attr-defined]
    page.get_by_role("button", name="Move it").click()
    page.get_by_role("button", name="Move it back").wait_for()
    reel.refresh_from_db()
    assert reel.post_due_on == monday + A_DAY
    page.get_by_role("button", name="Move it back").click()
    page.get_by_role("button", name="Move it back").wait_for(state="detached")
    reel.refresh_from_db()
    assert reel.post_due_on == monday

    entry = page.locator(f"[data-key='deliverable.post:{reel.pk}']")
    entry.drag_to(page.locator(f"[data-on='{monday + 2 * A_DAY}']"))
    expect(page.get_by_role("heading", name="Moves 1 date.")).to_be_visible()
    for path in (month, f"{reverse('calendar')}?on={monday}", f"{reverse('calendar')}?view=week&on={monday}"):
        phone = open_page(path, user=coordinator, width=390)
        assert (phone.complaints, violations(phone)) == ([], [])  # type: ignore[attr-defined]
        assert phone.evaluate("document.documentElement.scrollWidth") == 390
    reel.refresh_from_db()
    assert reel.post_due_on == monday

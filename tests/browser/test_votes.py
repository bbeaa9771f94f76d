"""Voting by link on a phone, in a real browser: no script needed, nothing for axe to find, and colleagues read it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.shortlist.models import Vote
from crm.team.models import User
from tests.campaigns.shortlist.voting import Voting, voting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


@pytest.fixture
def asked(coordinator: User) -> Voting:
    made = voting(coordinator, timezone.now())
    made.round.close_on = timezone.now().date() + dt.timedelta(days=3)
    made.round.save()
    return made


def test_a_guest_votes_on_a_phone_and_a_colleague_reads_it(
    open_page: Open, violations: Callable[[Page], list[str]], coordinator: User, asked: Voting
) -> None:
    page = open_page(asked.url, width=390)
    assert (page.complaints, violations(page)) == ([], [])  # type: ignore[attr-defined]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(f"#name-{asked.cards[0].pk}").get_by_label("Yes", exact=True).check()
    page.locator(f"#name-{asked.cards[1].pk}").get_by_label("No", exact=True).check()
    page.get_by_label("A note on Bella Kartika (optional)").fill("Too loud for us")
    page.get_by_role("button", name="Save my votes").click()
    expect(page.get_by_role("status")).to_contain_text("Saved. Thank you.")
    expect(page.get_by_text("Together IDR")).to_contain_text("9,000,000")
    assert violations(page) == []
    assert list(Vote.objects.order_by("pk").values_list("verdict", "note")) == [("yes", ""), ("no", "Too loud for us")]
    for width in (1440, 390):
        results = open_page(reverse("vote-round", args=[asked.round.pk]), user=coordinator, width=width)
        assert (results.complaints, violations(results)) == ([], [])  # type: ignore[attr-defined]
        assert results.evaluate("document.documentElement.scrollWidth") == width
        expect(results.get_by_text("“Too loud for us”")).to_be_visible()

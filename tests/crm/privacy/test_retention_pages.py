"""The page that says how long what is kept."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from crm.portal.models import Link
from crm.privacy.models import RetentionRule
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db
OLD = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def link(number: int) -> Link:
    return Link.objects.create(token_sha256=f"{number:064}", contact=ContactFactory(), expires_at=OLD, influencer_ref=1)


def test_the_page_says_of_each_rule_what_would_go(as_owner: Client) -> None:
    link(1)
    lines = {line.keeping.key: line for line in as_owner.get("/privacy/retention/").context["lines"]}
    assert set(lines) == set(RetentionRule.objects.values_list("key", flat=True))
    assert (lines["portal_links"].would_go, lines["portal_links"].words) == (1, "Goes by itself")
    assert (lines["prospects"].would_go, lines["prospects"].words) == (0, "Asks first")
    assert lines["draft_files"].words == "Off: nothing goes"


def test_a_keeper_lets_go_of_what_is_old_and_others_may_not(as_owner: Client, as_coordinator: Client) -> None:
    for number in range(3):
        link(number)
    assert as_coordinator.get("/privacy/retention/").status_code == 403
    page = as_owner.get("/privacy/retention/portal_links/").context["page"]
    assert (page.line.would_go, len(page.shown), page.more, page.may_let_go) == (3, 3, 0, True)
    assert as_owner.post("/privacy/retention/portal_links/").status_code == 302
    assert (Link.objects.count(), as_owner.get("/privacy/retention/nothing/").status_code) == (0, 404)


@pytest.mark.parametrize(("path", "number"), [("/privacy/retention/", 24), ("/privacy/retention/portal_links/", 9)])
def test_how_much_is_old_makes_the_pages_no_slower(
    as_owner: Client, django_assert_num_queries: Any, path: str, number: int
) -> None:
    for there in (1, 3):
        while Link.objects.count() < there:
            link(Link.objects.count())
        with django_assert_num_queries(number):
            as_owner.get(path)

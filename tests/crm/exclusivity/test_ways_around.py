"""Who goes round the pages meets the same walls: the admin refuses in words and writes nothing."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from campaigns.planning.models import Collaboration, Deliverable
from crm.exclusivity.models import Claim, Clause
from crm.influencers.models import Influencer
from crm.timeline.record import SYSTEM, Actor
from tests.campaigns.planning.test_promises import deal, on, promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def dropped(kirana: Influencer, now: dt.datetime, actor: Actor) -> Deliverable:
    """A rival's post in the middle of the days that were promised to Lumi after it was dropped."""
    rival = deal(kirana, "Serasi", on(12, 12))
    rival.put("agreed", at=now, actor=actor)
    post = rival.deliverables.get()
    post.drop(at=now, actor=actor)
    ours = deal(kirana, "Lumi", on(12, 10))
    promise(ours)
    ours.put("agreed", at=now, actor=actor)
    return post


def rows() -> list[Any]:
    """Everything a promise is made of."""
    return [
        list(Collaboration.objects.order_by("pk").values_list("status", "promised_at")),
        list(Deliverable.objects.order_by("pk").values_list("status", "post_due_on")),
        list(Clause.objects.order_by("pk").values_list("standing", "blocks")),
        list(Claim.objects.order_by("pk").values_list("side", "start_at", "end_at", "active")),
    ]


def test_an_action_of_the_admin_that_would_break_a_promise_is_refused_in_words(
    as_owner: Client, dropped: Deliverable
) -> None:
    before = rows()
    answer = as_owner.post(
        "/admin/campaigns/deliverable/", {"action": "reopen", "_selected_action": [dropped.pk], "index": 0}
    )
    assert answer.status_code == 302
    said = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    assert "An exclusivity promise stands against this. Nothing was changed." in said
    assert rows() == before


@pytest.mark.parametrize("page", ["add/", "{claim}/change/", "{claim}/delete/"])
def test_claims_are_written_by_nobody_in_the_admin(as_owner: Client, dropped: Deliverable, page: str) -> None:
    before, claim = rows(), Claim.objects.order_by("pk")[0]
    posted = {"influencer": claim.influencer_id, "active": "", "post": "yes", "why": "fact"}
    assert as_owner.post(f"/admin/crm/claim/{page.format(claim=claim.pk)}", posted).status_code == 403
    assert rows() == before


def test_a_column_or_a_day_posted_to_the_admin_changes_no_promise(
    as_owner: Client, dropped: Deliverable, kirana: Influencer, now: dt.datetime
) -> None:
    talks = deal(kirana, "Senja", on(12, 11))
    before = rows()
    posted = {"status": "agreed", "promised_at": now, "note": "", "fee_0": "", "fee_1": "IDR"}
    assert as_owner.post(f"/admin/campaigns/collaboration/{talks.pk}/change/", posted).status_code in (200, 302)
    moved = as_owner.post(f"/admin/campaigns/deliverable/{dropped.pk}/change/", {"status": "planned"})
    assert moved.status_code == 403
    assert rows() == before


def test_a_shell_that_calls_the_method_is_refused_and_one_that_does_not_promises_nothing(
    dropped: Deliverable, kirana: Influencer, now: dt.datetime
) -> None:
    talks = deal(kirana, "Senja", on(12, 11))
    before = rows()
    with pytest.raises(Exception, match="An exclusivity promise stands against this"):
        talks.put("agreed", at=now, actor=SYSTEM)
    assert rows() == before

"""A link to a report: made once, read without a session of ours, over in time, taken back at once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from campaigns.planning.models import Campaign, Refused
from campaigns.results.models import ReportLink
from campaigns.results.sharing.actions import MOST_DAYS, share, take_back
from campaigns.results.sharing.links import link_behind
from campaigns.results.sharing.visits import COOKIE
from crm.portal.links import digest
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.results.sharing.conftest import Shared
from tests.permissions_world import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of_lumi() -> Client:
    return Client(enforce_csrf_checks=True)


def press(client: Client, url: str) -> Any:
    client.get(url)
    return client.post(url, {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})


def token_of(shared: Shared) -> str:
    return shared.door.split("/")[2]


def test_only_the_hash_of_the_token_is_kept(shared: Shared) -> None:
    token = token_of(shared)
    assert len(token) == 43
    kept = ReportLink.objects.values().get()
    assert kept["token_sha256"] == digest(token)
    assert [value for value in kept.values() if token in str(value)] == []
    assert [one for one in Entry.objects.values() if token in str(one)] == []


def test_the_story_tells_who_may_read_it(shared: Shared) -> None:
    told = Entry.objects.get(verb="report.shared")
    assert told.sentence_en == "The report of Glow may be read by Board of Lumi"


def test_a_link_opens_thirty_days_and_never_more_than_a_year(
    campaign: Campaign, coordinator: User, shared: Shared, now: dt.datetime
) -> None:
    longest, _address = share(campaign, label="Archive", language="id", days=4000, at=now, user=coordinator)
    assert shared.link.expires_at == now + dt.timedelta(days=30)
    assert longest.expires_at == now + dt.timedelta(days=MOST_DAYS)


def test_a_scanner_that_opens_the_link_changes_nothing(client_of_lumi: Client, shared: Shared) -> None:
    with written() as seen:
        answers = [
            *(client_of_lumi.get(shared.door) for _time in range(3)),
            client_of_lumi.head(shared.door),
            client_of_lumi.options(shared.door),
            client_of_lumi.get(shared.page),
        ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 405, 404]
    assert seen == []
    assert ReportLink.objects.get().opened_at is None


def test_one_press_opens_it_and_is_remembered(client_of_lumi: Client, shared: Shared, now: dt.datetime) -> None:
    answer = press(client_of_lumi, shared.door)
    assert (answer.status_code, answer["Location"]) == (303, shared.page)
    cookie = client_of_lumi.cookies[COOKIE]
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == (shared.page, True, "Lax")
    link = ReportLink.objects.get()
    assert (link.opened_at, link.seen_at) == (now, now)
    with written() as seen:
        page = client_of_lumi.get(shared.page)
    assert (page.status_code, seen) == (200, [])


def test_a_press_from_elsewhere_opens_nothing(shared: Shared) -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(shared.door).status_code == 403
    assert ReportLink.objects.get().opened_at is None


def test_nothing_of_a_visit_stays_in_a_cache_or_a_search_engine(client_of_lumi: Client, shared: Shared) -> None:
    press(client_of_lumi, shared.door)
    for url in (shared.door, shared.page):
        answer = client_of_lumi.get(url)
        said = {name: answer[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")}
        assert said == {
            "Cache-Control": "no-store, private",
            "X-Robots-Tag": "noindex, nofollow",
            "Referrer-Policy": "same-origin",
        }
        assert b"<script" not in answer.content


def test_unknown_over_and_taken_back_look_the_same(
    client_of_lumi: Client, shared: Shared, coordinator: User, now: dt.datetime
) -> None:
    gone = [client_of_lumi.get(f"/s/{'a' * 43}/").content]
    ReportLink.objects.update(expires_at=now)
    gone.append(client_of_lumi.get(shared.door).content)
    ReportLink.objects.update(expires_at=now + dt.timedelta(seconds=1))
    assert client_of_lumi.get(shared.door).status_code == 200
    take_back(shared.link, at=now, actor=Actor.user(coordinator))
    answer = client_of_lumi.get(shared.door)
    assert (answer.status_code, {*gone, answer.content}) == (404, {gone[0]})


def test_a_flipped_letter_opens_nothing(shared: Shared, now: dt.datetime) -> None:
    token = token_of(shared)
    assert link_behind(token, now) == shared.link
    assert link_behind(token[:-1] + ("a" if token[-1] != "a" else "b"), now) is None


def test_taking_it_back_ends_the_visit_that_runs(
    client_of_lumi: Client, shared: Shared, coordinator: User, now: dt.datetime
) -> None:
    press(client_of_lumi, shared.door)
    take_back(shared.link, at=now, actor=Actor.user(coordinator))
    assert client_of_lumi.get(shared.page).status_code == 404
    assert (
        Entry.objects.get(verb="report.taken_back").sentence_en
        == "Board of Lumi may not read the report of Glow any more"
    )


def test_a_link_is_taken_back_once(shared: Shared, coordinator: User, now: dt.datetime) -> None:
    take_back(shared.link, at=now, actor=Actor.user(coordinator))
    with pytest.raises(Refused):
        take_back(shared.link, at=now + dt.timedelta(days=1), actor=Actor.user(coordinator))
    assert ReportLink.objects.get().revoked_at == now
    assert Entry.objects.filter(verb="report.taken_back").count() == 1


def test_the_visit_of_one_link_opens_no_other(
    client_of_lumi: Client, shared: Shared, campaign: Campaign, coordinator: User, now: dt.datetime
) -> None:
    other, _address = share(campaign, label="Agency", language="en", at=now, user=coordinator)
    press(client_of_lumi, shared.door)
    client_of_lumi.cookies[COOKIE]["path"] = "/"
    assert client_of_lumi.get(f"/s/report/{other.pk}/").status_code == 404

"""The panel of a version, letting a finding pass, counting by eye, and the page where a caption is tried."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.approvals.checking import actions, shown
from campaigns.approvals.checking.asked import Finding
from campaigns.approvals.models import CheckResult
from campaigns.planning.models import Campaign, Deliverable
from crm.influencers.models import Format
from tests.campaigns.approvals.checking.conftest import Make

pytestmark = pytest.mark.django_db


def tried(client: Client, **typed: str) -> str:
    answer = client.post("/checks/", {"market": "ID", **typed})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_caption_is_tried_and_nothing_is_kept(as_coordinator: Client) -> None:
    text = tried(as_coordinator, caption="Serum terbaik & <b>")
    assert "Nothing says that it is an ad. Put #iklan at the beginning." in text
    assert (
        'Serum <mark title="“terbaik” needs a proof that can be shown. Try “yang aku suka”.">terbaik</mark> &amp; &lt;b&gt;'
        in text
    )
    assert CheckResult.objects.count() == 0


def test_the_page_waits_for_words(as_coordinator: Client) -> None:
    assert "No caption yet" in as_coordinator.get("/checks/").content.decode()
    assert "No caption yet" in tried(as_coordinator, caption="  ")


def test_a_caption_is_tried_for_its_platform_and_campaign(as_coordinator: Client, campaign: Campaign) -> None:
    x = Format.objects.filter(platform__code="x").first()
    assert x is not None
    text = tried(as_coordinator, caption="#ad " + "a" * 280, format=str(x.pk), campaign=str(campaign.pk))
    assert "284 characters, and at most 280 fit." in text


def test_what_is_too_long_to_try_stays_typed(as_coordinator: Client) -> None:
    answer = as_coordinator.post("/checks/", {"caption": "b" * 10_001, "market": "ID"})
    assert answer.status_code == 422
    assert "b" * 10_001 in answer.content.decode()


def test_the_panel_of_a_version_says_what_holds_first(as_owner: Client, handed: Make, now: dt.datetime) -> None:
    version = handed("Kulitku lembap 90%")
    actions.check(version, now=now)
    text = as_owner.get(f"/reviews/{version.pk}/").content.decode()
    assert "1 holds Approve" in text
    assert text.index("Nothing says that it is an ad") < text.index("“90%” is a number. Can it be shown?")
    assert "“90%”, characters 16 to 18." in text
    assert "Let it pass …" in text


def test_somebody_who_decides_lets_a_finding_pass(as_owner: Client, handed: Make, now: dt.datetime) -> None:
    version = handed("Halo")
    [row] = [row for row in actions.check(version, now=now) if row.rule == "CAP-05"]
    assert as_owner.post(f"/checks/{row.pk}/waive/", {"reason": " "}).status_code == 422
    assert as_owner.post(f"/checks/{row.pk}/waive/", {"reason": "Di video"}).status_code == 302
    [line] = [line for line in shown.checks_of(version) if line.rule == "CAP-05"]
    assert (line.is_let_pass, line.waived.endswith(": Di video")) == (True, True)


def test_who_only_works_lets_nothing_pass(as_coordinator: Client, handed: Make, now: dt.datetime) -> None:
    version = handed("Halo")
    [row] = [row for row in actions.check(version, now=now) if row.rule == "CAP-05"]
    assert as_coordinator.post(f"/checks/{row.pk}/waive/", {"reason": "Di video"}).status_code == 403
    assert CheckResult.objects.get(pk=row.pk).waived_at is None


def test_what_was_seen_in_a_video_is_entered(as_coordinator: Client, handed: Make, now: dt.datetime) -> None:
    version = handed("#iklan")
    actions.check(version, now=now)
    assert as_coordinator.post(f"/reviews/{version.pk}/seen/", {"first_s": "-1", "for_s": "12"}).status_code == 422
    assert as_coordinator.post(f"/reviews/{version.pk}/seen/", {"first_s": "2", "for_s": "12"}).status_code == 302
    row = CheckResult.objects.get(version=version, rule="VID-01")
    assert (row.outcome, row.said_en) == ("pass", "The label is seen from second 2 for 12 seconds")


def test_looking_again_follows_the_rules_of_today(as_coordinator: Client, handed: Make, now: dt.datetime) -> None:
    version = handed("Halo")
    assert as_coordinator.post(f"/reviews/{version.pk}/checks/").status_code == 302
    assert CheckResult.objects.filter(version=version).holding().count() == 1


def test_she_reads_what_she_may_mend_in_her_words(reel: Deliverable, now: dt.datetime) -> None:
    hers = shown.for_her(
        [*actions.preview(reel, "Kulitku 90% cerah", now=now), Finding("CAP-16", "fail", "Not for her")]
    )
    assert [(one.said_to_her("en"), one.outcome) for one in hers] == [
        ("Nothing says that it is an ad. Put #iklan at the beginning.", "fail"),
        ("When you post it, please switch on the platform's own label for paid work, too.", "warn"),
        ("“90%” is a number. Can it be shown?", "warn"),
    ]


def test_what_eyes_look_at_for_the_same_reason_stands_in_one_line(handed: Make, now: dt.datetime) -> None:
    version = handed("")
    actions.check(version, now=now)
    by_hand = shown.panel_from(shown.checks_of(version)).by_hand
    assert [(line.rule, line.said) for line in by_hand] == [
        ("CAP-05", "No caption came with it. Ask for the words before somebody says yes."),
        ("VID-01", "Look whether the label is on the screen, from which second and for how long."),
    ]

"""Checks are kept beside what they replace, run out, and are told in the story."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from crm.vetting.actions import CheckedMeanwhile, Finding, VettingRefused, override_hold, record_checks
from crm.vetting.models import Check, CheckItem, HoldOverride
from crm.vetting.queries.checklist import read_checklist
from tests.crm.vetting.conftest import TODAY, check, item

pytestmark = pytest.mark.django_db


def test_a_check_is_good_for_as_many_months_as_its_item_says(kirana: Influencer, coordinator: User) -> None:
    made = check(kirana, "disclosure", "pass", coordinator, on=dt.date(2026, 11, 12))
    assert (made.checked_on, made.expires_on, made.checked_by) == (
        dt.date(2026, 11, 12), dt.date(2027, 5, 12), coordinator,
    )  # fmt: skip
    assert (made.is_over(dt.date(2027, 5, 12)), made.is_over(dt.date(2027, 5, 13))) == (False, True)


def test_looking_again_makes_a_new_check_and_the_old_one_stays_visible(
    kirana: Influencer, coordinator: User, owner: User, now: dt.datetime
) -> None:
    first = check(kirana, "scandals", "concern", coordinator)
    second = check(kirana, "scandals", "pass", owner, at=now + dt.timedelta(hours=1), seen=first.pk)
    line = next(line for line in read_checklist(kirana, TODAY).lines if line.item.code == "scandals")
    assert (line.check, line.earlier) == (second, [first])
    assert line.earlier[0].superseded_at == now + dt.timedelta(hours=1)
    assert Check.objects.get(pk=first.pk).evidence == "Three posts linked"


def test_the_second_of_two_colleagues_is_told_and_changes_nothing(
    kirana: Influencer, coordinator: User, owner: User, now: dt.datetime
) -> None:
    first = check(kirana, "unsafe", "fail", owner)
    findings = [Finding(item("scandals"), "pass"), Finding(item("unsafe"), "pass")]
    with pytest.raises(CheckedMeanwhile) as refused:
        record_checks(kirana, findings, on=TODAY, user=coordinator, at=now)
    assert str(refused.value) == (
        "Somebody checked this while the page was open: Unsafe content. Compare, then save again."
    )
    assert list(Check.objects.all()) == [first]
    assert Entry.objects.count() == 1


def test_the_story_tells_item_and_verdict_and_not_what_was_seen(kirana: Influencer, coordinator: User) -> None:
    check(kirana, "unsafe", "fail", coordinator)
    entry = Entry.objects.get()
    assert (entry.verb, entry.sentence_en, entry.influencer_id) == (
        "vetting.failed", "Vetting: Unsafe content: Fail", kirana.pk,
    )  # fmt: skip
    assert entry.sentence_id.startswith("Pemeriksaan: Konten tidak aman: ")
    assert "Three posts" not in str(entry.changes)


def test_what_was_found_together_is_told_together_and_a_hard_fail_by_itself(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    first = check(kirana, "comments", "concern", coordinator)
    findings = [
        Finding(item("past-content"), "pass"),
        Finding(item("comments"), "pass", seen=first.pk),
        Finding(item("unsafe"), "fail", "Gambling"),
    ]
    record_checks(kirana, findings, on=TODAY, user=coordinator, at=now)
    told = Entry.objects.exclude(subject=f"crm.check:{first.pk}").order_by("pk")
    assert list(told.values_list("verb", "sentence_en", "changes")) == [
        ("vetting.failed", "Vetting: Unsafe content: Fail", {}),
        (
            "vetting.checked",
            "Vetting: Past content and world view: Pass, Controversial comments: Pass",
            {"comments": ["Concern", "Pass"]},
        ),
    ]


def test_one_check_of_an_item_stands_and_anything_but_a_pass_says_what_was_seen(
    kirana: Influencer, coordinator: User
) -> None:
    check(kirana, "unsafe", "pass", coordinator)
    with pytest.raises(IntegrityError, match=r"check_one_standing|UNIQUE"), transaction.atomic():
        Check.objects.create(
            influencer=kirana, item=item("unsafe"), verdict="pass", checked_on=TODAY, expires_on=dt.date(2027, 5, 24)
        )
    with pytest.raises(IntegrityError, match="check_says_what_was_seen"), transaction.atomic():
        Check.objects.create(
            influencer=kirana, item=item("scandals"), verdict="fail", checked_on=TODAY, expires_on=dt.date(2027, 5, 24)
        )


@pytest.mark.parametrize(
    ("verdicts", "label", "tone"),
    [
        ({}, "7 to check", ""),
        ({"unsafe": "pass"}, "6 to check", "warn"),
        (dict.fromkeys(["past-content", "scandals", "comments", "disclosure", "competitors", "unsafe", "authenticity"],
                       "pass"), "Vetted", "ok"),
        ({"past-content": "concern", "scandals": "pass", "comments": "pass", "disclosure": "na", "competitors": "pass",
          "unsafe": "pass", "authenticity": "pass"}, "1 concern", "warn"),
        ({"past-content": "fail", "scandals": "pass", "comments": "pass", "disclosure": "pass", "competitors": "pass",
          "unsafe": "pass", "authenticity": "pass"}, "1 failed", "warn"),
        ({"unsafe": "fail"}, "Offers held", "bad"),
    ],
)  # fmt: skip
def test_one_look_says_the_state(
    verdicts: dict[str, str], label: str, tone: str, kirana: Influencer, coordinator: User
) -> None:
    for code, verdict in verdicts.items():
        check(kirana, code, verdict, coordinator)
    checklist = read_checklist(kirana, TODAY)
    assert (checklist.label, checklist.tone) == (label, tone)


def test_the_list_is_good_until_its_first_check_runs_out(kirana: Influencer, coordinator: User) -> None:
    for one in CheckItem.objects.all():
        check(kirana, one.code, "pass", coordinator)
    assert read_checklist(kirana, TODAY).until == "good until 24 February 2027"
    later = read_checklist(kirana, dt.date(2027, 2, 25))
    assert (later.label, later.tone, later.until) == ("2 to check", "warn", "")
    assert [line.label for line in later.open] == ["Too old", "Too old"]


def test_an_override_is_logged_once_with_its_reason(
    kirana: Influencer, coordinator: User, manager: User, now: dt.datetime
) -> None:
    failed = check(kirana, "unsafe", "fail", coordinator)
    override_hold(failed, "The brand has seen it and wants her.", user=manager, at=now)
    with pytest.raises(VettingRefused, match="Somebody has logged a reason already"):
        override_hold(failed, "Again", user=manager, at=now)
    assert list(HoldOverride.objects.values_list("failed_check", "why", "decided_by")) == [
        (failed.pk, "The brand has seen it and wants her.", manager.pk)
    ]
    told = Entry.objects.get(verb="vetting.override")
    assert (told.sentence_en, told.actor_id) == (
        "Offers may go ahead although “Unsafe content” failed: The brand has seen it and wants her.", manager.pk,
    )  # fmt: skip


@pytest.mark.parametrize("verdict", ["pass", "concern"])
def test_only_a_fail_that_stands_can_be_overridden(
    verdict: str, kirana: Influencer, coordinator: User, manager: User, now: dt.datetime
) -> None:
    failed = check(kirana, "unsafe", "fail", coordinator)
    newer = check(kirana, "unsafe", verdict, coordinator, seen=failed.pk)
    for one in (failed, newer):
        with pytest.raises(VettingRefused, match="Somebody checked this again"):
            override_hold(one, "Why not", user=manager, at=now)
    assert HoldOverride.objects.count() == 0

"""The vetting pages: what they show, what they keep, what they refuse, at what price."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.influencers.models import Influencer, MetricSnapshot, SocialAccount
from crm.team.models import User
from crm.vetting.models import Check, CheckItem, Clearance, HoldOverride, ProfileSample, Rating
from tests.conftest import today_here
from tests.crm.base.corpus import picture
from tests.crm.vetting.conftest import check, item
from tests.factories import SocialAccountFactory

pytestmark = pytest.mark.django_db


def url(name: str, person: Influencer, *more: Any) -> str:
    return reverse(name, args=[person.pk, *more])


def lines(**typed: dict[str, Any]) -> dict[str, Any]:
    """What the browser sends: every line, most of them empty."""
    sent: dict[str, Any] = {"checked_on": today_here().isoformat()}
    for one in CheckItem.objects.all():
        for name, value in {"evidence": "", "link": "", "seen": "0", **typed.get(one.code, {})}.items():
            sent[f"item-{one.pk}-{name}"] = value
    return sent


# ---- the checklist -----------------------------------------------------------------------------------------------


def test_a_line_with_a_verdict_is_kept_and_the_others_stay_as_they_are(
    kirana: Influencer, coordinator: User, as_coordinator: Client
) -> None:
    answer = as_coordinator.post(
        url("vetting-check", kirana),
        lines(
            unsafe={"verdict": "pass"},
            disclosure={"verdict": "concern", "evidence": "One of three unmarked", "link": "instagram.com/p/abc"},
        ),
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, url("person-vetting", kirana))
    assert list(
        Check.objects.order_by("item__position").values_list("item__code", "verdict", "evidence", "link", "checked_by")
    ) == [
        ("disclosure", "concern", "One of three unmarked", "https://instagram.com/p/abc", coordinator.pk),
        ("unsafe", "pass", "", "", coordinator.pk),
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"verdict": "fail"}, "Say what you saw, or add a link or a file: others will rely on it."),
        ({"verdict": "na"}, "Say what you saw, or add a link or a file: others will rely on it."),
        ({"evidence": "Something odd"}, "You wrote something here. Choose a verdict, or empty the line."),
        ({"verdict": "maybe"}, "Select a valid choice."),
        ({"verdict": "fail", "evidence": "x", "link": "not an address"}, "Enter a valid URL."),
        ({"verdict": "fail", "evidence": "x" * 2001}, "at most 2000 characters"),
        ({}, "Choose a verdict in at least one line."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    typed: dict[str, str], says: str, kirana: Influencer, as_coordinator: Client
) -> None:
    answer = as_coordinator.post(url("vetting-check", kirana), lines(unsafe=typed, scandals={"evidence": ""}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert typed.get("evidence", "") in page
    assert Check.objects.count() == 0


@pytest.mark.parametrize(("days", "says"), [(1, "This day has not come yet."), (-400, "That is more than a year ago.")])
def test_the_day_must_be_one_somebody_can_have_looked(
    days: int, says: str, kirana: Influencer, as_coordinator: Client
) -> None:
    day = today_here() + dt.timedelta(days=days)
    sent = {**lines(unsafe={"verdict": "pass"}), "checked_on": day.isoformat()}
    answer = as_coordinator.post(url("vetting-check", kirana), sent)
    assert (answer.status_code, says in answer.content.decode(), Check.objects.count()) == (422, True, 0)


def test_a_page_opened_before_somebody_else_checked_is_told_and_may_then_be_saved(
    kirana: Influencer, owner: User, as_coordinator: Client
) -> None:
    first = check(kirana, "unsafe", "fail", owner)
    sent = lines(unsafe={"verdict": "pass", "evidence": "Nothing found"})
    answer = as_coordinator.post(url("vetting-check", kirana), sent)
    page = answer.content.decode()
    assert (answer.status_code, Check.objects.count()) == (422, 1)
    assert "Somebody checked this while the page was open: Unsafe content." in page
    assert "Nothing found" in page
    assert f'name="item-{item("unsafe").pk}-seen" value="{first.pk}"' in page
    sent[f"item-{item('unsafe').pk}-seen"] = str(first.pk)
    assert as_coordinator.post(url("vetting-check", kirana), sent).status_code == 302
    assert Check.objects.standing().get().verdict == "pass"


def test_a_screenshot_is_evidence_and_is_served_to_colleagues(kirana: Influencer, as_coordinator: Client) -> None:
    sent = lines(unsafe={"verdict": "fail"})
    sent[f"item-{item('unsafe').pk}-file"] = SimpleUploadedFile("live.png", picture("PNG"), "image/png")
    assert as_coordinator.post(url("vetting-check", kirana), sent).status_code == 302
    made = Check.objects.get()
    answer = as_coordinator.get(url("check-file", kirana, made.pk))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert b"".join(answer.streaming_content)[:4] == b"\x89PNG"  # type: ignore[arg-type]
    other = check(kirana, "scandals", "pass", made.checked_by)  # type: ignore[arg-type]
    assert as_coordinator.get(url("check-file", kirana, other.pk)).status_code == 404


def test_earlier_checks_stay_on_the_page(kirana: Influencer, coordinator: User, as_coordinator: Client) -> None:
    first = check(kirana, "unsafe", "concern", coordinator)
    check(kirana, "unsafe", "pass", coordinator, seen=first.pk)
    page = as_coordinator.get(url("person-vetting", kirana)).content.decode()
    assert "1 earlier check" in page
    assert "Three posts linked" in page


def test_the_page_of_one_person_shows_no_check_of_another(kirana: Influencer, as_coordinator: Client) -> None:
    other = SocialAccountFactory()
    answer = as_coordinator.get(reverse("vetting-sample", args=[kirana.pk, other.pk]))
    assert answer.status_code == 404


# ---- holds -------------------------------------------------------------------------------------------------------


def test_a_manager_logs_a_reason_and_a_coordinator_may_not(
    kirana: Influencer, coordinator: User, as_coordinator: Client, as_manager: Client
) -> None:
    failed = check(kirana, "unsafe", "fail", coordinator)
    address = url("vetting-override", kirana, failed.pk)
    assert as_coordinator.post(address, {"why": "I want to"}).status_code == 403
    assert as_manager.post(address, {"why": "  "}).status_code == 422
    assert HoldOverride.objects.count() == 0
    assert as_manager.post(address, {"why": "The brand knows and agrees."}).status_code == 302
    again = as_manager.post(address, {"why": "Twice"})
    assert (again.status_code, "Somebody has logged a reason already." in again.content.decode()) == (422, True)
    page = as_coordinator.get(url("person-vetting", kirana)).content.decode()
    assert "Offers may go ahead: The brand knows and agrees. (Ratna," in page


def test_the_page_says_who_may_let_an_offer_go_ahead(
    kirana: Influencer, coordinator: User, as_coordinator: Client, as_manager: Client
) -> None:
    failed = check(kirana, "unsafe", "fail", coordinator)
    way = f'href="{url("vetting-override", kirana, failed.pk)}"'
    hers, theirs = (
        client.get(url("person-vetting", kirana)).content.decode() for client in (as_coordinator, as_manager)
    )
    assert (way in hers, way in theirs) == (False, True)
    assert "An owner, admin or manager may log the reason." in hers


# ---- ratings, profiles, signs ------------------------------------------------------------------------------------


def test_rating_twice_keeps_both_and_counts_the_newest(
    kirana: Influencer, coordinator: User, as_coordinator: Client
) -> None:
    for mark in (3, 5):
        sent = {"visual": mark, "storytelling": mark, "taste": mark, "consistency": mark, "note": "Bright"}
        assert as_coordinator.post(url("vetting-rate", kirana), sent).status_code == 302
    assert list(Rating.objects.standing().values_list("rater", "taste")) == [(coordinator.pk, 5)]
    assert Rating.objects.count() == 2
    assert as_coordinator.get(url("vetting-rate", kirana)).context["form"].initial["taste"] == "5"


def test_a_rating_needs_all_four_marks(kirana: Influencer, as_coordinator: Client) -> None:
    answer = as_coordinator.post(url("vetting-rate", kirana), {"visual": 4, "storytelling": 9, "taste": 4})
    assert (answer.status_code, Rating.objects.count()) == (422, 0)


def test_of_pasted_comments_only_the_counts_are_kept(
    kirana: Influencer, account: SocialAccount, coordinator: User, as_coordinator: Client
) -> None:
    sent = {
        "taken_on": today_here().isoformat(), "following": "1,2 rb", "posts": "340",
        "likes": "1240\n1,2 rb\n1.1k", "comments": "Mantap kak\nmantap kak!\n\n😍\nBeli di mana?",
    }  # fmt: skip
    assert as_coordinator.post(url("vetting-sample", kirana, account.pk), sent).status_code == 302
    kept = ProfileSample.objects.get()
    assert (kept.following, kept.posts, kept.like_counts, kept.comments_sampled, kept.comments_alike) == (
        1200, 340, [1240, 1200, 1100], 4, 3,
    )  # fmt: skip
    assert kept.taken_by == coordinator


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Fill in at least one field."),
        ({"likes": "1240\nlots"}, "“lots” is no number. Write one number a line."),
        ({"likes": "1\n" * 201}, "These are more than 200 posts."),
        ({"comments": "a\n" * 1001}, "These are more than 1,000 comments."),
        ({"following": "many"}, "Write a number"),
        ({"following": "5", "taken_on": "2999-01-01"}, "This day has not come yet."),
        ({"following": "5", "taken_on": "tomorrow"}, "Enter a valid date."),
    ],
)
def test_a_profile_that_cannot_be_read_is_refused_with_the_way_out(
    typed: dict[str, str], says: str, kirana: Influencer, account: SocialAccount, as_coordinator: Client
) -> None:
    sent = {"taken_on": today_here().isoformat(), **typed}
    answer = as_coordinator.post(url("vetting-sample", kirana, account.pk), sent)
    assert (answer.status_code, ProfileSample.objects.count()) == (422, 0)
    assert says in answer.content.decode()


@pytest.fixture
def low(account: SocialAccount) -> SocialAccount:
    now = timezone.now()
    for days, followers in ((40, 33_900), (2, 34_000)):
        MetricSnapshot.objects.create(
            account=account,
            taken_at=now - dt.timedelta(days=days),
            followers=followers,
            likes=110,
            comments=9,
            posts=12,
        )
    return account


def test_a_sign_is_cleared_with_evidence_and_shown_again_on_demand(
    kirana: Influencer, low: SocialAccount, as_coordinator: Client
) -> None:
    address = url("vetting-clear", kirana, low.pk, "ER_LOW")
    assert "Engagement is 0.35%" in as_coordinator.get(address).content.decode()
    assert as_coordinator.post(address, {"evidence": ""}).status_code == 422
    assert as_coordinator.post(address, {"evidence": "She hides her likes."}).status_code == 302
    made = Clearance.objects.get()
    assert (made.code, made.evidence, made.seen[:20]) == ("ER_LOW", "She hides her likes.", "Engagement is 0.35%,")
    assert "Cleared until" in as_coordinator.get(url("person-vetting", kirana)).content.decode()
    assert as_coordinator.get(address).status_code == 302
    as_coordinator.post(url("clearance-withdraw", kirana, made.pk))
    made.refresh_from_db()
    assert made.withdrawn_at is not None


def test_a_sign_that_does_not_show_cannot_be_cleared(
    kirana: Influencer, low: SocialAccount, as_coordinator: Client
) -> None:
    for code in ("ER_HIGH", "NO_SUCH_SIGN"):
        answer = as_coordinator.post(url("vetting-clear", kirana, low.pk, code), {"evidence": "Why"}, follow=True)
        assert "This sign does not show any more." in answer.content.decode()
    assert Clearance.objects.count() == 0


# ---- the panel ---------------------------------------------------------------------------------------------------


def test_the_panel_says_the_state_in_one_look(
    kirana: Influencer, low: SocialAccount, coordinator: User, as_coordinator: Client
) -> None:
    check(kirana, "unsafe", "fail", coordinator, on=today_here())
    panels = as_coordinator.get(url("person-panels", kirana)).content.decode()
    assert '<span class="pill bad">Offers held</span>' in " ".join(panels.split())
    assert 'aria-label="Unsafe content: Fail"' in panels
    assert "<b>75</b>" in panels
    assert "1 sign to look at" in panels
    assert "Nobody has rated yet" in panels


def test_the_panel_of_somebody_unknown_claims_nothing(kirana: Influencer, as_coordinator: Client) -> None:
    panels = as_coordinator.get(url("person-panels", kirana)).content.decode()
    assert "7 to check" in panels
    assert "Insufficient data" in panels
    assert "100" not in panels.split('id="vetting"')[1].split("</section>")[0].replace("of 100", "")


def test_the_vetting_page_asks_as_often_for_three_checks_as_for_one(
    kirana: Influencer, low: SocialAccount, coordinator: User, as_coordinator: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert as_coordinator.get(url("person-vetting", kirana)).status_code == 200
        return len(asked)

    check(kirana, "unsafe", "fail", coordinator)
    one = queries()
    for code in ("scandals", "comments"):
        check(kirana, code, "fail", coordinator)
    SocialAccountFactory(influencer=kirana, platform=low.platform)
    assert (one, queries()) == (13, 13)

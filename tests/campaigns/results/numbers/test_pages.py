"""What the pages of numbers show."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign, Collaboration
from campaigns.results.models import PostSnapshot, Screenshot
from tests.factories import CollaborationFactory
from tests.factories.results import a_live_post, a_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_clock(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def png(name: str = "insights.png", shade: int = 120) -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (90, 160), (shade, 40, 40)).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


def test_the_matrix_shows_what_is_there_what_waits_and_what_was_missed(
    as_coordinator: Client, campaign: Campaign, post: LivePost
) -> None:
    a_snapshot(post, hours=70, views=12_400)

    html = as_coordinator.get(reverse("campaign-numbers", args=[campaign.pk])).content.decode()

    states = [part.split('"')[0] for part in html.split('<td class="num is-')[1:]]
    assert states == ["missed", "here", "waits", "ahead"]
    assert "12.4k" in html


def test_the_list_asks_the_same_number_of_questions_for_one_post_and_for_three(
    as_coordinator: Client, campaign: Campaign, post: LivePost, django_assert_num_queries: object
) -> None:
    url = reverse("campaign-numbers", args=[campaign.pk])
    as_coordinator.get(url)
    a_snapshot(post, hours=70)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        as_coordinator.get(url)
    for _extra in range(2):
        a_snapshot(a_live_post(CollaborationFactory(campaign=campaign)), hours=170)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        as_coordinator.get(url)


QUERIES = 8


def test_enter_keeps_what_was_typed_and_goes_on(as_coordinator: Client, campaign: Campaign, post: LivePost) -> None:
    url = reverse("numbers-type", args=[campaign.pk])
    sent = {"likes": "1.140", "views": "12,4rb", "taken_at": "2026-11-21T12:00"}

    answer = as_coordinator.post(f"{url}?at=p{post.pk}", sent)

    kept = PostSnapshot.objects.get()
    assert (kept.likes, kept.views, kept.reach, kept.hours, kept.source) == (1_140, 12_400, None, 168, "typed")
    assert answer.url == f"{url}?done={kept.pk}"  # type: ignore[attr-defined]


def test_what_cannot_be_read_stays_typed(as_coordinator: Client, campaign: Campaign, post: LivePost) -> None:
    sent = {"likes": "lots", "taken_at": "2026-11-21T12:00"}

    answer = as_coordinator.post(f"{reverse('numbers-type', args=[campaign.pk])}?at=p{post.pk}", sent)

    assert (answer.status_code, PostSnapshot.objects.count()) == (422, 0)
    assert 'value="lots"' in answer.content.decode()


def test_what_looks_odd_is_asked_once_and_then_kept(as_coordinator: Client, campaign: Campaign, post: LivePost) -> None:
    a_snapshot(post, hours=72, likes=2_000)
    url = f"{reverse('numbers-type', args=[campaign.pk])}?at=p{post.pk}"
    sent = {"likes": "1.140", "taken_at": "2026-11-21T12:00"}

    asked = as_coordinator.post(url, sent)

    assert (asked.status_code, PostSnapshot.objects.count()) == (200, 1)
    assert "Likes fell from 2,000 to 1,140." in asked.content.decode()
    as_coordinator.post(url, {**sent, "sure": "1"})
    assert PostSnapshot.objects.count() == 2


def test_pictures_go_to_the_post_their_name_says(
    as_coordinator: Client, campaign: Campaign, card: Collaboration, post: LivePost
) -> None:
    other = a_live_post(CollaborationFactory(campaign=campaign), handle="bunga.p")
    files = [png("bunga_p insight.png", 10), png("kirana.mahes 7d.png", 20)]

    as_coordinator.post(reverse("numbers-pictures", args=[campaign.pk]), {"files": files})

    assert list(Screenshot.objects.order_by("pk").values_list("live_post_id", flat=True)) == [other.pk, post.pk]


def test_a_read_picture_is_the_evidence_and_undo_lets_it_wait_again(
    as_coordinator: Client, campaign: Campaign, post: LivePost
) -> None:
    as_coordinator.post(reverse("numbers-pictures", args=[campaign.pk]), {"files": [png()]})
    picture = Screenshot.objects.get()
    url = f"{reverse('numbers-type', args=[campaign.pk])}?at=s{picture.pk}"

    as_coordinator.post(url, {"likes": "1140", "taken_at": "2026-11-24T09:00", "post": post.pk})

    kept = PostSnapshot.objects.get()
    picture.refresh_from_db()
    assert (kept.evidence_id, kept.source, picture.snapshot_id) == (picture.file_id, "screenshot", kept.pk)
    as_coordinator.post(reverse("numbers-undo", args=[kept.pk]))
    picture.refresh_from_db()
    assert (PostSnapshot.objects.standing().count(), picture.snapshot_id) == (0, None)


def test_the_page_of_a_post_shows_each_count_with_its_source(as_coordinator: Client, post: LivePost) -> None:
    a_snapshot(post, hours=24, likes=400)
    a_snapshot(post, hours=168, likes=1_140, source="hers")

    html = as_coordinator.get(reverse("post-numbers", args=[post.pk])).content.decode()

    assert html.count("<tr data-row>") == 2
    assert "From her" in html and "1,140" in html and 'class="curve"' in html


def test_withdrawing_asks_for_a_reason(as_coordinator: Client, post: LivePost) -> None:
    wrong = a_snapshot(post)
    url = reverse("numbers-withdraw", args=[wrong.pk])

    assert as_coordinator.post(url, {"why": ""}).status_code == 422
    as_coordinator.post(url, {"why": "Another post"})

    wrong.refresh_from_db()
    assert wrong.withdrawn_why == "Another post"

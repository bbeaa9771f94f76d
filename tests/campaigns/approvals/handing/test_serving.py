"""Files of versions leave only to who may see them, in parts where asked for, and are kept as long as the house says."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ContentAsset, Deviation, LivePost, Review
from campaigns.planning.models import Deliverable
from crm.base.files import accept_upload, keep
from crm.base.models import Organisation
from crm.privacy.retention.rules import every_keeping
from crm.privacy.retention.running import let_go
from crm.timeline.record import SYSTEM, Actor
from tests.crm.base import corpus

pytestmark = pytest.mark.django_db
FILM = corpus.video()


@pytest.fixture
def asset(reel: Deliverable, now: dt.datetime, actor: Actor) -> ContentAsset:
    film = keep(accept_upload(ContentFile(FILM, "clip.mp4")), by="Kirana")
    hand_in(reel, Said(caption="Iklan"), files=[film], at=now, actor=actor)
    return ContentAsset.objects.get()


def taken(client: Client, asset: ContentAsset, **headers: str) -> tuple[int, bytes, str]:
    answer = client.get(f"/reviews/files/{asset.pk}/", headers=headers)
    content = b"".join(answer.streaming_content) if answer.streaming else b""
    answer.close()
    return answer.status_code, content, answer.get("Content-Range", "")


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [("", 200, 0, None), ("bytes=0-9", 206, 0, 10), ("bytes=10-", 206, 10, None), ("bytes=-5", 206, -5, None)],
)
def test_a_player_gets_the_stretch_it_asks_for(
    as_coordinator: Client, asset: ContentAsset, asked: str, status: int, first: int, last: int | None
) -> None:
    with asset.file.file.open("rb") as kept:
        whole = kept.read()
    answer = taken(as_coordinator, asset, **({"Range": asked} if asked else {}))
    assert answer[:2] == (status, whole[first:last])


def test_a_stretch_outside_the_film_is_refused(as_coordinator: Client, asset: ContentAsset) -> None:
    assert taken(as_coordinator, asset, Range="bytes=999999-") == (416, b"", f"bytes */{asset.size}")


def test_nothing_runs_in_what_is_served_and_strangers_get_nothing(as_coordinator: Client, asset: ContentAsset) -> None:
    answer = as_coordinator.get(f"/reviews/files/{asset.pk}/")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "video/mp4")
    answer.close()
    assert Client().get(f"/reviews/files/{asset.pk}/").status_code == 302


def files_gone(now: dt.datetime) -> int:
    """How many files the rule about drafts takes away at that moment."""
    keeping = next(one for one in every_keeping() if one.key == "draft_files")
    return let_go(keeping, by=SYSTEM, now=now)


def test_files_go_after_the_days_the_house_keeps_them_and_their_checksum_stays(
    as_coordinator: Client,
    asset: ContentAsset,
    reel: Deliverable,
    organisation: Organisation,
    now: dt.datetime,
    actor: Actor,
    django_capture_on_commit_callbacks: Any,
) -> None:
    reel.publish(at=now, actor=actor, post_url="https://www.instagram.com/p/abc/")
    later = now + dt.timedelta(days=31)
    assert files_gone(later) == 0
    organisation.drafts_kept_days = 30
    organisation.save()
    assert files_gone(now + dt.timedelta(days=30)) == 0
    Review.objects.update(status="approved", decided_at=now)
    Deviation.objects.create(post=LivePost.objects.get(), kind="caption", details={}, found_at=now)
    assert files_gone(later) == 0
    Deviation.objects.update(closed_at=now, outcome="accepted")
    with django_capture_on_commit_callbacks(execute=True):
        assert (files_gone(later), files_gone(later)) == (1, 0)
    kept = ContentAsset.objects.get()
    assert (kept.sha256, kept.file.sha256, bool(kept.file.file)) == (asset.sha256, asset.sha256, False)
    assert taken(as_coordinator, asset)[0] == 404

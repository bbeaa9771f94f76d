"""Drafts on a store without paths: pieces grow on this machine's disk, what is whole stands in the store alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.core.files.storage import InMemoryStorage, default_storage
from django.test import Client
from django.utils.functional import empty

from campaigns.approvals.handing import parts, uploads
from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.handing.unsent import unsent_of
from campaigns.approvals.models import ContentAsset, Upload
from campaigns.planning.models import Deliverable
from crm.base.models import StoredFile
from crm.timeline.record import Actor
from tests.crm.base import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(settings: Any) -> Iterator[InMemoryStorage]:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    default_storage._wrapped = empty
    yield default_storage
    default_storage._wrapped = empty


def brought(reel: Deliverable, name: str, data: bytes) -> Upload:
    """What came in two pieces and was finished."""
    upload = uploads.begin(unsent_of(reel, "draft"), name, len(data))
    half = len(data) // 2
    for start, piece in ((0, data[:half]), (half, data[half:])):
        uploads.add_piece(upload.key, start, piece)
    upload.refresh_from_db()
    return uploads.finish(upload, "Kirana")


def test_pieces_stay_here_until_the_file_is_whole(away: InMemoryStorage, reel: Deliverable) -> None:
    upload = uploads.begin(unsent_of(reel, "draft"), "other.mp4", len(corpus.video()))
    uploads.add_piece(upload.key, 0, corpus.video()[:10])
    assert (parts.size_of(upload.part), away.listdir("")) == (10, ([], []))
    done = brought(reel, "clip.mp4", corpus.video())
    assert done.file is not None
    assert (away.size(done.file.file.name), parts.size_of(done.part)) == (len(corpus.video()), 0)
    assert [path.name for path in Path(house.MEDIA_ROOT).rglob("*") if path.is_file()] == [upload.part]


def test_a_film_is_handed_in_and_looked_at_in_parts(
    away: InMemoryStorage, as_coordinator: Client, reel: Deliverable, now: Any, actor: Actor
) -> None:
    film = brought(reel, "clip.mp4", corpus.video()).file
    photo = brought(reel, "IMG_1.HEIC", corpus.apple_photo()).file
    assert film is not None
    assert photo is not None
    hand_in(reel, Said(caption="Iklan"), files=[film, photo], at=now, actor=actor)
    clip, picture = ContentAsset.objects.order_by("position")
    with away.open(film.file.name) as content:
        whole = content.read()
    assert corpus.GPS_PLACE not in whole
    answer = as_coordinator.get(f"/reviews/files/{clip.pk}/", headers={"Range": "bytes=4-11"})
    told = (answer.status_code, b"".join(answer.streaming_content), answer["Content-Range"])
    assert told == (206, whole[4:12], f"bytes 4-11/{len(whole)}")
    assert (picture.mime, None not in (picture.width, picture.height)) == ("image/jpeg", True)
    away.delete(film.file.name)
    assert as_coordinator.get(f"/reviews/files/{clip.pk}/").status_code == 404


def test_what_nobody_handed_in_leaves_the_store(away: InMemoryStorage, reel: Deliverable) -> None:
    upload = brought(reel, "clip.mp4", corpus.video())
    assert upload.file is not None
    name = upload.file.file.name
    uploads.drop(upload)
    assert (away.exists(name), StoredFile.objects.count()) == (False, 0)

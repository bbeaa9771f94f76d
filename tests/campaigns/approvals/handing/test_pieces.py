"""A file comes in pieces: repeated, cut off, from two tabs; what has arrived stays, what is wrong is told."""

import datetime as dt
import os
from typing import Any

import pytest

from campaigns.approvals.handing import parts, uploads
from campaigns.approvals.handing.unsent import unsent_of
from campaigns.approvals.models import UnsentDraft, Upload
from campaigns.planning.models import Deliverable
from crm.base.files import UploadRefused
from crm.base.models import Organisation, StoredFile
from tests.crm.base import corpus
from tests.crm.contracts.visiting import Visitor

pytestmark = pytest.mark.django_db
PHOTO = corpus.picture("PNG", (60, 40))


@pytest.fixture
def unsent(reel: Deliverable) -> UnsentDraft:
    return unsent_of(reel, "draft")


@pytest.fixture
def files(kirana: Visitor, reel: Deliverable) -> str:
    return f"{kirana.page}draft/files/{reel.pk}/"


def begun(kirana: Visitor, files: str, name: str = "shot.png", size: int = len(PHOTO)) -> dict[str, Any]:
    answer = kirana.client.post(files, {"name": name, "size": str(size)})
    assert answer.status_code == 201
    told: dict[str, Any] = answer.json()
    return told


def put(kirana: Visitor, url: str, offset: int, piece: bytes) -> tuple[int, int]:
    answer = kirana.client.put(f"{url}&offset={offset}", piece, content_type="application/octet-stream")
    return answer.status_code, answer.json()["offset"]


def test_pieces_become_a_file_and_the_part_is_gone(kirana: Visitor, files: str) -> None:
    url, half = begun(kirana, files)["url"], len(PHOTO) // 2
    assert put(kirana, url, 0, PHOTO[:half]) == (200, half)
    assert put(kirana, url, half, PHOTO[half:]) == (200, len(PHOTO))
    answer = kirana.client.post(url)
    assert (answer.status_code, answer.json()["error"]) == (200, "")
    upload = Upload.objects.get()
    assert upload.file is not None
    assert (upload.file.label, upload.file.mime, parts.size_of(upload.part)) == ("shot.png", "image/png", 0)
    shown = kirana.client.get(url)
    assert (shown["Content-Type"], b"".join(shown.streaming_content)[:4]) == ("image/png", b"\x89PNG")
    assert (kirana.client.post(url).status_code, StoredFile.objects.count()) == (200, 1)


def test_a_piece_at_the_wrong_place_is_told_where_to_go_on(kirana: Visitor, files: str) -> None:
    url = begun(kirana, files)["url"]
    assert put(kirana, url, 0, PHOTO[:30]) == (200, 30)
    assert put(kirana, url, 0, PHOTO[:30]) == (409, 30)
    assert put(kirana, url, 50, PHOTO[50:]) == (409, 30)
    assert kirana.client.post(url).json() == {"offset": 30}
    assert put(kirana, url, 30, PHOTO[30:]) == (200, len(PHOTO))
    assert kirana.client.post(url).json()["error"] == ""


def test_the_same_file_chosen_again_goes_on_where_it_stopped(kirana: Visitor, files: str) -> None:
    first = begun(kirana, files)
    put(kirana, first["url"], 0, PHOTO[:30])
    again = begun(kirana, files)
    assert (again["url"], again["offset"], Upload.objects.count()) == (first["url"], 30, 1)


def test_bytes_written_before_a_crash_are_written_over(kirana: Visitor, files: str) -> None:
    url = begun(kirana, files)["url"]
    put(kirana, url, 0, PHOTO[:30])
    parts.write_at(Upload.objects.get().part, 30, b"half a piece that was never counted" * 9)
    assert put(kirana, url, 30, PHOTO[30:]) == (200, len(PHOTO))
    assert kirana.client.post(url).json()["error"] == ""


def test_a_part_that_was_lost_begins_again(kirana: Visitor, files: str) -> None:
    url = begun(kirana, files)["url"]
    put(kirana, url, 0, PHOTO[:30])
    parts.remove(Upload.objects.get().part)
    assert put(kirana, url, 30, PHOTO[30:]) == (409, 0)
    assert put(kirana, url, 0, PHOTO) == (200, len(PHOTO))


def test_more_than_was_announced_is_not_taken(kirana: Visitor, files: str) -> None:
    url = begun(kirana, files)["url"]
    assert put(kirana, url, 0, PHOTO + b"<script>") == (409, 0)
    assert parts.size_of(Upload.objects.get().part) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("shot.png", b"GIF89a<script>alert(1)</script>"),
        ("shot.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("shot.jpg", b"%!PS-Adobe-3.0 EPSF-3.0"),
        ("shot.jpg", corpus.picture("PNG")),
        ("shot.jpg", corpus.picture("JPEG", (300, 200))[:900]),
        ("shot.png", corpus.huge_png(20_000, 20_000)),
        ("brief.pdf", corpus.document(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")),
        ("clip.mp4", corpus.video()[:-4]),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_stays_listed(
    kirana: Visitor, files: str, name: str, content: bytes
) -> None:
    url = begun(kirana, files, name, len(content))["url"]
    put(kirana, url, 0, content)
    answer = kirana.client.post(url).json()
    upload = Upload.objects.get()
    assert (upload.file, upload.refused) == (None, answer["error"])
    assert answer["error"] != ""
    assert (StoredFile.objects.count(), parts.size_of(upload.part)) == (0, 0)


def test_two_tabs_that_finish_the_same_file_keep_it_once(unsent: UnsentDraft) -> None:
    film = corpus.video()
    upload = uploads.begin(unsent, "clip.mp4", len(film))
    uploads.add_piece(upload.key, 0, film)
    here, there = Upload.objects.get(), Upload.objects.get()
    kept = uploads.finish(here, "Kirana").file
    assert kept is not None
    assert uploads.finish(there, "Kirana").file == kept
    assert StoredFile.objects.count() == 1


def test_a_video_loses_its_place_on_the_way(unsent: UnsentDraft) -> None:
    film = corpus.video()
    upload = uploads.begin(unsent, "clip.mp4", len(film))
    uploads.add_piece(upload.key, 0, film)
    upload.refresh_from_db()
    kept = uploads.finish(upload, "Kirana").file
    assert kept is not None
    with kept.file.open("rb") as content:
        assert (corpus.GPS_PLACE in film, corpus.GPS_PLACE in content.read()) == (True, False)


@pytest.mark.parametrize(
    ("name", "size", "why"),
    [
        ("virus.exe", 10, "is not a file we can take here"),
        ("shot.svg", 10, "is not a file we can take here"),
        ("shot.png", 0, "at most"),
        ("clip.mp4", 10**12, "at most"),
        ("a\x00b.png", 10, "forbidden character"),
    ],
)
def test_what_would_be_refused_anyway_is_refused_before_it_travels(
    unsent: UnsentDraft, name: str, size: int, why: str
) -> None:
    with pytest.raises(UploadRefused, match=why):
        uploads.begin(unsent, name, size)
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "label"),
    [("../../etc/shot.png", "shot.png"), ("C:\\secret\\shot.png", "shot.png"), ("a\u202egnp.png", "agnp.png")],
)
def test_a_name_loses_its_path_and_what_cannot_be_seen(unsent: UnsentDraft, name: str, label: str) -> None:
    upload = uploads.begin(unsent, name, 10)
    assert upload.label == label
    assert parts.path_of(upload.part).parent == parts.folder()


def test_there_is_room_for_so_many_and_no_more(unsent: UnsentDraft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "FILES_AT_MOST", 1)
    uploads.begin(unsent, "one.png", 10)
    with pytest.raises(UploadRefused, match="which is the limit"):
        uploads.begin(unsent, "two.png", 10)


def test_a_full_house_says_so(unsent: UnsentDraft, organisation: Organisation) -> None:
    organisation.storage_limit_mb = 1
    organisation.save()
    uploads.begin(unsent, "one.png", 900_000)
    with pytest.raises(UploadRefused, match="no room for this file at the moment"):
        uploads.begin(unsent, "two.png", 200_000)


def test_what_nobody_finishes_is_swept_after_three_days(unsent: UnsentDraft, now: dt.datetime) -> None:
    old, new = uploads.begin(unsent, "old.png", 10), uploads.begin(unsent, "new.png", 10)
    uploads.add_piece(old.key, 0, b"12345")
    uploads.add_piece(new.key, 0, b"12345")
    parts.write_at("stray.part", 0, b"x")
    long_ago = now - uploads.KEPT_UNFINISHED - dt.timedelta(minutes=1)
    Upload.objects.filter(pk=old.pk).update(updated_at=long_ago)
    Upload.objects.filter(pk=new.pk).update(updated_at=now)
    for part in (old.part, "stray.part"):
        os.utime(parts.path_of(part), (long_ago.timestamp(), long_ago.timestamp()))
    assert uploads.sweep(now) == 2
    assert [place.name for place in parts.folder().iterdir()] == [new.part]
    assert list(Upload.objects.all()) == [new]

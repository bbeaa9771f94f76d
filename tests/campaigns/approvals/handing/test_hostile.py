"""Numbers no machine counts to, signs no database keeps, years nobody posts in: told in words, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from campaigns.approvals.handing import uploads
from campaigns.approvals.models import ContentVersion, UnsentDraft, Upload
from campaigns.planning.models import Deliverable
from tests.crm.contracts.visiting import Visitor

pytestmark = pytest.mark.django_db
BOMB = "9" * 5_000


@pytest.fixture(autouse=True)
def _no_null_signs() -> Iterator[None]:
    """PostgreSQL keeps no NUL in a text; SQLite does, so here it is refused as well."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        assert not any("\x00" in one for one in params or () if isinstance(one, str)), sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def save(kirana: Visitor, reel: Deliverable) -> str:
    return f"{kirana.page}draft/save/{reel.pk}/"


@pytest.fixture
def files(kirana: Visitor, reel: Deliverable) -> str:
    return f"{kirana.page}draft/files/{reel.pk}/"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("x" * 10_001, "x" * 10_001), ("Iklan:\x00 serum", "Iklan: serum"), ("x" * 60_000, "x" * 50_000)],
)
def test_a_caption_that_cannot_be_sent_is_still_kept_as_it_is_typed(
    kirana: Visitor, save: str, page: str, typed: str, kept: str
) -> None:
    assert kirana.client.post(save, {"caption": typed, "link": "drive\x00", "words": typed}).status_code == 200
    unsent = UnsentDraft.objects.get()
    assert (unsent.caption, unsent.words, unsent.link) == (kept, kept, "drive")
    assert kirana.client.post(page, {"do": "send", "seen": "0", "caption": typed}).status_code == 422
    assert ContentVersion.objects.count() == 0


@pytest.mark.parametrize("when", ["0001-01-01T00:00", "1999-12-31T23:00", "2100-01-01T00:00", "9999-12-31T23:59"])
def test_a_year_nobody_posts_in_is_told_and_the_rest_is_kept(kirana: Visitor, page: str, when: str) -> None:
    answer = kirana.client.post(page, {"do": "send", "seen": "0", "caption": "Iklan", "planned_at": when})
    assert (answer.status_code, "Check the year" in answer.content.decode()) == (422, True)
    assert (UnsentDraft.objects.get().caption, UnsentDraft.objects.get().planned_at) == ("Iklan", None)


def test_a_number_nobody_can_count_to_is_no_number(kirana: Visitor, page: str, files: str) -> None:
    kirana.client.post(page, {"do": "send", "seen": "0", "caption": "Iklan"})
    again = kirana.client.post(page, {"do": "send", "seen": BOMB, "caption": "Iklan dua"})
    assert (again.status_code, ContentVersion.objects.count()) == (422, 1)
    assert kirana.client.post(files, {"name": "a.png", "size": BOMB}).status_code == 422
    url = kirana.client.post(files, {"name": "a.png", "size": "9"}).json()["url"]
    for offset in (BOMB, "-1", "1e3", "NaN", ""):
        told = kirana.client.put(f"{url}&offset={offset}", b"abc", content_type="application/octet-stream")
        assert (told.status_code, told.json()) == (413, {"offset": 0})
    assert Upload.objects.get().received == 0


def test_a_key_that_is_none_opens_and_removes_nothing(kirana: Visitor, page: str, files: str) -> None:
    kirana.client.post(files, {"name": "a.png", "size": "9"})
    assert kirana.client.put(f"{files}%00/", b"abc", content_type="application/octet-stream").status_code == 404
    for key in ("\x00", "", "x" * 9_000):
        assert kirana.client.post(page, {"do": f"drop-{key}", "caption": "Iklan"}).status_code == 302
    assert (Upload.objects.count(), UnsentDraft.objects.get().caption) == (1, "Iklan")


def test_another_draft_is_not_reached_by_its_key(kirana: Visitor, page: str, files: str, reel: Deliverable) -> None:
    kirana.client.post(files, {"name": "mine.png", "size": "9"})
    other = Deliverable.objects.create(
        collaboration=reel.collaboration,
        format=reel.format,
        post_due_on=reel.post_due_on,
        draft_due_on=reel.draft_due_on,
    )
    foreign = uploads.begin(UnsentDraft.objects.create(deliverable=other), "theirs.png", 9)
    url = f"{files}{foreign.key}/?as=draft&offset=0"
    assert kirana.client.put(url, b"abc", content_type="application/octet-stream").status_code == 404
    assert kirana.client.post(page, {"do": f"drop-{foreign.key}"}).status_code == 302
    assert list(Upload.objects.order_by("pk").values_list("label", "received")) == [("mine.png", 0), ("theirs.png", 0)]


def test_a_piece_of_what_was_removed_meanwhile_is_told_that_it_is_gone(kirana: Visitor, files: str) -> None:
    url = kirana.client.post(files, {"name": "a.png", "size": "9"}).json()["url"]
    upload = Upload.objects.get()
    uploads.drop(upload)
    assert kirana.client.put(f"{url}&offset=0", b"abc", content_type="application/octet-stream").status_code == 404
    assert kirana.client.post(url).status_code == 404
    with pytest.raises(Upload.DoesNotExist):
        uploads.add_piece(upload.key, 0, b"abc")


def test_words_with_what_a_database_cannot_keep_take_a_version_back_all_the_same(kirana: Visitor, page: str) -> None:
    kirana.client.post(page, {"do": "send", "seen": "0", "caption": "Iklan"})
    version = ContentVersion.objects.get()
    answer = kirana.client.post(f"{kirana.page}take-back/{version.pk}/", {"why": "salah\x00 file"})
    version.review.refresh_from_db()
    assert (answer.status_code, version.review.status) == (302, "withdrawn")

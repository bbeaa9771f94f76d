"""Sending and changing the list of files at the same moment: what was sent keeps its files."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from campaigns.approvals.handing import unsent as kept_drafts
from campaigns.approvals.handing import uploads
from campaigns.approvals.handing.said import Said
from campaigns.approvals.handing.unsent import send, unsent_of
from campaigns.approvals.models import ContentAsset, UnsentDraft, Upload
from campaigns.planning.models import Deliverable
from crm.base.models import StoredFile
from crm.timeline.record import SYSTEM
from tests.crm.base import corpus
from tests.factories import CollaborationFactory, DeliverableFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
PHOTO = corpus.picture("PNG", (60, 40))


def with_a_file() -> Upload:
    reel = DeliverableFactory(collaboration=CollaborationFactory(status="making"))
    photo = SimpleUploadedFile("shot.png", PHOTO, content_type="image/png")
    return uploads.take_whole(unsent_of(reel, "draft"), photo, "Kirana")


def sent_while_taken_off(
    upload: Upload, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[str], int, int]:
    """Taken off the list right after the sending one has read it: what was raised, files sent, and files still there."""
    has_read, is_off = threading.Event(), threading.Event()
    check_uploads = kept_drafts.check_uploads

    def slowly(row: Deliverable, found: list[Upload]) -> None:
        check_uploads(row, found)
        has_read.set()
        is_off.wait(timeout=1)

    def take_off() -> None:
        assert has_read.wait(timeout=20)
        uploads.drop(Upload.objects.get(pk=upload.pk))
        is_off.set()

    unsent = UnsentDraft.objects.select_related("deliverable__collaboration__campaign").get(pk=upload.unsent_id)
    with monkeypatch.context() as patched:
        patched.setattr(kept_drafts, "check_uploads", slowly)
        raised = together(lambda: send(unsent, Said(caption="Halo"), seen=0, at=now, actor=SYSTEM), take_off)
    there = StoredFile.objects.filter(pk__in=ContentAsset.objects.values("file"))
    return raised, ContentAsset.objects.count(), sum(one.file.storage.exists(one.file.name) for one in there)


def test_a_file_taken_off_while_it_is_sent_stays_in_what_was_sent(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sent_while_taken_off(with_a_file(), now, monkeypatch) == ([], 1, 1)
    assert (UnsentDraft.objects.count(), Upload.objects.count()) == (0, 0)


def test_control_without_holding_what_is_kept_the_version_loses_its_file(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def not_held(self: UnsentDraft) -> Iterator[UnsentDraft]:
        with transaction.atomic():
            yield self

    upload = with_a_file()
    monkeypatch.setattr(UnsentDraft, "held", not_held)
    assert sent_while_taken_off(upload, now, monkeypatch) == ([], 1, 0)


def test_one_file_chosen_in_many_tabs_at_once_is_one_upload(now: dt.datetime) -> None:
    unsent = unsent_of(DeliverableFactory(collaboration=CollaborationFactory(status="making")), "draft")
    assert together(*[lambda: uploads.begin(unsent, "shot.png", 100)] * 4) == []
    assert list(Upload.objects.values_list("label", "position")) == [("shot.png", 1)]


def test_a_file_begun_while_the_rest_is_sent_waits_for_the_next_version(now: dt.datetime) -> None:
    for _round in range(4):
        upload = with_a_file()
        unsent = UnsentDraft.objects.select_related("deliverable__collaboration__campaign").get(pk=upload.unsent_id)
        raised = together(
            lambda u=unsent: send(u, Said(caption="Halo"), seen=0, at=now, actor=SYSTEM),  # type: ignore[misc]
            lambda u=unsent: uploads.begin(u, "late.png", 100),  # type: ignore[misc]
        )
        late = Upload.objects.get(unsent__deliverable=unsent.deliverable_id, label="late.png")
        sent = ContentAsset.objects.filter(version__deliverable=unsent.deliverable_id).count()
        assert (raised, sent, late.position) in [([], 1, 1), (["Refused"], 0, 2)]

"""What is handed in becomes a version: complete, numbered, bound by a checksum, and never changed again."""

import datetime as dt
import hashlib
import json
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.queries import newest
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ContentAsset, ContentCaption, ContentVersion, Review
from campaigns.briefs.models import Brief, BriefAck, BriefVersion
from campaigns.planning.models import Deliverable, Refused
from campaigns.tracking.models import TrackedLink
from crm.base.files import accept_upload, keep
from crm.base.models import StoredFile
from crm.influencers.models import Platform
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused
from tests.crm.base import corpus
from tests.factories import PlatformFactory

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(hours=3)


@pytest.fixture
def photo(db: None) -> StoredFile:
    return keep(accept_upload(ContentFile(corpus.picture("PNG", (40, 20)), "shot.png")), by="Kirana")


@pytest.fixture
def shorts(db: None) -> Platform:
    return PlatformFactory(name="Shorts")


@pytest.fixture
def whole(now: dt.datetime, shorts: Platform) -> Said:
    return Said(
        caption="Iklan: serum pagi #Ad", alt_text="Botol kaca di jendela", planned_at=now + LATER,
        words="Cahaya pagi, ya.", label_on=True, captions={shorts.pk: "Iklan #Ad"}, alts=["Botol"],
    )  # fmt: skip


def test_a_draft_is_kept_with_everything_that_came(
    reel: Deliverable, whole: Said, photo: StoredFile, shorts: Platform, now: dt.datetime, actor: Actor
) -> None:
    version = hand_in(reel, whole, files=[photo], at=now, actor=actor)
    [kept] = ContentVersion.objects.all()
    assert kept == version
    assert (kept.stage, kept.number, kept.caption, kept.words) == ("draft", 1, whole.caption, whole.words)
    assert (kept.label_on, kept.planned_at, kept.submitted_at) == (True, now + LATER, now)
    assert (kept.submitted_by, kept.by_user, kept.contact_id) == (actor.label, actor.user_id, None)
    [asset] = ContentAsset.objects.all()
    assert (asset.sha256, asset.mime, asset.width, asset.height) == (photo.sha256, "image/png", 40, 20)
    assert (asset.position, asset.alt_text, asset.label, asset.family) == (1, "Botol", "shot.png", "image")
    assert list(ContentCaption.objects.values_list("platform", "caption")) == [(shorts.pk, "Iklan #Ad")]
    reel.refresh_from_db()
    assert (reel.status, reel.drafts, reel.submitted_at) == ("submitted", 1, now)
    assert Entry.objects.get(verb="deliverable.submitted").quote == whole.words


def test_the_checksum_is_that_of_the_canonical_text(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    TrackedLink.objects.create(deliverable=reel, slug="kirana-glow", target="https://lumi.example/glow")
    version = hand_in(reel, Said(caption="Iklan ✨", link="https://drive.example/a"), at=now, actor=actor)
    text = {
        "stage": "draft", "number": 1, "caption": "Iklan ✨", "alt_text": "", "link": "https://drive.example/a",
        "planned_at": None, "label_on": False, "captions": {}, "assets": [], "code": "", "tracked_link": "kirana-glow",
    }  # fmt: skip
    written = json.dumps(text, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert version.sha256 == hashlib.sha256(written.encode()).hexdigest()


def test_any_other_word_file_label_or_time_is_another_checksum(
    reel: Deliverable, whole: Said, photo: StoredFile, shorts: Platform, now: dt.datetime, actor: Actor
) -> None:
    edits = [
        whole,
        replace(whole, caption=whole.caption + "."),
        replace(whole, alt_text="Botol"),
        replace(whole, planned_at=now),
        replace(whole, label_on=False),
        replace(whole, captions={shorts.pk: "Iklan"}),
        replace(whole, alts=["Botol kaca"]),
        replace(whole, link="https://drive.example/a"),
    ]
    found = set()
    for said in edits:
        with transaction.atomic():
            found.add(hand_in(reel, said, files=[photo], at=now, actor=actor).sha256)
            transaction.set_rollback(True)
        reel.refresh_from_db()
    assert len(found) == len(edits)


def test_a_new_version_takes_back_what_was_approved(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    hand_in(reel, Said(caption="Satu"), at=now, actor=actor)
    reel.approve(at=now, actor=actor)
    hand_in(reel, Said(caption="Dua"), at=now + LATER, actor=actor)
    reel.refresh_from_db()
    assert (reel.status, reel.approved_at, reel.drafts) == ("submitted", None, 2)
    assert reel.collaboration.status == "review"
    assert newest([reel])[reel.pk].caption == "Dua"
    assert list(Review.objects.order_by("pk").values_list("status", flat=True)) == ["replaced", "in_review"]


def test_what_is_out_takes_no_version(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    reel.publish(at=now, actor=actor)
    with pytest.raises(TransitionRefused):
        hand_in(reel, Said(caption="Satu"), at=now, actor=actor)
    assert (ContentVersion.objects.count(), Deliverable.objects.get().drafts) == (0, 0)


def test_nothing_is_no_version(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    with pytest.raises(Refused, match="Add a file, a link or a caption"):
        hand_in(reel, Said(caption="  "), at=now, actor=actor)
    assert (ContentVersion.objects.count(), Deliverable.objects.get().status) == (0, "expected")


def test_a_draft_told_of_in_a_few_words_is_a_version_too(
    reel: Deliverable, photo: StoredFile, now: dt.datetime, actor: Actor
) -> None:
    reel.submit(
        at=now, actor=actor, draft_url="https://drive.example/a", channel="whatsapp", quote="ini ya kak", file=photo
    )
    [version] = ContentVersion.objects.all()
    assert (version.number, version.link, version.words) == (1, "https://drive.example/a", "ini ya kak")
    assert (version.channel, [asset.file_id for asset in version.assets.all()]) == ("whatsapp", [photo.pk])


def test_it_is_judged_by_the_brief_she_accepted_last(reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    brief = Brief.objects.create(campaign=reel.collaboration.campaign)
    first = BriefVersion.objects.create(brief=brief, number=1, released_at=now)
    BriefVersion.objects.create(brief=brief, number=2, released_at=now)
    BriefAck.objects.create(version=first, collaboration=reel.collaboration, revision=3, accepted_at=now)
    version = hand_in(reel, Said(caption="Satu"), at=now, actor=actor)
    assert (version.brief_version, version.brief_revision) == (first.pk, 3)


def test_an_idea_has_its_own_numbers_and_leaves_the_draft_open(
    reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    hand_in(reel, Said(words="Di dapur"), stage="concept", at=now, actor=actor)
    idea = hand_in(reel, Said(words="Di pasar"), stage="concept", at=now, actor=actor)
    draft = hand_in(reel, Said(caption="Iklan"), at=now, actor=actor)
    assert [str(idea), str(draft)] == ["Idea 2", "Draft 1"]
    assert Entry.objects.filter(verb="version.concept").count() == 2
    assert newest([reel], "concept") == {reel.pk: idea}
    with pytest.raises(Refused, match="moved on"):
        hand_in(reel, Said(words="Di kebun"), stage="concept", at=now, actor=actor)


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("model", "column"), [(ContentVersion, "caption"), (ContentAsset, "label"), (ContentCaption, "caption")]
)
def test_no_statement_changes_a_version(
    reel: Deliverable, whole: Said, photo: StoredFile, now: dt.datetime, actor: Actor,
    statement: str, model: type[ContentVersion], column: str,
) -> None:  # fmt: skip
    hand_in(reel, whole, files=[photo], at=now, actor=actor)
    before = list(model.objects.values())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table, column))
    assert list(model.objects.values()) == before

"""She hands in from her phone: with pieces or all at once, with a script or without, and nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.approvals.models import ApprovalPolicy, ContentVersion, Review, UnsentDraft, Upload
from campaigns.planning.models import Deliverable
from crm.influencers.models import Platform
from crm.timeline.models import Entry
from tests.crm.base import corpus
from tests.crm.contracts.visiting import Visitor
from tests.factories import DeliverableFactory, SocialAccountFactory

pytestmark = pytest.mark.django_db


def picture(name: str = "shot.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, corpus.picture("PNG"), "image/png")


def html(kirana: Visitor, page: str) -> str:
    answer = kirana.client.get(page)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_asks_for_a_draft_and_changes_nothing_when_looked_at(kirana: Visitor, page: str) -> None:
    shown = html(kirana, page)
    assert "Send the draft" in shown
    assert len(shown.encode()) < 60_000
    assert UnsentDraft.objects.count() == 0


def test_without_a_script_one_form_sends_everything(kirana: Visitor, page: str, reel: Deliverable) -> None:
    sent = {
        "do": "send", "seen": "0", "caption": "Iklan: serum\r\npagi", "planned_at": "2026-12-04T19:30",
        "label_on": "on", "words": "Semoga suka", "link": "drive.example/a", "files": [picture(), picture("two.png")],
    }  # fmt: skip
    answer = kirana.client.post(page, sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{kirana.page}?thanks=deliverable.draft")
    version = ContentVersion.objects.get()
    assert (version.caption, version.words, version.link) == (
        "Iklan: serum\npagi", "Semoga suka", "https://drive.example/a",
    )  # fmt: skip
    assert version.planned_at is not None
    assert (version.planned_at.isoformat(), version.label_on) == ("2026-12-04T12:30:00+00:00", True)
    assert list(version.assets.values_list("label", flat=True)) == ["shot.png", "two.png"]
    assert version.contact == reel.collaboration.influencer.representations.get().contact
    assert (UnsentDraft.objects.count(), Upload.objects.count()) == (0, 0)
    reel.refresh_from_db()
    assert reel.status == "submitted"
    assert Entry.objects.get(verb="deliverable.submitted").actor_label == "Kirana Maheswari"


def test_a_wrong_file_is_told_of_and_everything_else_stays(kirana: Visitor, page: str) -> None:
    wrong = SimpleUploadedFile("virus.exe", b"MZ", "application/x-msdownload")
    answer = kirana.client.post(page, {"do": "send", "seen": "0", "caption": "Iklan", "files": [picture(), wrong]})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "“virus.exe” is not a file we can take here." in shown
    assert "“virus.exe” was not taken. Remove it, then send." in shown.replace("&quot;", '"')
    assert ContentVersion.objects.count() == 0
    bad = Upload.objects.get(label="virus.exe")
    assert kirana.client.post(page, {"do": f"drop-{bad.key}", "caption": "Iklan"}).status_code == 302
    assert kirana.client.post(page, {"do": "send", "seen": "0", "caption": "Iklan"}).status_code == 302
    assert [asset.label for asset in ContentVersion.objects.get().assets.all()] == ["shot.png"]


def test_nothing_at_all_is_refused_in_words(kirana: Visitor, page: str) -> None:
    answer = kirana.client.post(page, {"do": "send", "seen": "0", "caption": "  "})
    assert answer.status_code == 422
    assert "There is nothing in it yet." in answer.content.decode()
    assert ContentVersion.objects.count() == 0


def test_what_is_typed_is_kept_and_there_on_the_next_visit(kirana: Visitor, page: str, reel: Deliverable) -> None:
    save = f"{kirana.page}draft/save/{reel.pk}/"
    answer = kirana.client.post(save, {"caption": "Iklan: ser", "link": "no address", "planned_at": "whenever"})
    assert (answer.status_code, "Kept" in answer.content.decode()) == (200, True)
    kept = UnsentDraft.objects.get()
    assert (kept.caption, kept.link, kept.planned_at, kept.saved_by) == (
        "Iklan: ser", "no address", None, "Kirana Maheswari",
    )  # fmt: skip
    assert "Iklan: ser</textarea>" in html(kirana, page)


def test_a_second_press_of_send_makes_no_second_version(kirana: Visitor, page: str) -> None:
    sent = {"do": "send", "seen": "0", "caption": "Iklan"}
    assert kirana.client.post(page, sent).status_code == 302
    answer = kirana.client.post(page, sent)
    assert (answer.status_code, ContentVersion.objects.count()) == (422, 1)
    assert "A version was sent meanwhile. What you typed is kept here." in answer.content.decode()


def test_a_second_draft_begins_with_the_words_and_files_of_the_first(kirana: Visitor, page: str) -> None:
    kirana.client.post(page, {"do": "send", "seen": "0", "caption": "Iklan: serun", "files": [picture()]})
    shown = html(kirana, page)
    assert ("Iklan: serun</textarea>" in shown, "Send the same files again: shot.png" in shown) == (True, True)
    kirana.client.post(page, {"do": "send", "seen": "1", "caption": "Iklan: serum", "again": "on"})
    kirana.client.post(page, {"do": "send", "seen": "2", "caption": "Iklan: serum", "files": [picture("new.png")]})
    labels = [[one.label for one in row.assets.all()] for row in ContentVersion.objects.order_by("number")]
    assert labels == [["shot.png"], ["shot.png"], ["new.png"]]


def test_captions_for_further_platforms_are_hers_alone(kirana: Visitor, page: str, reel: Deliverable) -> None:
    tiktok = Platform.objects.create(code="tiktok2", name="Tiktok")
    SocialAccountFactory(influencer=reel.collaboration.influencer, platform=tiktok)
    assert "Caption for Tiktok" in html(kirana, page)
    kirana.client.post(page, {"do": "send", "seen": "0", "caption": "Iklan", f"caption_{tiktok.pk}": "Iklan TT"})
    assert list(ContentVersion.objects.get().captions.values_list("platform", "caption")) == [(tiktok.pk, "Iklan TT")]


def test_notes_on_the_last_version_stand_first_and_the_good_ones_before(
    kirana: Visitor, page: str, reel: Deliverable
) -> None:
    kirana.client.post(page, {"do": "send", "seen": "0", "caption": "Iklan"})
    version = ContentVersion.objects.get()
    at = version.submitted_at
    version.notes.create(body="Kode belum ada", level="must", author_label="Dinda", sent_at=at)
    version.notes.create(body="Pencahayaannya cantik", level="good", author_label="Dinda", sent_at=at)
    version.notes.create(body="Cek dulu ke Lumi", level="must", author_label="Dinda", sent_at=at, is_for_us=True)
    version.notes.create(body="Belum dikirim", level="nice", author_label="Dinda")
    shown = html(kirana, page)
    assert shown.index("Pencahayaannya cantik") < shown.index("Kode belum ada") < shown.index("Send the new draft")
    assert "Cek dulu" not in shown
    assert "Belum dikirim" not in shown


@pytest.mark.parametrize("way", ["", "save/", "files/"])
def test_what_is_somebody_elses_is_not_there(kirana: Visitor, reel: Deliverable, way: str) -> None:
    other = DeliverableFactory()
    address = f"{kirana.page}draft/{way}{other.pk}/"
    assert kirana.client.post(address, {"caption": "Iklan", "name": "a.png", "size": "10"}).status_code == 404
    assert Client().post(address.replace(str(other.pk), str(reel.pk)), {"caption": "Iklan"}).status_code == 404
    assert (UnsentDraft.objects.count(), ContentVersion.objects.count()) == (0, 0)


def test_her_own_page_leads_there(kirana: Visitor, page: str) -> None:
    shown = html(kirana, kirana.page)
    assert f'href="{page}">Send the draft</a>' in shown
    assert "Only send a link" in shown


def test_where_an_idea_comes_first_it_is_asked_for_until_it_is_agreed_to(
    kirana: Visitor, page: str, reel: Deliverable
) -> None:
    ApprovalPolicy.objects.create(campaign=reel.collaboration.campaign, concept_first=True, concept_days=5)
    shown = html(kirana, kirana.page)
    assert ("Tell us your idea" in shown, "Sunday, 22 November 2026" in shown) == (True, True)
    assert "Send the idea" in html(kirana, page)
    answer = kirana.client.post(f"{page}?as=concept", {"do": "send", "seen": "0", "words": "Di dapur, pagi hari"})
    assert answer["Location"] == f"{kirana.page}?thanks=idea.sent"
    assert "Your idea is with us." in html(kirana, kirana.page)
    idea = ContentVersion.objects.get()
    assert (idea.stage, idea.words, Deliverable.objects.get().status) == ("concept", "Di dapur, pagi hari", "expected")
    Review.objects.update(status="approved", decided_at=idea.submitted_at)
    assert "Tell us your idea" not in html(kirana, kirana.page)
    assert "Send the draft" in html(kirana, page)

"""The page of a brief: nothing typed is lost, rows move without a script, who was faster is told."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from campaigns.briefs.content import Content, Item, Pointer
from campaigns.briefs.models import BriefReference, BriefTemplate, BriefVersion
from campaigns.briefs.queries import current_version, state_of
from campaigns.planning.models import Campaign
from crm.base.models import StoredFile
from crm.timeline.record import Actor
from tests.campaigns.briefs.conftest import released, said, written
from tests.factories import CollaborationFactory


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture
def address(campaign: Campaign) -> str:
    return reverse("campaign-brief", args=[campaign.pk])


def typed(campaign: Campaign, **values: Any) -> dict[str, Any]:
    return {"seen": state_of(campaign).token, "language": "en", "save": "1", **values}


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_what_is_typed_becomes_the_draft(as_coordinator: Client, campaign: Campaign, address: str) -> None:
    data = typed(
        campaign, pose="Standing", hashtags="glow #Glow lumi", forbidden="aman, ampuh", embargo_on="2026-12-04",
        embargo_clock="10:00", item=["Show it", "", "Smile"], level=["must", "free", "junk"],
        ref_url=["lumi.example/mood"], ref_note=["The light"], ref_file=[""],
    )  # fmt: skip
    assert as_coordinator.post(address, data).status_code == 302
    draft = BriefVersion.objects.get()
    assert (draft.pose, draft.hashtags, draft.forbidden) == ("Standing", ["#glow", "#lumi"], ["aman", "ampuh"])
    assert draft.embargo_at == dt.datetime(2026, 12, 4, 3, 0, tzinfo=dt.UTC)
    assert list(draft.items.values_list("text", "level")) == [("Show it", "must"), ("Smile", "should")]
    assert list(draft.references.values_list("url", "note")) == [("https://lumi.example/mood", "The light")]


def test_looking_writes_nothing(as_coordinator: Client, campaign: Campaign, address: str) -> None:
    page = as_coordinator.get(address)
    look = as_coordinator.post(address, {"look": "1", "pose": "Standing", "language": "en"})
    assert (page.status_code, look.status_code, BriefVersion.objects.count()) == (200, 200, 0)
    assert "<h3>Pose and scene</h3> <p>Standing</p>" in words(look)


def test_a_refused_form_keeps_every_word_and_the_file(as_coordinator: Client, campaign: Campaign, address: str) -> None:
    upload = SimpleUploadedFile("mood.png", picture(), content_type="image/png")
    data = typed(campaign, pose="Standing", link="no address", item=["x" * 301], level=["must"], file=upload)
    page = as_coordinator.post(address, data)
    assert page.status_code == 422
    shown = words(page)
    assert 'value="Standing"' in shown
    assert "x" * 301 in shown
    assert "At most 300 characters. Make two of it." in shown
    assert "mood.png" in shown
    token = page.context["desk"].pointers[0].kept
    again = typed(campaign, ref_url=[""], ref_note=["Mood"], ref_file=[token])
    assert as_coordinator.post(address, again).status_code == 302
    assert BriefReference.objects.get().file == StoredFile.objects.get()


def test_a_file_nobody_gave_her_is_not_taken(as_coordinator: Client, campaign: Campaign, address: str) -> None:
    data = typed(campaign, ref_url=[""], ref_note=[""], ref_file=["12"], pose="Standing")
    assert as_coordinator.post(address, data).status_code == 302
    assert BriefReference.objects.count() == 0


@pytest.mark.parametrize(
    ("button", "left"),
    [("item:add", ["a", "b", ""]), ("item:drop-0", ["b"]), ("item:up-1", ["b", "a"]), ("item:down-0", ["b", "a"]),
     ("item:up-0", ["a", "b"]), ("junk:drop-0", ["a", "b"]), ("item:drop-999", ["a", "b"])],
)  # fmt: skip
def test_rows_come_go_and_move_without_a_script(
    as_coordinator: Client, campaign: Campaign, address: str, button: str, left: list[str]
) -> None:
    page = as_coordinator.post(address, {"row": button, "item": ["a", "b"], "level": ["must", "free"], "pose": "Here"})
    assert page.status_code == 200
    assert [row.text for row in page.context["desk"].items] == left
    assert ('value="Here"' in words(page), BriefVersion.objects.count()) == (True, 0)


def test_the_second_saver_sees_what_stands_beside_what_she_typed(
    as_coordinator: Client, campaign: Campaign, address: str, actor: Actor, now: dt.datetime
) -> None:
    opened = typed(campaign, pose="Lying")
    written(campaign, said(pose="Standing"), now, actor)
    page = as_coordinator.post(address, opened)
    assert (page.status_code, BriefVersion.objects.get().pose) == (422, "Standing")
    shown = words(page)
    assert "Somebody else saved this brief while the form was open." in shown
    assert '<del><span class="visually-hidden">gone: </span>Standing</del>' in shown
    assert '<ins><span class="visually-hidden">new: </span>Lying</ins>' in shown
    again = {**opened, "seen": page.context["desk"].form["seen"].value()}
    assert as_coordinator.post(address, again).status_code == 302
    assert BriefVersion.objects.get().pose == "Lying"


def test_releasing_shows_the_difference_first_and_asks_once(
    as_coordinator: Client, campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    released(campaign, said(pose="Standing"), now, actor)
    written(campaign, said(pose="Standing", use_days=14), now, actor)
    address = reverse("brief-release", args=[campaign.pk])
    shown = words(as_coordinator.get(address))
    assert 'Days she uses it first <span class="mk warn">asks again</span>' in shown
    seen = state_of(campaign).token
    refused = as_coordinator.post(address, {"seen": seen, "change": "small"})
    assert refused.status_code == 422
    assert "Ask them again, or say why they need not." in words(refused)
    assert as_coordinator.post(address, {"seen": seen, "change": "ask_again", "note": "Use it"}).status_code == 302
    assert current_version(campaign).change_note == "Use it"  # type: ignore[union-attr]
    assert as_coordinator.post(address, {"seen": seen, "change": "ask_again"}).status_code == 302
    assert BriefVersion.objects.count() == 2


def test_an_impossible_brief_shows_why_beside_its_way_out(
    as_coordinator: Client, campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    written(campaign, said(caption="Aman", forbidden=["aman"]), now, actor)
    address = reverse("brief-release", args=[campaign.pk])
    posted = as_coordinator.post(address, {"seen": state_of(campaign).token, "change": "ask_again"})
    assert posted.status_code == 422
    assert "It cannot be released like this." in words(posted)
    assert BriefVersion.objects.get().released_at is None


def test_any_two_versions_stand_against_each_other(
    as_coordinator: Client, campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    for pose in ("Standing", "Sitting", "Lying"):
        released(campaign, said(pose=pose), now, actor)
    address = reverse("brief-versions", args=[campaign.pk])
    page = as_coordinator.get(address, {"old": "1", "new": "3"})
    assert [one.version.number for one in page.context["history"]] == [3, 2, 1]
    (apart,) = page.context["compared"]["apart"]
    assert [(piece.tone, piece.text) for piece in apart.pieces] == [("gone", "Standing"), ("new", "Lying")]
    assert as_coordinator.get(address, {"old": "x", "new": "99"}).context["compared"]["apart"] is None


def test_a_brief_never_released_has_an_empty_history(as_coordinator: Client, campaign: Campaign) -> None:
    page = as_coordinator.get(reverse("brief-versions", args=[campaign.pk]))
    assert page.status_code == 200
    assert "Nothing was released yet" in words(page)


def test_a_long_history_asks_no_more_of_the_database(
    as_coordinator: Client, campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    address = reverse("brief-versions", args=[campaign.pk])
    content = Content(said().values, (Item("Show it", "must"),), (Pointer("https://lumi.example/"),))
    released(campaign, content, now, actor)
    as_coordinator.get(address)
    asked = []
    for poses in ((), ("Sitting", "Lying")):
        for pose in poses:
            released(campaign, Content({**content.values, "pose": pose}, content.items), now, actor)
        with CaptureQueriesContext(connection) as queries:
            as_coordinator.get(address)
        asked.append(len(queries))
    assert asked == [7, 7]


def test_the_paper_of_a_version_is_the_same_bytes_each_time(
    as_coordinator: Client, campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    content = Content(said(pose="Standing ✨").values, (Item("Show it", "must"),), (Pointer("https://lumi.example/"),))
    released(campaign, content, now, actor)
    pages = [as_coordinator.get(reverse("brief-pdf", args=[campaign.pk, 1])) for _time in range(2)]
    assert pages[0].content == pages[1].content
    assert pages[0].content[:5] == b"%PDF-"
    assert b'xmp:ModifyDate="2026-11-24T03:00:00+00:00"' in pages[0].content
    assert pages[0]["Content-Disposition"] == 'attachment; filename="glow-brief-v1.pdf"'
    card = CollaborationFactory(campaign=campaign)
    assert as_coordinator.get(reverse("brief-her-pdf", args=[card.pk])).content != pages[0].content


def test_a_kept_version_begins_the_next_brief(
    as_coordinator: Client, campaign: Campaign, address: str, actor: Actor, now: dt.datetime
) -> None:
    released(campaign, said(pose="Standing", items=[("Show it", "must")]), now, actor)
    keep = reverse("brief-keep", args=[campaign.pk, 1])
    assert as_coordinator.post(keep, {"name": "Reel", "whose": "brand"}).status_code == 302
    assert as_coordinator.post(keep, {"name": "reel", "whose": "brand"}).status_code == 422
    kept = BriefTemplate.objects.get(name="Reel")
    page = as_coordinator.get(address, {"from": kept.pk})
    assert (page.context["desk"].form["pose"].value(), page.context["desk"].items[0].text) == ("Standing", "Show it")
    retire = reverse("brief-template-retire", args=[kept.pk])
    as_coordinator.post(retire)
    assert kept not in BriefTemplate.objects.standing()
    as_coordinator.post(retire)
    assert kept in BriefTemplate.objects.standing()


def test_who_only_reads_sees_what_was_released_and_no_draft(
    viewer: Any, campaign: Campaign, address: str, actor: Actor, now: dt.datetime
) -> None:
    written(campaign, said(pose="Standing"), now, actor)
    client = Client()
    client.force_login(viewer)
    page = client.get(address)
    assert "Nothing was released yet" in words(page)
    assert "Standing" not in words(page)


def test_the_house_brings_two_briefs_in_both_languages(db: None) -> None:
    assert sorted(BriefTemplate.objects.values_list("name", "language")) == [
        ("Food story", "en"), ("Reel perawatan kulit", "id"), ("Skincare reel", "en"), ("Story makanan", "id"),
    ]  # fmt: skip


def test_a_brief_is_found_by_its_words(
    as_coordinator: Client, campaign: Campaign, actor: Actor, now: dt.datetime
) -> None:
    written(campaign, said(items=[("Show the copper spoon", "must")]), now, actor)
    shown = words(as_coordinator.get(reverse("search"), {"q": "copper spoon"}))
    assert reverse("campaign-brief", args=[campaign.pk]) in shown
    assert "Lumi, brief, version 1" in shown

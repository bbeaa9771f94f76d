"""Tags on people, files kept with them, notes pinned above the others."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from crm.base.models import StoredFile
from crm.influencers.actions.tags import tag_called
from crm.influencers.models import Attachment, Influencer, Note, Tag
from crm.team.models import Role, User
from crm.timeline.models import Entry
from tests.factories import InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


def put(client: Client, person: Influencer, name: str) -> Any:
    return client.post(reverse("person-tags", args=[person.pk]), {"name": name})


def told() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("sentence_en", flat=True))


# ---- tags ------------------------------------------------------------------------------------------------------------


def test_a_new_word_becomes_a_tag_and_an_old_one_is_found_in_any_letters(
    as_coordinator: Client, kirana: Influencer
) -> None:
    other = InfluencerFactory()
    for person, name in ((kirana, " #Bali "), (other, "bali"), (kirana, "BALI")):
        assert put(as_coordinator, person, name).status_code == 302
    assert [tag.name for tag in Tag.objects.all()] == ["Bali"]
    assert (kirana.tags.count(), other.tags.count()) == (1, 1)
    assert told() == ["Tagged “Bali”", "Tagged “Bali”"]


@pytest.mark.parametrize("name", ["", "  ", "#", "x" * 41])
def test_a_tag_is_a_word(as_coordinator: Client, kirana: Influencer, name: str) -> None:
    assert put(as_coordinator, kirana, name).status_code == 422
    assert not Tag.objects.exists()


def test_the_database_holds_one_tag_of_a_name(kirana: Influencer) -> None:
    tag_called("Bali")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="bALI")


def test_a_tag_taken_off_one_stays_with_others(as_coordinator: Client, kirana: Influencer) -> None:
    other = InfluencerFactory()
    put(as_coordinator, kirana, "Bali")
    put(as_coordinator, other, "Bali")
    tag = Tag.objects.get()
    for _press in range(2):
        as_coordinator.post(reverse("tag-take", args=[kirana.pk, tag.pk]))
    assert (kirana.tags.count(), other.tags.count(), Tag.objects.count()) == (0, 1, 1)
    assert told()[2:] == ["No longer tagged “Bali”"]


def test_tags_stand_in_the_head_of_her_page(as_viewer: Client, kirana: Influencer) -> None:
    kirana.tags.add(Tag.objects.create(name="Sopan", hue=3))
    page = as_viewer.get(reverse("person", args=[kirana.pk])).content.decode()
    assert '<span class="tag hued hue-3">Sopan</span>' in page


def test_the_list_shows_only_the_tagged_and_says_so(as_coordinator: Client, kirana: Influencer) -> None:
    InfluencerFactory(stage_name="Bagas")
    tag = Tag.objects.create(name="Sopan")
    kirana.tags.add(tag)
    page = as_coordinator.get(reverse("people"), {"tag": tag.pk})
    assert [chip.label for chip in page.context["chips"]] == ["tagged Sopan"]
    text = page.content.decode()
    assert ("Kirana Maheswari" in text, "Bagas" in text) == (True, False)


def test_many_people_are_tagged_at_once_and_each_has_a_result(as_coordinator: Client) -> None:
    people = [InfluencerFactory(stage_name=name) for name in ("Ayu", "Bima", "Citra")]
    put(as_coordinator, people[1], "Bali")
    data = {"action": "tag", "ids": [person.pk for person in people]}
    assert as_coordinator.post(reverse("people-bulk"), data).status_code == 200
    page = as_coordinator.post(reverse("people-bulk"), {**data, "sure": "1", "tag": "bali"})
    assert [(one.name, str(one.said), one.changed) for one in page.context["outcomes"]] == [
        ("Ayu", "Tagged “Bali”", True),
        ("Bima", "Has this tag already", False),
        ("Citra", "Tagged “Bali”", True),
    ]
    assert Tag.objects.get().people.count() == 3
    assert as_coordinator.post(reverse("people-bulk"), {**data, "sure": "1", "tag": " # "}).status_code == 422


# ---- files -----------------------------------------------------------------------------------------------------------


def picture(name: str = "Media kit.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def attach(client: Client, person: Influencer, **typed: Any) -> Any:
    data = {"upload": picture(), "kind": "media_kit", **typed}
    return client.post(reverse("attachment-new", args=[person.pk]), data)


def test_a_file_is_kept_with_its_name_its_kind_and_who_added_it(
    as_coordinator: Client, coordinator: User, kirana: Influencer
) -> None:
    assert attach(as_coordinator, kirana).status_code == 302
    kept = Attachment.objects.get()
    assert (kept.name, kept.kind, kept.added_by, kept.file.uploaded_by) == (
        "Media kit.png", "media_kit", coordinator, coordinator.get_short_name(),
    )  # fmt: skip
    assert told() == ["Added the file “Media kit.png”"]
    answer = as_coordinator.get(reverse("attachment", args=[kirana.pk, kept.pk]))
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        200, "image/png", "nosniff",
    )  # fmt: skip
    b"".join(answer.streaming_content)


def test_what_is_no_picture_and_no_document_is_refused(as_coordinator: Client, kirana: Influencer) -> None:
    answer = attach(as_coordinator, kirana, upload=SimpleUploadedFile("kit.png", b"<script>", "image/png"), name="Kit")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["upload"]
    assert answer.context["form"]["name"].value() == "Kit"
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_files_are_for_those_who_work_with_her(as_coordinator: Client, as_viewer: Client, kirana: Influencer) -> None:
    attach(as_coordinator, kirana)
    kept = Attachment.objects.get()
    finance = Client()
    finance.force_login(UserFactory(role=Role.FINANCE))
    url = reverse("attachment", args=[kirana.pk, kept.pk])
    seen = finance.get(url)
    b"".join(seen.streaming_content)
    assert (as_viewer.get(url).status_code, seen.status_code, Client().get(url).status_code) == (403, 200, 302)
    panels = reverse("person-panels", args=[kirana.pk])
    assert "Media kit.png" not in as_viewer.get(panels).content.decode()
    assert "Media kit.png" in as_coordinator.get(panels).content.decode()


def test_a_file_is_found_with_its_own_person_only(as_coordinator: Client, kirana: Influencer) -> None:
    attach(as_coordinator, kirana)
    kept = Attachment.objects.get()
    other = InfluencerFactory()
    assert as_coordinator.get(reverse("attachment", args=[other.pk, kept.pk])).status_code == 404
    assert as_coordinator.post(reverse("attachment-remove", args=[other.pk, kept.pk])).status_code == 404
    assert Attachment.objects.count() == 1


def test_a_removed_file_leaves_the_disk_and_the_story_keeps_its_name(
    as_coordinator: Client, kirana: Influencer, django_capture_on_commit_callbacks: Any
) -> None:
    attach(as_coordinator, kirana)
    kept = Attachment.objects.get()
    path = Path(kept.file.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(reverse("attachment-remove", args=[kirana.pk, kept.pk]))
    assert (Attachment.objects.count(), StoredFile.objects.count(), path.exists()) == (0, 0, False)
    assert told()[-1] == "Removed the file “Media kit.png”"


def test_files_cost_the_same_however_many(as_coordinator: Client) -> None:
    costs = []
    for times in (1, 3):
        person = InfluencerFactory()
        for _number in range(times):
            attach(as_coordinator, person)
        as_coordinator.get(reverse("person-panels", args=[person.pk]))
        with CaptureQueriesContext(connection) as caught:
            as_coordinator.get(reverse("person-panels", args=[person.pk]))
        costs.append(len(caught))
    assert costs[0] == costs[1]


# ---- pinned notes ----------------------------------------------------------------------------------------------------


def pin(client: Client, note: Note, pinned: str) -> None:
    client.post(reverse("note-pin", args=[note.influencer_id, note.pk]), {"pinned": pinned})


def test_a_pinned_note_stands_above_newer_ones_until_it_is_unpinned(as_coordinator: Client, kirana: Influencer) -> None:
    first, second, third = (Note.objects.create(influencer=kirana, text=text) for text in ("one", "two", "three"))
    pin(as_coordinator, first, "1")
    pin(as_coordinator, first, "1")
    assert list(kirana.notes.all()) == [first, third, second]
    pin(as_coordinator, first, "")
    pin(as_coordinator, first, "")
    assert list(kirana.notes.all()) == [third, second, first]
    assert told() == ["Pinned a note", "Unpinned a note"]

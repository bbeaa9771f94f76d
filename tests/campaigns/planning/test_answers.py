"""What she answers on her page, and what a colleague notes for her: the same tasks, the same effects."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.planning.forms.answers import DraftForm, MoreTimeForm, PostedForm, QuestionForm, ToldPostedForm
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.portal import Deliverables
from crm.base.models import StoredFile
from crm.portal.registry import AnswerRefused, Asking, PortalTask, Told
from crm.reminders.models import Todo
from crm.reminders.registry import Asked, dues
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.crm.base.corpus import picture
from tests.factories import CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(reel: Deliverable, now: dt.datetime) -> Asking:
    contact = reel.collaboration.influencer.representations.get().contact
    brand = reel.collaboration.campaign.brand_id
    return Asking(reel.collaboration.influencer_id, brand, now, "Asia/Jakarta", contact)


def task(asking: Asking) -> PortalTask:
    (found,) = Deliverables().open(asking)
    return found


def say(asking: Asking, code: str, **data: Any) -> None:
    assert asking.contact is not None
    told = Told(code, data, asking.now, Actor.contact(asking.contact), file=data.pop("stored", None))
    Deliverables().settle(asking, task(asking), told)


def codes(asking: Asking) -> list[str]:
    return [answer.code for answer in task(asking).answers]


def screenshot() -> StoredFile:
    return StoredFile.objects.create(file="x.png", label="shot.png", mime="image/png", size=1, sha256="0" * 64)


def test_first_a_draft_is_asked_for_with_its_day(asking: Asking) -> None:
    open_task = task(asking)
    assert str(open_task.title) == "Draft of Instagram Reel"
    assert (open_task.due_on, open_task.campaign, open_task.is_late) == (dt.date(2026, 11, 27), "Glow", False)
    assert codes(asking) == ["draft", "posted", "more_time", "question", "not_this_time"]
    assert (open_task.page, str(open_task.page_label)) == ("portal-draft", "Send the draft")
    assert [answer.code for answer in open_task.answers if answer.primary] == []


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Jakarta", []),
        ("Asia/Pontianak", []),
        ("Asia/Jayapura", ["Until Sat, 28 Nov 2026 02:00 WIT where you are"]),
    ],
)
def test_a_day_that_ends_at_another_hour_where_she_is_says_so(asking: Asking, zone: str, told: list[str]) -> None:
    said = [str(line) for line in task(replace(asking, zone=zone)).lines]
    assert [line for line in said if line.startswith("Until")] == told


def test_the_word_deliverable_is_never_shown_to_her(asking: Asking) -> None:
    shown = task(asking)
    words = [str(shown.title), *map(str, shown.lines)]
    words += [str(text) for answer in shown.answers for text in (answer.label, answer.thanks)]
    assert [text for text in words if "deliverable" in text.lower()] == []


def test_her_draft_settles_the_draft_and_keeps_the_posting_day(asking: Asking, reel: Deliverable) -> None:
    say(asking, "draft", url="https://drive.example/1", note="Semoga suka")
    reel.refresh_from_db()
    assert (reel.status, reel.draft_url) == ("submitted", "https://drive.example/1")
    entry = Entry.objects.get(verb="deliverable.submitted")
    assert (entry.actor_kind, entry.actor_label, entry.quote) == ("contact", "Kirana Maheswari", "Semoga suka")
    assert (str(task(asking).title), codes(asking)) == (
        "Post Instagram Reel",
        ["posted", "more_time", "question", "not_this_time"],
    )


def test_nothing_invites_to_post_before_the_draft_was_looked_at(
    asking: Asking, reel: Deliverable, actor: Actor
) -> None:
    say(asking, "draft", url="https://drive.example/1")
    assert [answer.code for answer in task(asking).answers if answer.primary] == []
    reel.refresh_from_db()
    reel.approve(at=asking.now, actor=actor)
    assert [answer.code for answer in task(asking).answers if answer.primary] == ["posted"]


def test_what_should_change_is_told_on_her_page(asking: Asking, reel: Deliverable, actor: Actor) -> None:
    reel.submit(at=asking.now, actor=actor)
    reel.ask_changes("The code is missing", at=asking.now, actor=actor)
    assert str(task(asking).lines[0]) == "What we would like to change: The code is missing"


def test_posting_with_its_address_leaves_nothing_open(asking: Asking, reel: Deliverable) -> None:
    say(asking, "posted", url="https://insta.example/p/1")
    assert list(Deliverables().open(asking)) == []
    reel.refresh_from_db()
    assert (reel.status, reel.post_url, reel.published_at) == ("published", "https://insta.example/p/1", asking.now)
    assert Collaboration.objects.get().status == "done"


def test_a_post_noted_by_a_colleague_without_address_asks_her_for_it(asking: Asking) -> None:
    say(asking, "posted", posted_on=dt.date(2026, 11, 23))
    assert Deliverable.objects.get().published_at == dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
    assert codes(asking) == ["link", "question"]
    say(asking, "link", url="https://insta.example/p/1")
    assert list(Deliverables().open(asking)) == []


def test_a_story_needs_its_screenshot_instead_of_an_address(asking: Asking, reel: Deliverable) -> None:
    reel.format.lasts_hours = 24
    reel.format.save()
    say(asking, "posted")
    assert codes(asking) == ["proof", "question"]
    with pytest.raises(AnswerRefused, match="No screenshot arrived"):
        say(asking, "proof")
    shot = screenshot()
    say(asking, "proof", stored=shot)
    assert Deliverable.objects.get().proof == shot
    assert list(Deliverables().open(asking)) == []


def test_a_screenshot_sent_along_with_the_story_counts_at_once(asking: Asking, reel: Deliverable) -> None:
    reel.format.lasts_hours = 24
    reel.format.save()
    shot = screenshot()
    say(asking, "posted", stored=shot)
    assert Deliverable.objects.get().proof == shot


def test_more_time_becomes_a_task_for_the_owner_and_moves_nothing(asking: Asking, reel: Deliverable) -> None:
    say(asking, "more_time", until=dt.date(2026, 11, 30), note="Sedang di luar kota")
    todo = Todo.objects.get()
    assert (todo.kind, todo.owner, todo.quote, todo.influencer_label) == (
        "more_time",
        reel.collaboration.campaign.owner,
        "Sedang di luar kota",
        "Kirana Maheswari",
    )
    assert todo.text == "Needs more time for Instagram Reel (Glow): until 30 November 2026"
    assert todo.due_at == dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)  # today: she waits for an answer
    assert todo.url == f"/campaigns/collaborations/{reel.collaboration_id}/#made-{reel.pk}"
    assert Deliverable.objects.get().draft_due_on == dt.date(2026, 11, 27)
    say(asking, "more_time", until=dt.date(2026, 11, 30))
    assert Todo.objects.count() == 1


def test_each_question_is_a_task_of_its_own(asking: Asking) -> None:
    say(asking, "question", note="Boleh pakai baju merah?")
    later = Asking(
        asking.influencer_id, asking.brand_id, asking.now + dt.timedelta(hours=1), asking.zone, asking.contact
    )
    say(later, "question", note="Kodenya apa?")
    assert list(Todo.objects.order_by("pk").values_list("kind", "quote")) == [
        ("question", "Boleh pakai baju merah?"),
        ("question", "Kodenya apa?"),
    ]


def test_not_this_time_stops_the_reminders_and_asks_a_colleague(asking: Asking, now: dt.datetime) -> None:
    say(asking, "not_this_time", note="Jadwal penuh")
    assert Todo.objects.get().kind == "not_this_time"
    assert Collaboration.objects.get().paused_at == now
    assert list(dues(Asked(now=now), ["deliverable.draft", "deliverable.post"])) == []
    assert list(Deliverables().open(asking)) == []


def test_an_answer_that_came_too_late_changes_nothing(asking: Asking, reel: Deliverable, actor: Actor) -> None:
    seen = task(asking)
    reel.submit(at=asking.now, actor=actor)
    before = Entry.objects.count()
    told = Told("draft", {"url": "https://drive.example/2"}, asking.now, actor)
    with pytest.raises(AnswerRefused):
        Deliverables().settle(asking, seen, told)
    assert (Deliverable.objects.get().draft_url, Entry.objects.count()) == ("", before)


def test_another_person_cannot_settle_it(asking: Asking, actor: Actor) -> None:
    stranger = Asking(asking.influencer_id + 99, asking.brand_id, asking.now, asking.zone, asking.contact)
    with pytest.raises(AnswerRefused, match="no longer asked for"):
        Deliverables().settle(stranger, task(asking), Told("draft", {"url": ""}, asking.now, actor))
    assert Deliverable.objects.get().status == "expected"


def test_she_sees_only_what_this_brand_asks_and_only_while_it_is_asked(asking: Asking, reel: Deliverable) -> None:
    DeliverableFactory(collaboration=CollaborationFactory(influencer=reel.collaboration.influencer))
    assert [found.subject_id for found in Deliverables().open(asking)] == [reel.pk]
    everything = Asking(asking.influencer_id, None, asking.now, asking.zone)
    assert len(Deliverables().open(everything)) == 2
    Collaboration.objects.update(status="in_talks")
    assert list(Deliverables().open(everything)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_tasks_costs_one_query(
    count: int, asking: Asking, reel: Deliverable, django_assert_num_queries: Any
) -> None:
    for _each in range(count - 1):
        DeliverableFactory(collaboration=reel.collaboration)
    with django_assert_num_queries(1):
        found = Deliverables().open(asking)
        assert [str(shown.title) for shown in found] == ["Draft of Instagram Reel"] * count


def test_a_colleague_may_note_a_post_without_its_address_and_she_may_not(asking: Asking) -> None:
    hers = task(asking).answer("posted")
    theirs = task(Asking(asking.influencer_id, None, asking.now, asking.zone)).answer("posted")
    assert hers is not None
    assert theirs is not None
    assert (hers.form, theirs.form) == (PostedForm, ToldPostedForm)
    assert not PostedForm({}).is_valid()
    assert ToldPostedForm({}).is_valid()


@pytest.mark.parametrize(
    "form, field",
    [
        (DraftForm({}), "url"),
        (DraftForm({"url": "javascript:alert(1)"}), "url"),
        (PostedForm({"url": "not an address"}), "url"),
        (ToldPostedForm({"posted_on": "2999-01-01"}), "posted_on"),
        (ToldPostedForm({"posted_on": "1999-01-01"}), "posted_on"),
        (ToldPostedForm({"posted_on": "31/31/2026"}), "posted_on"),
        (MoreTimeForm({"until": "2001-01-01"}), "until"),
        (MoreTimeForm({"until": "9999-12-31"}), "until"),
        (MoreTimeForm({}), "until"),
        (QuestionForm({"note": "   "}), "note"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(form: Any, field: str) -> None:
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize("form", [DraftForm, PostedForm, ToldPostedForm])
def test_an_address_without_its_beginning_is_taken_and_no_browser_refuses_it(form: Any) -> None:
    filled = form({"url": "instagram.com/p/abc"})
    assert (filled.is_valid(), filled.cleaned_data["url"]) == (True, "https://instagram.com/p/abc")
    assert ('type="url"' in str(filled["url"]), 'inputmode="url"' in str(filled["url"])) == (False, True)


def test_a_draft_sent_another_way_only_needs_a_word_about_it() -> None:
    assert DraftForm({"note": "By WhatsApp"}).is_valid()


def test_told_me_settles_in_two_clicks_with_channel_and_words(
    as_coordinator: Client, reel: Deliverable, now: dt.datetime
) -> None:
    address = f"/people/{reel.collaboration.influencer_id}/told/deliverable/{reel.pk}/posted/"
    answer = as_coordinator.post(address, {"channel": "whatsapp", "quote": "sudah tayang kak", "next": "/campaigns/"})
    assert (answer.status_code, answer["Location"]) == (302, "/campaigns/")
    reel.refresh_from_db()
    assert reel.status == "published"
    entry = Entry.objects.get(verb="deliverable.published")
    assert (entry.channel, entry.quote, entry.actor_label) == ("whatsapp", "sudah tayang kak", "Dinda")


def test_told_me_with_a_file_that_is_no_picture_is_refused_and_keeps_the_words(
    as_coordinator: Client, reel: Deliverable
) -> None:
    reel.format.lasts_hours = 24
    reel.format.save()
    address = f"/people/{reel.collaboration.influencer_id}/told/deliverable/{reel.pk}/posted/"
    fake = SimpleUploadedFile("shot.png", b"<script>", content_type="image/png")
    answer = as_coordinator.post(address, {"channel": "whatsapp", "quote": "sudah tayang", "file": fake})
    assert answer.status_code == 422
    assert "sudah tayang" in answer.content.decode()
    assert Deliverable.objects.get().status == "expected"


@pytest.mark.parametrize(
    ("code", "stands", "verb"),
    [
        ("draft", "submitted", "deliverable.submitted"),
        ("posted", "published", "deliverable.published"),
        ("question", "expected", "deliverable.question"),
        ("not_this_time", "expected", "deliverable.not_this_time"),
    ],
)
def test_what_she_told_a_colleague_needs_nothing_but_the_channel(
    as_coordinator: Client, reel: Deliverable, code: str, stands: str, verb: str
) -> None:
    address = f"/people/{reel.collaboration.influencer_id}/told/deliverable/{reel.pk}/{code}/"
    assert as_coordinator.post(address, {"channel": "call"}).status_code == 302
    reel.refresh_from_db()
    assert (reel.status, Entry.objects.get(verb=verb).channel) == (stands, "call")
    said = as_coordinator.get("/").content.decode()
    assert ("Reminders about it stop" in said, "Noted." in said) == (code != "question", True)


def test_a_colleague_is_never_asked_as_if_she_were_the_influencer(as_coordinator: Client, reel: Deliverable) -> None:
    for code in ("draft", "posted", "more_time", "question", "not_this_time"):
        page = as_coordinator.get(f"/people/{reel.collaboration.influencer_id}/told/deliverable/{reel.pk}/{code}/")
        said = page.content.decode()
        assert [
            words for words in ("Your question", "works for you", "Would you like", "you sent it") if words in said
        ] == []


@pytest.mark.parametrize("field", ["file", "screenshot"])
def test_the_screenshot_of_a_story_counts_in_either_place(
    as_coordinator: Client, reel: Deliverable, now: dt.datetime, field: str
) -> None:
    reel.format.lasts_hours = 24
    reel.format.save()
    reel.publish(at=now, actor=SYSTEM)
    address = f"/people/{reel.collaboration.influencer_id}/told/deliverable/{reel.pk}/proof/"
    shot = SimpleUploadedFile("shot.png", picture("PNG"), content_type="image/png")
    without = as_coordinator.post(address, {"channel": "whatsapp", "quote": "ini kak"})
    assert (without.status_code, "ini kak" in without.content.decode()) == (422, True)
    assert as_coordinator.post(address, {"channel": "whatsapp", field: shot}).status_code == 302
    reel.refresh_from_db()
    assert reel.proof is not None

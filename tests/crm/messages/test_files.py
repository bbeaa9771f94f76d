"""Files that go along: through the one safe door, to everybody who gets it by mail, fixed once it is sent."""

import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from crm.base.files import accept_upload, keep
from crm.base.models import StoredFile
from crm.influencers.models import Influencer
from crm.messages import actions, files
from crm.messages.files import SentMeanwhile, attach
from crm.messages.models import Message, MessageFile
from crm.outbox.delivery import send_due
from crm.outbox.envelope import put_together
from crm.outbox.models import Email, EmailFile
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.conftest import NOW
from tests.crm.base.corpus import picture
from tests.crm.messages.conftest import reachable
from tests.races import together

pytestmark = pytest.mark.django_db

Write = Callable[..., Message]


def png(name: str = "Brief é 🙏.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture("PNG"), "image/png")


def add(client: Client, message: Message, file: SimpleUploadedFile | None = None) -> Any:
    return client.post(reverse("message-files", args=[message.pk]), {"upload": file or png()})


def send(message: Message, user: User) -> None:
    message.confirm(at=NOW, actor=Actor.user(user))
    actions.carry_on(message.pk, now=NOW)


def test_everybody_gets_the_file_under_its_own_name(
    as_coordinator: Client, coordinator: User, written: Write, three: list[Influencer]
) -> None:
    message = written(three)
    assert add(as_coordinator, message).headers["Location"] == reverse("message", args=[message.pk])
    send(message, coordinator)
    kept = StoredFile.objects.get()
    assert [email.files.get().file for email in Email.objects.all()] == [kept] * 3
    for email in Email.objects.all():
        raw = put_together(email, NOW).as_bytes()
        leaves = message_from_bytes(raw, policy=policy.default)
        [part] = list(leaves.iter_attachments())
        assert (part.get_filename(), part.get_content_type()) == ("Brief é 🙏.png", "image/png")
        assert part.get_content() == Path(kept.file.path).read_bytes()
        body = leaves.get_body(("plain",))
        assert body is not None and "shoot moves" in body.get_content().replace("syuting pindah", "shoot moves")
        assert max(len(line) for line in raw.split(b"\r\n")) < 998


def test_other_ways_out_carry_it_too(
    as_coordinator: Client, coordinator: User, written: Write, three: list[Influencer], mailoutbox: Any
) -> None:
    message = written(three[:1])
    add(as_coordinator, message)
    send(message, coordinator)
    assert send_due(lambda: NOW) == {"sent": 1}
    [[name, content, mime]] = mailoutbox[0].attachments
    assert (name, mime, content) == (
        "Brief é 🙏.png",
        "image/png",
        Path(StoredFile.objects.get().file.path).read_bytes(),
    )


def test_a_file_that_is_gone_keeps_the_message_from_leaving_and_says_so(
    as_coordinator: Client, coordinator: User, written: Write, three: list[Influencer]
) -> None:
    message = written(three[:1])
    add(as_coordinator, message)
    send(message, coordinator)
    Path(StoredFile.objects.get().file.path).unlink()
    assert send_due(lambda: NOW) == {"put off": 1}
    assert "FileNotFoundError" in Email.objects.get().why


def test_what_is_no_picture_and_no_paper_is_refused_with_what_to_do(
    as_coordinator: Client, written: Write, three: list[Influencer]
) -> None:
    message = written(three)
    refused = add(as_coordinator, message, SimpleUploadedFile("brief.exe", b"MZ" + b"\x00" * 200))
    assert (refused.status_code, StoredFile.objects.count(), message.files.count()) == (422, 0, 0)
    assert "is not a file we can take here" in refused.content.decode()


def test_too_many_and_too_much_are_refused(
    as_coordinator: Client, coordinator: User, written: Write, three: list[Influencer], monkeypatch: Any
) -> None:
    message = written(three)
    for number in range(files.MOST):
        assert add(as_coordinator, message, png(f"{number}.png")).status_code == 302
    assert "There are already 5 files here" in add(as_coordinator, message).content.decode()
    other = written(three)
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    assert "Send a link to a large file instead." in add(as_coordinator, other).content.decode()
    assert (message.files.count(), other.files.count()) == (files.MOST, 0)


def test_a_file_is_taken_out_again_and_leaves_the_disk(
    as_coordinator: Client, written: Write, three: list[Influencer], django_capture_on_commit_callbacks: Any
) -> None:
    message = written(three)
    add(as_coordinator, message)
    path = Path(StoredFile.objects.get().file.path)
    with django_capture_on_commit_callbacks(execute=True):
        as_coordinator.post(reverse("message-file-remove", args=[message.pk, message.files.get().pk]))
    assert (message.files.count(), StoredFile.objects.count(), path.exists()) == (0, 0, False)
    assert list(
        Entry.objects.filter(verb__startswith="message.file").values_list("verb", flat=True).order_by("pk")
    ) == [
        "message.file_added",
        "message.file_removed",
    ]


def test_once_it_is_sent_its_files_stay_as_they_left(
    as_coordinator: Client, coordinator: User, written: Write, three: list[Influencer]
) -> None:
    message = written(three)
    add(as_coordinator, message)
    send(message, coordinator)
    add(as_coordinator, message, png("late.png"))
    as_coordinator.post(reverse("message-file-remove", args=[message.pk, message.files.get().pk]))
    assert [one.file.label for one in message.files.all()] == ["Brief é 🙏.png"]


def test_a_discarded_message_leaves_no_file(
    as_coordinator: Client, coordinator: User, written: Write, three: list[Influencer]
) -> None:
    message = written(three)
    add(as_coordinator, message)
    actions.discard(message, now=NOW, actor=Actor.user(coordinator))
    assert StoredFile.objects.count() == 0


def test_an_agent_of_two_gets_one_mail_with_the_file_once(
    as_coordinator: Client, coordinator: User, written: Write
) -> None:
    first = reachable("Ayu Lestari")
    agent = first.representations.get().contact
    second = reachable("Bima Sakti")
    second.representations.update(contact=agent)
    message = written([first, second], text_en="The shoot moves.", text_id="Syuting pindah.")
    add(as_coordinator, message)
    send(message, coordinator)
    assert (Email.objects.count(), EmailFile.objects.count()) == (1, 1)


def test_by_hand_the_files_are_there_to_send_along(as_coordinator: Client, coordinator: User, written: Write) -> None:
    message = written([reachable("Ayu Lestari", prefers="whatsapp", whatsapp="+6281234567001")])
    add(as_coordinator, message)
    send(message, coordinator)
    page = as_coordinator.get(Todo.objects.get().url).content.decode()
    address = reverse("message-file", args=[message.pk, message.files.get().pk])
    assert f'href="{address}"' in page
    served = as_coordinator.get(address)
    assert b"".join(served.streaming_content) == Path(StoredFile.objects.get().file.path).read_bytes()
    served.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_colleagues_adding_the_last_file_at_once_add_one(
    written: Write, three: list[Influencer], coordinator: User, owner: User
) -> None:
    message = written(three)
    for number in range(files.MOST - 1):
        attach(message, accept_upload(png(f"{number}.png")), by=coordinator, at=NOW)
    raised = together(
        lambda: attach(message, accept_upload(png("a.png")), by=coordinator, at=NOW),
        lambda: attach(message, accept_upload(png("b.png")), by=owner, at=NOW),
    )
    assert (raised, message.files.count()) == (["UploadRefused"], files.MOST)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_message_both_would_add_one(
    written: Write, three: list[Influencer], coordinator: User
) -> None:
    """The control: both look for room before either has added."""
    message = written(three)
    for number in range(files.MOST - 1):
        attach(message, accept_upload(png(f"{number}.png")), by=coordinator, at=NOW)
    start = threading.Barrier(2)

    def without_lock() -> None:
        safe = accept_upload(png())
        files.room_for(message, safe.size)
        start.wait()
        MessageFile.objects.create(message=message, file=keep(safe, by="Dinda"))

    assert (together(without_lock, without_lock), message.files.count()) == ([], files.MOST + 1)


def test_adding_comes_too_late_once_somebody_sent_it(
    written: Write, three: list[Influencer], coordinator: User
) -> None:
    message = written(three)
    Message.objects.get(pk=message.pk).confirm(at=NOW, actor=Actor.user(coordinator))
    with pytest.raises(SentMeanwhile):
        attach(message, accept_upload(png()), by=coordinator, at=NOW)
    assert StoredFile.objects.count() == 0

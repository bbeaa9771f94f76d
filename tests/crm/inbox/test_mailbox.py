"""The mailbox itself, on a real IMAP server: read once, by one reader, whoever is killed in between, whatever lies in it."""

import datetime as dt
import os
from collections.abc import Iterator
from typing import Any

import pytest
from imapclient import IMAPClient

from crm.base.models import StoredFile
from crm.inbox import reading
from crm.inbox.models import InboundMail, Mailbox
from crm.inbox.queries import mailbox_health
from crm.inbox.reading import Address, CannotRead, Reading, opened, read_mailbox
from crm.inbox.tasks import read_the_mailbox
from crm.outbox.models import Email
from crm.outbox.reasons import in_words
from crm.reminders.models import Todo
from scripts.test_services import dovecot_bin
from tests.conftest import NOW
from tests.crm.inbox.conftest import CORPUS, eml
from tests.crm.inbox.imap_server import Imap, dovecot
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.integration, pytest.mark.clocked]

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(scope="module")
def server() -> Iterator[Imap]:
    if dovecot_bin() is None:
        missing = "Dovecot is not installed (apt-get install dovecot-imapd)"
        if os.geteuid() == 0:
            pytest.fail(f"{missing}, and root could have installed it.")
        pytest.skip(f"{missing}: reading a real mailbox is not tested here.")
    with dovecot() as running:
        yield running


@pytest.fixture
def imap(server: Imap, settings: Any) -> Imap:
    server.empty()
    settings.IMAP_URL = server.url
    return server


def read(at: dt.datetime = NOW) -> dict[str, int]:
    return dict(+read_mailbox(lambda: at))


def test_an_answer_is_delivered_and_then_marked_as_seen(imap: Imap, asked: Email) -> None:
    imap.put(eml("reply_gmail_id"))
    assert read() == {"taken in": 1}
    mail = InboundMail.objects.get()
    assert (mail.state, mail.text) == (
        "delivered", "Halo Kak Dinda, drafnya sudah jadi, nanti malam aku unggah ya 🙏",
    )  # fmt: skip
    assert (imap.unseen(), Todo.objects.count()) == (0, 1)


def test_what_was_read_is_not_read_again(imap: Imap, asked: Email) -> None:
    imap.put(eml("reply_gmail_id"))
    read()
    assert read(NOW + MINUTE) == {}


def test_the_whole_corpus_passes_and_nothing_stays_unread(imap: Imap, asked: Email) -> None:
    names = sorted(path.stem for path in CORPUS.glob("*.eml"))
    imap.put(*[eml(name) for name in names if eml(name).strip()])
    said = read()
    assert (imap.unseen(), InboundMail.objects.new().count(), "broken" in said) == (0, 0, False)
    assert said["taken in"] == InboundMail.objects.count()
    assert read(NOW + MINUTE) == {}


def test_the_same_mail_delivered_twice_is_one_row(imap: Imap, asked: Email) -> None:
    imap.put(eml("reply_gmail_en"), eml("reply_gmail_en"))
    assert read() == {"taken in": 1, "known": 1}
    assert (InboundMail.objects.count(), imap.unseen()) == (1, 0)


class Killed(BaseException):
    """What the end of a process looks like from inside: nothing catches it."""


def test_a_reader_killed_before_it_marked_the_mail_makes_no_second_row(
    imap: Imap, asked: Email, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*args: object, **words: object) -> None:
        raise Killed

    imap.put(eml("reply_gmail_en"), eml("reply_apple_mail"))
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(IMAPClient, "add_flags", dies)
        read()
    assert (InboundMail.objects.count(), imap.unseen()) == (1, 2)
    assert read(NOW + MINUTE) == {"sorted_late": 1, "known": 1, "taken in": 1}
    assert (InboundMail.objects.count(), InboundMail.objects.new().count(), imap.unseen()) == (2, 0, 0)
    assert Todo.objects.count() == 2


def test_a_reader_killed_between_storing_and_sorting_leaves_the_sorting_to_the_next(
    imap: Imap, asked: Email, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*args: object, **words: object) -> None:
        raise Killed

    imap.put(eml("reply_gmail_en"))
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(reading, "sort_in", dies)
        read()
    assert (InboundMail.objects.get().state, imap.unseen()) == ("new", 0)
    assert read(NOW + MINUTE) == {"sorted_late": 1}
    assert InboundMail.objects.get().state == "delivered"


def test_nobody_reads_while_somebody_does_and_a_dead_reader_loses_its_place(imap: Imap, asked: Email) -> None:
    imap.put(eml("reply_gmail_en"))
    name = Address.of(imap.url).name
    assert Mailbox.take(name, token="dead", now=NOW, until=NOW + reading.LEASE) is not None
    assert read(NOW + MINUTE) == {}
    assert (imap.unseen(), InboundMail.objects.count()) == (1, 0)
    assert read(NOW + reading.LEASE + MINUTE) == {"taken in": 1}


def test_a_reader_whose_place_is_taken_stops(imap: Imap, asked: Email) -> None:
    imap.put(eml("reply_gmail_en"))
    address = Address.of(imap.url)
    mailbox = Mailbox.take(address.name, token="mine", now=NOW, until=NOW + MINUTE)
    assert mailbox is not None
    Mailbox.objects.update(lease_token="theirs")
    with opened(address) as line:
        assert Reading(line, mailbox, "mine", lambda: NOW).run() == {}
    assert imap.unseen() == 1


@pytest.mark.postgres
class TestTwoReaders:
    MAILS = 25

    def fill(self, imap: Imap) -> None:
        plain = eml("reply_without_thread")
        imap.put(*[plain.replace(b"<NT1@", f"<NT{number}@".encode()) for number in range(self.MAILS)])

    def test_one_reads_and_the_other_goes_home(self, imap: Imap, asked: Email) -> None:
        self.fill(imap)
        said: list[dict[str, int]] = []
        assert together(lambda: said.append(read()), lambda: said.append(read())) == []
        assert sorted(said, key=len) == [{}, {"taken in": self.MAILS}]

    def test_without_the_lease_both_fetch_the_same_mail_and_still_there_is_one_row(
        self, imap: Imap, asked: Email
    ) -> None:
        self.fill(imap)
        said: list[dict[str, int]] = []
        address = Address.of(imap.url)

        def reader(name: str) -> None:
            mailbox = Mailbox.take(name, token=name, now=NOW, until=NOW + MINUTE)
            assert mailbox is not None
            with opened(address) as line:
                said.append(dict(Reading(line, mailbox, name, lambda: NOW).run()))

        assert together(lambda: reader("a"), lambda: reader("b")) == []
        assert sum(one.get("known", 0) for one in said) > 0
        assert InboundMail.objects.count() == self.MAILS


def test_a_mail_that_is_too_large_is_not_fetched_and_the_mailbox_goes_on(
    imap: Imap, asked: Email, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 100_000)
    imap.put(eml("stranger") + b"x" * 200_000, eml("reply_gmail_en"))
    assert read() == {"taken in": 2}
    large = InboundMail.objects.get(kind="unreadable")
    assert in_words(large.why) == "The mail is larger than 0 MB and was not taken. Open it in your own mail program."
    assert StoredFile.objects.get(pk=large.source_id).size == reading.HEAD_ONLY
    assert InboundMail.objects.get(kind="reply").state == "delivered"


def test_a_head_of_ten_megabytes_is_kept_by_its_source(imap: Imap, asked: Email) -> None:
    imap.put(b"X-Filler: " + b"a" * 10_000_000 + b"\r\n" + eml("stranger"))
    assert read() == {"taken in": 1}
    assert in_words(InboundMail.objects.get().why) == (
        "The head of this mail is longer than any real one. Its source is kept."
    )


def test_a_wrong_password_is_said_in_plain_words_until_it_is_right(imap: Imap, settings: Any) -> None:
    settings.IMAP_URL = imap.url.replace("rahasia", "keliru")
    assert read() == {}
    health = mailbox_health()
    assert (health.why, health.failed_at) == ("The mailbox refuses the user name or the password.", NOW)
    read(NOW + MINUTE)
    assert mailbox_health().failed_at == NOW
    settings.IMAP_URL = imap.url
    read(NOW + 2 * MINUTE)
    health = mailbox_health()
    assert (health.why, health.read_at, health.failed_at) == ("", NOW + 2 * MINUTE, None)


def test_a_missing_folder_is_named(imap: Imap, settings: Any) -> None:
    settings.IMAP_URL = imap.url.replace("INBOX", "Jawaban")
    read()
    assert mailbox_health().why == "There is no folder Jawaban in the mailbox."


def test_a_server_that_is_away_is_said_without_the_password(settings: Any) -> None:
    settings.IMAP_URL = "imap://kotak:rahasia@127.0.0.1:1/INBOX"
    assert read() == {}
    assert mailbox_health().why.startswith("The mail server cannot be reached: ")
    assert "rahasia" not in Mailbox.objects.get().why + Mailbox.objects.get().name


@pytest.mark.parametrize("url", ["mailto:x", "imaps://", "imaps://host/INBOX", "imaps://u:p@host:99999/INBOX"])
def test_an_address_that_is_none_says_how_to_write_one(settings: Any, url: str) -> None:
    with pytest.raises(CannotRead, match="Write imaps://user:password@host:993/INBOX"):
        Address.of(url)
    settings.IMAP_URL = url
    assert read() == {}
    assert mailbox_health().why == "IMAP_URL is not an address. Write imaps://user:password@host:993/INBOX."


def test_without_an_address_nothing_is_read_and_nothing_is_wrong(settings: Any) -> None:
    settings.IMAP_URL = ""
    assert read_the_mailbox() == {}
    assert (mailbox_health().is_named, Mailbox.objects.count()) == (False, 0)


def test_the_task_reads_the_mailbox(imap: Imap, asked: Email) -> None:
    imap.put(eml("reply_gmail_en"))
    assert read_the_mailbox()["taken in"] == 1

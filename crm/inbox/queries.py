"""What the pages of received mail show."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.paging import Order, Page, capped_count, page_of
from crm.base.places import ids_of_person
from crm.inbox.answering import answer_subject
from crm.inbox.models import AnswerHold, InboundMail, InboundMailQuerySet, Mailbox
from crm.inbox.reading import mailbox_name
from crm.influencers.models import Influencer
from crm.influencers.told_me import tasks_for
from crm.outbox.reasons import in_words
from crm.reminders.registry import Asked, Due, dues

if TYPE_CHECKING:
    from crm.portal.registry import PortalTask
    from crm.team.models import User

NEWEST = Order("newest", _("Newest first"), "received_at")
STATE = InboundMail.State
TONES: dict[str, str] = {
    STATE.NEW: "info",
    STATE.DELIVERED: "info",
    STATE.UNMATCHED: "warn",
    STATE.FILED: "ok",
    STATE.IGNORED: "",
}
LOOK_BACK, LOOK_AHEAD = dt.timedelta(days=120), dt.timedelta(days=120)
LONGEST_MAILTO = 1_200


@dataclass(frozen=True)
class Part:
    """One part of what was received."""

    key: str
    label: Any
    narrow: Callable[[InboundMailQuerySet], InboundMailQuerySet]


PARTS = (
    Part("unmatched", _("To be sorted"), lambda rows: rows.unmatched()),
    Part("delivered", _("Waits for an answer"), lambda rows: rows.delivered()),
    Part("filed", _("Filed"), lambda rows: rows.filed()),
    Part("ignored", _("Set aside"), lambda rows: rows.ignored()),
)


@dataclass(frozen=True)
class Line:
    """One mail of the list, in the reader's words."""

    mail: InboundMail
    tone: str
    why: str

    @classmethod
    def of(cls, mail: InboundMail) -> "Line":
        return cls(mail, TONES[mail.state], in_words(mail.why))


@dataclass(frozen=True)
class Found:
    """One page of received mail."""

    part: Part
    words: str
    person: int | None
    lines: list[Line]
    page: Page[InboundMail]

    def address(self, **changes: str) -> str:
        asked = {"part": self.part.key, "q": self.words, "person": str(self.person or ""), **changes}
        return f"{reverse('inbox')}?{urlencode({key: value for key, value in asked.items() if value})}"

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [{"label": one.label, "url": self.address(part=one.key), "active": one == self.part} for one in PARTS]

    @property
    def without_person(self) -> str:
        return self.address(person="")

    @property
    def without_words(self) -> str:
        return self.address(q="")

    @property
    def earlier(self) -> str:
        return self.address(at=self.page.earlier) if self.page.earlier else ""

    @property
    def later(self) -> str:
        return self.address(at=self.page.later) if self.page.later else ""


def find_mail(user: "User", part: str, words: str, person: int | None, cursor: str) -> Found:
    """A page of the mail this user may see, newest first."""
    chosen = next((one for one in PARTS if one.key == part), PARTS[0])
    rows = chosen.narrow(InboundMail.objects.visible_to(user)).defer("whole_text", "facts")
    if words:
        rows = rows.saying(words)
    if person:
        rows = rows.about_person(ids_of_person(person))
    page = page_of(rows, NEWEST, cursor, key=lambda mail: (mail.received_at, mail.pk))
    return Found(chosen, words, person, [Line.of(mail) for mail in page.rows], page)


def to_sort(user: "User") -> int:
    """How many mails wait to be sorted, for the tab."""
    if not user.has_perm("crm.view_inbox"):
        return 0
    return capped_count(InboundMail.objects.visible_to(user).unmatched(), 99).number


@dataclass(frozen=True)
class Health:
    """How the mailbox is: read when, and what is wrong."""

    is_named: bool
    name: str = ""
    read_at: dt.datetime | None = None
    failed_at: dt.datetime | None = None
    why: str = ""


def mailbox_health() -> Health:
    """What the page and the health check say about the mailbox."""
    if not settings.IMAP_URL:
        return Health(is_named=False)
    row = Mailbox.objects.filter(name=mailbox_name()).first()
    if row is None:
        return Health(is_named=True, name=mailbox_name())
    return Health(True, row.name, row.read_at, row.failed_at, in_words(row.why))


def people_behind(mail: InboundMail) -> list[Influencer]:
    """Whom the mail may be about: those its contact stands for."""
    if mail.contact is None:
        return []
    stands = mail.contact.representations.filter(influencer__merged_into=None).select_related("influencer")
    return [one.influencer for one in stands.order_by("influencer__stage_name")[:20]]


def things_of(person: Influencer, user: "User", now: dt.datetime) -> list[Due]:
    """What this person has open with brands this colleague may see, soonest first, each thing once."""
    asked = Asked(now=now, user=user, from_at=now - LOOK_BACK, to_at=now + LOOK_AHEAD)
    found = {due.subject: due for due in dues(asked) if due.influencer_id == person.pk and not due.stopped_why}
    return sorted(found.values(), key=lambda due: due.due_at)


@dataclass(frozen=True)
class MailPage:
    """One mail and what can be done about it."""

    mail: InboundMail
    line: Line
    files: list[Any]
    tasks: "list[PortalTask]"
    holds: list[AnswerHold]
    waits_until: dt.datetime | None
    mailto: str
    may_answer: bool


def mail_page(mail: InboundMail, user: "User", now: dt.datetime) -> MailPage:
    """Everything the page of one mail shows."""
    holds = list(AnswerHold.objects.visible_to(user).filter(mail=mail))
    running = [hold.until_at for hold in holds if hold.until_at > now]
    return MailPage(
        mail,
        Line.of(mail),
        [(one, in_words(one.why)) for one in mail.files.select_related("file")],
        open_tasks_about(mail, user, now),
        holds,
        max(running, default=None),
        mailto(mail),
        InboundMail.objects.answerable().filter(pk=mail.pk).exists(),
    )


def open_tasks_about(mail: InboundMail, user: "User", now: dt.datetime) -> "list[PortalTask]":
    """What the person has open, what the mail is about first."""
    if mail.influencer_ref is None or mail.state != STATE.DELIVERED or not user.has_perm("crm.tell_influencer"):
        return []
    person = Influencer.objects.visible_to(user).filter(pk=mail.influencer_ref, merged_into=None).first()
    tasks = [task for task in tasks_for(user, person, now) if not task.standing] if person else []
    about = {int(subject.rpartition(":")[2]) for subject in mail.subject_refs}
    return sorted(tasks, key=lambda task: task.subject_id not in about)


def mailto(mail: InboundMail) -> str:
    """An answer in the colleague's own mail program, in the same thread and with the words quoted."""
    if not mail.from_address:
        return ""
    quoted = "\n\n" + "\n".join(f"> {line}" for line in mail.text[:LONGEST_MAILTO].splitlines())
    words = {
        "subject": answer_subject(mail),
        "body": quoted,
        **({"In-Reply-To": mail.message_id} if mail.message_id else {}),
    }
    return f"mailto:{quote(mail.from_address, safe='@')}?{urlencode(words, quote_via=quote)}"

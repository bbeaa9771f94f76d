"""What the pages of messages show, computed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.formats import count_full
from crm.messages.models import Message, MessageLine, MessageLineQuerySet
from crm.outbox.models import Contact, Email
from crm.outbox.queries import TONES
from crm.outbox.reasons import in_words
from crm.timeline import run_pages

if TYPE_CHECKING:
    from crm.team.models import User

LINES_PER_PAGE = 50
MESSAGES_PER_PAGE = 20
Outcome, State = MessageLine.Outcome, Email.State
PASSED = Q(todo__done_at__isnull=False)
MAIL = Q(channel=Contact.Prefers.EMAIL)


@dataclass(frozen=True)
class Group:
    """Lines that came to the same: what a tab shows."""

    key: str
    label: Any
    tone: str
    means: Q


GROUPS = (
    Group("gets", _("Gets it by e-mail"), "info", MAIL & Q(outcome=Outcome.GETS)),
    Group("gets_by_hand", _("To be written by hand"), "info", ~MAIL & Q(outcome=Outcome.GETS)),
    Group("sent", _("Sent"), "ok", Q(outcome=Outcome.WRITTEN, email__state=State.SENT)),
    Group("waiting", _("On the way"), "info", Q(outcome=Outcome.WRITTEN, email__state__in=[State.QUEUED, State.SENDING])),
    Group("by_hand", _("To write by hand"), "warn", Q(outcome=Outcome.BY_HAND) & ~PASSED),
    Group("passed_on", _("Passed on by hand"), "ok", Q(outcome=Outcome.BY_HAND) & PASSED),
    Group(
        "trouble", _("Did not go out"), "bad",
        Q(outcome=Outcome.WRITTEN) & Q(email__state__in=[State.FAILED, State.UNKNOWN, State.SKIPPED]),
    ),
    Group("left_out", _("Does not get it"), "warn", Q(outcome=Outcome.LEFT_OUT)),
    Group("called_off", _("Called off"), "", Q(outcome=Outcome.CALLED_OFF)),
)  # fmt: skip
BY_KEY = {group.key: group for group in GROUPS}
COUNTED = {group.key: Count("pk", filter=group.means) for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient as the page shows her."""

    row: MessageLine
    label: str
    tone: str
    why: str
    at: dt.datetime | None
    email_url: str
    preview_url: str

    @classmethod
    def of(cls, row: MessageLine) -> "Line":
        label, tone, at = _state(row)
        why = in_words(row.email.why) if row.email and row.email.why else in_words(row.why)
        url = reverse("outbox-email", args=[row.email_id]) if row.email_id else ""
        preview = reverse("message-preview", args=[row.message_id, row.pk]) if row.contact_id else ""
        return cls(row, label, tone, why, at, url, preview)

    @property
    def zone(self) -> str:
        """Hours are said where the recipient is."""
        return self.row.contact.zone if self.row.contact else ""


def _state(row: MessageLine) -> tuple[str, str, dt.datetime | None]:
    """What became of a line, in a word, with its tone and its moment."""
    if row.outcome == Outcome.WRITTEN and row.email:
        return row.email.get_state_display(), TONES[row.email.state], row.email.sent_at or row.email.send_at
    group = "by_hand"
    if row.outcome == Outcome.BY_HAND:
        done_at = row.todo.done_at if row.todo else None
        group = "passed_on" if done_at else group
        return str(BY_KEY[group].label), BY_KEY[group].tone, done_at or row.send_at
    tones = {Outcome.GETS: "info", Outcome.LEFT_OUT: "warn"}
    return row.get_outcome_display(), tones.get(Outcome(row.outcome), ""), row.send_at


def counts_of(lines: MessageLineQuerySet) -> dict[str, int]:
    """How many lines stand in each group, in one query."""
    return dict(lines.order_by().aggregate(**COUNTED))


def report(message: Message, group: str, page: str | None, now: dt.datetime) -> dict[str, Any]:
    """Everybody it goes to or not, a page at a time, with what becomes of each."""
    counts = counts_of(message.lines.all())
    chosen = BY_KEY.get(group)
    rows = message.lines.filter(chosen.means) if chosen else message.lines.all()
    rows = rows.select_related("contact", "email", "todo").defer("email__html", "email__text", "email__context")
    shown: Page[MessageLine] = Paginator(rows.order_by("place", "pk"), LINES_PER_PAGE).get_page(page)
    return {
        "counts": counts,
        "page_obj": shown,
        "lines": [Line.of(row) for row in shown],
        "tabs": run_pages.tabs("part", [(one.key, one.label) for one in GROUPS], counts, chosen.key if chosen else ""),
        "getting": counts["gets"] + counts["gets_by_hand"],
        "first": message.lines.getting().filter(contact__isnull=False).order_by("place", "pk").first(),
        "again_url": _again(message, group, shown.number) if counts["waiting"] and _leaves_soon(message, now) else "",
    }


def files_of(message: Message, user: "User") -> dict[str, Any]:
    """What goes along with it, and whether this colleague may still change that."""
    files = list(message.files.select_related("file"))
    return {"files": files, "may_change_files": message.may_be_changed and user.has_perm("crm.write_message")}


SOON = dt.timedelta(minutes=10)


def _leaves_soon(message: Message, now: dt.datetime) -> bool:
    """Whether what the page says may change while somebody looks at it."""
    return message.lines.filter(BY_KEY["waiting"].means, email__send_at__lte=now + SOON).exists()


def _again(message: Message, group: str, number: int) -> str:
    return f"{reverse('message-lines', args=[message.pk])}?{urlencode({'part': group, 'page': number})}"


def later(message: Message, now: dt.datetime) -> int:
    """How many get their e-mail later than in the next ten minutes."""
    return message.lines.getting().filter(MAIL, send_at__gt=now + SOON).count()


def progress(message: Message, now: dt.datetime) -> dict[str, Any]:
    """How far the work is, and whether anybody seems to be at it."""
    return run_pages.progress(
        message,
        now,
        note=_now("You can leave this page; the work goes on."),
        waits=_now(
            "Waiting to go on: nobody is at it. It is taken up by itself within a minute; nobody gets it twice."
        ),
        id="message-progress",
        title=str(message.get_status_display()),
        done=message.cursor,
        total=message.total,
        poll_url=reverse("message-progress", args=[message.pk]),
    )


@dataclass(frozen=True)
class Written:
    """One message of the list, with what became of it."""

    message: Message
    parts: list[tuple[str, str, str]]
    """Label, number and tone of each group that has lines."""

    @property
    def at(self) -> dt.datetime:
        """When it was sent off; when it was written, while it was not."""
        return self.message.confirmed_at or self.message.created_at


def written(user: "User", page: str | None) -> dict[str, Any]:
    """Messages, the newest first, each with its counts; two queries more, however many there are."""
    found = Message.objects.visible_to(user).select_related("started_by", "template").newest_first()
    shown = Paginator(found.defer("text_id", "text_en", "asked"), MESSAGES_PER_PAGE).get_page(page)
    return {"page_obj": shown, "rows": list(_with_counts(list(shown)))}


def _with_counts(messages: Iterable[Message]) -> Iterator[Written]:
    several = list(messages)
    lines: Any = MessageLine.objects.filter(message__in=several).order_by().values("message")
    by_message: dict[int, dict[str, int]] = {row["message"]: row for row in lines.annotate(**COUNTED)}
    for message in several:
        counts = by_message.get(message.pk, {})
        parts = [(str(one.label), count_full(counts[one.key]), one.tone) for one in GROUPS if counts.get(one.key)]
        yield Written(message, parts)


def neighbours(line: MessageLine) -> dict[str, Any]:
    """The recipients before and after this one, and which of how many it is."""
    rows = list(line.message.lines.filter(contact__isnull=False).order_by("place", "pk").values_list("pk", flat=True))
    at = rows.index(line.pk)
    return {
        "number": at + 1,
        "of": len(rows),
        "before": _preview_of(line, rows[at - 1]) if at else "",
        "after": _preview_of(line, rows[at + 1]) if at + 1 < len(rows) else "",
    }


def _preview_of(line: MessageLine, pk: int) -> str:
    return reverse("message-preview", args=[line.message_id, pk])


def languages(active: str) -> list[dict[str, Any]]:
    """Both languages as tabs."""
    named = (("id", "Bahasa Indonesia"), ("en", "English"))
    return [{"label": name, "url": f"?language={code}", "active": code == active} for code, name in named]

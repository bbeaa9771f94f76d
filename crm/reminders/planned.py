"""The list of reminders to come, and of those that will not."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.paging import Order, Page, page_of
from crm.outbox.kinds import KINDS
from crm.reminders.models import Recipient, Reminder
from crm.reminders.plan import dues_about
from crm.reminders.registry import Due
from crm.reminders.why import said_of

if TYPE_CHECKING:
    from crm.team.models import User

SOONEST = Order("soonest", _("Soonest first"), "send_at", descending=False)
LATEST = Order("latest", _("Latest first"), "send_at")
PARTS = (("planned", _("To come")), ("skipped", _("Not sent")), ("void", _("Taken back")))


@dataclass(frozen=True)
class PlannedLine:
    """One reminder in the reader's words."""

    row: Reminder
    label: Any
    title: Any
    person: str
    why: str
    why_url: str

    @property
    def may_pass_on(self) -> bool:
        """Whether a colleague may say it by WhatsApp instead."""
        return self.row.recipient == Recipient.INFLUENCER and self.row.state == Reminder.State.QUEUED

    @classmethod
    def of(cls, row: Reminder, due: Due | None, said: str = "") -> "PlannedLine":
        kind = KINDS.get(row.email_name)
        return cls(
            row,
            kind.label if kind else row.email_name,
            due.title if due else row.subject,
            due.influencer_label if due else "",
            said,
            f"{reverse('outbox-why')}?{urlencode({'about': row.subject})}",
        )


@dataclass(frozen=True)
class PlannedPage:
    part: str
    words: str
    lines: list[PlannedLine]
    page: Page[Reminder]

    def address(self, **changes: str) -> str:
        asked = {"part": self.part, "q": self.words, **changes}
        return f"{reverse('outbox-planned')}?{urlencode({key: value for key, value in asked.items() if value})}"

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [{"label": label, "url": self.address(part=key), "active": key == self.part} for key, label in PARTS]

    @property
    def earlier(self) -> str:
        return self.address(at=self.page.earlier) if self.page.earlier else ""

    @property
    def later(self) -> str:
        return self.address(at=self.page.later) if self.page.later else ""


def find_planned(user: "User", part: str, words: str, cursor: str, now: dt.datetime) -> PlannedPage:
    """A page of reminders this user may see: to come, not sent, or taken back."""
    chosen = part if part in dict(PARTS) else "planned"
    rows = Reminder.objects.visible_to(user).select_related("contact")
    narrowed = {"planned": rows.queued(), "skipped": rows.skipped(), "void": rows.taken_back()}[chosen]
    if words:
        narrowed = narrowed.to_person(words)
    order = SOONEST if chosen == "planned" else LATEST
    page = page_of(narrowed, order, cursor, key=lambda row: (row.send_at, row.pk))
    found = dues_about(page.rows, now)
    is_paused = Organisation.load().mail_paused_at is not None
    lines = [
        PlannedLine.of(row, found.get((row.kind, row.subject)), said_of(row, now, is_paused=is_paused))
        for row in page.rows
    ]
    return PlannedPage(chosen, words, lines, page)

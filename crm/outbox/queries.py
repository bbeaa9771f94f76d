"""What the outbox's pages show."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.paging import Count, Order, Page, capped_count, page_of
from crm.base.places import Place, ids_of_person
from crm.outbox.kinds import KINDS
from crm.outbox.late import masked
from crm.outbox.models import Email, EmailQuerySet
from crm.outbox.reasons import in_words

if TYPE_CHECKING:
    from crm.team.models import User

NEWEST = Order("newest", _("Newest first"), "created_at")
TONES: dict[str, str] = {
    Email.State.QUEUED: "info",
    Email.State.SENDING: "info",
    Email.State.SENT: "ok",
    Email.State.FAILED: "bad",
    Email.State.UNKNOWN: "warn",
    Email.State.SKIPPED: "",
}


@dataclass(frozen=True)
class Tab:
    """One part of the outbox."""

    key: str
    label: Any
    narrow: Callable[[EmailQuerySet], EmailQuerySet]
    counts: bool = False


TABS = (
    Tab("waiting", _("On the way"), lambda rows: rows.on_the_way()),
    Tab("sent", _("Sent"), lambda rows: rows.sent()),
    Tab("failed", _("Did not go through"), lambda rows: rows.failed(), counts=True),
    Tab("unclear", _("Unclear"), lambda rows: rows.unclear(), counts=True),
    Tab("skipped", _("Not sent"), lambda rows: rows.skipped()),
)


outbox_tab: Place[Callable[["User"], int | None]] = Place("outbox_tab")
"""`@outbox_tab("outbox-planned", label=_("Planned"))`: another part of the outbox behind the address of that name;
function(user) -> how many things need somebody there, or None. With `permission=` only those who have it see it."""


@dataclass(frozen=True)
class Line:
    """One message of the list, in the reader's words."""

    email: Email
    label: Any
    tone: str
    why: str
    at: dt.datetime

    @classmethod
    def of(cls, email: Email) -> "Line":
        kind = KINDS.get(email.name)
        label = kind.label if kind else email.name
        return cls(email, label, TONES[email.state], in_words(email.why), email.sent_at or email.send_at)


@dataclass(frozen=True)
class Found:
    """One page of the outbox."""

    tab: Tab
    words: str
    person: int | None
    lines: list[Line]
    page: Page[Email]

    def address(self, **changes: str) -> str:
        """This list's address with something changed."""
        asked = {"tab": self.tab.key, "q": self.words, "person": str(self.person or ""), **changes}
        return f"{reverse('outbox')}?{urlencode({key: value for key, value in asked.items() if value})}"

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


def find_messages(user: "User", tab: str, words: str, person: int | None, cursor: str) -> Found:
    """A page of the messages this user may see."""
    chosen = next((one for one in TABS if one.key == tab), TABS[1])
    rows = chosen.narrow(Email.objects.visible_to(user)).select_related("contact").defer("html", "text", "context")
    if words:
        rows = rows.to_person(words)
    if person:
        rows = rows.filter(influencer_ref__in=ids_of_person(person))
    page = page_of(rows, NEWEST, cursor, key=lambda email: (email.created_at, email.pk))
    return Found(chosen, words, person, [Line.of(email) for email in page.rows], page)


def tab_links(user: "User", active: str) -> list[dict[str, Any]]:
    """The parts of the outbox, with how many messages need a person."""
    mine = Email.objects.visible_to(user)
    others = [
        {
            "label": placed.words["label"],
            "url": reverse(placed.key),
            "active": placed.key == active,
            "count": placed.call(user),
        }
        for placed in outbox_tab.all()
        if "permission" not in placed.words or user.has_perm(placed.words["permission"])
    ]
    return others + [
        {
            "label": tab.label,
            "url": f"{reverse('outbox')}?tab={tab.key}",
            "active": tab.key == active,
            "count": _shown(capped_count(tab.narrow(mine), 99)) if tab.counts else None,
        }
        for tab in TABS
    ]


def _shown(count: Count) -> str:
    return str(count) if count.number else ""


def needing_somebody(user: "User") -> int:
    """Messages that failed or nobody knows about, for the navigation."""
    mine = Email.objects.visible_to(user)
    return capped_count(mine.failed() | mine.unclear(), 99).number


@dataclass(frozen=True)
class Letter:
    """One message as it left, without its secrets."""

    line: Line
    text: str
    subject: str

    @classmethod
    def of(cls, email: Email) -> "Letter":
        return cls(Line.of(email), masked(email.text), masked(email.subject))

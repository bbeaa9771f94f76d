"""Who gets no mail, and why: addresses that do not work, and those who said no. Rooms above add who is left alone."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.paging import Order, page_of
from crm.outbox.models import Contact, ContactQuerySet
from crm.outbox.topics import OF_MARKETING, Purpose
from crm.preferences.models import Consent
from crm.preferences.places import SilentLine, SilentPage, silent_part
from crm.timeline.models import Entry

if TYPE_CHECKING:
    from crm.team.models import User

NEWEST = Order("newest", _("Newest first"), "updated_at")


def matching(rows: ContactQuerySet, words: str) -> ContactQuerySet:
    return rows.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else rows


def said_no() -> ContactQuerySet:
    """Contacts who took back, or refused, news or offers and have not agreed to them since."""
    ended = Consent.objects.filter(contact=OuterRef("pk"), purpose__in=OF_MARKETING, withdrawn_at__isnull=False)
    again = Consent.objects.open().filter(contact=OuterRef("contact"), purpose=OuterRef("purpose"))
    return Contact.objects.filter(Q(news_off_at__isnull=False) | Exists(ended.filter(~Exists(again))))


@silent_part("bounced", label=_("Address does not work"), order=10)
def bounced(user: "User", words: str, cursor: str, now: dt.datetime) -> SilentPage:
    """Addresses a mail server refused for good."""
    rows = matching(Contact.objects.visible_to(user).filter(email_state=Contact.EmailState.BOUNCED), words)
    page = page_of(rows, NEWEST, cursor, key=lambda row: (row.updated_at, row.pk))
    told = _bounced_at([row.pk for row in page.rows])
    lines = [
        SilentLine(row.name, row.email, row.email_state_why, told.get(row.pk), _address(row), contact_id=row.pk)
        for row in page.rows
    ]
    return SilentPage(lines, page.earlier, page.later)


def _bounced_at(contacts: list[int]) -> dict[int, dt.datetime]:
    about = {f"crm.contact:{pk}": pk for pk in contacts}
    rows = Entry.objects.filter(subject__in=about, verb="contact.bounced").order_by("at")
    return {about[subject]: at for subject, at in rows.values_list("subject", "at")}


@silent_part("news", label=_("No news or offers"), order=20)
def no_news(user: "User", words: str, cursor: str, now: dt.datetime) -> SilentPage:
    """Those who said no; messages about agreed work still reach them."""
    rows = matching(said_no() & Contact.objects.visible_to(user), words)
    page = page_of(rows, NEWEST, cursor, key=lambda row: (row.updated_at, row.pk))
    ended: dict[int, list[Consent]] = {}
    for consent in Consent.objects.filter(contact__in=[row.pk for row in page.rows], purpose__in=OF_MARKETING):
        if consent.withdrawn_at is not None:
            ended.setdefault(consent.contact_id, []).append(consent)
    return SilentPage([_said_no(row, ended.get(row.pk, [])) for row in page.rows], page.earlier, page.later)


def _said_no(contact: Contact, ended: list[Consent]) -> SilentLine:
    purposes = dict.fromkeys(str(Purpose(consent.purpose).label) for consent in ended)
    since = max((consent.withdrawn_at for consent in ended if consent.withdrawn_at), default=contact.news_off_at)
    return SilentLine(contact.name, contact.email, ", ".join(purposes), since, _address(contact))


def _address(contact: Contact) -> str:
    return reverse("contact-silence", args=[contact.pk])


@dataclass(frozen=True)
class Silent:
    """The page of those who get no mail."""

    part: str
    words: str
    page: SilentPage

    def address(self, **changes: str) -> str:
        asked = {"part": self.part, "q": self.words, **changes}
        return f"{reverse('outbox-silent')}?{urlencode({key: value for key, value in asked.items() if value})}"

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [
            {"label": placed.words["label"], "url": self.address(part=placed.key), "active": placed.key == self.part}
            for placed in silent_part.all()
        ]

    @property
    def earlier(self) -> str:
        return self.address(at=self.page.earlier) if self.page.earlier else ""

    @property
    def later(self) -> str:
        return self.address(at=self.page.later) if self.page.later else ""


def find_silent(user: "User", part: str, words: str, cursor: str, now: dt.datetime) -> Silent:
    """A page of one part: those of one reason."""
    key = part if part in silent_part else silent_part.all()[0].key
    return Silent(key, words, silent_part[key].call(user, words, cursor, now))

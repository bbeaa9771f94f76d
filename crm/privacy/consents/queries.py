"""Contacts by what they say to one purpose; the proof of one contact; minors nobody has agreed for."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.csv_out import Row
from crm.base.zones import local_date
from crm.influencers.majority import ages_on
from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact, ContactQuerySet
from crm.outbox.topics import Purpose
from crm.preferences.models import Consent
from crm.team.models import User

PAGE = 50
NEVER, AGREED, ENDED = "never", "agreed", "ended"
PARTS = ((NEVER, _("Nothing on record")), (AGREED, _("Agreed")), (ENDED, _("Taken back or refused")))
COMES_OF_AGE_BY = 25
"""Years of age no country asks for more than."""


@dataclass(frozen=True)
class Line:
    """One contact and its newest word about the purpose."""

    contact: Contact
    consent: Consent | None


@dataclass(frozen=True)
class Found:
    """One page of the list."""

    purpose: str
    part: str
    words: str
    page_obj: Page[Contact]
    lines: Sequence[Line]

    def address(self, **changes: str) -> str:
        asked = {"purpose": self.purpose, "part": self.part, "q": self.words, **changes}
        return f"{reverse('privacy-consents')}?{urlencode({key: said for key, said in asked.items() if said})}"

    @property
    def purposes(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.address(purpose=value), "active": value == self.purpose}
            for value, label in Purpose.choices
        ]

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [{"label": label, "url": self.address(part=key), "active": key == self.part} for key, label in PARTS]


def find(user: User, asked: dict[str, str], number: str) -> Found:
    """A page of contacts who said that about that purpose."""
    purpose = asked["purpose"] if asked["purpose"] in Purpose.values else Purpose.PROFILE
    part = asked["part"] if asked["part"] in dict(PARTS) else NEVER
    rows = saying(Contact.objects.visible_to(user).partners(), purpose, part)
    if words := asked["q"]:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    page = Paginator(rows.order_by("name", "pk"), PAGE).get_page(number)
    about = Consent.objects.about(purpose).filter(contact__in=[contact.pk for contact in page.object_list])
    newest = {consent.contact_id: consent for consent in about.select_related("text").order_by("pk")}
    lines = [Line(contact, newest.get(contact.pk)) for contact in page.object_list]
    return Found(purpose, part, words, page, lines)


def saying(rows: ContactQuerySet, purpose: str, part: str) -> ContactQuerySet:
    about = Consent.objects.about(purpose).filter(contact=OuterRef("pk"))
    if part == AGREED:
        return rows.filter(Exists(about.open()))
    return rows.filter(Exists(about), ~Exists(about.open())) if part == ENDED else rows.filter(~Exists(about))


def minors_nobody_agreed_for(now: dt.datetime, most: int = 20) -> list[Influencer]:
    """UU 27/2022, article 25: a child's data needs the yes of a parent or guardian."""
    agreed = Consent.objects.open().about(Purpose.MINOR).filter(contact=OuterRef("contact"))
    guarded = Representation.objects.guarding().filter(Exists(agreed), influencer=OuterRef("pk"))
    born_after = now.date() - dt.timedelta(days=366 * COMES_OF_AGE_BY)
    rows = Influencer.objects.present().filter(~Exists(guarded), birth_on__gt=born_after).order_by("name_key", "pk")
    ages = ages_on(now.date())
    young = (person for person in rows.iterator() if ages.is_minor(person, local_date(now, person.zone)))
    return [person for _number, person in zip(range(most), young, strict=False)]


PROOF = (
    _("contact"), _("purpose"), _("version"), _("language"), _("words she agreed to"), _("agreed"), _("told by"),
    _("how we know"), _("file"), _("SHA-256 of the file"), _("recorded by"), _("taken back"),
    _("taken back, recorded by"),
)  # fmt: skip


def proof_of(contact: Contact) -> Iterator[Row]:
    """What the house can show about one contact, the newest first: for an authority, or for herself."""
    rows = Consent.objects.filter(contact=contact).newest_first().select_related("text", "file")
    for row in rows:
        yield (
            contact.name, row.get_purpose_display(), row.text.version if row.text else "", row.language, row.shown,
            row.given_at, row.get_channel_display(), row.evidence, row.file.label if row.file else "",
            row.file.sha256 if row.file else "", row.given_by, row.withdrawn_at, row.withdrawn_by,
        )  # fmt: skip

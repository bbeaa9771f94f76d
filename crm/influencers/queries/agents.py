"""Contacts as things of their own: whom one stands for, what she gets and may do, who shares her address."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.paging import Order, Page, page_of
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.influencers.majority import Ages, ages_on
from crm.influencers.models import Authority, Representation
from crm.influencers.queries.authority import newest_of, powers_of
from crm.influencers.queries.mail import mail_routes
from crm.outbox.models import Contact
from crm.outbox.models.contact import ContactQuerySet
from crm.outbox.topics import Topic
from crm.portal.models import Link
from crm.team.models import User

BY_NAME = Order("name", gettext_lazy("Name"), "name", descending=False)


@dataclass(frozen=True)
class LinkLine:
    """The links one contact holds for one person and one brand."""

    brand: str
    brand_id: int
    is_open: bool
    made_at: dt.datetime
    opened_at: dt.datetime | None


@dataclass(frozen=True)
class StandLine:
    """One person a contact stands for."""

    stands: Representation
    is_over: bool
    may_all: bool
    authorities: list[Authority]
    asked: list[str]
    copied: list[str]
    links: list[LinkLine]

    @property
    def has_open_link(self) -> bool:
        return any(link.is_open for link in self.links)


@dataclass(frozen=True)
class ContactPage:
    contact: Contact
    lines: list[StandLine]
    former: list[StandLine]
    sharing: list[Contact]
    brands: list[Brand]


def find_contact(pk: int, user: User) -> Contact:
    """A partner's contact, or 404; colleagues' own contacts are not people's business."""
    found = Contact.objects.visible_to(user).partners().filter(pk=pk).first()
    if found is None:
        raise Http404(_("This contact is not here."))
    return found


def read_contact(pk: int, user: User, now: dt.datetime) -> ContactPage:
    """Everything a contact's page shows, in a fixed number of queries."""
    contact = find_contact(pk, user)
    rows = contact.representations.select_related("influencer", "contact").order_by("influencer__name_key", "pk")
    standing = list(rows.prefetch_related("authorities__recorded_by", "authorities__file"))
    links = links_of(contact, user, now)
    routes = mail_routes([stands.influencer_id for stands in standing], now)
    ages = ages_on(now.date())
    lines = []
    for stands in standing:
        of = {topic: routes.of(stands.influencer_id, topic) for topic in Topic.values}
        asked = [str(Topic(topic).label) for topic in of if contact.pk in of[topic].to]
        copied = [str(Topic(topic).label) for topic in of if contact.pk in of[topic].copies]
        lines.append(_line(stands, ages, now, asked, copied, links[stands.influencer_id]))
    return ContactPage(
        contact,
        [line for line in lines if not line.is_over],
        [line for line in lines if line.is_over],
        sharing_with([contact], user)[contact.pk],
        list(Brand.objects.visible_to(user).order_by("name", "pk")),
    )


def _line(
    stands: Representation, ages: Ages, now: dt.datetime, asked: list[str], copied: list[str], links: list[LinkLine]
) -> StandLine:
    on = local_date(now, stands.influencer.zone)
    powers = powers_of(stands, on, is_minor=ages.is_minor(stands.influencer, on))
    return StandLine(
        stands, stands.is_over(on), powers is None, newest_of(stands.authorities.all(), on), asked, copied, links
    )


def links_of(contact: Contact, user: User, now: dt.datetime) -> dict[int, list[LinkLine]]:
    """The links a contact holds, by person and brand, as far as this colleague may see the brand. One query."""
    found: dict[int, list[LinkLine]] = defaultdict(list)
    name = Brand.objects.visible_to(user).filter(pk=OuterRef("brand_ref")).values("name")
    is_open = Count("pk", filter=Q(revoked_at__isnull=True, expires_at__gt=now))
    held = Link.objects.leading_to_tasks().filter(contact=contact, influencer_ref__isnull=False)
    rows = held.values("influencer_ref", "brand_ref").annotate(
        brand=Subquery(name), still=is_open, made=Max("created_at"), used=Max("opened_at")
    )
    for row in rows.order_by("influencer_ref", "brand"):
        person, brand = row["influencer_ref"], row["brand_ref"]
        if person is not None and brand is not None and row["brand"] is not None:
            found[person].append(LinkLine(row["brand"], brand, row["still"] > 0, row["made"], row["used"]))
    return found


def sharing_with(contacts: Sequence[Contact], user: User) -> dict[int, list[Contact]]:
    """Other partners with the same e-mail address or number, by contact, in one query."""
    found: dict[int, list[Contact]] = {contact.pk: [] for contact in contacts}
    emails = {contact.email for contact in contacts if contact.email}
    numbers = {str(number) for contact in contacts for number in (contact.phone, contact.whatsapp) if number}
    if not emails and not numbers:
        return found
    same = Q(email__in=emails) | Q(phone__in=numbers) | Q(whatsapp__in=numbers)
    others = list(Contact.objects.visible_to(user).partners().filter(same).order_by("name", "pk")[:200])
    for contact in contacts:
        found[contact.pk] = [other for other in others if other.pk != contact.pk and _reached_alike(contact, other)]
    return found


def _reached_alike(one: Contact, other: Contact) -> bool:
    numbers = {str(number) for number in (one.phone, one.whatsapp) if number}
    theirs = {str(number) for number in (other.phone, other.whatsapp) if number}
    return bool(one.email and one.email == other.email) or bool(numbers & theirs)


@dataclass(frozen=True)
class AgentsPage:
    """A page of agents with the names of those each stands for, and the words it was asked with."""

    page: Page[Contact]
    words: str
    people: dict[int, list[str]]

    @property
    def rows(self) -> list[tuple[Contact, list[str]]]:
        return [(contact, self.people.get(contact.pk, [])) for contact in self.page.rows]

    @property
    def earlier(self) -> str:
        return self._address(self.page.earlier)

    @property
    def later(self) -> str:
        return self._address(self.page.later)

    def _address(self, cursor: str) -> str:
        asked = {"q": self.words, "at": cursor}
        return f"?{urlencode({key: value for key, value in asked.items() if value})}" if cursor else ""


def find_agents(user: User, words: str, cursor: str, now: dt.datetime) -> AgentsPage:
    """Agents by name, agency or address, with those each stands for today. Two queries."""
    agents = agents_named(Contact.objects.visible_to(user), words)
    page = page_of(agents, BY_NAME, cursor, key=lambda row: (row.name, row.pk))
    return AgentsPage(page, words, people_of(page.rows, local_date(now, user.zone)))


def agents_named(contacts: ContactQuerySet, words: str) -> ContactQuerySet:
    agents = contacts.filter(kind=Contact.Kind.AGENT)
    if not words:
        return agents
    return agents.filter(Q(name__icontains=words) | Q(agency__icontains=words) | Q(email__icontains=words))


def people_of(contacts: Collection[Contact], on: dt.date) -> dict[int, list[str]]:
    """The names of those each contact stands for on that day, in one query."""
    found: dict[int, list[str]] = defaultdict(list)
    standing = Representation.objects.standing(on).filter(contact__in=contacts)
    names: Iterable[tuple[int, Any]] = standing.order_by(F("influencer__name_key")).values_list(
        "contact_id", "influencer__stage_name"
    )
    for contact, name in names:
        found[contact].append(name)
    return dict(found)

"""Everything a person's page shows. The number of queries does not depend on how much there is."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from crm.base.days_ahead import DaysAhead, last_day_ahead
from crm.base.formats import day_words
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.influencers.mail_words import mail_in_words
from crm.influencers.majority import age_of_majority, is_below
from crm.influencers.models import (
    Address,
    DayOff,
    Influencer,
    Niche,
    Note,
    Representation,
    Tag,
    Tier,
    TierScheme,
)
from crm.influencers.queries.accounts import AccountCard, Counted, accounts_of, name_tiers
from crm.influencers.queries.agents import sharing_with
from crm.influencers.queries.prices import Prices, prices_of
from crm.influencers.tiers import Ladder
from crm.outbox.models import Contact
from crm.reminders.models import Todo
from crm.team.models import User

CHANNEL_ICONS = {
    Contact.Prefers.EMAIL: "envelope",
    Contact.Prefers.WHATSAPP: "whatsapp",
    Contact.Prefers.CALL: "telephone",
}


class MergedAway(Exception):
    """Somebody asked for a person who goes on as somebody else."""

    def __init__(self, person: Influencer, into: Influencer) -> None:
        self.person, self.into = person, into
        super().__init__(f"{person} > {into}")


@dataclass(frozen=True)
class Reach:
    """How a person can be reached: how many of her contacts get mail that arrives."""

    mailable: int
    contacts: int
    prefers: str
    icon: str


@dataclass(frozen=True)
class PersonPage:
    """The first part of the page."""

    person: Influencer
    accounts: list[AccountCard]
    contacts: list[Representation]
    former: list[Representation]
    is_minor: bool
    tags: list[Tag]
    open_tasks: int
    next_task_at: dt.datetime | None
    ahead: DaysAhead
    age: int | None
    needs_guardian: bool
    is_barred: bool

    @property
    def main(self) -> AccountCard | None:
        return self.accounts[0] if self.accounts else None

    @property
    def engagement(self) -> tuple[Counted, Decimal | None] | None:
        """The main account's newest numbers over all posts, with their rate."""
        return self.main.newest[0] if self.main and self.main.newest else None

    @property
    def mail_words(self) -> str:
        """Who gets which mail, in one line."""
        return mail_in_words(self.contacts, is_minor=self.is_minor)

    @property
    def reach(self) -> Reach:
        mailable = [stands for stands in self.contacts if stands.receives_mail and stands.contact.is_mailable]
        way = Contact.Prefers(self.contacts[0].contact.prefers) if self.contacts else None
        words = str(way.label) if way else ""
        return Reach(len(mailable), len(self.contacts), words, CHANNEL_ICONS[way] if way else "")

    @property
    def barred_words(self) -> str:
        """Why nobody may write to her, and until when."""
        until = self.person.do_not_contact_until
        said = {"why": self.person.do_not_contact_why.rstrip("."), "day": day_words(until, "short") if until else ""}
        if until is None:
            return _("%(why)s. This holds until somebody allows it again.") % said
        return _("%(why)s. This holds until %(day)s, that day included.") % said


def read_person(pk: int, user: User, now: dt.datetime) -> PersonPage:
    """The person with her accounts and contacts; 404 for anybody this colleague may not see."""
    person = find_person(pk, user, now)
    today = local_date(now, person.zone)
    accounts = accounts_of(pk)
    own, ladders = house_ladders(today)
    name_tiers(accounts, ladders, own)
    contacts = contacts_of(pk)
    show_sharing([stands.contact for stands in contacts], user)
    minor = is_below(person.birth_on, person.majority, today)  # type: ignore[attr-defined]
    guarded = any(stands.is_guardian and stands.stands_on(today) for stands in contacts)
    return PersonPage(
        person=person,
        accounts=accounts,
        contacts=[stands for stands in contacts if not stands.is_over(today)],
        former=[stands for stands in contacts if stands.is_over(today)],
        is_minor=minor,
        tags=list(person.tags.all()),
        open_tasks=person.open_tasks or 0,  # type: ignore[attr-defined]
        next_task_at=person.next_task_at,  # type: ignore[attr-defined]
        ahead=person.ahead,  # type: ignore[attr-defined]
        age=person.age_on(today),
        needs_guardian=minor and not guarded,
        is_barred=not person.may_be_contacted(today),
    )


def find_person(pk: int, user: User, now: dt.datetime) -> Influencer:
    """The person with what stands in the head of her page. One query: a row for each of her days off ahead."""
    today = local_date(now, user.zone)
    soon = Q(days_off__end_on__gte=today, days_off__start_on__lte=last_day_ahead(today))
    rows = list(
        Influencer.objects.visible_to(user)
        .select_related("owner", "main_niche", "territory", "main_platform", "merged_into")
        .annotate(**_open_tasks(user), majority=age_of_majority(OuterRef("country"), today))
        .annotate(away=FilteredRelation("days_off", condition=soon))
        .annotate(away_from=F("away__start_on"), away_to=F("away__end_on"))
        .filter(pk=pk)
    )
    if not rows:
        raise Http404(_("This person is not here."))
    person = rows[0]
    if person.merged_into is not None:
        raise MergedAway(person, person.merged_into)
    away = ((row.away_from, row.away_to) for row in rows)  # type: ignore[attr-defined]
    person.ahead = DaysAhead.of([one for one in away if one[0]], today)  # type: ignore[attr-defined]
    return person


def _open_tasks(user: User) -> dict[str, Subquery]:
    """How many open tasks there are about a person, and when the next is due."""
    todos = Todo.objects.visible_to(user).open().filter(influencer_ref=OuterRef("pk")).order_by()
    counted = todos.values("influencer_ref").annotate(number=Count("pk")).values("number")
    next_at = todos.exclude(due_at=None).order_by("due_at").values("due_at")[:1]
    return {"open_tasks": Subquery(counted), "next_task_at": Subquery(next_at)}


def show_sharing(contacts: list[Contact], user: User) -> None:
    """Who else has the same address or number, on each contact."""
    found = sharing_with(contacts, user)
    for contact in contacts:
        contact.sharing = found[contact.pk]  # type: ignore[attr-defined]


def contacts_of(pk: int) -> list[Representation]:
    """Her own contact first, then agents, then guardians."""
    return list(Representation.objects.filter(influencer_id=pk).select_related("contact").own_first())


def house_ladders(on: dt.date) -> tuple[str, dict[str, Ladder]]:
    """The name of the house's scheme, and every scheme valid on the day, by name. One query."""
    chosen = Organisation.objects.filter(tier_scheme=OuterRef("scheme__code"))
    valid = TierScheme.objects.valid_on(on)
    rungs = Tier.objects.filter(scheme__in=valid).select_related("scheme").annotate(is_own=Exists(chosen))
    by_scheme: dict[str, list[Tier]] = defaultdict(list)
    own = ""
    for tier in rungs.order_by("scheme__name", "low", "pk"):
        by_scheme[tier.scheme.name].append(tier)
        if tier.is_own:
            own = tier.scheme.name
    return own, {name: Ladder(tuple(tiers)) for name, tiers in by_scheme.items()}


@dataclass(frozen=True)
class PersonDetails:
    """The second part of the page: what is looked up rather than watched."""

    person: Influencer
    notes: list[Note]
    unread: list[Note]
    addresses: "QuerySet[Address]"
    prices: Prices
    days_off: "QuerySet[DayOff]"
    niches: "QuerySet[Niche]"


def read_details(person: Influencer, now: dt.datetime) -> PersonDetails:
    """Notes, addresses, prices, days off from now on, niches."""
    notes = list(Note.objects.filter(influencer=person).select_related("author"))
    return PersonDetails(
        person,
        [note for note in notes if note.kind != Note.Kind.UNREAD],
        [note for note in notes if note.kind == Note.Kind.UNREAD],
        person.addresses.all(),
        prices_of(person, local_date(now, person.zone)),
        person.days_off.filter(end_on__gte=local_date(now, person.zone)),
        person.niches.all(),
    )

"""Everything a person's page shows. The number of queries does not depend on how much there is."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.influencers.mail_words import mail_in_words
from crm.influencers.majority import is_minor
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


@dataclass(frozen=True)
class PersonPage:
    """The first part of the page."""

    person: Influencer
    accounts: list[AccountCard]
    contacts: list[Representation]
    former: list[Representation]
    is_minor: bool
    notes: list[Note]
    tags: list[Tag]
    unread: list[Note]
    open_tasks: int
    next_task_at: dt.datetime | None
    away_until: dt.date | None
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
        own = self.contacts[0].contact if self.contacts else None
        return Reach(len(mailable), len(self.contacts), str(Contact.Prefers(own.prefers).label) if own else "")


def read_person(pk: int, user: User, now: dt.datetime) -> PersonPage:
    """The person with her accounts, contacts and notes; 404 for anybody this colleague may not see."""
    person = find_person(pk, user, now)
    today = local_date(now, person.zone)
    accounts = accounts_of(pk)
    own, ladders = house_ladders(today)
    name_tiers(accounts, ladders, own)
    contacts = contacts_of(pk)
    show_sharing([stands.contact for stands in contacts], user)
    notes = list(Note.objects.filter(influencer_id=pk).select_related("author"))
    minor = is_minor(person, today)
    guarded = any(stands.is_guardian and stands.stands_on(today) for stands in contacts)
    return PersonPage(
        person=person,
        accounts=accounts,
        contacts=[stands for stands in contacts if not stands.is_over(today)],
        former=[stands for stands in contacts if stands.is_over(today)],
        is_minor=minor,
        tags=list(person.tags.all()),
        notes=[note for note in notes if note.kind != Note.Kind.UNREAD],
        unread=[note for note in notes if note.kind == Note.Kind.UNREAD],
        open_tasks=person.open_tasks or 0,  # type: ignore[attr-defined]
        next_task_at=person.next_task_at,  # type: ignore[attr-defined]
        away_until=person.away_until,  # type: ignore[attr-defined]
        age=person.age_on(today),
        needs_guardian=minor and not guarded,
        is_barred=not person.may_be_contacted(today),
    )


def find_person(pk: int, user: User, now: dt.datetime) -> Influencer:
    """The person with what stands in the head of her page."""
    todos = Todo.objects.visible_to(user).open().filter(influencer_ref=OuterRef("pk")).order_by()
    counted = todos.values("influencer_ref").annotate(number=Count("pk")).values("number")
    today = local_date(now, user.zone)
    away = DayOff.objects.filter(influencer=OuterRef("pk"), start_on__lte=today, end_on__gte=today)
    person = (
        Influencer.objects.visible_to(user)
        .select_related("owner", "main_niche", "territory", "main_platform", "merged_into")
        .annotate(
            open_tasks=Subquery(counted),
            next_task_at=Subquery(todos.exclude(due_at=None).order_by("due_at").values("due_at")[:1]),
            away_until=Subquery(away.order_by("-end_on").values("end_on")[:1]),
        )
        .filter(pk=pk)
        .first()
    )
    if person is None:
        raise Http404(_("This person is not here."))
    if person.merged_into is not None:
        raise MergedAway(person, person.merged_into)
    return person


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
    addresses: "QuerySet[Address]"
    prices: Prices
    days_off: "QuerySet[DayOff]"
    niches: "QuerySet[Niche]"


def read_details(person: Influencer, now: dt.datetime) -> PersonDetails:
    """Addresses, prices, days off from now on, niches."""
    return PersonDetails(
        person,
        person.addresses.all(),
        prices_of(person, local_date(now, person.zone)),
        person.days_off.filter(end_on__gte=local_date(now, person.zone)),
        person.niches.all(),
    )

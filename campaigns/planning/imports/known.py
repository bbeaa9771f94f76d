"""Whom and what rows could mean: people, campaigns, brands and cards on file, a few queries for a batch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Value
from django.db.models.functions import Upper

from campaigns.planning.imports.said import Said
from campaigns.planning.models import Campaign, Collaboration
from crm.brands.models import Brand
from crm.influencers.imports.values import Account
from crm.influencers.models import Influencer, SocialAccount
from crm.team.models import User


class Person(NamedTuple):
    pk: int
    name: str
    archived: bool
    barred: bool
    zone: str


@dataclass(slots=True)
class People:
    """Who has these accounts, and who is called this."""

    by_account: dict[Account, Person] = field(default_factory=dict)
    by_handle: dict[str, list[Person]] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=dict)

    def meant(self, said: Said) -> list[Person]:
        """Whom a row means: by account, by the handle wherever it is hers alone, or by a name only she has."""
        if said.account is not None:
            mine = self.by_account.get(said.account)
            found = [mine] if mine else self.by_handle.get(said.account.handle, [])
            return list(dict.fromkeys(found))
        return self.by_name.get(said.name.casefold(), [])


def people_of(rows: Iterable[Said]) -> People:
    """Everybody these rows could mean; three queries."""
    rows = list(rows)
    found = People()
    handles = {said.account.handle for said in rows if said.account}
    accounts = SocialAccount.objects.filter(handle__in=handles).order_by("pk")
    held = list(accounts.values_list("platform__code", "handle", "influencer_id", "influencer__merged_into_id"))
    people = _people({merged or owner for _platform, _handle, owner, merged in held})
    for platform, handle, owner, merged in held:
        person = people[merged or owner]
        found.by_account[Account(platform, handle)] = person
        found.by_handle.setdefault(handle, []).append(person)
    names = {said.name for said in rows if said.account is None and said.name}
    wanted = [Upper(Value(name)) for name in names]
    alike = Influencer.objects.present().filter(name_key__in=wanted) if names else Influencer.objects.none()
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in _people(set(alike.values_list("pk", flat=True))).values():
        by_name[person.name.casefold()].append(person)
    found.by_name = by_name
    return found


def _people(pks: Collection[int]) -> dict[int, Person]:
    rows = Influencer.objects.filter(pk__in=pks).order_by("pk")
    fields = ("pk", "stage_name", "archived_at", "do_not_contact_at", "zone")
    return {
        pk: Person(pk, name, archived is not None, barred is not None, zone)
        for pk, name, archived, barred, zone in rows.values_list(*fields)
    }


@dataclass(frozen=True, slots=True)
class Places:
    """The campaigns and brands the colleague may see, by their names."""

    campaigns: Mapping[str, list[Campaign]]
    brands: Mapping[str, Brand]
    chosen: Campaign | None

    def meant(self, said: Said) -> list[Campaign]:
        """The campaigns a row means: by name, and by brand where it names one."""
        if not said.campaign and self.chosen is not None:
            return [self.chosen]
        alike = self.campaigns.get(said.campaign.casefold(), [])
        fitting = [one for one in alike if said.brand.casefold() == one.brand.name.casefold()]
        return fitting if said.brand else alike

    def brand(self, said: Said) -> Brand | None:
        return self.brands.get(said.brand.casefold())


def places_of(user: User | None, chosen: int | None) -> Places:
    """What a colleague may put work into; nothing for somebody who is gone."""
    if user is None:
        return Places({}, {}, None)
    campaigns: dict[str, list[Campaign]] = defaultdict(list)
    by_pk = {}
    for campaign in Campaign.objects.visible_to(user).select_related("brand"):
        campaigns[campaign.name.casefold()].append(campaign)
        by_pk[campaign.pk] = campaign
    brands = {brand.name.casefold(): brand for brand in Brand.objects.visible_to(user).running()}
    return Places(campaigns, brands, by_pk.get(chosen or 0))


def cards_of(campaigns: Collection[int], people: Collection[int]) -> dict[tuple[int, int], int]:
    """Cards on file of these people in these campaigns."""
    rows = Collaboration.objects.filter(campaign_id__in=campaigns, influencer_id__in=people)
    return {(campaign, person): pk for pk, campaign, person in rows.values_list("pk", "campaign_id", "influencer_id")}

"""Where a parcel may go: an address she has confirmed in time and agreed that we keep, or why there is none yet."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.samples.models import SampleRequest, SampleTerm, terms_on
from crm.base.zones import local_date
from crm.influencers.models import Address, Influencer, Representation
from crm.outbox.topics import Purpose
from crm.preferences.models import Consent

USUALLY, ZONE = 90, "Asia/Jakarta"
NONE = _("There is no address yet. Ask her for it, or note it as told.")
OLD = _("She has not confirmed her address for a while. Ask her whether it is still right.")
NOT_AGREED = _("She has not agreed that we keep her address. Ask her, or note her yes with the address.")


@dataclass(frozen=True)
class Goes:
    """The address on file, and why it may not be used yet; `why` is empty when it may."""

    address: Address | None
    why: Any = ""

    @property
    def is_good(self) -> bool:
        return not self.why


def address_of(person: Influencer, now: dt.datetime) -> Goes:
    """Where a parcel to this person goes now."""
    return addresses_of([person.pk], now)[person.pk]


def addresses_of(people: Collection[int], now: dt.datetime) -> dict[int, Goes]:
    """The same for many people, in four queries."""
    rows = Address.objects.filter(influencer__in=people, is_current=True).order_by("pk")
    newest = {row.influencer_id: row for row in rows}
    agreed, since = agreed_among(people, now), good_since(now)
    return {pk: judged(newest.get(pk), pk in agreed, since) for pk in people}


def places_of(requests: Iterable[SampleRequest], now: dt.datetime) -> dict[int, Goes]:
    """Where each request goes: to the place she named for it alone, else to her own address. Four queries."""
    asked = list(requests)
    people = {one.influencer_id for one in asked}
    named = [one.address_id for one in asked if one.address_id]
    rows = Address.objects.filter(Q(influencer__in=people, is_current=True) | Q(pk__in=named)).order_by("pk")
    by_pk = {row.pk: row for row in rows}
    usual = {row.influencer_id: row for row in by_pk.values() if row.is_current}
    agreed, since = agreed_among(people, now), good_since(now)
    return {
        one.pk: judged(
            by_pk.get(one.address_id or 0) or usual.get(one.influencer_id), one.influencer_id in agreed, since
        )
        for one in asked
    }


def judged(address: Address | None, is_agreed: bool, since: dt.datetime) -> Goes:
    if address is None:
        return Goes(None, NONE)
    if not is_agreed:
        return Goes(address, NOT_AGREED)
    is_fresh = address.confirmed_at is not None and address.confirmed_at >= since
    return Goes(address, "" if is_fresh else OLD)


def good_since(now: dt.datetime) -> dt.datetime:
    """From when on a confirmation still counts (domain 4.5.1)."""
    days = terms_on(local_date(now, ZONE)).get(SampleTerm.Code.ADDRESS_GOOD, USUALLY)
    return now - dt.timedelta(days=days)


def agreed_among(people: Collection[int], now: dt.datetime) -> set[int]:
    """Whose address may be kept: somebody who stands for her said yes, and nobody has taken it back since."""
    said = _decisions(people, now)
    return {pk for pk, decided in said.items() if any(decided.values()) and all(decided.values())}


def _decisions(people: Collection[int], now: dt.datetime) -> Mapping[int, Mapping[int, bool]]:
    """For each person, what each of her contacts said last."""
    on = local_date(now, ZONE)
    stands = (
        Representation.objects.filter(influencer__in=people).standing(on).values_list("influencer_id", "contact_id")
    )
    whose: dict[int, list[int]] = {}
    for person, contact in stands:
        whose.setdefault(contact, []).append(person)
    rows = Consent.objects.about(Purpose.ADDRESS).filter(contact__in=whose).order_by("pk")
    found: dict[int, dict[int, bool]] = {}
    for row in rows:
        for person in whose[row.contact_id]:
            found.setdefault(person, {})[row.contact_id] = row.stands
    return found

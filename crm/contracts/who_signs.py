"""Who may sign for whom: herself once she is of age, a minor's guardian, an agent with authority on record."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from crm.base.zones import local_date
from crm.contracts.models import Party
from crm.influencers.majority import is_minor
from crm.influencers.models import Authority, Representation
from crm.influencers.queries.authority import newest_of, powers_of
from crm.outbox.models import Contact

SIGN = Authority.Power.SIGN


@dataclass(frozen=True)
class Signer:
    """One contact that may sign for one person, and on what ground."""

    contact: Contact
    is_herself: bool
    authority: Authority | None = None


def who_may_sign(parties: Iterable[Party], now: dt.datetime) -> dict[int, dict[int, Signer]]:
    """For each of these parties the contacts that may sign for it, herself first. Three queries, and one for ages."""
    parties = list(parties)
    people = {party.influencer_id for party in parties if party.influencer_id}
    rows = Representation.objects.filter(influencer__in=people).own_first()
    of_person: dict[int, dict[int, Signer]] = defaultdict(dict)
    for stands in rows.select_related("influencer", "contact").prefetch_related("authorities__file"):
        signer = _signer(stands, now)
        if signer is not None:
            of_person[stands.influencer_id][stands.contact_id] = signer
    return {party.pk: of_person.get(party.influencer_id or 0, {}) for party in parties}


def _signer(stands: Representation, now: dt.datetime) -> Signer | None:
    on = local_date(now, stands.influencer.zone)
    powers = powers_of(stands, on, is_minor=is_minor(stands.influencer, on))
    if not stands.stands_on(on) or (powers is not None and SIGN not in powers):
        return None
    held = [one for one in newest_of(stands.authorities.all(), on) if one.power == SIGN]
    return Signer(stands.contact, stands.is_self, held[0] if held and not stands.is_self else None)

"""Minors nobody may sign for: their offers wait."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.base.zones import local_date
from crm.influencers.majority import ages_on
from crm.influencers.models import GuardianWaiver, Influencer, Representation
from crm.influencers.places import Offer, OfferHold

OLDEST_MINOR = dt.timedelta(days=366 * 26)


def may_be_minor(born: dt.date | None, now: dt.datetime) -> bool:
    """Whether somebody born then has to be looked at; whose birthday nobody knows is held for nothing."""
    return born is not None and born > now.date() - OLDEST_MINOR


def holds_for_minors(offers: Collection[Offer], now: dt.datetime) -> Mapping[int, Sequence[OfferHold]]:
    """By person, what is missing. Nothing asked where everybody is known to be grown up; one query while nobody young is
    among them, and one more otherwise."""
    asked = {offer.influencer_id for offer in offers if offer.may_be_minor}
    if not asked:
        return {}
    today = now.date()
    standing = Representation.objects.guarding().standing(today).filter(influencer=OuterRef("pk"))
    waived = GuardianWaiver.objects.filter(influencer=OuterRef("pk"), withdrawn_at__isnull=True)
    people = Influencer.objects.filter(pk__in=asked, birth_on__gt=today - OLDEST_MINOR)
    young = list(people.filter(~Exists(standing), ~Exists(waived)).order_by("pk"))
    if not young:
        return {}
    ages = ages_on(today)
    held = [person for person in young if ages.is_minor(person, local_date(now, person.zone))]
    return {
        person.pk: [OfferHold(_why(person), reverse("guardian-waiver", args=[person.pk]), _("Guardian"))]
        for person in held
    }


def _why(person: Influencer) -> str:
    return _("%(name)s is a minor, and no guardian is on file who could agree for her.") % {"name": person.stage_name}

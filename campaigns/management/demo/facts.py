"""What the demo's team knows of its people: whom they reach, how they answer."""

import datetime as dt
from decimal import Decimal

from crm.brands.models import Persona, Territory
from crm.influencers.models import Audience, AudienceShare, Influencer, ReplyCount

AGES = (("18-24", 31), ("25-34", 46), ("35-44", 14))
PERSONAS = ("beauty-lovers", "young-mothers", "students", "newlyweds", "small-business", "sports-people")
PLACES = ("Jakarta Selatan", "Surabaya", "Bandung", "Makassar")


def tell_facts(person: Influencer, number: int, now: dt.datetime) -> None:
    """An audience for two in three; who was looked at closely also has a count of answered comments."""
    today = now.date()
    if number % 3 != 1:
        count_audience(person, number, today - dt.timedelta(days=20 + number))
    if number % 6 == 0:
        count_audience(person, number + 2, today - dt.timedelta(days=220 + number))
    if number % 4 == 0:
        ReplyCount.objects.create(
            influencer=person,
            account=person.accounts.first(),
            counted_on=today - dt.timedelta(days=12),
            posts=12,
            percent=Decimal(55 + number % 40),
            note="Answers within a day, mostly in the evening." if number % 8 == 0 else "",
        )


def count_audience(person: Influencer, number: int, on: dt.date) -> None:
    audience = Audience.objects.create(
        influencer=person,
        account=person.accounts.first(),
        counted_on=on,
        source="Her screenshot of the insights" if number % 2 else "Media kit",
    )
    audience.personas.set(Persona.objects.filter(slug=PERSONAS[number % len(PERSONAS)]))
    women = 52 + number * 7 % 40
    parts = [(AudienceShare.Kind.AGE, label, percent + number % 5) for label, percent in AGES]
    parts += [(AudienceShare.Kind.GENDER, "women", women), (AudienceShare.Kind.GENDER, "men", 99 - women)]
    parts += [(AudienceShare.Kind.PLACE, PLACES[(number + at) % len(PLACES)], 34 - at * 15) for at in (0, 1)]
    towns = {town.name: town for town in Territory.objects.filter(kind=Territory.Kind.CITY, name__in=PLACES)}
    AudienceShare.objects.bulk_create(
        AudienceShare(audience=audience, kind=kind, label=label, percent=percent, territory=towns.get(label))
        for kind, label, percent in parts
    )

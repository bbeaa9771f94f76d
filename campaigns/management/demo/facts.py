"""What the demo's team knows of its people: whom they reach, how they answer."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crm.base.models import DemoRow
from crm.brands.models import Category, Persona, Territory
from crm.exclusivity.models import OutsideDeal
from crm.influencers.models import Audience, AudienceShare, Influencer, RateCard, ReplyCount, Tag

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
    tell_deals(person, number, now)
    tell_prices(person, number, today)
    stick_tags(person, number)
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
    parts = [(AudienceShare.Kind.AGE, label, percent + number % 3) for label, percent in AGES]
    parts += [(AudienceShare.Kind.GENDER, "women", women), (AudienceShare.Kind.GENDER, "men", 99 - women)]
    parts += [(AudienceShare.Kind.PLACE, PLACES[(number + at) % len(PLACES)], 34 - at * 15) for at in (0, 1)]
    towns = {town.name: town for town in Territory.objects.filter(kind=Territory.Kind.CITY, name__in=PLACES)}
    AudienceShare.objects.bulk_create(
        AudienceShare(audience=audience, kind=kind, label=label, percent=percent, territory=towns.get(label))
        for kind, label, percent in parts
    )


def tell_deals(person: Influencer, number: int, now: dt.datetime) -> None:
    """Work for other brands: told, seen, long over; of one the contract was shown."""
    Source, today = OutsideDeal.Source, now.date()
    if number % 13 == 5:
        outside_deal(
            person, "Senja Glow", "serum", source=Source.DECLARED, is_exclusive=True, channel="whatsapp",
            start_on=today - dt.timedelta(days=40), end_on=today + dt.timedelta(days=50),
            as_said="Sampai bulan depan aku masih eksklusif sama Senja Glow ya Kak.",
            **({"confirmed_at": now, "confirmed_by": person.owner} if number == 5 else {}),
        )  # fmt: skip
    if number % 7 == 0:
        day = today - dt.timedelta(days=60 + number * 6)
        outside_deal(
            person, "Kilau Pagi", "oral-care", source=Source.OBSERVED, start_on=day, end_on=day,
            url="https://www.instagram.com/p/contoh123/",
        )  # fmt: skip
    if number % 10 == 0:
        outside_deal(
            person, "Batik Aruna", "fashion", source=Source.DECLARED, channel="call", said_by="Her sister",
            start_on=today - dt.timedelta(days=500), end_on=today - dt.timedelta(days=430),
        )  # fmt: skip


def outside_deal(person: Influencer, brand: str, category: str, **known: Any) -> None:
    OutsideDeal.objects.create(
        influencer=person,
        brand_name=brand,
        category=Category.objects.filter(slug=category).first(),
        zone=person.zone,
        author=person.owner,
        **known,
    )


def tell_prices(person: Influencer, number: int, today: dt.date) -> None:
    """A package for one in four, with the price of the year before it."""
    if number % 4:
        return
    for days, price, last in ((400, 2_200_000, None), (45, 2_800_000, dt.date(today.year, 12, 31))):
        RateCard.objects.create(
            influencer=person,
            price=Decimal(price + number * 50_000),
            package="1 reel + 3 story",
            tax=RateCard.Tax.NET,
            as_said=f"1 reel 3 story {(price + number * 50_000) // 1000}rb nett",
            followers=int((person.accounts.largest_first().values_list("followers", flat=True)[0] or 0) * 0.9),
            engagement_rate=Decimal("3.2"),
            valid_from=today - dt.timedelta(days=days),
            valid_to=last,
        )


def stick_tags(person: Influencer, number: int) -> None:
    """Words the team uses."""
    for every, name, hue in ((5, "Voice notes", 6), (7, "Family", 4), (11, "Studio visit", 2)):
        if number % every == 0:
            tag, is_new = Tag.objects.get_or_create(name=name, defaults={"hue": hue})
            person.tags.add(tag)
            if is_new:
                DemoRow.objects.create(label=tag._meta.label_lower, row=tag.pk)

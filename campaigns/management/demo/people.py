"""Brands, colleagues and influencers of the demo, written the way a team would have left them."""

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from campaigns.management.demo.cast import (
    BRANDS,
    CITIES,
    COLLEAGUES,
    FIRST,
    LAST,
    NICHES,
    PASSWORD_HINT,
    STYLES,
    DemoBrand,
)
from campaigns.management.demo.facts import tell_facts
from crm.base.models import DemoRow
from crm.brands.models import Brand, BrandOwner, Category, Product
from crm.influencers.actions import refresh_main_account
from crm.influencers.models import (
    Address,
    Authority,
    DayOff,
    Influencer,
    MetricSnapshot,
    Niche,
    Note,
    Platform,
    RateCard,
    Representation,
    SocialAccount,
)
from crm.outbox.models import Contact
from crm.team.models import User

PEOPLE = 60


def marked(*rows: object) -> None:
    """Remember rows as the demo's own, so that clearing it takes exactly these."""
    DemoRow.objects.bulk_create(
        [DemoRow(label=row._meta.label_lower, row=row.pk) for row in rows],  # type: ignore[attr-defined]
    )


def hire() -> dict[str, User]:
    """One colleague per role; nobody outside the demo can sign in as them."""
    team: dict[str, User] = {}
    secret = make_password(PASSWORD_HINT)  # slow on purpose, so once for all: they share the password anyway
    for colleague in COLLEAGUES:
        user = User.objects.create(
            email=colleague.email,
            password=secret,
            name=colleague.name,
            role=colleague.role,
            language=colleague.language,
        )
        team[colleague.role] = user
        marked(user)
        if user.contact is not None:
            marked(user.contact)
    User.objects.filter(pk=team["coordinator"].pk).update(phone="+6281290001111")
    return team


def found_brand(brand: DemoBrand) -> Brand:
    house = BrandOwner.objects.create(name=brand.house)
    made = Brand.objects.create(
        owner=house,
        name=brand.name,
        category=Category.objects.get(slug=brand.category),
        colour=brand.colour,
        about=brand.about,
    )
    products = [Product.objects.create(brand=made, name=name, value=Decimal(value)) for name, value in brand.products]
    marked(house, made, *products)
    return made


def found_brands() -> dict[str, Brand]:
    return {brand.name: found_brand(brand) for brand in BRANDS}


def names(luck: random.Random) -> Iterator[str]:
    """Sixty different invented names, the same ones every time."""
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    yield from luck.sample(pairs, PEOPLE)


def meet(luck: random.Random, owner: User, now: dt.datetime) -> list[Influencer]:
    """Sixty people with accounts, numbers over time, contacts, prices and notes."""
    niches = {niche.slug: niche for niche in Niche.objects.filter(slug__in=NICHES)}
    platforms = {
        platform.code: platform for platform in Platform.objects.filter(code__in=["instagram", "tiktok", "youtube"])
    }
    people = [introduce(number, name, luck, owner, niches, platforms, now) for number, name in enumerate(names(luck))]
    share_agent(people[40:44], now)
    guard_minor(people[44], now)
    resemble(people[-2], people[12])
    bar_contact(people[-1], now)
    return people


def introduce(
    number: int,
    name: str,
    luck: random.Random,
    owner: User,
    niches: dict[str, Niche],
    platforms: dict[str, Platform],
    now: dt.datetime,
) -> Influencer:
    city, zone = CITIES[number % len(CITIES)]
    style = STYLES[number % len(STYLES)]
    niche = niches.get(NICHES[number % len(NICHES)])
    person = Influencer.objects.create(
        stage_name=name,
        language="en" if number % 9 == 4 else "id",
        zone=zone,
        city=city,
        country="ID",
        owner=owner,
        stage=Influencer.Stage.ACTIVE if number < 40 else Influencer.Stage.PROSPECT,
        main_niche=niche,
        aesthetic=style[0],
        palette=style[1],
        link_habit=style[2],
        engagement_style=style[3],
        birth_on=dt.date(1992 + number % 12, 1 + number % 12, 1 + number % 27),
    )
    if niche is not None:
        person.niches.add(niche)
    marked(person)
    open_accounts(person, number, luck, platforms, now)
    give_contact(person, number)
    give_details(person, number, luck, now)
    tell_facts(person, number, now)
    refresh_main_account(person)
    return person


def open_accounts(
    person: Influencer, number: int, luck: random.Random, platforms: dict[str, Platform], now: dt.datetime
) -> None:
    """Instagram for everybody, TikTok for two in three, YouTube for one in five; three counts over half a year."""
    handle = person.stage_name.lower().replace(" ", "." if number % 2 else "")
    size = int(luck.lognormvariate(10.3, 1.1)) + 900
    for code, share in (("instagram", 1), ("tiktok", 3), ("youtube", 5)):
        if code not in platforms or (code == "tiktok" and number % 3 == 2) or (code == "youtube" and number % 5):
            continue
        followers = int(size * luck.uniform(0.5, 1.6)) if share > 1 else size
        account = SocialAccount.objects.create(
            influencer=person,
            platform=platforms[code],
            handle=handle,
            followers=followers,
            followers_at=now - dt.timedelta(days=3),
        )
        MetricSnapshot.objects.bulk_create(count(account, followers, luck, now, days) for days in (180, 90, 3))


def count(account: SocialAccount, followers: int, luck: random.Random, now: dt.datetime, days: int) -> MetricSnapshot:
    then = int(followers * (1 - days / 1400))
    likes = int(then * luck.uniform(0.012, 0.05))
    return MetricSnapshot(
        account=account,
        taken_at=now - dt.timedelta(days=days),
        followers=then,
        posts=12,
        likes=likes,
        comments=int(likes * luck.uniform(0.03, 0.09)),
        saves=int(likes * 0.07),
        shares=int(likes * 0.04),
        views=int(then * luck.uniform(0.2, 0.9)),
        source="Counted by hand",
    )


def give_contact(person: Influencer, number: int) -> None:
    """An address for most; a WhatsApp number for all; a few have no e-mail at all."""
    phone = f"+62812{90000000 + number:08d}"[:14]
    contact = Contact.objects.create(
        kind=Contact.Kind.PERSON,
        name=person.stage_name,
        language=person.language,
        zone=person.zone,
        phone=phone,
        whatsapp=phone,
        email="" if number % 17 == 16 else f"{person.stage_name.lower().replace(' ', '.')}@contoh.example",
        prefers=Contact.Prefers.WHATSAPP if number % 6 == 5 else Contact.Prefers.EMAIL,
    )
    Representation.objects.create(influencer=person, contact=contact, capacity=Representation.Capacity.SELF)
    marked(contact)


def give_details(person: Influencer, number: int, luck: random.Random, now: dt.datetime) -> None:
    price = luck.choice((450_000, 750_000, 1_200_000, 1_500_000, 2_800_000, 4_200_000))
    RateCard.objects.create(
        influencer=person,
        price=Decimal(price),
        as_said=f"{price // 1000}rb / reel",
        valid_from=(now - dt.timedelta(days=60)).date(),
    )
    if number % 3 == 0:
        Address.objects.create(
            influencer=person,
            recipient=person.stage_name,
            phone=f"+62812{90000000 + number:08d}"[:14],
            street=f"Jl. Melati No. {number + 3}",
            rt_rw="003/007",
            kelurahan="Sukamaju",
            kecamatan="Cempaka",
            city=person.city or "Jakarta",
            postcode=f"{40100 + number}",
        )
    if number % 8 == 1:
        Note.objects.create(influencer=person, text="Prefers briefs as voice notes; answers after 19.00.")
    if number % 15 == 7:
        day = now.date() + dt.timedelta(days=4)
        DayOff.objects.create(influencer=person, start_on=day, end_on=day + dt.timedelta(days=3), note="Family visit")


def share_agent(people: list[Influencer], now: dt.datetime) -> None:
    """An agency for three people and more: contracts and payments go there, and it may settle what they asked it to."""
    agent = Contact.objects.create(
        kind=Contact.Kind.AGENT,
        name="Retno Wibisono",
        agency="Arunika Talent",
        email="retno@arunika.example",
        phone="+6281290007777",
        whatsapp="+6281290007777",
    )
    since = (now - dt.timedelta(days=90)).date()
    for number, person in enumerate(people):
        stands = Representation.objects.create(
            influencer=person, contact=agent, capacity=Representation.Capacity.AGENT, since_on=since
        )
        for power in ("settle", "dates") if number < 2 else ():
            Authority.objects.create(
                stands=stands, power=power, since_on=since, evidence="Bu Retno boleh urus ya (WhatsApp)"
            )
    marked(agent)


def guard_minor(person: Influencer, now: dt.datetime) -> None:
    """Sixteen years old; her mother agrees for her and gets what binds her."""
    Influencer.objects.filter(pk=person.pk).update(birth_on=(now - dt.timedelta(days=365 * 16 + 40)).date())
    mother = Contact.objects.create(
        kind=Contact.Kind.GUARDIAN, name="Ibu Wahyuni", email="wahyuni@contoh.example", phone="+6281290008888"
    )
    Representation.objects.create(influencer=person, contact=mother, capacity=Representation.Capacity.GUARDIAN)
    marked(mother)


def bar_contact(person: Influencer, now: dt.datetime) -> None:
    Influencer.objects.filter(pk=person.pk).update(
        do_not_contact_at=now - dt.timedelta(days=30), do_not_contact_why="Asked us in writing to leave her alone."
    )


def resemble(person: Influencer, other: Influencer) -> None:
    """The same person twice, as sheets of two colleagues leave her: the name turned round, the number the same."""
    person.stage_name = " ".join(reversed(other.stage_name.split(" ")))
    person.city = other.city
    person.save()
    for account in person.accounts.all():
        account.handle = f"{other.main_handle}_{account.platform.code[:2]}"
        account.save()
    refresh_main_account(person)
    number = other.representations.get().contact.whatsapp
    Contact.objects.filter(representations__influencer=person).update(
        name=person.stage_name, email="", phone="", whatsapp=number
    )

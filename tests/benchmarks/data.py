"""Invented people in any number, loaded in bulk: names, accounts, niches, contacts, as lists and searches meet them."""

import datetime as dt
import random

from django.db import connection

from crm.influencers.models import Influencer, Niche, Platform, Representation, SocialAccount
from crm.influencers.tiers import ladder
from crm.outbox.models import Contact
from crm.team.models import User

FIRST = [
    "Adinda",
    "Aisyah",
    "Ajeng",
    "Alya",
    "Amira",
    "Anggun",
    "Annisa",
    "Arum",
    "Ayu",
    "Bagas",
    "Bayu",
    "Bima",
    "Bunga",
    "Cahya",
    "Citra",
    "Dara",
    "Dewi",
    "Dimas",
    "Dinda",
    "Eka",
    "Elok",
    "Fajar",
    "Farah",
    "Gading",
    "Galuh",
    "Gita",
    "Hana",
    "Indah",
    "Intan",
    "Jihan",
    "Kartika",
    "Kirana",
    "Laras",
    "Lestari",
    "Lintang",
    "Made",
    "Maya",
    "Mega",
    "Nadia",
    "Nara",
    "Nirmala",
    "Putri",
    "Rani",
    "Raras",
    "Ratih",
    "Rini",
    "Sari",
    "Sekar",
    "Sinta",
    "Surya",
    "Tari",
    "Tiara",
    "Utami",
    "Wayan",
    "Wulan",
    "Yasmin",
    "Zahra",
]
LAST = [
    "Alamsyah",
    "Anggraini",
    "Atmaja",
    "Basuki",
    "Cahyono",
    "Damayanti",
    "Firmansyah",
    "Gunawan",
    "Hakim",
    "Halim",
    "Handayani",
    "Hartono",
    "Hidayat",
    "Iskandar",
    "Kartika",
    "Kusuma",
    "Kusnadi",
    "Laksono",
    "Lesmana",
    "Maheswari",
    "Maulana",
    "Nasution",
    "Nugraha",
    "Oktaviani",
    "Pangestu",
    "Permata",
    "Prameswari",
    "Pratama",
    "Purnama",
    "Puspita",
    "Rahayu",
    "Ramadhan",
    "Salim",
    "Santoso",
    "Saputra",
    "Setiawan",
    "Siregar",
    "Sitepu",
    "Suryani",
    "Tampubolon",
    "Utomo",
    "Wibowo",
    "Wicaksono",
    "Wijaya",
    "Wirawan",
    "Wulandari",
    "Yudhistira",
    "Zulkarnain",
]
CITIES = [
    "Jakarta",
    "Bandung",
    "Surabaya",
    "Medan",
    "Makassar",
    "Denpasar",
    "Yogyakarta",
    "Malang",
    "Semarang",
    "Palembang",
    "Padang",
    "Manado",
]
BATCH = 5_000


def people(total: int, owner: User, now: dt.datetime) -> None:
    """Bring the number of people to `total`; those that are there stay."""
    have = Influencer.objects.count()
    luck = random.Random(have)
    for start in range(have, total, BATCH):
        _batch(range(start, min(start + BATCH, total)), luck, owner, now)
    _settle()


def _batch(numbers: range, luck: random.Random, owner: User, now: dt.datetime) -> None:
    platforms = list(Platform.objects.order_by("position")[:4])
    niches, tiers = list(Niche.objects.all()), ladder("marketeers", now.date())
    persons, accounts, contacts = [], [], []
    for number in numbers:
        followers = None if number % 40 == 0 else int(luck.lognormvariate(10, 1.4)) + 500
        platform = luck.choices(platforms, (60, 30, 8, 2))[0]
        name = f"{luck.choice(FIRST)} {luck.choice(LAST)}"
        handle = f"{name.lower().replace(' ', '.')}.{number}"
        tier = tiers.tier(followers)
        niche = luck.choice(niches)
        person = Influencer(
            stage_name=name, city=luck.choice(CITIES), country="ID", owner=owner if number % 3 else None,
            stage=luck.choice(Influencer.Stage.values), main_platform=platform, main_handle=handle, followers=followers,
            tier_code=tier.code if tier else "", main_niche=niche,
        )  # fmt: skip
        persons.append(person)
        accounts.append(
            SocialAccount(influencer=person, platform=platform, handle=handle, followers=followers, followers_at=now)
        )
        contacts.append(Contact(name=name, email=f"{handle}@contoh.example"))
    Influencer.objects.bulk_create(persons)
    Contact.objects.bulk_create(contacts)
    SocialAccount.objects.bulk_create(accounts)
    Representation.objects.bulk_create(
        Representation(influencer=person, contact=contact) for person, contact in zip(persons, contacts, strict=True)
    )
    through = Influencer.niches.through
    through.objects.bulk_create(through(influencer=person, niche=person.main_niche) for person in persons)


def _settle() -> None:
    """Statistics, as a database that has stood for a night has them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")

"""Why the demo's campaigns exist, what they want to reach, and with which messages: everything but one is ready for offers."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from campaigns.planning.door import open_door
from campaigns.planning.models import Campaign, Channel, GoalKpi, Kpi, Pillar
from crm.brands.models import Brand, Persona
from crm.influencers.models import Format, Niche
from crm.timeline.record import Actor


@dataclass(frozen=True)
class Profile:
    """What a brand stands for, in its own words."""

    values: str
    tone: str
    does: str
    avoids: str
    audience: str


PROFILES = {
    "Lumi Skincare": Profile(
        "Kulit yang sehat dulu, baru yang cantik. Bahan yang bisa dijelaskan. Harga yang masuk akal.",
        "Hangat dan apa adanya, seperti kakak yang paham kulit.",
        "Memakai kulit asli tanpa filter. Menjelaskan bahan dengan bahasa sehari-hari.",
        "Tidak menjanjikan warna kulit. Tidak ada sebelum dan sesudah. Tidak menakut-nakuti.",
        "Perempuan 20 sampai 35 tahun di kota yang panas dan lembap.",
    ),
    "Nusa Oral": Profile(
        "Gigi itu untuk tertawa. Keluarga belajar bersama. Dokter gigi bukan ancaman.",
        "Riang, dekat dengan anak, tidak menggurui.",
        "Memperlihatkan keluarga yang sebenarnya, termasuk kamar mandi yang berantakan.",
        "Tidak mempermalukan senyum siapa pun. Tidak memutihkan lewat aplikasi.",
        "Orang tua muda dan anak 3 sampai 10 tahun.",
    ),
}


@dataclass(frozen=True)
class Plan:
    """A campaign's reason and figures. `targets` by the code of a kind of KPI; None is only tracked."""

    why: str
    risk: str
    formats: tuple[str, ...]
    niches: tuple[str, ...]
    personas: tuple[str, ...]
    targets: dict[str, int | None]
    pillars: tuple[str, ...]
    channels: tuple[tuple[str, str], ...]
    mode: str = ""
    ages: tuple[int, int] | None = None
    gender: str = ""


PLANS = {
    "Kulit Tropis": Plan(
        "Orang percaya pada kulit yang mereka lihat setiap hari, bukan pada iklan. Serum ini baru terasa setelah dua "
        "minggu di cuaca kita, dan itu hanya bisa diceritakan oleh yang memakainya.",
        "medium", ("reel", "story"), ("make-up", "photography"), ("beauty-lovers",),
        {"post_frequency": 44, "mentions": 120, "reach": 600_000, "impressions": None},
        ("Kulit sehat di cuaca kita", "Dua minggu dulu", "Bahan yang bisa dijelaskan"),
        (("own_social", "Tiga Reel di akun sendiri"), ("marketplace", "Diskon toko resmi pada tanggal kembar")),
        "introduce", (20, 35), "women",
    ),
    "Senyum Setiap Hari": Plan(
        "Menyikat gigi bersama itu kebiasaan keluarga; kebiasaan ditiru dari keluarga lain.",
        "low", ("reel", "story"), ("parenting",), ("young-mothers",),
        {}, ("Dua menit bersama", "Tanpa drama"), (("store", "Rak di 40 apotek"),), "activate", (25, 40),
    ),
    "Gigi Susu": Plan(
        "Orang tua bertanya pada orang tua lain sebelum bertanya pada merek.",
        "high", ("reel",), ("parenting",), ("young-mothers",), {}, ("Gigi pertama",), (),
    ),
    "Kemerdekaan 81": Plan(
        "Delapan kota, delapan logat: kreator setempat dikenal di kotanya.",
        "low", ("reel", "story"), ("photography",), (), {}, ("Bangga kotaku",), (("event", "Lomba 17-an di Malang"),),
    ),
    "Roadshow Sekolah": Plan(
        "Guru dan orang tua datang kalau ada wajah yang mereka kenal.",
        "medium", ("story",), ("parenting",), (), {}, ("Sikat bersama di kelas",), (),
    ),
}  # fmt: skip
"""“Glow Akhir Tahun” has none on purpose: its first offer leads to the door."""


def profile(brand: Brand) -> None:
    told = PROFILES[brand.name]
    for name, words in vars(told).items():
        setattr(brand, name, words)
    brand.save()


def plan(campaign: Campaign, *, at: dt.datetime, actor: Actor) -> None:
    """What the campaign wants, and the door to its offers open where everything was said."""
    found = PLANS.get(campaign.name)
    if found is None:
        return
    campaign.why, campaign.risk, campaign.mode, campaign.gender = found.why, found.risk, found.mode, found.gender
    campaign.age_from, campaign.age_to = found.ages or (None, None)
    campaign.save()
    campaign.formats.set(Format.objects.filter(code__in=found.formats, platform__code="instagram"))
    campaign.niches.set(Niche.objects.filter(slug__in=found.niches))
    campaign.personas.set(Persona.objects.filter(slug__in=found.personas))
    aim(campaign, found.targets)
    for position, name in enumerate(found.pillars):
        Pillar.objects.create(campaign=campaign, name=name, position=position)
    for kind, note in found.channels:
        Channel.objects.create(campaign=campaign, kind=kind, note=note)
    open_door(campaign, "", at=at, actor=actor)


def aim(campaign: Campaign, targets: dict[str, int | None]) -> None:
    """The figures its goal brings along; those without a number of ours get a round one."""
    rows = GoalKpi.objects.filter(goal=campaign.goal, is_extra=False).select_related("kind")
    for row in rows:
        target = targets.get(row.kind.code, 1_000)
        value = None if target is None else Decimal(target)
        Kpi.objects.create(campaign=campaign, kind=row.kind, target=value, position=row.position)

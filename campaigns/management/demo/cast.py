"""Who appears in the demo. Every name, handle, number and address is invented."""

from dataclasses import dataclass

FIRST = (
    "Kirana",
    "Bagas",
    "Sekar",
    "Oka",
    "Fajar",
    "Zahra",
    "Eka",
    "Hana",
    "Vina",
    "Dimas",
    "Citra",
    "Nadia",
    "Ayu",
    "Gita",
    "Putri",
    "Salsa",
    "Laras",
    "Intan",
    "Joko",
    "Yoga",
    "Mega",
    "Wulan",
    "Rizky",
    "Made",
    "Meutia",
    "Theo",
    "Gilang",
    "Rafi",
    "Puti",
    "Wening",
)
LAST = (
    "Maheswari",
    "Wirayuda",
    "Anindita",
    "Siregar",
    "Ramadhana",
    "Prameswari",
    "Tirtakusuma",
    "Pranowo",
    "Larasati",
    "Alamsyah",
    "Zahrani",
    "Sitepu",
    "Kusumo",
    "Wirasana",
    "Hartono",
    "Ramlan",
    "Manurung",
    "Puspawardani",
    "Lestariningsih",
    "Tampubolon",
)
CITIES = (
    ("Jakarta", "Asia/Jakarta"),
    ("Bandung", "Asia/Jakarta"),
    ("Surabaya", "Asia/Jakarta"),
    ("Yogyakarta", "Asia/Jakarta"),
    ("Medan", "Asia/Jakarta"),
    ("Malang", "Asia/Jakarta"),
    ("Denpasar", "Asia/Makassar"),
    ("Makassar", "Asia/Makassar"),
    ("Jayapura", "Asia/Jayapura"),
)
NICHES = ("make-up", "parenting", "photography", "interior-design", "finance", "sport")
STYLES = (
    ("boho and beach", "seasonal colours, terracotta", "links and sizes in every caption", "answers in the first hour"),
    ("clean studio light", "white and sage", "link in bio only", "long replies in the evening"),
    (
        "daily life in pink",
        "one pink through the year",
        "story links twice a week",
        "chats on sponsored and organic posts alike",
    ),
    ("street and film grain", "dusk colours", "rarely links", "asks questions back"),
)


@dataclass(frozen=True)
class Colleague:
    email: str
    name: str
    role: str
    language: str


COLLEAGUES = (
    Colleague("owner@mitra.example", "Ratih Kusumadewi", "owner", "en"),
    Colleague("admin@mitra.example", "Sari Pangestu", "admin", "id"),
    Colleague("manager@mitra.example", "Raka Pradipta", "manager", "id"),
    Colleague("coordinator@mitra.example", "Dinda Ayuningrum", "coordinator", "en"),
    Colleague("finance@mitra.example", "Bimo Adinegara", "finance", "id"),
    Colleague("viewer@mitra.example", "Wulan Tanjungpura", "viewer", "en"),
)
PASSWORD_HINT = "mitra-demo-2026"  # noqa: S105  the demo prints it; nobody else ever signs in with it


@dataclass(frozen=True)
class DemoBrand:
    house: str
    name: str
    category: str
    colour: str
    about: str
    products: tuple[tuple[str, int], ...]


BRANDS = (
    DemoBrand(
        "Lumi Nusantara",
        "Lumi Skincare",
        "skincare",
        "a",
        "Gentle care for tropical skin. Warm, plain words; never promises a shade of skin.",
        (("Barrier serum 30 ml", 189_000), ("Sunscreen gel SPF 50", 129_000), ("Night cream 50 ml", 215_000)),
    ),
    DemoBrand(
        "Nusa Dental",
        "Nusa Oral",
        "oral-care",
        "d",
        "Teeth are for laughing. Playful, for families; never shames a smile.",
        (("Sonic toothbrush", 349_000), ("Kids toothpaste strawberry", 29_000)),
    ),
)


@dataclass(frozen=True)
class DemoCampaign:
    """Days are counted from today."""

    brand: str
    name: str
    goal: str
    start: int
    end: int
    budget: int
    status: str
    people: int
    about: str


CAMPAIGNS = (
    DemoCampaign(
        "Lumi Skincare",
        "Kulit Tropis",
        "awareness",
        -21,
        34,
        185_000_000,
        "live",
        22,
        "The new barrier serum, told by people who really live in the heat.",
    ),
    DemoCampaign(
        "Nusa Oral",
        "Senyum Setiap Hari",
        "conversation",
        -30,
        45,
        120_000_000,
        "live",
        14,
        "Two minutes, twice a day, together: families show how they brush.",
    ),
    DemoCampaign(
        "Lumi Skincare",
        "Glow Akhir Tahun",
        "sales",
        12,
        60,
        90_000_000,
        "draft",
        9,
        "Codes and links for the year-end sets.",
    ),
    DemoCampaign(
        "Nusa Oral",
        "Gigi Susu",
        "advocacy",
        -14,
        30,
        60_000_000,
        "paused",
        6,
        "Paused while the new flavour waits for its permit.",
    ),
    DemoCampaign(
        "Lumi Skincare",
        "Kemerdekaan 81",
        "city",
        -110,
        -75,
        75_000_000,
        "wrapped",
        10,
        "Micro creators in eight cities around Independence Day.",
    ),
    DemoCampaign(
        "Nusa Oral",
        "Roadshow Sekolah",
        "brand_lift",
        -40,
        10,
        40_000_000,
        "cancelled",
        4,
        "School visits; called off because the dates met the exams.",
    ),
)

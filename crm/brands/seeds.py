"""Where work happens (countries of the region, Indonesian provinces and cities) and what brands sell."""

from collections.abc import Iterator

from django.utils.text import slugify

from crm.base.seeding import seed
from crm.brands.models import Category, Persona, Territory
from crm.brands.places_of_indonesia import CITIES, PROVINCES, ZONES

COUNTRIES = (
    ("id", "Indonesia", "Asia/Jakarta"),
    ("bn", "Brunei", "Asia/Brunei"),
    ("kh", "Cambodia", "Asia/Phnom_Penh"),
    ("la", "Laos", "Asia/Vientiane"),
    ("my", "Malaysia", "Asia/Kuala_Lumpur"),
    ("mm", "Myanmar", "Asia/Yangon"),
    ("ph", "Philippines", "Asia/Manila"),
    ("sg", "Singapore", "Asia/Singapore"),
    ("th", "Thailand", "Asia/Bangkok"),
    ("tl", "Timor-Leste", "Asia/Dili"),
    ("vn", "Vietnam", "Asia/Ho_Chi_Minh"),
    ("au", "Australia", "Australia/Sydney"),
    ("cn", "China", "Asia/Shanghai"),
    ("de", "Germany", "Europe/Berlin"),
    ("fr", "France", "Europe/Paris"),
    ("gb", "United Kingdom", "Europe/London"),
    ("hk", "Hong Kong", "Asia/Hong_Kong"),
    ("in", "India", "Asia/Kolkata"),
    ("jp", "Japan", "Asia/Tokyo"),
    ("kr", "South Korea", "Asia/Seoul"),
    ("nl", "Netherlands", "Europe/Amsterdam"),
    ("nz", "New Zealand", "Pacific/Auckland"),
    ("sa", "Saudi Arabia", "Asia/Riyadh"),
    ("ae", "United Arab Emirates", "Asia/Dubai"),
    ("tw", "Taiwan", "Asia/Taipei"),
    ("us", "United States", "America/New_York"),
)


@seed(Territory, "code")
def countries() -> Iterator[Territory]:
    for code, name, zone in COUNTRIES:
        yield Territory(kind=Territory.Kind.COUNTRY, code=code, name=name, zone=zone)


@seed(Territory, "code")
def provinces() -> Iterator[Territory]:
    indonesia = Territory.objects.get(code="id")
    for zone, codes in ZONES.items():
        for code in codes:
            yield Territory(
                parent=indonesia, kind=Territory.Kind.PROVINCE, code=f"id-{code}", name=PROVINCES[code], zone=zone
            )


@seed(Territory, "code")
def cities() -> Iterator[Territory]:
    known = {territory.code: territory for territory in Territory.objects.filter(kind=Territory.Kind.PROVINCE)}
    for province, names in CITIES.items():
        parent = known[f"id-{province}"]
        for name in names:
            code = f"id-{province}-{slugify(name)}"
            yield Territory(parent=parent, kind=Territory.Kind.CITY, code=code, name=name, zone=parent.zone)


CATEGORIES = (
    ("beauty", "Beauty", "Kecantikan"),
    ("personal-care", "Personal care", "Perawatan diri"),
    ("food-drink", "Food and drink", "Makanan dan minuman"),
    ("fashion", "Fashion", "Fesyen"),
    ("mother-child", "Mother and child", "Ibu dan anak"),
    ("home", "Home", "Rumah"),
    ("sports", "Sports", "Olahraga"),
    ("finance", "Finance", "Keuangan"),
    ("technology", "Technology", "Teknologi"),
    ("travel", "Travel", "Perjalanan"),
    ("marketplace", "Marketplaces", "Lokapasar"),
)

SUB_CATEGORIES = {
    "beauty": (
        ("skincare", "Skincare", "Perawatan kulit"),
        ("make-up", "Make-up", "Tata rias"),
        ("hair-care", "Hair care", "Perawatan rambut"),
        ("fragrance", "Fragrance", "Wewangian"),
    ),
    "skincare": (
        ("sunscreen", "Sunscreen", "Tabir surya"),
        ("serum", "Serum", "Serum"),
        ("baby-care", "Baby care", "Perawatan bayi"),
    ),
    "make-up": (
        ("lipstick", "Lipstick", "Lipstik"),
        ("foundation", "Foundation", "Alas bedak"),
    ),
    "personal-care": (
        ("oral-care", "Oral care", "Perawatan gigi dan mulut"),
        ("deodorant", "Deodorants", "Deodoran"),
        ("shaving", "Shaving", "Perlengkapan cukur"),
    ),
    "food-drink": (
        ("coffee", "Coffee", "Kopi"),
        ("snacks", "Snacks", "Camilan"),
        ("soft-drinks", "Soft drinks", "Minuman ringan"),
    ),
    "fashion": (
        ("muslim-fashion", "Muslim fashion", "Fesyen muslim"),
        ("shoes", "Shoes", "Sepatu"),
        ("bags", "Bags", "Tas"),
    ),
    "mother-child": (
        ("diapers", "Diapers", "Popok"),
        ("infant-formula", "Infant formula", "Susu formula"),
    ),
    "home": (
        ("furniture", "Furniture", "Mebel"),
        ("kitchen", "Kitchen", "Dapur"),
    ),
    "sports": (
        ("athletic-shoes", "Athletic shoes", "Sepatu olahraga"),
        ("sportswear", "Sportswear", "Pakaian olahraga"),
    ),
    "finance": (
        ("banking", "Banking", "Perbankan"),
        ("e-wallet", "E-wallets", "Dompet elektronik"),
        ("investment", "Investment", "Investasi"),
    ),
    "technology": (
        ("phones", "Phones", "Ponsel"),
        ("telecoms", "Telecoms", "Telekomunikasi"),
    ),
}


COSMETICS = frozenset({"beauty", "skincare", "make-up"})
"""Cosmetics are advertised only once BPOM was notified (Peraturan BPOM 18/2024 on marking, promotion and advertising)."""


def _regulated(slug: str) -> str:
    return Category.Regulated.COSMETIC if slug in COSMETICS else ""


@seed(Category, "slug")
def categories() -> Iterator[Category]:
    for slug, name_en, name_id in CATEGORIES:
        yield Category(slug=slug, name_en=name_en, name_id=name_id, regulated=_regulated(slug))


def _children(*parents: str) -> Iterator[Category]:
    known = {category.slug: category for category in Category.objects.all()}
    for parent in parents:
        for slug, name_en, name_id in SUB_CATEGORIES[parent]:
            yield Category(
                parent=known[parent], slug=slug, name_en=name_en, name_id=name_id, regulated=_regulated(slug)
            )


DEEP = ("skincare", "make-up")


@seed(Category, "slug")
def sub_categories() -> Iterator[Category]:
    yield from _children(*(parent for parent in SUB_CATEGORIES if parent not in DEEP))


@seed(Category, "slug")
def sub_sub_categories() -> Iterator[Category]:
    yield from _children(*DEEP)


# Whom Indonesian briefs name most often; a house adds its own.
PERSONAS = (
    ("young-mothers", "Mothers of small children", "Ibu dengan anak kecil"),
    ("families", "Families", "Keluarga"),
    ("expecting", "Expecting parents", "Calon orang tua"),
    ("newlyweds", "Newly married", "Pasangan baru"),
    ("teens", "Teenagers", "Remaja"),
    ("students", "Students", "Mahasiswa"),
    ("young-professionals", "Young professionals", "Profesional muda"),
    ("homemakers", "Homemakers", "Ibu rumah tangga"),
    ("small-business", "Small business owners", "Pemilik usaha kecil"),
    ("modest-fashion", "Lovers of modest fashion", "Pencinta busana muslim"),
    ("beauty-lovers", "Beauty lovers", "Pencinta kecantikan"),
    ("food-lovers", "Food lovers", "Pencinta kuliner"),
    ("sports-people", "People who do sports", "Penggemar olahraga"),
    ("gamers", "Gamers", "Pemain gim"),
    ("travellers", "Travellers", "Pelancong"),
)


@seed(Persona, "slug")
def personas() -> Iterator[Persona]:
    for slug, name_en, name_id in PERSONAS:
        yield Persona(slug=slug, name_en=name_en, name_id=name_id, source="Mitra")

"""The trade's vocabulary: platforms and what is made there, tier schemes, niches."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers import majority_seeds  # noqa: F401  laid with the others
from crm.influencers.alikes import seeds as alike_seeds  # noqa: F401  laid with everything else of this room
from crm.influencers.models import Format, Niche, Platform, Tier, TierScheme

SEED_ARTICLE = "Marketeers, “Kelebihan Micro Influencer ketimbang Selebriti”"

# Instagram is the hub of the trade and comes first in every list.
PLATFORMS = (
    ("instagram", "Instagram", "instagram", "https://www.instagram.com/{handle}/"),
    ("tiktok", "TikTok", "tiktok", "https://www.tiktok.com/@{handle}"),
    ("youtube", "YouTube", "youtube", "https://www.youtube.com/@{handle}"),
    ("facebook", "Facebook", "facebook", "https://www.facebook.com/{handle}"),
    ("x", "X", "twitter-x", "https://x.com/{handle}"),
    ("threads", "Threads", "threads", "https://www.threads.net/@{handle}"),
    ("pinterest", "Pinterest", "pinterest", "https://www.pinterest.com/{handle}/"),
    ("blog", "Blog", "journal-text", ""),
)


@seed(Platform, "code")
def platforms() -> Iterator[Platform]:
    for position, (code, name, icon, address) in enumerate(PLATFORMS, 1):
        yield Platform(code=code, name=name, icon=icon, profile_url=address, position=position * 10)


DAY = 24

FORMATS: dict[str, tuple[tuple[str, str, str, int | None], ...]] = {
    "instagram": (
        ("feed", "Feed post", "Foto feed", None),
        ("carousel", "Carousel", "Carousel", None),
        ("reel", "Reel", "Reel", None),
        ("story", "Story", "Story", DAY),
        ("story-link", "Story link (formerly swipe up)", "Tautan story (dulu swipe up)", DAY),
        ("live", "Live", "Live", None),
    ),
    "tiktok": (
        ("video", "Video", "Video", None),
        ("photo", "Photo post", "Foto", None),
        ("story", "Story", "Story", DAY),
        ("live", "Live", "Live", None),
    ),
    "youtube": (
        ("video", "Video", "Video", None),
        ("integration", "Mention within a video", "Sisipan dalam video", None),
        ("short", "Short", "Short", None),
        ("live", "Live", "Live", None),
        ("community", "Community post", "Postingan komunitas", None),
    ),
    "facebook": (
        ("feed", "Feed post", "Postingan", None),
        ("reel", "Reel", "Reel", None),
        ("story", "Story", "Story", DAY),
        ("live", "Live", "Live", None),
    ),
    "x": (
        ("post", "Post", "Postingan", None),
        ("thread", "Thread", "Utas", None),
    ),
    "threads": (("post", "Post", "Postingan", None),),
    "pinterest": (
        ("pin", "Pin", "Pin", None),
        ("video", "Video pin", "Pin video", None),
    ),
    "blog": (("article", "Article", "Artikel", None),),
}


@seed(Format, "platform", "code")
def formats() -> Iterator[Format]:
    known = {platform.code: platform for platform in Platform.objects.all()}
    for platform, made in FORMATS.items():
        for position, (code, name_en, name_id, hours) in enumerate(made, 1):
            yield Format(
                platform=known[platform],
                code=code,
                name_en=name_en,
                name_id=name_id,
                lasts_hours=hours,
                position=position * 10,
            )


class Band(NamedTuple):
    """One tier: from `low` up to but not including `high`, unless an edge says otherwise."""

    code: str
    name: str
    low: int
    high: int | None
    low_included: bool = True
    high_included: bool = False


class Scheme(NamedTuple):
    """A named ladder with its source."""

    code: str
    name: str
    source: str
    address: str
    year: int | None
    grade: Grade
    bands: tuple[Band, ...]


K, M = 1_000, 1_000_000
MEDIAKIX = "https://mediakix.com/influencer-marketing-resources/influencer-tiers/"
MARKETING_PROFS = (
    "https://www.marketingprofs.com/charts/2017/32863/"
    "micro-influencers-vs-macro-influencers-which-are-more-effective-infographic"
)
GETCRAFT = (
    "https://cewekbanget.grid.id/amp/06899545/ternyata-begini-cara-menentukan-harga-untuk-postingan-influencer?page=all"
)
PARTIPOST = "https://www.partipost.com/resources-guides-indonesia/influencer-nano-micro-macro-mega-apa-sih-bedanya"
HYPEAUDITOR = (
    "https://hypeauditor.com/blog/how-do-micro-influencers-and-mega-influencers-compare-in-instagram-engagement-rates"
)

SCHEMES = (
    Scheme(
        "marketeers",
        "Marketeers",
        SEED_ARTICLE,
        "",
        None,
        Grade.ARTICLE,
        (
            Band("micro", "Micro", 1 * K, 100 * K),
            # The source says "above a million" for celebrities: exactly a million is still macro.
            Band("macro", "Macro", 100 * K, 1 * M, high_included=True),
            Band("celebrity", "Celebrity", 1 * M, None, low_included=False),
        ),
    ),
    Scheme(
        "mediakix",
        "Mediakix",
        "Mediakix influencer tiers",
        MEDIAKIX,
        None,
        Grade.EXPERT,
        (
            Band("nano", "Nano", 1 * K, 10 * K),
            Band("micro", "Micro", 10 * K, 50 * K),
            Band("mid", "Mid-tier", 50 * K, 500 * K),
            Band("macro", "Macro", 500 * K, 1 * M),
            Band("mega", "Mega", 1 * M, None),
        ),
    ),
    Scheme(
        "mediakix-2017",
        "Mediakix study 2017",
        "Mediakix study of micro and macro influencers, by MarketingProfs",
        MARKETING_PROFS,
        2017,
        Grade.EXPERT,
        (
            Band("micro", "Micro", 10 * K, 100 * K),
            Band("macro", "Macro", 100 * K, None),
        ),
    ),
    Scheme(
        "getcraft",
        "GetCraft Indonesia 2018",
        "GetCraft Indonesia, by CewekBanget",
        GETCRAFT,
        2018,
        Grade.ARTICLE,
        (
            Band("micro", "Micro", 3 * K, 90 * K),
            Band("macro", "Macro", 90 * K, 500 * K),
            Band("premium", "Premium", 500 * K, None),
        ),
    ),
    Scheme(
        "partipost",
        "Partipost Indonesia",
        "Partipost guide for Indonesia",
        PARTIPOST,
        2022,
        Grade.EXPERT,
        (
            Band("nano", "Nano", 0, 5 * K),
            Band("micro", "Micro", 5 * K, 30 * K),
            # The guide names macro and mega above this without an edge between them.
            Band("macro", "Macro and mega", 30 * K, None),
        ),
    ),
    Scheme(
        "hypeauditor",
        "HypeAuditor",
        "HypeAuditor study of Instagram engagement",
        HYPEAUDITOR,
        None,
        Grade.EXPERT,
        (
            Band("starter", "Below 1k", 0, 1 * K),
            Band("nano", "Nano", 1 * K, 5 * K),
            Band("micro", "Micro", 5 * K, 20 * K),
            Band("mid", "Mid-tier", 20 * K, 100 * K),
            Band("macro", "Macro", 100 * K, 1 * M),
            Band("mega", "Mega", 1 * M, None),
        ),
    ),
)


@seed(TierScheme, "code")
def tier_schemes() -> Iterator[TierScheme]:
    for scheme in SCHEMES:
        yield TierScheme(
            code=scheme.code,
            name=scheme.name,
            source=scheme.source,
            source_url=scheme.address,
            source_year=scheme.year,
            grade=scheme.grade,
        )


@seed(Tier, "scheme", "code")
def tiers() -> Iterator[Tier]:
    """A scheme somebody edited keeps exactly the tiers it was given."""
    known = {scheme.code: scheme for scheme in TierScheme.objects.filter(edited_at__isnull=True)}
    for scheme in SCHEMES:
        if scheme.code in known:
            yield from (Tier(scheme=known[scheme.code], **band._asdict()) for band in scheme.bands)


OURS: dict[str, Any] = {"source": "Mitra", "grade": Grade.HOUSE}
FROM_ARTICLE: dict[str, Any] = {"source": SEED_ARTICLE, "grade": Grade.ARTICLE}

# The first six are the article's; the others are what Indonesian team sheets add to them.
NICHES = (
    ("parenting", "Parenting", "Parenting", FROM_ARTICLE),
    ("make-up", "Make-up", "Tata rias", FROM_ARTICLE),
    ("interior-design", "Interior design", "Desain interior", FROM_ARTICLE),
    ("photography", "Photography", "Fotografi", FROM_ARTICLE),
    ("finance", "Finance", "Keuangan", FROM_ARTICLE),
    ("sport", "Sport", "Olahraga", FROM_ARTICLE),
    ("fashion", "Fashion", "Fesyen", OURS),
    ("food", "Food", "Kuliner", OURS),
    ("travel", "Travel", "Wisata", OURS),
)

SUB_NICHES = {
    "parenting": (
        ("child-education", "Education of children", "Pendidikan anak", FROM_ARTICLE),
        ("family-health", "Family health", "Kesehatan keluarga", FROM_ARTICLE),
        ("family-holidays", "Family holidays", "Liburan keluarga", FROM_ARTICLE),
    ),
    "make-up": (
        ("skincare", "Skincare", "Perawatan kulit", OURS),
        ("make-up-tutorial", "Make-up tutorials", "Tutorial tata rias", OURS),
    ),
    "interior-design": (
        ("home-decor", "Home decoration", "Dekorasi rumah", OURS),
        ("small-homes", "Small homes", "Rumah mungil", OURS),
    ),
    "photography": (
        ("phone-photography", "Phone photography", "Fotografi ponsel", OURS),
        ("street-photography", "Street photography", "Fotografi jalanan", OURS),
    ),
    "finance": (
        ("household-money", "Household money", "Keuangan keluarga", OURS),
        ("investing", "Investing", "Investasi", OURS),
    ),
    "sport": (
        ("running", "Running", "Lari", OURS),
        ("fitness", "Fitness", "Kebugaran", OURS),
        ("football", "Football", "Sepak bola", OURS),
    ),
    "fashion": (("muslim-fashion", "Muslim fashion", "Fesyen muslim", OURS),),
}


@seed(Niche, "slug")
def niches() -> Iterator[Niche]:
    for slug, name_en, name_id, origin in NICHES:
        yield Niche(slug=slug, name_en=name_en, name_id=name_id, **origin)


@seed(Niche, "slug")
def sub_niches() -> Iterator[Niche]:
    known = {niche.slug: niche for niche in Niche.objects.all()}
    for parent, children in SUB_NICHES.items():
        for slug, name_en, name_id, origin in children:
            yield Niche(parent=known[parent], slug=slug, name_en=name_en, name_id=name_id, **origin)

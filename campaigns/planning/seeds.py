"""What each goal is told by, and who suits it: domain rule 1.4, each row with its source."""

from collections.abc import Iterator
from typing import Any

from campaigns.planning.models import GoalKpi, GoalTier, KpiKind
from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers.seeds import SEED_ARTICLE

OURS: dict[str, Any] = {"source": "Mitra", "grade": Grade.HOUSE}
NAMED: dict[str, Any] = {"source": SEED_ARTICLE, "grade": Grade.ARTICLE}
PERCENT, MONEY = KpiKind.Unit.PERCENT, KpiKind.Unit.MONEY

KINDS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("post_frequency", "Posts", "Frekuensi postingan", "", False),
    ("mentions", "Mentions", "Sebutan (mention)", "", False),
    ("reach", "Reach", "Jangkauan", "", False),
    ("impressions", "Impressions", "Impresi", "", False),
    ("video_views", "Video views", "Penayangan video", "", False),
    ("brand_followers", "New followers of the brand", "Pengikut baru brand", "", False),
    ("cpm", "Cost per thousand", "Biaya per seribu (CPM)", MONEY, True),
    ("sentiment", "Friendly comments", "Komentar bernada baik", PERCENT, False),
    ("engagements", "Engagements", "Interaksi", "", False),
    ("saves", "Saves", "Simpanan", "", False),
    ("ugc", "Posts by others (UGC)", "Konten buatan pengguna (UGC)", "", False),
    ("comment_depth", "Comments with an answer", "Komentar yang berbalas", PERCENT, False),
    ("comments", "Comments", "Komentar", "", False),
    ("shares", "Shares", "Bagikan", "", False),
    ("replies", "Replies", "Balasan", "", False),
    ("er_reach", "Engagement rate by reach", "Tingkat interaksi per jangkauan", PERCENT, False),
    ("cpe", "Cost per engagement", "Biaya per interaksi (CPE)", MONEY, True),
    ("link_clicks", "Clicks on the link", "Klik tautan", "", False),
    ("redemptions", "Voucher redemptions", "Kode voucher yang dipakai", "", False),
    ("orders", "Orders", "Pesanan", "", False),
    ("cvr", "Conversion rate", "Tingkat konversi", PERCENT, False),
    ("cpa", "Cost per order", "Biaya per pesanan (CPA)", MONEY, True),
    ("roas", "Return on spend", "Hasil per biaya (ROAS)", PERCENT, False),
    ("aov", "Average order", "Rata-rata nilai pesanan", MONEY, False),
    ("traffic", "Traffic", "Kunjungan (traffic)", "", False),
    ("sessions", "Sessions", "Sesi", "", False),
    ("cpc", "Cost per click", "Biaya per klik (CPC)", MONEY, True),
    ("ctr", "Click rate", "Rasio klik (CTR)", PERCENT, False),
    ("category_share", "The category's share of sales", "Porsi penjualan kategori", PERCENT, False),
    ("city_reach", "Reach in the city", "Jangkauan di kota itu", "", False),
    ("store_visits", "Store visits", "Kunjungan toko", "", False),
    ("city_codes", "Codes used in the city", "Kode yang dipakai di kota itu", "", False),
    ("survey_lift", "Lift in a survey", "Kenaikan di survei", PERCENT, False),
)
"""Code, English, Indonesian, unit (empty: a number), whether less is better."""


@seed(KpiKind, "code")
def kinds() -> Iterator[KpiKind]:
    for position, (code, name_en, name_id, unit, less) in enumerate(KINDS, 1):
        unit = unit or KpiKind.Unit.COUNT
        words: dict[str, Any] = {"name_en": name_en, "name_id": name_id}
        yield KpiKind(code=code, unit=unit, less_is_better=less, position=position * 10, **words, **OURS)


TOLD_BY: dict[str, tuple[str, str, str]] = {
    "awareness": ("post_frequency mentions reach impressions", "", "video_views brand_followers cpm"),
    "advocacy": ("sentiment mentions engagements", "", "saves ugc comment_depth"),
    "conversation": ("", "comments shares replies", "er_reach cpe"),
    "sales": ("link_clicks redemptions orders", "", "cvr cpa roas aov"),
    "traffic": ("traffic", "", "sessions cpc ctr"),
    "category": ("", "category_share", ""),
    "city": ("", "city_reach store_visits city_codes", ""),
    "brand_lift": ("", "survey_lift", ""),
}
"""By goal: what the article names, what we put there where it names nothing, and what is only offered."""


@seed(GoalKpi, "goal", "kind")
def goal_kpis() -> Iterator[GoalKpi]:
    known = {kind.code: kind for kind in KpiKind.objects.all()}
    for goal, columns in TOLD_BY.items():
        rows = [(code, place) for place, codes in enumerate(columns) for code in codes.split()]
        for position, (code, place) in enumerate(rows, 1):
            whose = NAMED if place == 0 else OURS
            yield GoalKpi(goal=goal, kind=known[code], is_extra=place == 2, position=position * 10, **whose)


FORMATS = {
    "awareness": "reel video story",
    "advocacy": "feed carousel live",
    "conversation": "live story",
    "sales": "story-link video",
    "traffic": "story-link",
    "category": "video reel",
    "city": "story",
    "brand_lift": "video",
}
SUITS: dict[str, tuple[str, str, str]] = {
    "awareness": (
        "macro celebrity", "Large accounts for the mass; many small ones for one place.",
        "Akun besar untuk massa; banyak akun kecil untuk satu daerah.",
    ),
    "advocacy": (
        "micro", "People believe somebody who talks with them.", "Orang percaya pada yang mau berbincang dengan mereka."
    ),
    "conversation": ("micro", "Small accounts answer their comments.", "Akun kecil membalas komentarnya."),
    "sales": ("micro", "In the niche and with a code of her own.", "Di niche-nya dan dengan kode sendiri."),
    "traffic": ("micro macro", "Some reach, and some who are really clicked.", "Perpaduan jangkauan dan klik."),
    "category": ("micro", "One for each niche of the category.", "Satu untuk tiap niche dalam kategori."),
    "city": ("micro", "Somebody whom the city follows.", "Sosok yang diikuti warga kotanya."),
    "brand_lift": ("macro", "A name everybody knows changes how a brand is seen.", "Nama besar mengubah citra brand."),
}  # fmt: skip
BY_MODE: dict[str, tuple[str, str, str]] = {
    "activate": (
        "micro", "Who does it already follows small accounts about it: more of what they reach is meant.",
        "Yang sudah melakukannya mengikuti akun kecil tentang itu: jangkauannya lebih tepat sasaran.",
    ),
    "introduce": (
        "macro celebrity", "Who might begin is everywhere: large accounts reach them.",
        "Yang mungkin mulai ada di mana-mana: akun besar menjangkaunya.",
    ),
}  # fmt: skip


@seed(GoalTier, "goal", "mode")
def goal_tiers() -> Iterator[GoalTier]:
    for goal, formats in FORMATS.items():
        for mode, (tiers, why_en, why_id) in {"": SUITS[goal], **BY_MODE}.items():
            words: dict[str, Any] = {"why_en": why_en, "why_id": why_id}
            yield GoalTier(goal=goal, mode=mode, tiers=tiers, formats=formats, **words, **OURS)

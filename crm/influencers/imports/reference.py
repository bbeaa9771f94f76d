"""The reference rows an import needs, read once for a run."""

from dataclasses import dataclass
from typing import Self

from crm.base.models import Organisation
from crm.influencers.imports.values.words import squash
from crm.influencers.models import Format, Niche, Platform, Tier

# Words of sheets for the niches that ship with Mitra; a word counts only while its niche is in the table.
SPORT_WORDS = (
    "olah raga|olahraga|sport|sports|sports with a ball|fitness|fitness & gym|gym|racing sports|winter sports"
    "|water sports|extreme sports|kebugaran|workout"
)
NICHE_WORDS = {
    "make-up": "makeup|mua|kosmetik|cosmetics|tata rias|rias wajah|make up artist|dandan",
    "skincare": "skin care|perawatan kulit|perawatan wajah",
    "beauty": "kecantikan|beauty & makeup",
    "parenting": "ibu dan anak|ibu & anak|moms|mom|mums|keluarga|family|parents|ibu|anak|kids & toys|mom and kids",
    "family-health": "kesehatan keluarga|family health",
    "interior-design": "desain interior|interior|home decor|dekorasi rumah|rumah|home|interior design|homedecor",
    "photography": "fotografi|foto|photo|photographer|fotografer",
    "finance": "keuangan|finansial|investasi|investment|financial|finance & economics|ekonomi|personal finance",
    "sport": SPORT_WORDS,
    "sports": SPORT_WORDS,
    "muslim-fashion": "fesyen muslim|fashion muslim|busana muslim|hijab|modest fashion|modest wear|hijabers",
    "fashion": "fesyen|mode|clothing & outfits|ootd|style",
    "food": "kuliner|makanan|food & cooking|masak|cooking|culinary|resep",
    "travel": "wisata|jalan-jalan|traveling|traveling & tourism|liburan",
}

# Indonesian cities that are not in the western zone.
CITY_ZONES = {
    "Asia/Makassar": (
        "Makassar|Denpasar|Balikpapan|Samarinda|Banjarmasin|Banjarbaru|Mataram|Kupang|Manado|Palu|Kendari|Gorontalo"
        "|Ubud|Badung|Gianyar|Parepare|Palopo|Bitung|Tarakan|Bontang|Labuan Bajo|Bali"
    ),
    "Asia/Jayapura": "Jayapura|Ambon|Sorong|Ternate|Manokwari|Merauke|Timika|Biak|Nabire|Tual|Tidore",
}
ZONE_OF_CITY = {city: zone for zone, cities in CITY_ZONES.items() for city in cities.split("|")}


@dataclass(frozen=True, slots=True)
class Reference:
    """Codes and the rows they stand for."""

    platforms: dict[str, int]
    positions: dict[str, int]
    niches: dict[str, int]
    niche_words: dict[str, str]
    formats: dict[tuple[str, str], int]
    tiers: tuple[Tier, ...]
    language: str
    zone: str
    country: str

    @classmethod
    def load(cls) -> Self:
        """One query per table."""
        house = Organisation.load()
        platforms = list(Platform.objects.all())
        formats = Format.objects.values_list("platform__code", "code", "pk")
        niches = list(Niche.objects.all())
        return cls(
            platforms={platform.code: platform.pk for platform in platforms},
            positions={platform.code: platform.position for platform in platforms},
            niches={niche.slug: niche.pk for niche in niches},
            niche_words=_niche_words(niches),
            formats={(platform, code): pk for platform, code, pk in formats},
            tiers=tuple(Tier.objects.filter(scheme__code=house.tier_scheme).order_by("-low")),
            language=house.language,
            zone=house.zone,
            country=house.country,
        )

    def tier(self, followers: int | None) -> str:
        """The code of the tier of so many followers in the house's scheme, "" when there is none."""
        if followers is None:
            return ""
        return next((tier.code for tier in self.tiers if _within(tier, followers)), "")

    def zone_of(self, city: str) -> str:
        """The zone of an Indonesian city; elsewhere the house's own until somebody says better."""
        return ZONE_OF_CITY.get(city, self.zone)

    def language_of(self, country: str) -> str:
        """Mail to somebody abroad starts in English."""
        return self.language if country in {"", self.country} else "en"


def _niche_words(niches: list[Niche]) -> dict[str, str]:
    words = {}
    for niche in niches:
        others = NICHE_WORDS.get(niche.slug, "").split("|")
        for word in (*others, niche.slug, niche.name_en, niche.name_id):
            if word:
                words[squash(word)] = niche.slug
    return words


def _within(tier: Tier, followers: int) -> bool:
    above = followers > tier.low or (tier.low_included and followers == tier.low)
    below = tier.high is None or followers < tier.high or (tier.high_included and followers == tier.high)
    return above and below

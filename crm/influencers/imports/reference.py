"""The reference rows an import needs, read once for a run."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Self

from crm.base.models import Organisation
from crm.influencers.imports.values.words import squash
from crm.influencers.models import Format, Niche, Platform
from crm.influencers.tiers import Ladder, ladder

# Words of sheets for the niches that ship with Mitra; a word counts only while its niche is in the table.
NICHE_WORDS = {
    "make-up": "makeup|mua|kosmetik|cosmetics|rias wajah|make up artist|dandan",
    "skincare": "skin care|perawatan wajah",
    "parenting": "ibu dan anak|ibu & anak|moms|mom|mums|keluarga|family|parents|ibu|anak|kids & toys|mom and kids",
    "family-health": "kesehatan anak",
    "interior-design": "interior",
    "home-decor": "home decor|homedecor|dekorasi rumah",
    "photography": "foto|photo|photographer|fotografer",
    "finance": "finansial|financial|finance & economics|ekonomi|personal finance",
    "investing": "investment",
    "sport": "olah raga|sports|sports with a ball|racing sports|winter sports|water sports|extreme sports",
    "fitness": "fitness & gym|gym|workout",
    "football": "sepakbola|soccer",
    "muslim-fashion": "fashion muslim|busana muslim|hijab|modest fashion|modest wear|hijabers",
    "fashion": "clothing & outfits|ootd",
    "food": "makanan|food & cooking|masak|cooking|culinary|resep",
    "travel": "jalan-jalan|traveling|liburan",
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
    ladder: Ladder
    language: str
    zone: str
    country: str
    tiers_found: dict[int | None, str] = field(default_factory=dict)

    @classmethod
    def load(cls, on: dt.date) -> Self:
        """As it is valid on a day; one query per table."""
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
            ladder=ladder(house.tier_scheme, on),
            language=house.language,
            zone=house.zone,
            country=house.country,
        )

    def tier(self, followers: int | None) -> str:
        """The code of the tier of so many followers in the house's scheme, "" when there is none."""
        if followers not in self.tiers_found:
            tier = self.ladder.tier(followers)
            self.tiers_found[followers] = tier.code if tier else ""
        return self.tiers_found[followers]

    def zone_of(self, city: str) -> str:
        """The zone of an Indonesian city; elsewhere the house's own until somebody says better."""
        return ZONE_OF_CITY.get(city, self.zone)

    def language_of(self, country: str) -> str:
        """Mail to somebody abroad starts in English."""
        return self.language if country in {"", self.country} else "en"


def _niche_words(niches: list[Niche]) -> dict[str, str]:
    """Words in comparable form to codes; a niche's own names win over what others are also called."""
    own = {squash(word): niche.slug for niche in niches for word in (niche.slug, niche.name_en, niche.name_id)}
    slugs = {niche.slug for niche in niches}
    others = {squash(word): slug for slug, words in NICHE_WORDS.items() if slug in slugs for word in words.split("|")}
    return others | own

"""Which column holds what: headings in Indonesian and English, and what a person chose for the same headings before."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from crm.influencers.imports.values import RateHabit, is_blank, read_account

PLATFORMS = ("instagram", "tiktok", "youtube", "x", "facebook", "threads")


class Meaning(TextChoices):
    """What a column can mean."""

    NAME = "name", _("Name")
    LEGAL_NAME = "legal_name", _("Legal name")
    HANDLE = "handle", _("Account (handle or profile address)")
    PLATFORM = "platform", _("Platform of the account")
    FOLLOWERS = "followers", _("Followers")
    ENGAGEMENT_RATE = "engagement_rate", _("Engagement rate")
    ENGAGEMENTS = "engagements", _("Engagements per post (average)")
    AUTHENTIC = "authentic_engagements", _("Authentic engagements per post")
    LIKES = "likes", _("Likes per post")
    COMMENTS = "comments", _("Comments per post")
    SHARES = "shares", _("Shares per post")
    SAVES = "saves", _("Saves per post")
    VIEWS = "views", _("Views per post")
    REACH = "reach", _("Reach per post")
    NICHE = "niche", _("Niche")
    CITY = "city", _("City")
    COUNTRY = "country", _("Country")
    PHONE = "phone", _("Phone or WhatsApp")
    EMAIL = "email", _("E-mail")
    RATE_CARD = "rate_card", _("Rate card")
    BORN_ON = "born_on", _("Birth date")
    NOTES = "notes", _("Remarks")
    KEEP = "keep", _("Keep as a note")
    SKIP = "skip", _("Leave out")


COUNTS = (
    Meaning.FOLLOWERS,
    Meaning.ENGAGEMENTS,
    Meaning.AUTHENTIC,
    Meaning.LIKES,
    Meaning.COMMENTS,
    Meaning.SHARES,
    Meaning.SAVES,
    Meaning.VIEWS,
    Meaning.REACH,
)
FIGURES = frozenset([*COUNTS, Meaning.ENGAGEMENT_RATE])
ON_PLATFORM = FIGURES | {Meaning.HANDLE}
# Meanings of which one column is enough: a second one with the same meaning is kept as a note.
ONLY_ONCE = frozenset([Meaning.NAME, Meaning.LEGAL_NAME, Meaning.CITY, Meaning.COUNTRY, Meaning.BORN_ON])


class Target(NamedTuple):
    """What a column means, and for which platform where that matters ("" follows the row's own account)."""

    meaning: Meaning
    platform: str = ""

    def __str__(self) -> str:
        return f"{self.meaning.value}:{self.platform}" if self.platform else self.meaning.value


class MappingError(Exception):
    """The columns cannot be imported like this; the message says why and what to do."""


HEADINGS: dict[Meaning, str] = {
    Meaning.NAME: (
        "nama|nama kol|nama influencer|nama lengkap|nama kreator|nama talent|nama panggung|name|full name|"
        "fullname|display name|influencer|influencer name|kol|kol name|creator|creator name|talent|"
        "stage name|kreator"
    ),
    Meaning.LEGAL_NAME: "nama asli|nama ktp|nama sesuai ktp|legal name|real name|nama rekening",
    Meaning.HANDLE: (
        "akun|account|account name|accountname|username|user name|user|handle|akun medsos|akun sosmed|"
        "nama akun|link|link akun|link profil|profil|profile|profile url|profile link|url|id akun|socials|"
        "sosmed|medsos|acc|channel|kanal"
    ),
    Meaning.PLATFORM: "platform|platforms|media sosial|social media|sosial media|jenis akun|platform akun",
    Meaning.FOLLOWERS: (
        "followers|follower|jml followers|jml follower|jumlah followers|jumlah follower|jumlah pengikut|"
        "pengikut|subscribers|subscriber|subs|jml pengikut|total followers|followers count|follower count|"
        "fans|jumlah subscriber|foll"
    ),
    Meaning.ENGAGEMENT_RATE: (
        "er|er %|er (%)|engagement rate|engagement rate %|engagement rate (%)|eng rate|eng. rate|e.r|e.r.|rate er"
    ),
    Meaning.ENGAGEMENTS: (
        "engagementaverage|engagement average|average engagement|avg engagement|engagement avg|engagement|"
        "interaksi|rata-rata engagement|rata rata engagement|avg. engagement|engagements"
    ),
    Meaning.AUTHENTIC: "authenticengagement|authentic engagement|engagement asli|auth. engagement",
    Meaning.LIKES: "likes|like|avg likes|average likes|rata-rata likes|jml likes|suka|avg. likes|likes avg",
    Meaning.COMMENTS: (
        "comments|comment|avg comments|average comments|komentar|jml komentar|avg. comments|comments avg|komen"
    ),
    Meaning.SHARES: "shares|share|avg shares|average shares|dibagikan|bagikan|avg. shares|shares avg",
    Meaning.SAVES: "saves|save|avg saves|average saves|disimpan|simpan|saved",
    Meaning.VIEWS: (
        "views|view|avg views|average views|rata-rata views|tayangan|penayangan|avg. views|views avg|jml views|plays"
    ),
    Meaning.REACH: "reach|avg reach|average reach|jangkauan|rata-rata reach",
    Meaning.NICHE: (
        "niche|niche / kategori|niche/kategori|kategori|category|categories|kategori konten|niches|topik|"
        "topic|topics|category_1|category_2|category_3|category 1|category 2|category 3|sub niche|sub-niche|"
        "bidang|tema|content category"
    ),
    Meaning.CITY: (
        "kota|city|domisili|lokasi|location|kota / kabupaten|kota/kab|kab/kota|kota domisili|town|based in|base"
    ),
    Meaning.COUNTRY: "negara|country|country code|audience country",
    Meaning.PHONE: (
        "no. wa|no wa|nowa|wa|whatsapp|no. whatsapp|no whatsapp|nomor wa|nomor whatsapp|telepon|telp|"
        "no. telp|no telp|no hp|no. hp|hp|nomor hp|phone|phone number|mobile|mobile number|kontak|contact|"
        "contact number|handphone|no telepon|tel"
    ),
    Meaning.EMAIL: "e-mail|email|e mail|surel|alamat email|email address|e-mail address|mail",
    Meaning.RATE_CARD: (
        "rate card|ratecard|rate|rates|harga|tarif|fee|price|prices|budget|biaya|rate card (rp)|fee (rp)|harga (rp)"
    ),
    Meaning.BORN_ON: (
        "tgl lahir|tgl. lahir|tanggal lahir|birth date|birthdate|birthday|date of birth|dob|ulang tahun|born|ttl|lahir"
    ),
    Meaning.NOTES: (
        "catatan|notes|note|keterangan|ket|ket.|remarks|remark|comment internal|memo|status|info|keterangan lain"
    ),
    Meaning.SKIP: "no|no.|nomor|#|id|rank|ranking|peringkat|timestamp|cap waktu",
}

PLATFORM_WORDS = {
    "instagram": r"ig|instagram|insta|iga",
    "tiktok": r"tt|tiktok|tik tok|tik-tok",
    "youtube": r"yt|youtube|you tube",
    "x": r"twitter|x|x \(twitter\)",
    "facebook": r"fb|facebook",
    "threads": r"threads",
}
IN_HEADING = {name: re.compile(rf"(?:^|[\s(/_-])(?:{words})(?=$|[\s)/_-])") for name, words in PLATFORM_WORDS.items()}
IN_FILE_NAME = {
    name: re.compile(rf"(?:^|[^a-z])(?:{words})(?=$|[^a-z])") for name, words in PLATFORM_WORDS.items() if name != "x"
}


@cache
def _known() -> dict[str, Meaning]:
    return {_bare(word): meaning for meaning, words in HEADINGS.items() for word in words.split("|")}


def _bare(heading: str) -> str:
    return re.sub(r"[^\w#%]+", " ", heading.casefold().replace("_", " ")).strip()


@lru_cache(maxsize=2_000)
def target_of(heading: str) -> Target | None:
    """What a heading means, or None when it is not known: `Followers TikTok`, `Akun IG`, `No. WA`."""
    said = _bare(heading)
    meaning = _known().get(said)
    if meaning is not None:
        return Target(meaning)
    for platform, pattern in IN_HEADING.items():
        if pattern.search(said):
            rest = " ".join(pattern.sub(" ", said).split())
            meaning = _known().get(rest, Meaning.HANDLE if not rest or rest in {"nama", "name", "id"} else None)
            meaning = Meaning.HANDLE if meaning in {Meaning.NAME, Meaning.SKIP} else meaning
            return Target(meaning, platform) if meaning in ON_PLATFORM else None
    return None


def recognised(cells: Iterable[str]) -> int:
    """How many of the cells are headings we know: how much a row looks like a header."""
    return sum(1 for cell in cells if cell and len(cell) <= 60 and target_of(cell) is not None)


def fingerprint(header: Sequence[str]) -> str:
    """A set of headings, whatever their order: what a mapping is remembered by."""
    return hashlib.sha256("\n".join(sorted(_bare(name) for name in header)).encode()).hexdigest()


@lru_cache(maxsize=200)
def read_platform(cell: str) -> str:
    """The platform a cell names: `IG`, `TikTok`; "" when it names none."""
    said = _bare(cell)
    return next((name for name, words in PLATFORM_WORDS.items() if re.fullmatch(words, said)), "")


@lru_cache(maxsize=200)
def names_whatsapp(heading: str) -> bool:
    """Whether a column of numbers says that they are reached by WhatsApp."""
    return re.search(r"\b(?:wa|whatsapp)\b", _bare(heading)) is not None


def guess_platform(file_name: str) -> str:
    """The one platform a file's name speaks of, or ""."""
    stem = file_name.casefold().rsplit(".", 1)[0]
    found = [name for name, pattern in IN_FILE_NAME.items() if pattern.search(stem)]
    return found[0] if len(found) == 1 else ""


class ColumnMap(NamedTuple):
    """A target for every column of a header, and the platform of accounts whose heading names none."""

    targets: tuple[Target, ...]
    platform: str = ""

    def columns(self, meaning: Meaning) -> list[tuple[int, str]]:
        """Columns of that meaning with their platform, in the order of the file."""
        return [
            (index, target.platform or (self.platform if meaning == Meaning.HANDLE else ""))
            for index, target in enumerate(self.targets)
            if target.meaning == meaning
        ]

    @property
    def needs_platform(self) -> bool:
        """Whether there is a column of handles of which nobody has said where they are."""
        if self.columns(Meaning.PLATFORM):
            return False
        return any(not platform for _index, platform in self.columns(Meaning.HANDLE))

    def check(self) -> None:
        """Raise MappingError when nobody could be recognised by these columns."""
        named = {target.meaning for target in self.targets}
        if not named & {Meaning.NAME, Meaning.HANDLE}:
            raise MappingError(_("No column holds a name or an account. Choose one for at least one of them."))
        for target in self.targets:
            if target.platform and target.platform not in PLATFORMS:
                raise MappingError(_("“%(platform)s” is not a platform.") % {"platform": target.platform})


def guess(header: Sequence[str], *, platform: str = "", remembered: Mapping[str, str] | None = None) -> ColumnMap:
    """A target for every column: as chosen before for these headings, else by its heading, else kept as a note."""
    targets: list[Target] = []
    for heading in header:
        chosen = (remembered or {}).get(_bare(heading))
        target = parse_target(chosen) if chosen else target_of(heading) or Target(Meaning.KEEP)
        if target.meaning in ONLY_ONCE and any(target.meaning == earlier.meaning for earlier in targets):
            target = Target(Meaning.KEEP)
        targets.append(target)
    return ColumnMap(tuple(targets), platform)


def to_remember(header: Sequence[str], chosen: ColumnMap) -> dict[str, str]:
    """What to store of a mapping: heading to target."""
    return {_bare(heading): str(target) for heading, target in zip(header, chosen.targets, strict=True)}


def parse_target(text: str) -> Target:
    """`followers`, `handle:tiktok`. Raises MappingError."""
    meaning, _colon, platform = text.strip().casefold().partition(":")
    if meaning in PLATFORMS and not platform:
        meaning, platform = Meaning.HANDLE.value, meaning
    if meaning not in Meaning.values or (platform and platform not in PLATFORMS):
        said = {"text": text, "known": ", ".join(Meaning.values), "platforms": ", ".join(PLATFORMS)}
        raise MappingError(_("“%(text)s” is not a field. Fields: %(known)s; platforms: %(platforms)s.") % said)
    return Target(Meaning(meaning), platform)


def with_overrides(header: Sequence[str], guessed: ColumnMap, overrides: Mapping[str, str]) -> ColumnMap:
    """The mapping with some columns given by hand, by heading or by number from 1. Raises MappingError."""
    targets = list(guessed.targets)
    by_name = {_bare(name): index for index, name in enumerate(header)}
    for column, text in overrides.items():
        index = by_name.get(_bare(column), int(column) - 1 if column.isdigit() else -1)
        if not 0 <= index < len(targets):
            said = {"column": column, "header": ", ".join(header)}
            raise MappingError(_("There is no column “%(column)s”. The file has: %(header)s.") % said)
        targets[index] = parse_target(text)
    return ColumnMap(tuple(targets), guessed.platform)


def platform_in_cells(cells: Iterable[str]) -> str:
    """The platform the profile addresses of a column speak of, when they all agree."""
    found = {reading.value.platform for reading in map(read_account, cells) if reading.value and reading.value.platform}
    return found.pop() if len(found) == 1 else ""


def rate_habit(cells: Iterable[str]) -> RateHabit:
    """How a column of rates writes them."""
    return RateHabit.of(cell for cell in cells if not is_blank(cell))

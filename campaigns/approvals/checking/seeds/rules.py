"""The catalogue (domain rule 5.8) with where each rule comes from, and what a market's law makes stricter."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from campaigns.approvals.models import CheckRule
from crm.base.models import Grade
from crm.base.seeding import seed

LONG_AGO = dt.date(2020, 1, 1)
AYRSHARE = ("Ayrshare, character limits", "https://www.ayrshare.com/help-center/technical-support/character_limits")
INSTAGRAM = ("Ayrshare, Instagram", "https://www.ayrshare.com/docs/es/apis/post/social-networks/instagram")
EPI = ("Etika Pariwara Indonesia 2020", "https://scholarhub.ui.ac.id/dharmasisya/vol1/iss1/13")
FTC_RULE = ("16 CFR 255.0(f)", "https://www.govinfo.gov/content/pkg/FR-2023-07-26/html/2023-14795.htm")
FTC_BLOG = (
    "FTC, disclosures clear and conspicuous",
    "https://www.ftc.gov/business-guidance/blog/2017/04/influencers-are-your-materialconnection-disclosures-clearandconspicuous",
)
RPC = (
    "RPC, which hashtag labels an ad",
    "https://www.rpc.co.uk/snapshots/advertising-and-marketing/what-is-the-right-hashtag-to-use-when-labelling-an-ad/",
)
TIKTOK = (
    "TikTok, promoting a brand",
    "https://support.tiktok.com/en/business-and-creator/creator-and-business-accounts/promoting-a-brand-product-or-service",
)
LATER = (
    "Later, FTC disclosures on YouTube",
    "https://help-influence.later.com/hc/en-us/articles/20462346346775-YouTube-FTC-Sponsored-Content-Disclosures-Do-s-Don-ts",
)
BPOM = ("BPOM 18/2024", "https://pasal.id/en/peraturan/perban/peraturan-bpom-no-18-tahun-2024/koreksi/7927782")
HOUSE = ("House rule", "")

DENIALS = ["bukan", "tanpa", "not an", "not a", "not", "no", "isn't an", "isn’t an", "never an"]
SMALL_WORDS = {
    "id": ["yang", "dan", "di", "ini", "itu", "aku", "kamu", "untuk", "dengan", "dari", "tidak", "nggak", "gak", "juga",
           "sudah", "udah", "bisa", "buat", "banget", "pakai", "ada", "kalau", "karena", "jadi", "tiap", "sama", "lagi",
           "saya", "kita", "sampai", "lebih", "ke", "nih", "dong", "ya", "atau", "akan"],
    "en": ["the", "and", "is", "my", "for", "with", "this", "that", "of", "to", "it", "you", "your", "i", "so", "are",
           "was", "have", "has", "not", "but", "from", "just", "all", "been", "me", "we", "in", "on", "when", "what"],
}  # fmt: skip
ENDINGS = ["com", "id", "co", "net", "org", "shop", "store", "link", "page", "site", "ly", "me", "io", "bio", "ee", "gl",
           "app", "my", "sg", "uk", "to", "xyz"]  # fmt: skip
LEADS = ["link in bio", "link in my bio", "link di bio", "link ada di bio", "link bio", "tautan di bio", "cek bio",
         "cek link di bio", "klik link di bio", "bio link", "link sticker", "link in sticker", "stiker link",
         "link di stiker", "klik stiker", "tap the sticker", "tap stiker", "swipe up", "keranjang kuning"]  # fmt: skip
AFFILIATE = ["aff", "aff_id", "affid", "affiliate", "affiliate_id", "aff_sub", "aff_short_key", "mmp_pid", "ref", "refid",
             "referral", "tag", "irclickid", "clickid", "partner", "partner_id", "sid", "af_siteid", "utm_affiliate"]  # fmt: skip
HOSTS = ["instagram.com", "tiktok.com", "youtube.com", "youtu.be", "facebook.com", "threads.net", "x.com"]


class Row(NamedTuple):
    """One rule in one market; `country` empty is everywhere."""

    code: str
    name_en: str
    name_id: str
    outcome: str
    source: tuple[str, str]
    grade: Grade = Grade.HOUSE
    holds: bool = False
    numbers: dict[str, Any] = {}
    country: str = ""


LENGTH = ("Length of the caption", "Panjang caption")
COUNT = ("Number of hashtags", "Jumlah tagar")
SAYS = ("It says that it is an ad", "Tertulis bahwa ini iklan")
EARLY = ("The label before “more”", "Label sebelum “lainnya”")
LOST = ("The label is not lost among hashtags", "Label tidak tenggelam di antara tagar")
VAGUE = ("No vague label alone", "Bukan hanya label yang kabur")
ROWS = (
    Row("CAP-01", *LENGTH, "fail", AYRSHARE, Grade.OFFICIAL),
    Row("CAP-02", *COUNT, "fail", INSTAGRAM, Grade.OFFICIAL),
    Row("CAP-03", "Hashtags of the brief", "Tagar dari brief", "fail", HOUSE),
    Row("CAP-04", "Accounts of the brief", "Akun dari brief", "fail", HOUSE),
    Row("CAP-05", *SAYS, "fail", EPI, Grade.EXPERT, holds=True, numbers={"denials": DENIALS}),
    Row("CAP-05", *SAYS, "fail", FTC_RULE, Grade.OFFICIAL, holds=True, numbers={"denials": DENIALS}, country="US"),
    Row("CAP-06", *EARLY, "fail", FTC_BLOG, Grade.OFFICIAL, numbers={"lines": 3}),
    Row("CAP-07", *LOST, "warn", FTC_BLOG, Grade.OFFICIAL, numbers={"run": 3}),
    Row("CAP-07", *LOST, "fail", FTC_BLOG, Grade.OFFICIAL, numbers={"run": 3}, country="US"),
    Row("CAP-08", *VAGUE, "fail", FTC_BLOG, Grade.OFFICIAL, holds=True),
    Row("CAP-09", "United Kingdom: the label first", "Britania Raya: label paling depan", "warn", RPC, Grade.EXPERT,
        numbers={"words": 3}),
    Row("CAP-10", "The label in the caption's language", "Label sebahasa dengan caption", "warn", BPOM, Grade.OFFICIAL,
        numbers={"words": SMALL_WORDS, "least": 2}),
    Row("CAP-11", "The platform's own label", "Label bawaan platform", "fail", TIKTOK, Grade.OFFICIAL,
        numbers={"platforms": ["instagram", "tiktok", "youtube", "facebook"]}),
    Row("CAP-12", "Words that may not be said", "Kata yang tidak boleh dipakai", "fail", BPOM, Grade.OFFICIAL, holds=True),
    Row("CAP-13", "Her voucher code", "Kode voucher miliknya", "fail", HOUSE, holds=True),
    Row("CAP-14", "Links", "Tautan", "fail", HOUSE,
        numbers={"phrases": LEADS, "endings": ENDINGS, "affiliate": AFFILIATE, "hosts": HOSTS}),
    Row("CAP-15", "The agreed posting time", "Waktu tayang yang disepakati", "fail", HOUSE),
    Row("CAP-16", "Promises about other brands", "Janji tentang merek lain", "fail", HOUSE),
    Row("CAP-17", "Sentences of the brief", "Kalimat dari brief", "fail", HOUSE),
    Row("CAP-18", "Numbers that need a proof", "Angka yang perlu bukti", "warn", BPOM, Grade.OFFICIAL),
    Row("CAP-19", "Her own words", "Kata-katanya sendiri", "warn", HOUSE, numbers={"words": 5, "share": 60}),
    Row("CAP-20", "Unchanged since the approval", "Tidak berubah sejak disetujui", "fail", HOUSE),
    Row("VID-01", "The label in the video", "Label di video", "fail", LATER, Grade.OFFICIAL,
        numbers={"latest": 30, "seconds": 10, "formats": ["reel", "video", "short", "integration"]}),
    Row("STO-01", "The label on every frame", "Label di setiap bingkai story", "fail", FTC_RULE, Grade.OFFICIAL),
)  # fmt: skip


@seed(CheckRule, "code", "country", "valid_from")
def catalogue() -> Iterator[CheckRule]:
    for place, row in enumerate(ROWS):
        yield CheckRule(
            code=row.code, country=row.country, name_en=row.name_en, name_id=row.name_id, outcome=row.outcome,
            holds=row.holds, settings=row.numbers, position=(place + 1) * 10, valid_from=LONG_AGO, source=row.source[0],
            source_url=row.source[1], source_year=2026, grade=row.grade,
        )  # fmt: skip

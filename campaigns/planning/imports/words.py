"""The words of sheets about running work, in Indonesian and English: headings, states, what is made."""

import re
from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext_lazy as _

from crm.intake.columns import bare

MEANINGS: dict[str, object] = {
    "account": _("Account (handle or profile address)"),
    "name": _("Name"),
    "platform": _("Platform of the account"),
    "campaign": _("Campaign"),
    "brand": _("Brand"),
    "work": _("What is made"),
    "fee": _("Fee"),
    "draft_on": _("Draft due"),
    "post_on": _("Posting day"),
    "state": _("State"),
    "post_url": _("Address of the post"),
    "note": _("Remarks"),
}

HEADINGS: dict[str, str] = {
    "account": (
        "akun|account|username|user name|handle|akun ig|akun instagram|akun tiktok|ig|instagram|tiktok|"
        "link akun|link profil|profil|profile|profile url|profile link|akun medsos|akun sosmed|kol handle"
    ),
    "name": (
        "nama|nama kol|nama influencer|nama kreator|nama talent|name|influencer|influencer name|kol|kol name|"
        "creator|creator name|talent|kreator"
    ),
    "platform": "platform|media sosial|social media|channel|kanal",
    "campaign": "campaign|kampanye|nama campaign|campaign name|project|proyek|nama project|program|aktivitas",
    "brand": "brand|merek|merk|client|klien|nama brand",
    "work": (
        "deliverables|deliverable|sow|scope of work|scope|konten|content|jenis konten|output|paket|package|"
        "what|format|materi|jumlah konten|item"
    ),
    "fee": (
        "fee|fee final|final fee|harga|harga deal|deal price|rate|biaya|budget|price|nominal|total fee|fee (rp)|"
        "harga final|nilai deal|cost"
    ),
    "draft_on": (
        "draft|tgl draft|tanggal draft|deadline draft|draft due|draft date|draft deadline|batas draft|jadwal draft|"
        "tgl submit draft|submit draft|preview"
    ),
    "post_on": (
        "posting|tgl posting|tanggal posting|tgl tayang|tanggal tayang|jadwal posting|jadwal tayang|posting date|"
        "post date|post due|posting day|upload date|tgl upload|tanggal upload|tayang|jadwal upload|deadline posting|"
        "live date|go live|tanggal|tgl|date|due|deadline|jadwal"
    ),
    "state": "status|state|progress|progres|tahap|stage|keterangan status|status kol|status kerjasama|kondisi",
    "post_url": (
        "link|link post|link posting|link konten|post link|post url|url post|link tayang|url|bukti tayang|"
        "link upload|content link|link video|hasil posting"
    ),
    "note": "catatan|notes|note|keterangan|ket|remarks|remark|memo|info|komentar",
}

STATES: dict[str, str] = {
    "shortlist": (
        "shortlist|shortlisted|short list|prospek|prospect|kandidat|candidate|calon|list|longlist|rencana|planned|"
        "belum dihubungi|to contact|usulan|proposed"
    ),
    "in_talks": (
        "nego|negosiasi|negotiation|negotiating|dihubungi|sudah dihubungi|contacted|in talks|talks|approach|approached|"
        "follow up|followup|fu|dm|pitching|menunggu jawaban|menunggu balasan|waiting reply|waiting|tanya rate|"
        "proses nego|masih nego|on nego"
    ),
    "agreed": (
        "deal|agreed|setuju|sepakat|ok|oke|okay|confirmed|confirm|konfirmasi|fix|fixed|acc|kontrak|signed|"
        "sudah deal|brief|briefed|briefing|sudah brief|menunggu brief|sampel dikirim|sample sent|kirim sampel"
    ),
    "making": (
        "menunggu draft|nunggu draft|tunggu draft|making|on progress|on going|ongoing|berjalan|proses|produksi|"
        "production|syuting|shooting|waiting draft|waiting for draft|belum draft|pembuatan konten|in progress|wip|"
        "revisi|revision|revise|proses revisi|running|bikin konten|pengerjaan"
    ),
    "review": (
        "draft masuk|review|in review|draft received|draft in|sudah draft|draft ada|draft sudah masuk|"
        "menunggu approval|waiting approval|need approval|cek draft|draft review|menunggu review|submitted"
    ),
    "posting": (
        "approved|draft approved|siap posting|siap tayang|ready to post|menunggu posting|waiting to post|scheduled|"
        "terjadwal|belum posting|akan posting|menunggu tayang|posting|draft acc|draft ok"
    ),
    "done": (
        "selesai|done|sudah posting|sudah tayang|posted|published|tayang|complete|completed|finish|finished|uploaded|"
        "sudah upload|live|up|beres|lunas"
    ),
    "off": (
        "batal|cancel|cancelled|canceled|dibatalkan|tidak jadi|gak jadi|ga jadi|gagal|rejected|reject|declined|decline|"
        "menolak|nolak|ditolak|mundur|drop|dropped|not going ahead|off|tidak lanjut|skip"
    ),
}

PLATFORM_WORDS = {
    "ig": "instagram",
    "insta": "instagram",
    "instagram": "instagram",
    "tt": "tiktok",
    "tiktok": "tiktok",
    "yt": "youtube",
    "youtube": "youtube",
    "fb": "facebook",
    "facebook": "facebook",
    "twitter": "x",
    "threads": "threads",
}

# What people call what is made: the platform it names by itself, and what it is.
CONTENTS: dict[str, tuple[str, str]] = {
    "reels": ("", "reel"),
    "reel": ("", "reel"),
    "igr": ("instagram", "reel"),
    "igs": ("instagram", "story"),
    "insta story": ("instagram", "story"),
    "instastory": ("instagram", "story"),
    "stories": ("", "story"),
    "story": ("", "story"),
    "storie": ("", "story"),
    "igf": ("instagram", "feed"),
    "feeds": ("", "feed"),
    "feed": ("", "feed"),
    "foto": ("", "feed"),
    "photo": ("", "feed"),
    "posts": ("", "feed"),
    "post": ("", "feed"),
    "feed carousel": ("", "carousel"),
    "carousel feed": ("", "carousel"),
    "foto feed": ("", "feed"),
    "feed foto": ("", "feed"),
    "photo feed": ("", "feed"),
    "feed photo": ("", "feed"),
    "feed post": ("", "feed"),
    "story link": ("", "story-link"),
    "carousel": ("", "carousel"),
    "karusel": ("", "carousel"),
    "vt": ("tiktok", "video"),
    "videos": ("", "video"),
    "video": ("", "video"),
    "shorts": ("youtube", "short"),
    "short": ("youtube", "short"),
    "live": ("", "live"),
    "thread": ("x", "thread"),
    "utas": ("x", "thread"),
    "tweet": ("x", "post"),
}

# Where the same thing has another name: what a video is on Instagram, what a feed post is on TikTok.
ALSO: dict[str, tuple[str, ...]] = {
    "video": ("video", "reel", "short"),
    "feed": ("feed", "photo", "post", "community"),
    "reel": ("reel", "video", "short"),
    "carousel": ("carousel", "photo"),
    "post": ("post", "feed"),
}


@cache
def _known(table: str) -> Mapping[str, str]:
    words = {"headings": HEADINGS, "states": STATES}[table]
    return {bare(word): key for key, listed in words.items() for word in listed.split("|")}


def target_of(heading: str) -> str:
    """What a heading means; "" when it is not known. Units and remarks in brackets do not matter."""
    said = bare(heading)
    known = _known("headings")
    return known.get(said) or known.get(bare(re.sub(r"\(.*?\)", " ", heading)), "")


def state_of(text: str) -> str:
    """The column a state means: `sudah posting` is done, `nego` is in talks; "" when it is not known."""
    said, known = bare(text), _known("states")
    if said in known:
        return known[said]
    # Of known words that begin the text the longest counts: "deal, tunggu kontrak" is agreed.
    begun = [word for word in known if said.startswith(f"{word} ")]
    return known[max(begun, key=len)] if begun else ""

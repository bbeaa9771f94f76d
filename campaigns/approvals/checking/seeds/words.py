"""The lexicon of cosmetics and the closed list of superlatives (domain rule 5.7), each word with where it was read."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from campaigns.approvals.checking.seeds.rules import LONG_AGO
from campaigns.approvals.models import LexiconEntry
from crm.base.models import Grade
from crm.base.seeding import seed

Source = tuple[str, str, int, Grade]
RULE_2016 = (
    "BPOM 1/2016, summary",
    "https://id.scribd.com/document/392076013/IKLAN-KOSMETIKA-pdf",
    2016,
    Grade.OFFICIAL,
)
LIST_2018 = (
    "BPOM list of 2018, Himedik",
    "https://www.himedik.com/info/2018/12/11/160000/bpom-jangan-mudah-tertipu-oleh-iklan-kosmetik-yang-menyesatkan",
    2018,
    Grade.EXPERT,
)
INTIMATE_2025 = ("BPOM 2025, Xcloud", "https://xcloud.id/?p=527916", 2025, Grade.EXPERT)
HEAD_2025 = ("Head of BPOM, 25 July 2025, iFakta", "https://ifakta.co/?p=119389", 2025, Grade.EXPERT)
EPI_122 = (
    "Etika Pariwara Indonesia 1.2.2",
    "https://www.dikamaraja.my.id/2021/01/etika-pariwara-indonesia-pedoman-bagi.html",
    2021,
    Grade.EXPERT,
)


class Said(NamedTuple):
    """One entry: the word, its other forms, where it is harmless, what to say instead."""

    term: str
    forms: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    instead: str = ""
    language: str = "id"
    proof: bool = False


def gone(*marks: str) -> tuple[str, ...]:
    """Each mark as people promise it away."""
    verbs = ("{} hilang", "hilang {}", "menghilangkan {}", "hilangkan {}", "hapus {}", "menghapus {}", "{} lenyap")
    return tuple(verb.format(mark) for mark in marks for verb in verbs)


OF_2016 = (
    Said("mengobati", ("diobati", "obati", "pengobatan", "mengobatinya", "terobati"), instead="merawat"),
    Said("menyembuhkan", ("disembuhkan", "sembuhkan", "penyembuhan", "sembuh", "menyembuhkannya"), instead="membantu merawat"),
    Said("ampuh", ("ampuhnya",), instead="terasa cocok"),
    Said("aman", ("seaman", "amannya"), ("ruang aman", "aman terkendali"), "lembut", proof=True),
    Said("bebas", (), ("bebas ongkir", "bebas biaya", "bebas pilih", "bebas milih", "bebas ongkos kirim", "bebas gerak"),
         "tanpa tambahan", proof=True),
    Said("tidak berbahaya", ("nggak berbahaya", "gak berbahaya", "tak berbahaya"), instead="lembut di kulit"),
    Said("tidak ada efek samping", ("tanpa efek samping", "nggak ada efek samping", "gak ada efek samping"),
         instead="cocok di kulitku"),
    Said("satu-satunya", ("satu satunya",), instead="salah satu", proof=True),
    Said("nomor satu", ("nomor 1", "no 1", "no. 1", "number one"), instead="favoritku", proof=True),
    Said("terkenal", (), instead="yang sering aku dengar", proof=True),
    Said("top", (), ("top up", "tank top", "crop top", "top coat", "on top", "tube top"), "bagus", proof=True),
    Said("paling", (), ("paling tidak", "paling nggak", "paling lambat", "paling suka", "aku paling"), "sangat", proof=True),
    Said("jauh lebih", (), ("jauh lebih dekat", "jauh lebih hemat"), "lebih", proof=True),
    Said("halal", (), ("halal bihalal", "halal bi halal"), "", proof=True),
)  # fmt: skip
OF_2018 = (
    Said("menghilangkan ketombe", ("ketombe hilang", "hilangkan ketombe", "bebas ketombe selamanya"),
         instead="membantu mengurangi ketombe"),
    Said("memperbaiki sel rambut", ("perbaikan sel rambut", "meregenerasi sel rambut"), instead="merawat rambut"),
    Said("mencegah rambut rontok", ("cegah rambut rontok", "mengatasi kerontokan", "menghentikan kerontokan"),
         instead="membantu mengurangi rambut patah"),
    Said("menghentikan pertumbuhan rambut", ("hentikan pertumbuhan bulu", "bulu tidak tumbuh lagi")),
    Said("merangsang pertumbuhan kuku", ("kuku cepat tumbuh", "menutrisi pertumbuhan kuku"), instead="merawat kuku"),
    Said("menghilangkan noda hitam", gone("noda hitam", "flek hitam", "bekas jerawat", "bekas luka"),
         instead="tampak tersamarkan"),
    Said("membuat mati rasa", ("bikin mati rasa", "anestesi", "kebas")),
    Said("mengatasi jerawat", ("menyembuhkan jerawat", "mengobati jerawat", "obat jerawat", "basmi jerawat",
                              "membasmi jerawat"), instead="merawat kulit berjerawat"),
    Said("menghilangkan selulit", ("mengatasi selulit", "selulit hilang"), instead="kulit terasa lebih halus"),
    Said("menurunkan berat badan", ("mengecilkan badan", "mengecilkan perut", "langsingkan tubuh", "melangsingkan")),
    Said("mengatasi bengkak", ("menghilangkan bengkak", "mengempiskan bengkak"), instead="terasa menyegarkan"),
    Said("membakar lemak", ("bakar lemak", "pembakar lemak", "lemak luntur", "melunturkan lemak")),
    Said("antijamur", ("anti jamur", "membunuh jamur")),
    Said("antivirus", ("anti virus", "antiviral", "membunuh virus")),
    Said("membunuh kuman", ("bunuh kuman", "antikuman", "anti kuman", "germisida"), instead="membersihkan"),
    Said("menghentikan keringat", ("anti keringat total", "tidak berkeringat sama sekali"),
         instead="membantu mengurangi keringat"),
    Said("membangkitkan gairah", ("penambah gairah", "afrodisiak")),
    Said("mengobati sariawan", ("menyembuhkan sariawan", "obat sariawan", "mengobati penyakit mulut"),
         instead="menyegarkan mulut"),
    Said("removes dark spots", ("remove dark spots", "dark spots gone", "erases dark spots", "removes scars", "remove scars",
                               "erases scars"), instead="looks more even", language="en"),
    Said("cures", ("cure", "cured", "heals"), instead="cares for", language="en"),
    Said("treats acne", ("treat acne", "acne treatment", "kills acne"), instead="for skin prone to breakouts", language="en"),
    Said("prevents hair loss", ("prevent hair loss", "stops hair loss"), language="en"),
    Said("burns fat", ("burn fat", "fat burning"), language="en"),
    Said("no side effects", ("without side effects", "zero side effects"), instead="works well on my skin", language="en"),
    Said("antibacterial", ("antifungal", "kills germs"), language="en"),
)  # fmt: skip
OF_2025 = (
    Said("memperbesar payudara", ("membesarkan payudara", "mengencangkan payudara", "payudara kencang")),
    Said("mengatasi keputihan", ("mengobati keputihan", "menyembuhkan keputihan", "hilangkan keputihan")),
    Said("merapatkan organ intim", ("merapatkan miss v", "mengencangkan organ intim")),
)
BY_HEAD = (
    Said("jerawat hilang semalam", ("jerawat hilang dalam semalam", "semalam jerawat hilang", "acne gone overnight"),
         instead="kulit terasa lebih tenang"),
    Said("memutihkan permanen", ("putih permanen", "pemutih permanen", "memutihkan secara permanen", "permanent whitening"),
         instead="tampak lebih cerah"),
)  # fmt: skip
SUPERLATIVES = (
    Said("terbaik", (), ("versi terbaik", "kabar terbaik"), "yang aku suka", proof=True),
    Said("termurah", instead="ramah di kantong", proof=True),
    Said("tercepat", instead="cepat", proof=True),
    Said("terlaris", instead="banyak dicari", proof=True),
    Said("terampuh", instead="cocok di aku", proof=True),
    Said("teraman", instead="lembut", proof=True),
    Said("the best", (), ("the best part", "the best version", "all the best"), "my favourite", "en", proof=True),
)  # fmt: skip


@seed(LexiconEntry, "lexicon", "regulated", "country", "term", "brand", "category")
def lexicon() -> Iterator[LexiconEntry]:
    Lexicon = LexiconEntry.Lexicon
    for rows, source in ((OF_2016, RULE_2016), (OF_2018, LIST_2018), (OF_2025, INTIMATE_2025), (BY_HEAD, HEAD_2025)):
        for row in rows:
            yield _entry(row, source, lexicon=Lexicon.REGULATED, regulated="cosmetic", country="ID")
    for row in SUPERLATIVES:
        yield _entry(row, EPI_122, lexicon=Lexicon.SUPERLATIVE, country="ID", outcome="warn")


def _entry(row: Said, source: Source, **where: Any) -> LexiconEntry:
    return LexiconEntry(
        term=row.term, variants=list(row.forms), exceptions=list(row.harmless), instead=row.instead, language=row.language,
        proof_waives=row.proof, valid_from=LONG_AGO, source=source[0], source_url=source[1], source_year=source[2],
        grade=source[3], **where,
    )  # fmt: skip

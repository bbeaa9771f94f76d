"""The words a new installation begins with: four templates and the clauses they share. Have a lawyer read your own."""

from collections.abc import Iterator
from typing import NamedTuple

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.contracts.models import Contract, ContractTemplate, ContractWording, LibraryClause


class Shared(NamedTuple):
    code: str
    title_en: str
    title_id: str
    text_en: str
    text_id: str


CLAUSES = (
    Shared(
        "disclosure", "Disclosure", "Keterangan iklan",
        "Every post says clearly, at its beginning and in the language of the post, that it is advertising. The label of "
        "the platform for paid partnerships is switched on where there is one.",
        "Setiap konten menyatakan dengan jelas, di awal dan dalam bahasa konten itu, bahwa isinya iklan. Label kerja sama "
        "berbayar milik platform diaktifkan bila tersedia.",
    ),
    Shared(
        "confidentiality", "Confidentiality", "Kerahasiaan",
        "What one side learns of the other that is not public stays between us, during the work and for two years after "
        "it. What the law or a court asks for is excepted.",
        "Hal yang tidak umum diketahui tentang pihak lain tetap di antara kita, selama kerja sama dan dua tahun "
        "sesudahnya, kecuali yang diminta undang-undang atau pengadilan.",
    ),
    Shared(
        "personal-data", "Personal data", "Data pribadi",
        "{{ company }} uses personal data only to carry out this agreement, to pay and to keep its books, and deletes it "
        "when neither is needed any more. Each person may ask at any time what is kept about her.",
        "{{ company }} memakai data pribadi hanya untuk menjalankan perjanjian ini, membayar, dan menyimpan pembukuan, "
        "lalu menghapusnya bila keduanya tidak perlu lagi. Setiap orang boleh bertanya kapan saja data apa yang disimpan.",
    ),
    Shared(
        "something-comes-up", "If something comes up", "Kalau ada halangan",
        "Whoever cannot keep a day says so as soon as she knows. Illness and what nobody could prevent are no breach: we "
        "agree on a new day, or end this agreement and settle what was done.",
        "Siapa pun yang tidak bisa menepati hari segera mengabari. Sakit dan hal yang tidak bisa dicegah bukan "
        "pelanggaran: kita sepakati hari baru, atau mengakhiri perjanjian ini dan menyelesaikan yang sudah dikerjakan.",
    ),
    Shared(
        "law", "Law", "Hukum yang berlaku",
        "The law of Indonesia applies. We first try to settle a disagreement by talking.",
        "Hukum Indonesia berlaku. Perbedaan pendapat pertama-tama diselesaikan dengan musyawarah.",
    ),
)  # fmt: skip

CAMPAIGN_EN = """**{{ title }}**

Agreement no. {{ number }} between **{{ company }}**, for the brand {{ brand }}, and **{{ people }}**.

## 1. What is made

{{ posts }}

## 2. What is paid and given

{{ pay }}

## 3. From when to when

{{ term }}. {{ renewal }}

## 4. Other brands

{{ exclusivity }}

Everything else stays allowed.

## 5. How {{ brand }} may use the content

{{ rights }}

The content stays the work of the person who made it.

## 6. How we work together

{{ clause_disclosure }}

{{ clause_something_comes_up }}

{{ clause_confidentiality }}

{{ clause_personal_data }}

{{ further_terms }}

## 7. Law

{{ clause_law }}
"""

CAMPAIGN_ID = """**{{ title }}**

Perjanjian no. {{ number }} antara **{{ company }}**, untuk merek {{ brand }}, dan **{{ people }}**.

## 1. Yang dibuat

{{ posts }}

## 2. Yang dibayar dan diberikan

{{ pay }}

## 3. Jangka waktu

{{ term }}. {{ renewal }}

## 4. Merek lain

{{ exclusivity }}

Selain itu tetap boleh.

## 5. Cara {{ brand }} memakai konten

{{ rights }}

Konten tetap karya orang yang membuatnya.

## 6. Cara kita bekerja sama

{{ clause_disclosure }}

{{ clause_something_comes_up }}

{{ clause_confidentiality }}

{{ clause_personal_data }}

{{ further_terms }}

## 7. Hukum

{{ clause_law }}
"""

GIFTING_EN = """**{{ title }}**

Agreement no. {{ number }} between **{{ company }}**, for the brand {{ brand }}, and **{{ people }}**.

## 1. The gift

{{ pay }}

It is a gift. Nobody has to post about it.

## 2. If a post comes of it

{{ clause_disclosure }}

{{ rights }}

## 3. Everything else

{{ clause_personal_data }}

{{ further_terms }}

{{ clause_law }}
"""

GIFTING_ID = """**{{ title }}**

Perjanjian no. {{ number }} antara **{{ company }}**, untuk merek {{ brand }}, dan **{{ people }}**.

## 1. Hadiahnya

{{ pay }}

Ini hadiah. Tidak ada kewajiban memposting.

## 2. Kalau ada konten

{{ clause_disclosure }}

{{ rights }}

## 3. Lain-lain

{{ clause_personal_data }}

{{ further_terms }}

{{ clause_law }}
"""

AMENDMENT_EN = """**{{ title }}**

Amendment no. {{ number }} to {{ amends }}, between **{{ company }}**, for the brand {{ brand }}, and **{{ people }}**.

It holds from {{ from }} on, at the earliest from the day the last side has signed it.

## 1. What changes

{{ changes }}

## 2. What comes on top

{{ added }}

## 3. Everything else

Everything else in {{ amends }} stays as it is. What was before the first day of this amendment is judged by what was agreed then.

{{ further_terms }}
"""

AMENDMENT_ID = """**{{ title }}**

Adendum no. {{ number }} atas {{ amends }}, antara **{{ company }}**, untuk merek {{ brand }}, dan **{{ people }}**.

Berlaku mulai {{ from }}, paling cepat sejak hari pihak terakhir menandatangani.

## 1. Yang berubah

{{ changes }}

## 2. Yang ditambahkan

{{ added }}

## 3. Lain-lain

Hal lain dalam {{ amends }} tetap berlaku. Yang terjadi sebelum hari pertama adendum ini dinilai menurut kesepakatan saat itu.

{{ further_terms }}
"""

FOR_A_TERM_EN = CAMPAIGN_EN.replace("## 1. What is made", "## 1. What is made over the term")
FOR_A_TERM_ID = CAMPAIGN_ID.replace("## 1. Yang dibuat", "## 1. Yang dibuat selama masa kerja sama")

KIND = Contract.Kind
TEMPLATES = (
    ("campaign", "Campaign", "Campaign", KIND.CAMPAIGN, CAMPAIGN_EN, CAMPAIGN_ID),
    ("ambassador", "Ambassador", "Duta merek", KIND.AMBASSADOR, FOR_A_TERM_EN, FOR_A_TERM_ID),
    ("gifting", "Gift", "Hadiah", KIND.GIFTING, GIFTING_EN, GIFTING_ID),
    ("amendment", "Amendment", "Adendum", KIND.CAMPAIGN, AMENDMENT_EN, AMENDMENT_ID),
)


@seed(LibraryClause, "code")
def clauses() -> Iterator[LibraryClause]:
    for shared in CLAUSES:
        yield LibraryClause(**shared._asdict(), source="Mitra", grade=Grade.HOUSE)


@seed(ContractTemplate, "code")
def templates() -> Iterator[ContractTemplate]:
    for code, name_en, name_id, kind, _text_en, _text_id in TEMPLATES:
        yield ContractTemplate(
            code=code, name_en=name_en, name_id=name_id, kind=kind, source="Mitra", grade=Grade.HOUSE
        )


@seed(ContractWording, "template", "version")
def wordings() -> Iterator[ContractWording]:
    """The first version of each; what a house writes itself are later ones."""
    known = {template.code: template for template in ContractTemplate.objects.all()}
    for code, _name_en, _name_id, _kind, text_en, text_id in TEMPLATES:
        yield ContractWording(template=known[code], version=1, text_en=text_en, text_id=text_id)

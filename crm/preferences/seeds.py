"""The words people are asked to agree to. A new wording is a new row with its first day; old ones stay."""

import datetime as dt
from collections.abc import Iterator

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.outbox.topics import Purpose
from crm.preferences.models import ConsentText

LAW = "UU 27/2022 (Pelindungan Data Pribadi), pasal 20 sampai 25"
LAW_URL = "https://id.wikisource.org/wiki/Halaman:UU_Nomor_27_Tahun_2022_Tentang_Perlindungan_Data_Pribadi.pdf/12"
FIRST = ("1", dt.date(2026, 11, 1))

WORDS: tuple[tuple[str, str, str], ...] = (
    (
        Purpose.NEWS,
        "You may send me news by e-mail: what is new with you and your brands. I can switch it off at any time.",
        "Kalian boleh mengirimiku kabar lewat email: apa yang baru dari kalian dan brand kalian. "
        "Aku bisa mematikannya kapan saja.",
    ),
    (
        Purpose.OFFERS,
        "You may ask me by e-mail whether I want to join new campaigns. I can switch it off at any time.",
        "Kalian boleh mengajakku ikut campaign baru lewat email. Aku bisa mematikannya kapan saja.",
    ),
    (
        Purpose.WHATSAPP,
        "You may write to me on WhatsApp about our work together. I can switch it off at any time.",
        "Kalian boleh menghubungiku lewat WhatsApp soal kerja sama kita. Aku bisa mematikannya kapan saja.",
    ),
    (
        Purpose.PROFILE,
        "You may keep what I and my accounts show about me (name, accounts, numbers, prices, notes) to ask me about work, "
        "also while we have no contract. I can take this back at any time; then you stop within three days.",
        "Kalian boleh menyimpan data tentang aku dan akunku (nama, akun, angka, harga, catatan) untuk menawariku kerja "
        "sama, juga saat belum ada kontrak. Aku bisa menariknya kapan saja; kalian berhenti paling lama dalam tiga hari.",
    ),
    (
        Purpose.MINOR,
        "I am the parent or guardian and agree that you use my child's data for the work we agreed on. I can take this "
        "back at any time; then you stop within three days.",
        "Aku orang tua atau wali dan setuju kalian memakai data anakku untuk kerja sama yang kita sepakati. Aku bisa "
        "menariknya kapan saja; kalian berhenti paling lama dalam tiga hari.",
    ),
    (
        Purpose.ADDRESS,
        "You may keep my address and phone number and give them to a courier, to send me what we agreed on. I can take "
        "this back at any time; then nothing more is sent there.",
        "Kalian boleh menyimpan alamat dan nomor teleponku dan memberikannya ke kurir, untuk mengirimiku barang yang kita "
        "sepakati. Aku bisa menariknya kapan saja; setelah itu tidak ada lagi yang dikirim ke sana.",
    ),
)  # fmt: skip


@seed(ConsentText, "purpose", "version")
def consent_texts() -> Iterator[ConsentText]:
    version, valid_from = FIRST
    for purpose, english, indonesian in WORDS:
        yield ConsentText(
            purpose=purpose,
            version=version,
            words_en=english,
            words_id=indonesian,
            source=LAW,
            source_url=LAW_URL,
            source_year=2022,
            grade=Grade.HOUSE,
            valid_from=valid_from,
        )

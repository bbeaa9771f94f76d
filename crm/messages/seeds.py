"""The words a new installation begins with, in both languages. Once a template is edited, it is left alone."""

from collections.abc import Iterator
from typing import NamedTuple

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.messages.models import MailClass, MessageTemplate
from crm.outbox.topics import Topic


class Words(NamedTuple):
    code: str
    name: str
    subject_id: str
    text_id: str
    subject_en: str
    text_en: str
    mail_class: str = MailClass.SERVICE
    topic: str = Topic.WORK
    with_page: bool = False


SHIPPED = (
    Words(
        "shoot-moved", "Shoot moved",
        "{{ brand }}: syuting pindah ke {{ day }}",
        "Halo {{ greeting }},\n\nsyuting untuk {{ campaign }} kami pindah ke **{{ day }}**. Apakah hari itu bisa?\n\n"
        "Kalau tidak bisa, balas saja pesan ini, kita cari hari lain. Sisanya tidak berubah.",
        "{{ brand }}: the shoot moves to {{ day }}",
        "Hi {{ greeting }},\n\nthe shoot for {{ campaign }} moves to **{{ day }}**. Does that day work for you?\n\n"
        "If not, simply answer this message and we find another one. Nothing else changes.",
    ),
    Words(
        "product-on-its-way", "Product on its way",
        "{{ brand }}: produknya sedang dikirim",
        "Halo {{ greeting }},\n\nproduk untuk {{ campaign }} sudah kami kirim. Kabari kami kalau sudah sampai, ya.\n\n"
        "Kalau sampai {{ day }} belum datang, balas saja pesan ini, kami yang cek ke kurir.",
        "{{ brand }}: the product is on its way",
        "Hi {{ greeting }},\n\nthe product for {{ campaign }} is on its way to you. Tell us when it is there.\n\n"
        "If it has not come by {{ day }}, simply answer this message and we ask the courier.",
        topic=Topic.PARCELS,
    ),
    Words(
        "thank-you", "Thank you",
        "{{ brand }}: terima kasih",
        "Halo {{ greeting }},\n\nterima kasih banyak untuk {{ campaign }}. Senang sekali bisa kerja bareng.\n\n"
        "Kalau ada yang bisa kami perbaiki lain kali, cerita saja lewat balasan pesan ini.",
        "{{ brand }}: thank you",
        "Hi {{ greeting }},\n\nthank you so much for {{ campaign }}. It was a pleasure to work with you.\n\n"
        "If there is something we should do better next time, just tell us in an answer to this message.",
    ),
    Words(
        "brief-changed", "Brief changed",
        "{{ brand }}: brief {{ campaign }} berubah",
        "Halo {{ greeting }},\n\nbrief untuk {{ campaign }} berubah. Yang baru ada di halaman kamu.\n\n"
        "Yang sudah kamu kirim tetap berlaku. Kalau ada yang kurang jelas, balas saja pesan ini.",
        "{{ brand }}: the brief changed",
        "Hi {{ greeting }},\n\nthe brief for {{ campaign }} has changed. The new one is on your page.\n\n"
        "What you sent already stays good. If anything is unclear, simply answer this message.",
        with_page=True,
    ),
    Words(
        "new-campaign", "Invitation to a new campaign",
        "Mau ikut campaign baru bareng {{ house }}?",
        "Halo {{ greeting }},\n\nkami sedang menyiapkan campaign baru dan langsung ingat kamu. Tertarik?\n\n"
        "Balas saja pesan ini sampai {{ day }}, nanti kami kirim detailnya.",
        "A new campaign with {{ house }}?",
        "Hi {{ greeting }},\n\nwe are preparing a new campaign and thought of you. Would you like to hear more?\n\n"
        "Simply answer this message by {{ day }} and we send you the details.",
        mail_class=MailClass.MARKETING,
        topic=Topic.NEWS,
    ),
)  # fmt: skip


@seed(MessageTemplate, "code")
def templates() -> Iterator[MessageTemplate]:
    for words in SHIPPED:
        yield MessageTemplate(**words._asdict(), source="Mitra", grade=Grade.HOUSE)

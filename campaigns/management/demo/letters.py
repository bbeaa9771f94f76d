"""Mail that came in during the demo's last hours: two answers to what was asked, and one nobody can place."""

import datetime as dt
from email.mime.text import MIMEText
from email.utils import format_datetime

from django.conf import settings

from campaigns.management.demo.people import marked
from crm.inbox.models import InboundMail
from crm.inbox.sorting import sort_in
from crm.inbox.taking_in import take_in
from crm.outbox.models import Contact, Email

ANSWERS = (
    (
        ("draft_due", "draft_late", "digest"),
        "Halo Kak, drafnya sudah jadi. Nanti malam aku unggah di halamannya ya, sinyal di sini lagi susah.",
    ),
    (
        ("post_late", "post_soon", "post_today"),
        "Kak, boleh mundur sampai Senin? Besok aku masih syuting di Lembang dan baru pulang Minggu malam.",
    ),
)
"""Which letters are answered, and how."""
STRANGER = (
    "Fotografer untuk kampanye berikutnya",
    "Selamat pagi, saya Bagus Wibisono dari Bandung. Saya sering memotret bersama kreator Kakak. Boleh kirim portofolio?",
)


def receive(now: dt.datetime) -> int:
    """Take the mail in as if a mailbox had been read; returns how many there are."""
    raws = [answer_to(email, words, now) for email, words in newest_asked()]
    taken = [
        take_in(raw, now - dt.timedelta(minutes=20 + 15 * number)) for number, raw in enumerate([*raws, stranger(now)])
    ]
    mails = [mail for mail in taken if mail is not None]
    for mail in mails:
        sort_in(mail, now)
        marked(mail)
    return len(mails)


def newest_asked() -> list[tuple[Email, str]]:
    """For each answer the newest letter it fits to, of somebody who has not answered yet."""
    asked = Email.objects.sent().filter(contact__kind=Contact.Kind.PERSON, influencer_ref__isnull=False)
    asked = asked.exclude(subject_refs=[]).exclude(message_id="").select_related("contact").order_by("-sent_at", "-pk")
    chosen: list[tuple[Email, str]] = []
    for names, words in ANSWERS:
        known = [email.influencer_ref for email, _words in chosen]
        email = asked.filter(name__in=names).exclude(influencer_ref__in=known).first()
        if email is not None:
            chosen.append((email, words))
    return chosen


def answer_to(email: Email, words: str, now: dt.datetime) -> bytes:
    """An answer as a mail program writes it, with our words quoted underneath."""
    quoted = "\n".join(f"> {line}" for line in email.text.splitlines()[:4])
    written = f"{words}\n\nPada hari ini, {email.from_name} menulis:\n{quoted}\n"
    answer = letter(email.contact.name, email.contact.email, f"Re: {email.subject}", written, now)
    answer["Message-ID"] = f"<balasan.{email.pk}@contoh.example>"
    answer["In-Reply-To"] = email.message_id
    return answer.as_bytes()


def stranger(now: dt.datetime) -> bytes:
    """Somebody who is on nobody's file."""
    subject, words = STRANGER
    mail = letter("Bagus Wibisono", "bagus@foto.example", subject, words, now)
    mail["Message-ID"] = f"<perkenalan.{now:%Y%m%d}@foto.example>"
    return mail.as_bytes()


def letter(name: str, address: str, subject: str, words: str, now: dt.datetime) -> MIMEText:
    mail = MIMEText(words)
    mail["From"], mail["To"], mail["Subject"] = f"{name} <{address}>", settings.DEFAULT_FROM_EMAIL, subject
    mail["Date"] = format_datetime(now)
    return mail


def forget(contacts: list[int]) -> None:
    """Mail from invented people goes with them."""
    InboundMail.objects.filter(contact_id__in=contacts).delete()
    InboundMail.objects.filter(parent__contact_id__in=contacts).delete()

"""A file that travels with a message arrives as it left, whatever the message is called."""

import datetime as dt
import email.policy
from email import message_from_bytes
from email.message import EmailMessage

from crm.outbox.envelope import Enclosed, Envelope

PAPER = b"%PDF-1.7\n\x00\xff\r\n--=_\r\n%%EOF\n"


def envelope(message_id: str) -> Envelope:
    return Envelope(
        sender="mitra@mitra.example", recipient="kirana@contoh.example", from_name="Lumi", reply_to="", subject="Signed",
        headers={"Message-ID": message_id}, text="Hi", html="<p>Hi</p>", at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        enclosed=(Enclosed("Kontrak 1.pdf", "application/pdf", PAPER), Enclosed("ペーパー.pdf", "application/pdf", PAPER)),
    )  # fmt: skip


def test_words_and_files_arrive_whatever_the_message_is_called() -> None:
    for number in range(64):
        raw = envelope(f"<{number}@mitra.example>").as_bytes()
        found: EmailMessage = message_from_bytes(raw, policy=email.policy.default)  # type: ignore[assignment]
        files = [(part.get_filename(), part.get_content()) for part in found.iter_attachments()]
        assert (number, files) == (number, [("Kontrak 1.pdf", PAPER), ("ペーパー.pdf", PAPER)])
        plain, html = found.get_body(("plain",)), found.get_body(("html",))
        assert plain is not None and plain.get_content().strip() == "Hi"
        assert html is not None and html.get_content().strip() == "<p>Hi</p>"

"""What is written to the wire is what a mail program reads: any text, any name, never a second header."""

import datetime as dt
import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm.outbox.envelope import Envelope, header_line, plain_address

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), max_size=200)
bodies = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=400)


def envelope(**changes: str) -> Envelope:
    fields = {
        "sender": "mitra@mitra.example",
        "recipient": "kirana@contoh.example",
        "from_name": "Dinda, Lumi Skincare",
        "reply_to": "dinda@mitra.example",
        "subject": "Lumi Skincare: Reel draft",
        "text": "Hi Kirana,\n",
        "html": "<p>Hi Kirana,</p>\n",
        **changes,
    }
    return Envelope(headers={"Message-ID": "<abc@mitra.example>", "Auto-Submitted": "auto-generated"}, at=NOW, **fields)


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def body_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r\n", "\n")


def test_every_header_reads_back() -> None:
    message = read(envelope().as_bytes())
    assert {name: str(value) for name, value in message.items()} == {
        "From": '"Dinda, Lumi Skincare" <mitra@mitra.example>',
        "To": "kirana@contoh.example",
        "Reply-To": "dinda@mitra.example",
        "Subject": "Lumi Skincare: Reel draft",
        "Date": "Tue, 24 Nov 2026 03:00:00 +0000",
        "Message-ID": "<abc@mitra.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_' + message.get_boundary("")[2:] + '"',
    }


@given(text=bodies, html=bodies)
@example(text=".\n..\n.", html="a" * 300)
@example(text="trailing \n\ttab\t\n", html="=3D é 日本 \u2028")
def test_any_body_reads_back(text: str, html: str) -> None:
    message = read(envelope(text=text, html=html).as_bytes())
    assert (body_of(message, "plain"), body_of(message, "html")) == (text + "\n", html + "\n") or (
        body_of(message, "plain"),
        body_of(message, "html"),
    ) == (text, html)


@given(subject=words, name=words)
@example(subject="Ä" * 150, name='Dinda "D" \\ Ayu, Lumi')
@example(subject="x " * 100, name="日本語の名前")
def test_any_name_and_subject_stay_one_header(subject: str, name: str) -> None:
    raw = envelope(subject=subject, from_name=name).as_bytes()
    head = raw.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    assert head.isascii()
    message = read(raw)
    assert [key for key in message if key in ("Bcc", "Cc", "To")] == ["To"]
    assert len(list(message.items())) == 9


@given(value=st.text(max_size=120))
@example(value="one\r\nBcc: all@x.example")
@example(value="one\n\nbody")
def test_no_value_begins_a_second_header(value: str) -> None:
    line = header_line("Subject", value.encode("utf-8", "replace").decode())
    assert line.endswith("\r\n")
    assert all(part.startswith((" ", "\t")) for part in line.split("\r\n")[1:-1])


@pytest.mark.parametrize("address", ["", "kirana", "a@b@c", "a@b\r\nRCPT TO:<x@y>", "a b@c", "<a@b>", "a@b,c@d"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        plain_address(address)


def test_a_domain_in_any_script_is_written_in_ascii() -> None:
    assert plain_address("kirana@bücher.example") == "kirana@xn--bcher-kva.example"

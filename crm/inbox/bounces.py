"""Mail that came back: delivery reports (RFC 3464), and those of servers that write their own."""

import re
from dataclasses import asdict, dataclass, field
from email.message import Message
from typing import Any

from crm.base.text import one_line
from crm.inbox.headers import addresses_in, decoded, names_in, plain_address, raw_value, raw_values
from crm.inbox.mime import content_of, leaves

SEARCHED = 60_000
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
CODE = re.compile(r"\b([45])\d\d[ -]")
NAMES_THE_MAILBOX = re.compile(r"5\.(0\.0|1\.\d+|2\.1|4\.4)$")
"""Whether the address itself is bad (RFC 3463): other permanent answers are about the message, its size or our name."""

DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|bounce|bounces|noreply-bounce)\b", re.IGNORECASE)
SUBJECTS = re.compile(
    r"^(undeliver|delivery (status notification|has failed|failure)|mail delivery (failed|failure|subsystem)|failure notice"
    r"|returned mail|mail system error|gagal terkirim|pesan tidak terkirim|warning: message .{0,40}delayed)",
    re.IGNORECASE,
)
QMAIL = re.compile(r"^hi\. this is the .{0,60}(qmail|send program)", re.IGNORECASE | re.MULTILINE)
QMAIL_FAILED = re.compile(r"^<([^<>\s]{3,250})>:\s*$", re.MULTILINE)
DELAYED = re.compile(
    r"\b(delayed|will be retried|still being retried|has not yet been delivered|warning message only)\b", re.I
)
ORIGINAL_NAME = re.compile(r"^[ \t>]{0,9}message-id:\s{0,9}(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Failed:
    """One recipient that was not reached."""

    address: str
    status: str
    said: str

    @property
    def is_final(self) -> bool:
        return self.status.startswith("5")

    @property
    def is_bad_address(self) -> bool:
        return bool(NAMES_THE_MAILBOX.match(self.status))


@dataclass(frozen=True)
class Report:
    """What came back: for whom, and which message."""

    failed: list[Failed] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def as_facts(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> "Report":
        return cls([Failed(**one) for one in facts["failed"]], list(facts["names"]))


def report_in(message: "Message", from_address: str, subject: str, text: str) -> Report | None:
    """The delivery report in this mail, or None when it is none."""
    parts = list(leaves(message))
    failed = _by_the_standard(parts)
    if not failed and _looks_returned(message, from_address, subject, text):
        failed = _by_words(message, text[:SEARCHED])
    if not failed:
        return None
    return Report(failed, _originals(message, parts, text[:SEARCHED]))


def _looks_returned(message: "Message", from_address: str, subject: str, text: str) -> bool:
    by_a_machine = bool(DAEMON.match(from_address)) or raw_value(message, "Return-Path").strip() == "<>"
    if raw_value(message, "X-Failed-Recipients"):
        return True
    return by_a_machine and bool(SUBJECTS.match(subject) or QMAIL.search(text[:2000]))


def _by_the_standard(parts: list["Message"]) -> list[Failed]:
    """The recipients named in message/delivery-status, those that were reached left out."""
    found = []
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        inside = part.get_payload()
        for group in inside if isinstance(inside, list) else []:
            if isinstance(group, Message) and raw_value(group, "Action"):
                found.append(_recipient(group))
    return [one for one in found if one is not None]


def _recipient(group: "Message") -> Failed | None:
    action = raw_value(group, "Action").strip().lower()
    if action not in ("failed", "delayed"):
        return None
    address = raw_value(group, "Final-Recipient") or raw_value(group, "Original-Recipient")
    said = one_line(raw_value(group, "Diagnostic-Code").partition(";")[2] or action, 250)
    status = (STATUS.findall(raw_value(group, "Status")) or STATUS.findall(said) or ["5.0.0"])[0]
    if action == "delayed" and status.startswith("5"):
        status = "4.0.0"
    return Failed(plain_address(address.partition(";")[2] or address), status, said)


def _by_words(message: "Message", text: str) -> list[Failed]:
    """The recipients a server names in its own way: a header of its own, qmail's list, or a single address."""
    named = addresses_in(raw_values(message, "X-Failed-Recipients"))
    named = named or [plain_address(one) for one in QMAIL_FAILED.findall(text)]
    above = re.split(r"\n[ >]*(?:-{3,}|_{3,})", text, maxsplit=1)[0]
    named = named or addresses_in([above])[:1]
    said = _answer(above)
    statuses, codes = STATUS.findall(said), CODE.findall(said)
    status = statuses[0] if statuses else f"{codes[0]}.0.0" if codes else "5.0.0"
    if DELAYED.search(above) and not statuses:
        status = "4.0.0"
    return [Failed(address, status, one_line(said, 250)) for address in named if address]


def _answer(text: str) -> str:
    """The line with the other server's answer: the one with a status, else the first with a code."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for wanted in (STATUS, CODE):
        found = next((line for line in lines if wanted.search(line)), "")
        if found:
            return found
    return " ".join(lines)[:400]


def _originals(message: "Message", parts: list["Message"], text: str) -> list[str]:
    """Which of our messages came back: named in the copy it carries, in its words, or as what it answers."""
    named: list[str] = []
    for part in parts:
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            copied = decoded(content_of(part)[:SEARCHED], str(part.get_content_charset() or ""))
            named += ORIGINAL_NAME.findall(copied)[:3]
    named += ORIGINAL_NAME.findall(text)[:3]
    named += names_in([*raw_values(message, "References"), *raw_values(message, "In-Reply-To")])
    return list(dict.fromkeys(named))

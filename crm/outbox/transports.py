"""Handing a message over, and saying honestly how it ended: taken, postponed, refused, or nobody knows."""

import re
import smtplib
from collections.abc import Callable
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from crm.outbox.envelope import Envelope

BeforeData = Callable[[], None]
"""Stamps "handing over now" after the recipient was accepted; may raise to stop there."""

SERVICE_NOT_AVAILABLE = 421


class NotDelivered(Exception):
    """Certainly not delivered. `answer` is what the server said."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        super().__init__(answer)


class Postponed(NotDelivered):
    """A temporary refusal of this message: try later."""


class Unreachable(NotDelivered):
    """The server is away, or refuses us rather than the message: nothing else can leave now either."""


class Unwritable(NotDelivered):
    """The message cannot be written as bytes; no server was asked."""


class Refused(NotDelivered):
    """A final refusal of this message."""

    def __init__(self, answer: str, *, address_is_bad: bool) -> None:
        self.address_is_bad = address_is_bad
        super().__init__(answer)


class Doubtful(Exception):
    """The whole message was on its way when the connection ended: it may have arrived."""


class Transport(Protocol):
    """Something that takes one message at a time."""

    def deliver(self, envelope: Envelope, before_data: BeforeData) -> None:
        """Hand over one message; raises Postponed, Unreachable, Refused or Doubtful."""

    def close(self) -> None: ...


class SmtpTransport(EmailBackend):
    """Django's SMTP backend, one message at a time over one connection, with a stop before DATA."""

    connection: Any
    rcpt_is_under_way = False

    def deliver(self, envelope: Envelope, before_data: BeforeData) -> None:
        try:
            content = envelope.as_bytes()
        except ValueError as error:
            raise Unwritable(type(error).__name__) from error
        self._greet(envelope)
        self._announce(envelope)
        try:
            before_data()
        except BaseException:
            self.drop()  # Recipients of an abandoned message must not stand in front of the next one.
            raise
        self._hand_over(content)

    def _reach(self) -> bool:
        """Open the connection unless it is open; whether it is new. What goes wrong here concerns the server."""
        if self.connection is not None:
            return False
        try:
            self.open()
            # Without TLS or a password nobody has said hello yet, and strict servers refuse MAIL before it.
            connection: Any = self.connection
            connection.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise Unreachable(_said(error)) from error
        return True

    def _greet(self, envelope: Envelope) -> None:
        """MAIL FROM, over a new connection when the old one was closed while idle.

        Where the server allows it RCPT TO travels along (RFC 2920); its answer is read by `_announce`.
        """
        for is_new in (self._reach(), True):
            try:
                code, said = self._mail_from(envelope)
            except (smtplib.SMTPException, OSError) as error:
                self.drop()
                code, said = SERVICE_NOT_AVAILABLE, _said(error).encode()
            if code < 400:
                return
            self._after_refusal(code)
            if is_new or code != SERVICE_NOT_AVAILABLE:
                answer = _line(code, said)
                raise Unreachable(answer) if code == SERVICE_NOT_AVAILABLE or _is_final(code) else Postponed(answer)
            self._reach()

    def _mail_from(self, envelope: Envelope) -> tuple[int, bytes]:
        self.rcpt_is_under_way = bool(self.connection.has_extn("pipelining"))
        if not self.rcpt_is_under_way:
            code, said = self.connection.mail(envelope.sender)
            return int(code), bytes(said)
        self.connection.send(f"MAIL FROM:<{envelope.sender}>\r\nRCPT TO:<{envelope.recipient}>\r\n")
        code, said = self.connection.getreply()
        return int(code), bytes(said)

    def _announce(self, envelope: Envelope) -> None:
        try:
            under_way, self.rcpt_is_under_way = self.rcpt_is_under_way, False
            code, said = self.connection.getreply() if under_way else self.connection.rcpt(envelope.recipient)
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise Postponed(_said(error)) from error
        if code >= 400:
            self._after_refusal(code)
            answer = _line(code, said)
            raise Refused(answer, address_is_bad=not _is_policy(answer)) if _is_final(code) else Postponed(answer)

    def _hand_over(self, content: bytes) -> None:
        """DATA, the message, the answer. Until the final dot is out the server has nothing it may deliver."""
        try:
            code, said = self.connection.docmd("data")
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise Postponed(_said(error)) from error
        if code == 354:
            code, said = self._push(content)
        if code >= 400 or code < 200:
            self._after_refusal(code)
            answer = _line(code, said)
            raise Refused(answer, address_is_bad=_names_the_mailbox(answer)) if _is_final(code) else Postponed(answer)

    def _push(self, content: bytes) -> tuple[int, bytes]:
        dotted = content.replace(b"\r\n.", b"\r\n..")
        try:
            self.connection.send(dotted + b".\r\n")
            code, said = self.connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise Doubtful(_said(error)) from error
        return int(code), bytes(said)

    def _after_refusal(self, code: int) -> None:
        """Make the connection ready for the next message, or leave it behind."""
        if code == SERVICE_NOT_AVAILABLE or self.connection is None:
            self.drop()
            return
        try:
            if self.rcpt_is_under_way:
                self.rcpt_is_under_way = False
                self.connection.getreply()
            self.connection.rset()
        except (smtplib.SMTPException, OSError):
            self.drop()

    def drop(self) -> None:
        """Forget the connection without a farewell that could block."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def close(self) -> None:
        try:
            super().close()
        except (smtplib.SMTPException, OSError):
            self.drop()


class BackendTransport:
    """Any other Django backend (a provider's API, the console, a test's mailbox): stamped before the request."""

    def __init__(self) -> None:
        self.backend = get_connection(fail_silently=False)
        self.backend.open()

    def deliver(self, envelope: Envelope, before_data: BeforeData) -> None:
        message = envelope.as_django()
        before_data()
        try:
            self.backend.send_messages([message])
        except ConnectionRefusedError as error:
            raise Unreachable(_said(error)) from error
        except (
            Exception
        ) as error:  # What a provider's library raises is not ours to know; honest is "it may have left".
            raise Doubtful(_said(error)) from error

    def close(self) -> None:
        self.backend.close()


def open_transport() -> Transport:
    """The way out that the settings name. Nothing is connected yet."""
    if settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        return SmtpTransport(fail_silently=False)
    return BackendTransport()


def _is_final(code: int) -> bool:
    return code >= 500


def _is_policy(answer: str) -> bool:
    """5.7.x is about us (reputation, permission), not about the mailbox (RFC 3463)."""
    return re.match(r"\d{3}[ -]5\.7\.", answer) is not None


def _names_the_mailbox(answer: str) -> bool:
    """After DATA only 5.1.x and 5.2.1 speak of the mailbox; anything else is about the message."""
    return re.match(r"\d{3}[ -]5\.(1\.\d+|2\.1)\b", answer) is not None


def _line(code: int, said: bytes) -> str:
    return f"{code} {said.decode(errors='replace')}".replace("\n", " ").strip()


def _said(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _line(error.smtp_code, said if isinstance(said, bytes) else str(said).encode())
    return str(error) or type(error).__name__

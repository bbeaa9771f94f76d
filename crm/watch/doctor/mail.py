"""Whether mail leaves, and whether those who get it can see that it is ours: SPF, DKIM and DMARC of the sender's domain."""

import smtplib
from collections.abc import Callable, Iterator
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import get_connection

from crm.watch.doctor.names import CouldNotAsk, Names
from crm.watch.findings import Finding

SMTP = "django.core.mail.backends.smtp.EmailBackend"
LOCAL = (".localhost", ".test", ".example", ".invalid", ".local")


def looked_at(names: Names) -> Iterator[Finding]:
    yield server()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    if settings.EMAIL_BACKEND != SMTP:
        return
    if "." not in domain or f".{domain}".endswith(LOCAL):
        mend = "Set DEFAULT_FROM_EMAIL to an address of your own domain."
        yield Finding("sender", False, f"{domain or 'no domain'} is nobody's domain", is_vital=False, mend=mend)
        return
    for name, asked in (("spf", spf), ("dkim", dkim), ("dmarc", dmarc)):
        yield _asked(name, asked, domain, names)


def server() -> Finding:
    if settings.EMAIL_BACKEND != SMTP:
        said = f"{settings.EMAIL_BACKEND.rsplit('.', 2)[1]}: nothing is sent out"
        return Finding("mail", True, said, is_vital=False)
    where, line = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}", get_connection(timeout=5)
    try:
        line.open()
        line.close()
    except (OSError, smtplib.SMTPException) as error:
        mend = "Look at EMAIL_URL: host, port, user and password, and whether it wants smtp+tls:// or smtp+ssl://."
        return Finding("mail", False, f"{where} refused: {error}", is_vital=False, mend=mend)
    return Finding("mail", True, f"{where} answers", is_vital=False)


def _asked(name: str, asked: Callable[[str, Names], tuple[str, str]], domain: str, names: Names) -> Finding:
    try:
        wrong, mend = asked(domain, names)
    except CouldNotAsk as error:
        mend = "Ask from a machine that reaches a name server, or name one with --dns."
        return Finding(name, False, f"could not be asked for {domain} ({error})", is_vital=False, mend=mend)
    return Finding(name, not wrong, wrong or f"{domain} has one", is_vital=False, mend=mend)


def spf(domain: str, names: Names) -> tuple[str, str]:
    """What is wrong (RFC 7208, 4.5: more than one record is an error) and how to mend it; empty when nothing is."""
    found = [text for text in names.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    mend = (
        f"Let {domain} have one TXT record that begins with v=spf1, names your mail server and ends with -all or ~all."
    )
    if len(found) != 1:
        return f"{domain} has {len(found) or 'no'} SPF record{'s' if len(found) > 1 else ''}", mend
    if found[0].lower().split()[-1] in ("all", "+all", "?all"):
        return f"{domain} lets everybody send: {found[0][:120]}", mend
    return "", ""


def dkim(domain: str, names: Names) -> tuple[str, str]:
    """The key of each named selector (RFC 6376, 3.6.1: an empty p= is a key taken back)."""
    mend = "Put the record your mail provider names there, then wait until it is known."
    if not settings.DKIM_SELECTORS:
        return "no selector is named", "Set DKIM_SELECTORS to what your mail provider signs with, such as s1,s2."
    for selector in settings.DKIM_SELECTORS:
        name = f"{selector}._domainkey.{domain}"
        if not any(_tags(text).get("p") for text in names.texts(name)):
            return f"no key at {name}", mend
    return "", ""


def dmarc(domain: str, names: Names) -> tuple[str, str]:
    """Of the domain itself, else of one above it (RFC 7489, 6.6.3)."""
    labels = domain.split(".")
    for start in range(len(labels) - 1):
        above = ".".join(labels[start:])
        found = [text for text in names.texts(f"_dmarc.{above}") if text.lower().startswith("v=dmarc1")]
        if len(found) == 1 and _tags(found[0]).get("p"):
            return "", ""
    return (
        f"{domain} has no DMARC record",
        f'Give _dmarc.{domain} a TXT record: "v=DMARC1; p=none; rua=mailto:you@{domain}".',
    )


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}

"""What the doctor says about what one sets up once: asked of a name server, a mail server and a web server on this machine."""

import datetime as dt
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from crm.base.models import Organisation
from crm.watch.doctor import mail, times, versions, ways, workers
from crm.watch.doctor.names import CouldNotAsk, Names
from tests.conftest import NOW

GOOD = {
    "kopi-pagi.id": ["google-site-verification=x", "v=spf1 include:_spf.mail.id -all"],
    "s1._domainkey.kopi-pagi.id": ["v=DKIM1; k=rsa; p=" + "M" * 390],
    "_dmarc.kopi-pagi.id": ["v=DMARC1; p=quarantine; rua=mailto:dmarc@kopi-pagi.id"],
}


@pytest.fixture
def served() -> Iterator[Callable[[dict[str, list[str]]], Names]]:
    """A name server on this machine that knows these texts, cut in parts of 255 bytes as the protocol has them."""
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))
    known: dict[str, list[str]] = {}

    def answer() -> None:
        while True:
            try:
                wire, sender = line.recvfrom(2000)
            except OSError:
                return
            if not wire:
                return
            asked = dns.message.from_wire(wire)
            said = dns.message.make_response(asked)
            said.flags |= dns.flags.RA
            name = asked.question[0].name.to_text(omit_final_dot=True)
            for text in known.get(name, []):
                parts = " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))
                said.answer.append(dns.rrset.from_text(asked.question[0].name, 60, "IN", "TXT", parts))
            if name not in known:
                said.set_rcode(dns.rcode.NXDOMAIN)
            line.sendto(said.to_wire(), sender)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()

    def serve(texts: dict[str, list[str]]) -> Names:
        known.clear()
        known.update(texts)
        return Names(f"127.0.0.1:{line.getsockname()[1]}")

    yield serve
    line.sendto(b"", line.getsockname())  # wakes it
    thread.join(timeout=5)
    line.close()


@pytest.fixture
def sending(settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = mail.SMTP, "127.0.0.1", 1
    settings.DEFAULT_FROM_EMAIL = "Kopi Pagi <hello@Kopi-Pagi.id>"
    settings.DKIM_SELECTORS = ["s1"]


def said(names: Names) -> dict[str, str]:
    return {one.name: one.said for one in mail.looked_at(names) if one.name != "mail" and not one.is_well}


def test_a_domain_with_all_three_records_is_well(served: Any, sending: None) -> None:
    found = {one.name: (one.is_well, one.said) for one in mail.looked_at(served(GOOD))}
    assert {name: found[name] for name in ("spf", "dkim", "dmarc")} == dict.fromkeys(
        ("spf", "dkim", "dmarc"), (True, "kopi-pagi.id has one")
    )
    assert found["mail"][0] is False


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"kopi-pagi.id": []}, {"spf": "kopi-pagi.id has no SPF record"}),
        ({"kopi-pagi.id": ["v=spf1 -all", "v=spf1 ~all"]}, {"spf": "kopi-pagi.id has 2 SPF records"}),
        ({"kopi-pagi.id": ["v=spf1 +all"]}, {"spf": "kopi-pagi.id lets everybody send: v=spf1 +all"}),
        ({"kopi-pagi.id": ["v=spf10 -all"]}, {"spf": "kopi-pagi.id has no SPF record"}),
        ({"s1._domainkey.kopi-pagi.id": ["v=DKIM1; p="]}, {"dkim": "no key at s1._domainkey.kopi-pagi.id"}),
        ({"_dmarc.kopi-pagi.id": ["v=DMARC1"]}, {"dmarc": "kopi-pagi.id has no DMARC record"}),
    ],
)
def test_each_record_that_is_wrong_is_named(served: Any, sending: None, change: Any, wrong: dict[str, str]) -> None:
    assert said(served(GOOD | change)) == wrong


def test_a_domain_nobody_knows_has_none_of_them(served: Any, sending: None) -> None:
    assert sorted(said(served({}))) == ["dkim", "dmarc", "spf"]


def test_a_domain_below_another_follows_its_policy(served: Any, sending: None, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "hello@mail.kopi-pagi.id"
    texts = GOOD | {"mail.kopi-pagi.id": ["v=spf1 -all"], "s1._domainkey.mail.kopi-pagi.id": ["p=M"]}
    assert said(served(texts)) == {}


def test_no_selector_is_told_with_what_to_set(served: Any, sending: None, settings: Settings) -> None:
    settings.DKIM_SELECTORS = []
    (finding,) = [one for one in mail.looked_at(served(GOOD)) if one.name == "dkim"]
    assert (finding.said, finding.mend) == (
        "no selector is named", "Set DKIM_SELECTORS to what your mail provider signs with, such as s1,s2.",
    )  # fmt: skip


def test_nobody_who_answers_is_not_a_record_that_is_missing(sending: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm.watch.doctor.names.PATIENCE", 0.3)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        names = Names(f"127.0.0.1:{deaf.getsockname()[1]}")
        with pytest.raises(CouldNotAsk, match="LifetimeTimeout"):
            names.texts("kopi-pagi.id")
        assert said(names)["spf"] == "could not be asked for kopi-pagi.id (LifetimeTimeout)"


@pytest.mark.parametrize("sender", ["mitra@localhost", "mitra@mitra.example", "nonsense"])
def test_a_sender_without_a_domain_of_its_own_is_told(sending: None, settings: Settings, sender: str) -> None:
    settings.DEFAULT_FROM_EMAIL = sender
    assert [one.name for one in mail.looked_at(Names())] == ["mail", "sender"]


# ---- the way in ------------------------------------------------------------------------------------------------------


@pytest.fixture
def answering(settings: Settings) -> Iterator[Callable[..., None]]:
    """A web server at BASE_URL that answers as it is told."""
    told: dict[str, Any] = {}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(told["status"])
            for name, value in told["headers"].items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    settings.BASE_URL = f"http://127.0.0.1:{server.server_port}"

    def answer(status: int, **headers: str) -> None:
        told.update(status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})

    yield answer
    server.shutdown()
    server.server_close()


def test_the_way_in_is_walked_and_what_is_wrong_with_it_named(answering: Any, settings: Settings) -> None:
    address = f"{settings.BASE_URL}/accounts/login/"
    answering(200, X_Request_ID="proxy-0001")
    assert (ways.proxy().is_well, ways.proxy().said) == (True, f"{address} answers 200")
    answering(301, Location=address)
    assert ways.proxy().said == "the page leads to itself"
    answering(400)
    assert ways.proxy().said == "the name is refused"
    answering(200)
    assert ways.proxy().said == "something else than Mitra answers (200)"


def test_https_without_a_trusted_proxy_would_go_round_for_ever(settings: Settings) -> None:
    settings.HTTPS, settings.SECURE_PROXY_SSL_HEADER = True, None
    assert (ways.proxy().is_well, ways.proxy().is_vital) == (False, True)
    assert ways.proxy().mend.startswith("Set BEHIND_PROXY=true and let the proxy set X-Forwarded-Proto")


@pytest.mark.parametrize(
    ("allowed", "trusted", "said"),
    [
        (["mitra.kopi-pagi.id"], ["https://mitra.kopi-pagi.id"], "mitra.kopi-pagi.id is answered"),
        (["127.0.0.1"], [], "BASE_URL says mitra.kopi-pagi.id, which ALLOWED_HOSTS does not have"),
        (["*"], [], "ALLOWED_HOSTS allows every name"),
        ([".kopi-pagi.id"], [], "forms sent from BASE_URL are not trusted"),
    ],
)
def test_the_address_in_mails_is_one_it_answers_to(settings: Settings, allowed: Any, trusted: Any, said: str) -> None:
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://mitra.kopi-pagi.id", allowed
    settings.CSRF_TRUSTED_ORIGINS = trusted
    assert (ways.hosts().said, ways.hosts().is_well) == (said, bool(trusted))


# ---- times, versions, workers ----------------------------------------------------------------------------------------


def test_a_clock_that_is_minutes_away_is_told() -> None:
    away = times.drift("time-database", lambda: dt.datetime.now(dt.UTC) - dt.timedelta(minutes=2), "the database")
    assert (away.is_well, away.is_vital, away.said) == (False, False, "120.0 s from the database")
    assert times.drift("time-database", lambda: dt.datetime.now(dt.UTC), "the database").is_well
    assert times.drift("time-database", lambda: None, "the database").is_well


@pytest.mark.django_db
def test_a_zone_nobody_knows_is_vital(organisation: Organisation, settings: Settings) -> None:
    assert times.zone(NOW).said.startswith("Asia/Jakarta 10:00; server ")
    settings.DEFAULT_ZONE = "Asia/Nowhere"
    assert (times.zone(NOW).is_well, times.zone(NOW).said) == (False, "Asia/Nowhere is not known here")


@pytest.mark.django_db
def test_versions_are_told_and_an_old_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [one.is_well for one in versions.looked_at(has_database=True)] == [True, True, True]
    monkeypatch.setattr(versions, "LEAST_POSTGRESQL", 999)
    monkeypatch.setattr(versions, "LEAST_SQLITE", (999, 0))
    assert not versions.database().is_well


def test_a_broker_that_is_away_says_so(settings: Settings) -> None:
    assert workers.answering().is_well
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert versions.queue().said == "not told (ConnectionError)"


# ---- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_finding_that_is_not_well_comes_with_what_to_do(settings: Settings) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="Something vital is missing"):
        call_command("doctor", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line for line in lines if line[:4] not in ("ok  ", "look", "FAIL", "    ")] == []
    for at, line in enumerate(lines):
        if line.startswith(("look", "FAIL")) and "secret" not in line:
            assert lines[at + 1].startswith(" " * 20), line


@pytest.mark.django_db
def test_the_same_as_json_with_the_same_exit_code(settings: Settings) -> None:
    for secret, code in (("short", 1), ("x" * 50, None)):
        settings.SECRET_KEY, out, ended = secret, StringIO(), None
        try:
            call_command("doctor", "--json", stdout=out)
        except SystemExit as end:
            ended = end.code
        told = {one["name"]: one for one in json.loads(out.getvalue())}
        assert (ended, told["secret"]["is_well"]) == (code, code is None)
        assert set(told["database"]) == {"name", "is_well", "said", "is_vital", "mend"}

"""The main path as people walk it: a messy file, a campaign, a reminder by real mail, her page, and then silence.

Everything is real: `serve` with its web server, worker, clock and broker, an SMTP server that takes the mail, a browser.
"""

import datetime as dt
import email
import email.policy
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests import ready

pytestmark = [pytest.mark.integration, pytest.mark.browser]

READY = re.compile(r"Mitra is ready after [\d.]+ s: (http://127\.0\.0\.1:\d+)/")
ZONE = ZoneInfo("Asia/Jakarta")
SHEET = """Nama KOL;Akun IG;Jml Followers;ER;Niche / Kategori;Kota;No. WA;E-mail;Catatan
Kirana Maheswari;https://www.instagram.com/kirana.mhs/?igsh=abc;34,2 rb;3,2%;make up;Kota Bandung;081234567001;kirana@contoh.example;
Bagus Wirayuda; @BAGUS.WRD;1,2 jt;-;fotografi;DKI Jakarta;;tidak ada;JANGAN DIHUBUNGI
Kirana Maheswari;@kirana.mhs;34,2 rb;3,2%;make up;Kota Bandung;081234567001;kirana@contoh.example;
;;;;;;;;
"""


class Sink:
    """An SMTP server that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 kept"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], Any], seconds: float, what: str) -> Any:
    """Wait for something to become true; says what was awaited when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(f"Waited {seconds:.0f} s in vain for {what}.")


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    keeper, port = Sink(), free_port()
    server = Controller(keeper, hostname="127.0.0.1", port=port)
    server.start()
    yield keeper, port
    server.stop()


@pytest.fixture
def house(tmp_path: Path, sink: tuple[Sink, int]) -> Iterator[str]:
    """A new installation, as `make serve` starts it, with a clock that rings every two seconds."""
    ours = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "BASE_URL")
    env = {name: value for name, value in os.environ.items() if name not in ours}
    port = free_port()
    env |= {
        "MITRA_VAR": str(tmp_path),
        "MITRA_READ_DOTENV": "0",
        "SECRET_KEY": "k" * 60,
        "PYTHONUNBUFFERED": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{sink[1]}",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "MITRA_TICK_SECONDS": "2",
        "DEFAULT_FROM_EMAIL": "mitra@studio.example",
    }
    ready.copy_to(tmp_path / "mitra.sqlite3")
    said = tmp_path / "said"
    with said.open("wb") as out:
        serving = subprocess.Popen(
            [sys.executable, "-m", "crm.config.serving", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        found = until(lambda: READY.search(said.read_text()) or serving.poll() is not None, 120, "the house to open")
        assert found is not True, said.read_text()
        yield found.group(1)
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(timeout=30)


@pytest.fixture
def coordinator(browser: Browser, house: str) -> Iterator[Page]:
    context = browser.new_context(base_url=house, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def rows(var: Path, question: str) -> list[tuple[Any, ...]]:
    """What the database says, asked from outside."""
    with sqlite3.connect(f"file:{var / 'mitra.sqlite3'}?mode=ro", uri=True, timeout=20) as line:
        return line.execute(question).fetchall()


def set_up(page: Page) -> None:
    page.goto("/")
    page.fill("input[name=organisation]", "Studio Cempaka")
    page.fill("input[name=name]", "Dinda Ayuningrum")
    page.fill("input[name=email]", "dinda@studio.example")
    page.select_option("select[name=language]", "en")
    page.fill("input[name=password]", "sebuah kalimat yang panjang")
    page.click("main button[type=submit], form button.btn-primary")
    page.wait_for_load_state()


def import_people(page: Page, sheet: Path) -> None:
    page.goto("/people/imports/new/")
    page.set_input_files("input[type=file]", sheet)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Rehearse the import").click()
    page.wait_for_load_state()
    page.locator("form[action$='/confirm/'] button").first.click()
    dialog = page.locator("dialog[open]")
    if dialog.count():
        dialog.get_by_role("button", name="Import").click()


def plan_a_post(page: Page, today: dt.date) -> None:
    """A brand, a campaign that is live, Kirana agreed, one Reel due today."""
    page.goto("/brands/new/")
    page.fill("input[name=name]", "Lumi Skincare")
    page.fill("input[name=house]", "Lumi Nusantara")
    page.locator(".form-actions button.btn-primary").click()
    page.goto("/campaigns/new/")
    page.select_option("select[name=brand]", label="Lumi Skincare")
    page.fill("input[name=name]", "Kulit Tropis")
    page.fill("input[name=start_on]", today.isoformat())
    page.fill("input[name=end_on]", (today + dt.timedelta(days=30)).isoformat())
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_url(re.compile(r"/campaigns/\d+/"))
    board = page.url
    page.goto(f"{board}people/?q=Kirana")
    page.locator("tr[data-row] input[name=pick]").first.check()
    page.locator("button", has_text="Add to the shortlist").first.click()
    page.wait_for_load_state()
    page.goto(board)
    page.goto(f"{board}do/go-live/")
    page.locator(".form-actions button.btn-primary").click()
    page.goto(board)
    page.get_by_role("link", name="Kirana Maheswari").first.click()
    page.wait_for_url(re.compile(r"/campaigns/collaborations/\d+/"))
    part = page.url
    page.locator("summary", has_text="Move").first.click()
    page.locator("button[name=to][value=agreed]").click()
    page.fill("input[name=door-because]", "Agreed before we wrote things down")
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_load_state()
    page.goto(f"{part}plan/")
    page.select_option("select[name=format]", label="Instagram Reel")
    page.fill("input[name=post_due_on]", today.isoformat())
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_load_state()


def leave_soon(var: Path) -> None:
    """Let reminders leave in the coming minute, whatever the hour is; as an owner would in the settings."""
    now = dt.datetime.now(ZONE)
    if now.hour == 23 and now.minute >= 57:
        time.sleep((60 - now.minute) * 60)
        now = dt.datetime.now(ZONE)
    soon = (now + dt.timedelta(minutes=1)).replace(second=0, microsecond=0)
    quiet = [(soon + dt.timedelta(hours=hours)).time().isoformat() for hours in (4, 5)]
    with sqlite3.connect(var / "mitra.sqlite3", timeout=20) as line:
        line.execute(
            "UPDATE crm_organisation SET remind_at = ?, quiet_from = ?, quiet_until = ?",
            [soon.time().isoformat(), *quiet],
        )


def link_in(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://127\.0\.0\.1:\d+/p/[\w-]+/", body.get_content())
    assert found, body.get_content()
    return found.group(0)


def test_from_a_messy_file_to_a_reminder_she_settles(
    house: str,
    coordinator: Page,
    browser: Browser,
    sink: tuple[Sink, int],
    tmp_path: Path,
) -> None:
    keeper, today = sink[0], dt.datetime.now(ZONE).date()
    sheet = tmp_path / "team.csv"
    sheet.write_bytes(SHEET.encode("cp1252"))

    set_up(coordinator)
    import_people(coordinator, sheet)
    until(lambda: rows(tmp_path, "SELECT status FROM crm_importrun") == [("done",)], 60, "the import to finish")
    people = rows(
        tmp_path, "SELECT stage_name, followers, do_not_contact_at IS NOT NULL FROM crm_influencer ORDER BY stage_name"
    )
    assert people == [("Bagus Wirayuda", 1_200_000, 1), ("Kirana Maheswari", 34_200, 0)]

    plan_a_post(coordinator, today)
    leave_soon(tmp_path)
    letter = until(lambda: next(iter(keeper.letters), None), 150, "the reminder to arrive")
    assert letter["To"] == "kirana@contoh.example"
    assert str(letter["From"]).startswith('"Dinda, Lumi Skincare"')
    assert letter["Reply-To"] == "dinda@studio.example"
    assert "Lumi Skincare" in letter["Subject"]

    phone = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    hers = phone.new_page()
    hers.goto(link_in(letter))
    hers.locator("button.btn-primary").click()
    assert re.fullmatch(rf"{house}/my/\d+/", hers.url)
    hers.locator("section.card a[href$='/publish/'], section.card a[href$='/posted/']").first.click()
    hers.fill("input[inputmode=url]", "https://www.instagram.com/reel/C0ntoh123/")
    hers.locator("form button.btn-primary").click()
    hers.wait_for_url(re.compile(r"\?thanks="))
    phone.close()

    assert rows(tmp_path, "SELECT status, post_url FROM campaigns_deliverable") == [
        ("published", "https://www.instagram.com/reel/C0ntoh123/")
    ]
    waiting = "SELECT recipient FROM crm_reminder WHERE state = 'queued' AND kind {} LIKE 'numbers.%' ORDER BY send_at"
    until(
        lambda: rows(tmp_path, waiting.format("NOT")) == [("coordinator",)],
        30,
        "her reminders to stop, and ours to look at the label",
    )
    assert rows(tmp_path, waiting.format(""))[:1] == [("influencer",)]
    told = rows(
        tmp_path, "SELECT count(*) FROM crm_entry WHERE verb = 'deliverable.published' AND actor_kind = 'contact'"
    )
    assert told == [(1,)]
    assert len(keeper.letters) == 1

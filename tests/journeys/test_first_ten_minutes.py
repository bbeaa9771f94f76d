"""docs/guide/first-ten-minutes.md as a newcomer walks it: one command, and nine things to try.

Everything is real: the demo's one command with its own broker, worker, clock and mailbox, a browser, and a worker that
is killed while offers are on their way.
"""

import datetime as dt
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests import ready
from tests.config.test_serve import Served, pid_of
from tests.journeys.test_main_path import ZONE, rows, until

pytestmark = [pytest.mark.integration, pytest.mark.browser, pytest.mark.clocked]

SHEET = """Nama KOL;Akun IG;Jml Followers;Kota
Laras Kusumadewi;@laras.kusuma;18,5 rb;Kota Bandung
Tirta Wibisono;@tirta.wibi;1,2 jt;DKI Jakarta
"""
OURS = "SELECT stage_name FROM crm_influencer WHERE stage_name IN ('Laras Kusumadewi', 'Tirta Wibisono')"


@pytest.fixture
def demo(demo_folder: Path) -> Iterator[Served]:
    """The demo by its one command, awake at every hour."""
    if not (demo_folder / "mitra.sqlite3").exists():
        ready.copy_to(demo_folder / "mitra.sqlite3")
    served = Served(demo_folder)
    served.ready()
    quiet = [(dt.datetime.now(ZONE) + dt.timedelta(hours=hours)).time().isoformat("seconds") for hours in (4, 5)]
    with closing(sqlite3.connect(demo_folder / "mitra.sqlite3", timeout=20)) as line, line:
        line.execute("UPDATE crm_organisation SET quiet_from = ?, quiet_until = ?", quiet)
    expect.set_options(timeout=30_000)  # worker and clock work beside the pages
    yield served
    expect.set_options(timeout=5_000)
    if served.process.poll() is None:
        served.end(signal.SIGINT)


def mitra(var: Path, *words: str) -> str:
    """What a command of ours says, run beside the house as the guide tells."""
    suites = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "EMAIL_URL", "BASE_URL", "SECRET_KEY")
    env = {name: value for name, value in os.environ.items() if name not in suites}
    env |= {"MITRA_VAR": str(var), "MITRA_DEMO": "1", "MITRA_READ_DOTENV": "0"}
    argv = [sys.executable, "manage.py", *words]
    done = subprocess.run(argv, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, timeout=300, check=True)
    return done.stdout


def come_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Coordinator").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good")


def settle_by_one_key(page: Page) -> None:
    """j down to the first task that is done at once, d; it is gone, and the keyboard is still in the list."""
    page.wait_for_load_state()
    lines = page.locator("[data-row]")
    before = lines.count()
    here = page.locator("[data-row]:focus-within")
    for _step in range(before):
        page.keyboard.press("j")
        if here.locator("button[data-settle]").count():
            break
    said = here.locator("p").first.inner_text()
    page.keyboard.press("d")
    expect(page.locator("#messages .notice")).to_contain_text(said[:20])
    expect(here).to_have_count(1)
    expect(lines.filter(has_text=said)).to_have_count(0)  # others may have come meanwhile


def bring(page: Page, sheet: Path) -> None:
    page.goto("/people/imports/new/")
    page.set_input_files("input[type=file]", sheet)
    page.get_by_role("button", name="Read the file").press("Enter")
    page.get_by_role("button", name="Rehearse the import").press("Enter")
    page.wait_for_load_state()
    page.locator("form[action$='/confirm/'] button").first.press("Enter")
    dialog = page.locator("dialog[open]")
    if dialog.count():
        dialog.get_by_role("button", name="Import").press("Enter")


def bring_and_take_back(page: Page, var: Path) -> None:
    sheet = var / "team.csv"
    sheet.write_text(SHEET)
    bring(page, sheet)
    until(lambda: len(rows(var, OURS)) == 2, 60, "the import to finish")
    [(run,)] = rows(var, "SELECT max(id) FROM crm_importrun")
    page.goto(f"/people/imports/{run}/undo/")
    page.get_by_role("button", name="Take back").press("Enter")
    page.locator("dialog[open]").get_by_role("button", name="Take back").press("Enter")
    until(lambda: rows(var, OURS) == [], 60, "the import to be taken back")
    sheet.write_text(SHEET + "\n")
    bring(page, sheet)
    until(lambda: len(rows(var, OURS)) == 2, 60, "the second import to finish")


def invite_nine(page: Page, var: Path) -> int:
    """How many of the nine get a letter: the others wait for a word on WhatsApp, or the page says why not."""
    [(campaign,)] = rows(var, "SELECT id FROM campaigns_campaign WHERE name = 'Glow Akhir Tahun'")
    page.goto(f"/campaigns/{campaign}/?view=table")
    page.locator(".pick-all").press("Space")
    page.locator(".bulk-bar button[value=offer]").press("Enter")
    page.get_by_role("button", name="See what will happen").press("Enter")
    page.fill("[name=door-because]", "The goal follows on Friday")
    page.get_by_role("button", name="Save and go on").press("Enter")
    expect(page.locator(".phone")).to_contain_text("Lumi Skincare")
    page.get_by_role("button", name="Send the offers").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Done for")
    told = page.locator("tbody tr")
    assert told.count() == 9
    return told.filter(has_text="E-mail to").count()


def offers_in(mailbox: Path) -> list[str]:
    """To whom the demo's mailbox holds an offer of this campaign, once for each message."""
    read = (message_from_bytes(file.read_bytes(), policy=default) for file in mailbox.glob("*.eml"))
    bodies = ((str(one["To"]), one.get_body(("plain",))) for one in read if isinstance(one, EmailMessage))
    return sorted(to for to, body in bodies if body is not None and "Glow Akhir Tahun" in body.get_content())


def book_whoever_is_barred(page: Page, var: Path) -> None:
    """Made promised Lumi everything; another house asks, and is told why not and who else."""
    [(campaign,)] = rows(var, "SELECT id FROM campaigns_campaign WHERE name = 'Gigi Susu'")
    page.goto(f"/campaigns/{campaign}/people/?q=Made+Siregar")
    page.locator("tr[data-row] input[name=pick]").first.press("Space")
    page.locator("button", has_text="Add to the shortlist").first.press("Enter")
    page.wait_for_load_state()
    page.goto(f"/campaigns/{campaign}/?view=table")
    page.get_by_role("link", name="Made Siregar").press("Enter")
    page.wait_for_url(re.compile(r"/campaigns/collaborations/\d+/$"))
    card = page.url
    page.goto(f"{card}plan/")
    page.select_option("select[name=format]", label="Instagram Reel")
    page.fill("input[name=post_due_on]", str(dt.datetime.now(ZONE).date() + dt.timedelta(days=5)))
    page.locator(".form-actions button.btn-primary").press("Enter")
    page.wait_for_load_state()
    page.goto(card)
    page.locator("summary", has_text="Move").first.press("Enter")
    page.locator("button[name=to][value=agreed]").press("Enter")
    expect(page.locator(".refuse h2")).to_have_text("Made Siregar promised exclusivity to Lumi Skincare")
    expect(page.locator(".refuse .free").first).to_be_visible()


LATE = """SELECT s.id, d.id, d.post_due_on FROM campaigns_shipment s JOIN campaigns_samplerequest r ON r.id = s.request_id
JOIN campaigns_deliverable d ON d.collaboration_id = r.collaboration_id WHERE s.status = 'in_transit' ORDER BY d.id"""


def let_a_parcel_come_late(page: Page, var: Path) -> None:
    [(parcel, work, before), *_rest] = rows(var, LATE)
    page.goto(f"/samples/parcels/{parcel}/news/")
    page.select_option("select[name=status]", "delivered")
    page.locator(".form-actions button.btn-primary").press("Enter")
    page.wait_for_load_state()
    asked = f"SELECT post_due_on FROM campaigns_deliverable WHERE id = {work}"  # noqa: S608
    until(lambda: rows(var, asked)[0][0] > before, 60, "her days to move")


def test_the_first_ten_minutes(demo: Served, browser: Browser) -> None:
    var, home = demo.var, f"http://127.0.0.1:{demo.ready()}"
    context = browser.new_context(base_url=home, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    come_in(page)
    settle_by_one_key(page)
    bring_and_take_back(page, var)
    letters = invite_nine(page, var)
    os.kill(pid_of(var, "celery"), signal.SIGKILL)
    book_whoever_is_barred(page, var)
    let_a_parcel_come_late(page, var)
    until(lambda: len(offers_in(var / "mailbox")) >= letters, 180, "the offers to leave though the worker was killed")
    context.close()
    assert "worker ended (-9); starting it again." in demo.text
    sent = offers_in(var / "mailbox")
    assert len(sent) == len(set(sent)) == letters > 0

    mitra(var, "export_all", str(var / "everything.zip"))
    with ZipFile(var / "everything.zip") as kept:
        told = json.loads(kept.read("manifest.json"))["tables"]
        written = {name: sha256(kept.read(f"tables/{name.lower()}.jsonl")).hexdigest() for name in told}
    assert written == {name: table["sha256"] for name, table in told.items()}
    assert demo.end(signal.SIGINT) == 0
    mitra(var, "clear_demo")
    # Her own sheet, and the Reel booked by hand with what it stands on; nothing else of the season.
    people = "SELECT stage_name FROM crm_influencer ORDER BY 1"
    assert rows(var, people) == [("Laras Kusumadewi",), ("Made Siregar",), ("Tirta Wibisono",)]
    assert rows(var, "SELECT name FROM campaigns_campaign") == [("Gigi Susu",)]

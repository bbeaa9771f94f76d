"""An afternoon with two sheets: 120 people and 300 running collaborations come in, go out again, and come back.

Two of the people turn out to be one, and two after all. While they are one, the import that brought them stays.

Everything is real: `serve` with its web server, worker and broker, and a browser. Seconds are printed, not asserted.
"""

import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.test_main_path import coordinator, house, import_people, rows, set_up, sink, until

__all__ = ["coordinator", "house", "sink"]

pytestmark = [pytest.mark.integration, pytest.mark.browser]

TEAM_SHEET = Path(__file__).parents[3] / "shared" / "data" / "team_sheet_id.csv"
FIRST = (
    "Kirana Bagas Sekar Oka Melati Raka Dinda Wulan Galih Ayu Laras Bima Citra Dimas Intan Jaka Nadia Putra Rani Surya"
)
LAST = (
    "Lestari Wijaya Saputra Maheswari Pratama Kusuma Wardani Nugraha Anggraini Hidayat Permata Santoso Utami Ramadhan"
)
STATES = ("nego", "deal", "menunggu draft", "draft masuk", "siap posting", "sudah posting", "selesai", "batal")
WORK = ("1 reel 3 story", "2x IG Reels", "1 TikTok video + 2 igs", "1 feed carousel", "reels + story")
FEES = ("2,8jt nett", "Rp1.500.000", "750rb", "barter", "1jt-2jt", "USD 200")


def everybody() -> list[tuple[str, str]]:
    names = [f"{first} {last}" for first in FIRST.split() for last in LAST.split()]
    random.Random(11).shuffle(names)
    return [(name, name.lower().replace(" ", ".")) for name in names]


def people_sheet() -> str:
    lines = ["Nama KOL;Akun IG;Jml Followers;ER;Niche / Kategori;Kota;No. WA;E-mail;Rate card;Catatan"]
    for at, (name, handle) in enumerate(everybody()[:120]):
        account = (f"@{handle}", handle.upper(), f"https://www.instagram.com/{handle}/?igsh=x")[at % 3]
        followers = ("12,5 rb", "63.300", "9K", "1,2 jt")[at % 4]
        phone = f"08123456{at:03}" if at % 5 else "tidak ada"
        rate = FEES[at % 3]
        lines.append(f"{name};{account};{followers};3,2%;make up;Kota Bandung;{phone};{handle}@contoh.example;{rate};")
    return "\n".join(lines)


def work_sheet() -> str:
    lines = ["No;Nama KOL;Akun;Campaign;SOW;Fee;Tgl draft;Tgl posting;Status;Link;Catatan"]
    for at, (name, handle) in enumerate((everybody() * 2)[:300]):
        campaign = "Kulit Tropis" if at < 150 else "Ramadan Glow"
        post = f"{at % 28 + 1}/12/2026" if at % 3 else f"{at % 28 + 1} Des 2026"
        state = STATES[at % len(STATES)]
        link = f"instagram.com/p/C{at:05}" if state == "selesai" else ""
        work, fee = WORK[at % len(WORK)], FEES[at % len(FEES)]
        lines.append(f"{at + 1};{name};@{handle};{campaign};{work};{fee};;{post};{state};{link};")
    return "\n".join(lines)


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - began:.1f} s")


def add_brand(page: Page) -> None:
    page.goto("/brands/new/")
    page.fill("input[name=name]", "Lumi Skincare")
    page.fill("input[name=house]", "Lumi Nusantara")
    page.locator(".form-actions button.btn-primary").click()
    page.wait_for_load_state()


def press(page: Page, address: str, verb: str) -> None:
    """A button that asks once."""
    page.locator(f"form[action$='{address}'] button").first.click()
    dialog = page.locator("dialog[open]")
    if dialog.count():
        dialog.get_by_role("button", name=verb).click()


def bring_work(page: Page, sheet: Path) -> None:
    page.goto("/people/imports/new/")
    page.get_by_role("link", name="Running collaborations").click()
    page.set_input_files("input[type=file]", sheet)
    page.get_by_role("button", name="Read the file").click()
    page.select_option("select[name=brand]", label="Lumi Skincare")
    page.get_by_role("button", name="Rehearse the import").click()
    page.wait_for_url(re.compile(r"/imports/other/\d+/$"))
    for offer in ("Add them as prospects", "Open them as drafts"):
        if page.get_by_role("button", name=offer).count():
            page.get_by_role("button", name=offer).click()
            page.wait_for_load_state()
    press(page, "/confirm/", "Import")
    page.get_by_role("button", name="Take this import back").wait_for(timeout=120_000)


def merge_two(page: Page, var: Path) -> None:
    """The first two people of the sheet become one, on the page that shows both side by side."""
    stays, goes = (pk for (pk,) in rows(var, "SELECT id FROM crm_influencer ORDER BY id LIMIT 2"))
    page.goto(f"/people/{stays}/merge/?other={goes}")
    page.get_by_role("button", name="Merge", exact=True).click()
    page.wait_for_url(re.compile(rf"/people/{stays}/$"))
    assert rows(var, "SELECT stays_id, goes_id, status FROM crm_merge") == [(stays, goes, "merged")]
    assert rows(var, "SELECT id, merged_into_id FROM crm_influencer WHERE merged_into_id IS NOT NULL") == [
        (goes, stays)
    ]


def import_says_they_are_one(page: Page, var: Path) -> None:
    [(run,)] = rows(var, "SELECT id FROM crm_importrun")
    page.goto(f"/people/imports/{run}/undo/")
    assert page.get_by_text("Part the two first.").count() == 2


def part_them(page: Page, var: Path) -> None:
    [(merge,)] = rows(var, "SELECT id FROM crm_merge")
    page.goto(f"/people/merges/{merge}/")
    press(page, "/part/", "Part them again")
    page.get_by_text("are two people again").wait_for()
    assert rows(var, "SELECT status FROM crm_merge") == [("parted",)]


def everybody_with_accounts(var: Path) -> list[tuple[Any, ...]]:
    asked = "SELECT p.stage_name, a.handle, a.followers FROM crm_influencer p LEFT JOIN crm_socialaccount a"
    return rows(var, f"{asked} ON a.influencer_id = p.id ORDER BY p.id, a.id")


def cards(var: Path) -> tuple[int, ...]:
    """Cards, things made, cards that would be reminded of, and reminders."""
    asked = (
        "SELECT (SELECT COUNT(*) FROM campaigns_collaboration), (SELECT COUNT(*) FROM campaigns_deliverable), "
        "(SELECT COUNT(*) FROM campaigns_collaboration WHERE reminders_off_at IS NULL), "
        "(SELECT COUNT(*) FROM crm_reminder)"
    )
    return tuple(rows(var, asked)[0])


def test_two_sheets_come_in_go_out_and_come_back(coordinator: Page, tmp_path: Path) -> None:
    page = coordinator
    page.set_default_timeout(60_000)
    set_up(page)
    add_brand(page)
    people, work = tmp_path / "team.csv", tmp_path / "running.csv"
    people.write_bytes(TEAM_SHEET.read_bytes() if TEAM_SHEET.exists() else people_sheet().encode())
    work.write_text(work_sheet())
    with timed("120 people"):
        import_people(page, people)
        done = "SELECT status FROM crm_importrun WHERE status = 'done'"
        until(lambda: rows(tmp_path, done), 120, "the people to come in")
    before = everybody_with_accounts(tmp_path)
    with timed("two people merged and parted"):
        merge_two(page, tmp_path)
        import_says_they_are_one(page, tmp_path)
        part_them(page, tmp_path)
    assert everybody_with_accounts(tmp_path) == before
    with timed("300 running collaborations"):
        bring_work(page, work)
    there = cards(tmp_path)
    assert (there[0], there[2:]) == (300, (0, 0))
    with timed("taken back"):
        press(page, "/take-back/", "Take this import back")
        done = "SELECT status FROM crm_intake WHERE status = 'taken_back'"
        until(lambda: rows(tmp_path, done), 120, "the file to be taken back")
    assert cards(tmp_path) == (0, 0, 0, 0)
    with timed("in again"):
        bring_work(page, work)
    assert cards(tmp_path) == there

"""Every page of the demo season in all eight ways, with a picture of each: `make look` (half an hour).

    make look ARGS="today payments"         only these addresses
    make look ARGS="--way '390 dark id'"    only this way
    make look ARGS="--plain"                pictures and measures, without axe

What the roles reach by following links is looked at, each address once. Pictures and sheets of them lie in var/look/.
"""

import argparse
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from tests.browser.demo_house import (  # first: it chooses the database
    HER_KEY,
    VAR,
    season,
    served,
    signed_in,
    stranger,
    visiting,
)

# isort: split
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from crm.outbox.models import Contact
from crm.portal.visits import COOKIE
from crm.team.models import Role, User
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.sight import CROSS, Look
from tests.browser.window import Window

ROLES = (Role.COORDINATOR, Role.FINANCE, Role.MANAGER, Role.OWNER)
TRIES = 2
"""A row that is closed to a role says little about the next one; a second is asked, not a hundred."""
LONG = 120.0
"""Seconds: a page of the season has a hundred lines, and axe asks each of its colours."""
HREF = re.compile(rb'href="(/[^"#]*)')
LEFT_OUT = re.compile(r"^/(static|media|demo/enter|accounts/logout|admin/jsi18n)|\.(pdf|csv|xlsx|ics|png|jpg|eml|zip)$")
DOORS = ("/", "/people/", "/campaigns/", "/contracts/", "/money/", "/samples/", "/outbox/", "/settings/", "/admin/")


def name_of(path: str) -> str | None:
    try:
        return resolve(path.split("?")[0]).view_name
    except Resolver404:
        return None


def crawl(client: Client, doors: tuple[str, ...], seen: set[str]) -> Iterator[tuple[str, str]]:
    """Name and path of every page that links lead to from the doors, each name once."""
    waiting, known, tried = deque(doors), set(doors), Counter[str | None]()
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        if name is None or name in seen or tried[name] >= TRIES or LEFT_OUT.search(path.split("?")[0]):
            continue
        tried[name] += 1
        answer = client.get(path, follow=True)
        if answer.status_code >= 400:
            continue
        seen.add(name)
        if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        if b"<html" in answer.content:
            yield name, path
            led_to = dict.fromkeys(found.decode().replace("&amp;", "&") for found in HREF.findall(answer.content))
            waiting.extend(path for path in led_to if path not in known)
            known.update(led_to)


Address = tuple[str, str, str, str]
"""Name, path, cookie and its value."""


def addresses() -> Iterator[Address]:
    seen: set[str] = set()
    for name, path in crawl(stranger(), ("/accounts/login/", "/accounts/password/reset/"), seen):
        yield name, path, "", ""
    for role in ROLES:
        client = signed_in(role)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        for name, path in crawl(client, DOORS, seen):
            yield name, path, settings.SESSION_COOKIE_NAME, key
    client, door = visiting()
    for name, path in crawl(client, (door,), seen):
        yield name, path, COOKIE, HER_KEY


def turns(every: list[Address], look: Look) -> list[Address]:
    """Ours are seen in every way; the admin's, which are Django's and built alike, in one way each, in rotation."""
    turn = CROSS.index(look)
    return [one for place, one in enumerate(every) if not one[0].startswith("admin:") or place % len(CROSS) == turn]


def seen_as(browser: Browser, home: str, look: Look, every: list[Address], *, axe: bool) -> Iterator[tuple[str, str]]:
    """What is wrong, one line each; the pictures lie in a folder of this way."""
    folder = VAR / str(look).replace(" ", "-")
    folder.mkdir(exist_ok=True)
    User.objects.update(language=look.language, theme=look.theme)
    Contact.objects.update(language=look.language)
    window = Window(browser, home, look, LONG)
    told = {"theme": look.theme, settings.LANGUAGE_COOKIE_NAME: look.language}
    for name, path, cookie, value in turns(every, look):
        picture = folder / f"{name.replace(':', '-')}.png"
        for fault in window.wrong_with(path, told | ({cookie: value} if cookie else {}), axe=axe, picture=picture):
            yield name, fault
    window.close()


def sheet(folder: Path, across: int = 5) -> None:
    """Small pictures side by side, to look over many pages at once."""
    files = sorted(file for file in folder.glob("*.png") if not file.name.startswith("_"))
    wide, high = (480, 420) if "1440" in folder.name else (195, 420)
    across = across if wide == 480 else 12
    for number, start in enumerate(range(0, len(files), across * 4)):
        board = Image.new("RGB", (across * wide, 4 * high), "white")
        for place, file in enumerate(files[start : start + across * 4]):
            with Image.open(file) as shot:
                small = shot.resize((wide - 8, round(shot.height * (wide - 8) / shot.width)))
            board.paste(small.crop((0, 0, wide - 8, high - 8)), (place % across * wide, place // across * high))
        board.save(folder / f"_sheet-{number:02}.png")


def main() -> None:
    words = argparse.ArgumentParser(description="Looks at every page of the demo season.")
    words.add_argument("names", nargs="*")
    words.add_argument("--way", choices=[str(look) for look in CROSS])
    words.add_argument("--plain", action="store_true", help="without axe")
    asked = words.parse_args()
    season()
    every = [one for one in addresses() if not asked.names or one[0] in asked.names]
    print(f"{len(every)} pages", flush=True)
    found = 0
    with served() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for look in (look for look in CROSS if asked.way in (None, str(look))):
            for name, fault in seen_as(browser, home, look, every, axe=not asked.plain):
                print(f"{look}  {name}: {fault}", flush=True)
                found += 1
            sheet(VAR / str(look).replace(" ", "-"))
        browser.close()
    sys.exit(min(found, 1))


if __name__ == "__main__":
    main()

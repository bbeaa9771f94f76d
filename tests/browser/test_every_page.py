"""Every address that shows a page, seen once (`make look-once`): at a desk or on a phone, by day or night, in one of two languages.

Which way a page is seen in rotates with its place; `make look` sees each in all eight ways, on the demo season.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Error, Page

from crm.outbox.models import Contact
from crm.portal.visits import COOKIE
from crm.team.models import Role, User
from tests.browser.conftest import Answers
from tests.browser.sight import ROTATION, Look, faults
from tests.permissions_table import NOBODY, TABLE, VISITOR, Row
from tests.permissions_world import PORTAL_KEY, World, build

ASKED = "MITRA_LOOK"
pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(ASKED not in os.environ, reason="`make look-once` asks for it"),
]  # fmt: skip

ALL = "MITRA_LOOK_AT_ALL"
"""Set to anything, it has every form looked at as well."""


def audience_of(row: Row) -> str:
    """Whoever sees most of it."""
    assert row.get
    if set(row.get) == {VISITOR}:
        return VISITOR
    return NOBODY if NOBODY in row.get else next(role for role in (Role.OWNER, *row.get) if role in row.get)


@dataclass
class Sight:
    """One browser window that is turned from page to page."""

    world: World
    page: Page
    context: BrowserContext
    home: str
    answers: Answers

    def __post_init__(self) -> None:
        self.complaints: list[str] = []
        self.missing = 0
        self.page.on("console", lambda one: self.complaints.append(one.text) if one.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.keys = {audience: self._key(audience) for audience in (str(Role.OWNER), str(Role.MANAGER), "")}

    def _key(self, audience: str) -> str:
        client = Client()
        if audience:
            client.force_login(self.world.users[Role(audience)])
            return client.cookies[settings.SESSION_COOKIE_NAME].value
        return ""

    def cookies(self, audience: str, look: Look) -> Iterator[tuple[str, str]]:
        yield "theme", look.theme
        yield settings.LANGUAGE_COOKIE_NAME, look.language
        if audience == VISITOR:
            yield COOKIE, PORTAL_KEY
        elif audience != NOBODY:
            yield settings.SESSION_COOKIE_NAME, self.keys[audience]

    def look_like(self, look: Look) -> None:
        """From here on everybody looks like this; written while nobody is being answered."""
        self.answers.wait()
        User.objects.update(language=look.language, theme=look.theme)
        Contact.objects.update(language=look.language)
        self.page.set_viewport_size({"width": look.width, "height": 900})
        self.page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")  # type: ignore[arg-type]

    def come_as(self, audience: str, look: Look) -> None:
        self.context.clear_cookies()
        told = self.cookies(audience, look)
        self.context.add_cookies([{"name": name, "value": value, "url": self.home} for name, value in told])

    def wrong_with(self, path: str, audience: str, look: Look) -> list[str] | None:
        """None for what is no page: a file, or a part of a page that is looked at with the whole."""
        self.come_as(audience, look)
        self.complaints.clear()
        try:
            answer = self.page.goto(self.home + path)
        except Error as download:
            assert "Download is starting" in str(download), download
            return None
        if answer is None or not self.page.evaluate("document.doctype !== null"):
            return None
        if answer.status == 404:
            self.missing += 1
            if self.missing > 1:
                return None  # the same page, whatever was asked for
        refused = "the server responded with a status of" if answer.status >= 400 else "\0"
        heard = [f"console: {one}" for one in self.complaints if refused not in one]
        return heard + faults(self.page, look)


def addresses(world: World) -> list[tuple[str, str, str]]:
    """Name, path and audience of what is looked at: every page, and of the forms, which are built alike, one in four."""
    looked_at = [(name, row) for name, row in TABLE.items() if row.get]
    forms = [name for name, row in looked_at if row.post is not None]
    left_out = set() if os.environ.get(ALL) else set(forms) - set(forms[::4])
    return [
        (name, reverse(name, args=row.args(world.own) if row.args else []) + row.query, audience_of(row))
        for name, row in looked_at
        if name not in left_out
    ]


def test_every_page_can_be_seen_read_and_walked(browser: Browser, live_server: Any, answers: Answers) -> None:
    world = build()
    context = browser.new_context(base_url=live_server.url)
    sight = Sight(world, context.new_page(), context, live_server.url, answers)
    wrong: dict[str, list[str]] = {}
    every = addresses(world)
    for turn, look in enumerate(ROTATION):
        sight.look_like(look)
        for name, path, audience in every[turn :: len(ROTATION)]:
            if found := sight.wrong_with(path, audience, look):
                wrong[f"{name} {path} ({audience}, {look})"] = found
    context.close()
    answers.wait()
    print(f"{len(every)} pages")
    assert wrong == {}, json.dumps(wrong, indent=1)

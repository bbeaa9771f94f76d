"""Pages seen by a machine: at a desk or on a phone, by day or night, in one of two languages.

Every address that shows a page is seen once by `make look-once`; some in the suite (`MITRA_LOOK` says which).
Which way a page is seen in rotates with its place; `make look` sees each in all eight ways, on the demo season.
"""

import json
import os
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from crm.outbox.models import Contact
from crm.portal.visits import COOKIE
from crm.team.models import Role, User
from tests.browser.conftest import Answers
from tests.browser.sight import ROTATION, Look
from tests.browser.window import Stuck, Window, patience
from tests.permissions_table import NOBODY, TABLE, VISITOR, Row
from tests.permissions_world import PORTAL_KEY, World, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASKED = "MITRA_LOOK"
"""`all` has every address looked at, names of addresses only these, nothing every 29th: axe takes a second a page."""
SOME = 29
"""No divisor of the ways it is looked in, so that a suite that grows by one address looks at others."""

Address = tuple[str, str, str]
"""Name, path, and whoever sees most of it."""


def audience_of(row: Row) -> str:
    """Whoever sees most of it."""
    assert row.get
    if set(row.get) == {VISITOR}:
        return VISITOR
    return NOBODY if NOBODY in row.get else next(role for role in (Role.OWNER, *row.get) if role in row.get)


def addresses(world: World) -> list[Address]:
    """What is looked at, files and parts of pages among them: they cost little and are known when they answer."""
    shown = [(name, row) for name, row in TABLE.items() if row.get]
    every = [
        (name, reverse(name, args=row.args(world.own) if row.args else []) + row.query, audience_of(row))
        for name, row in shown
    ]
    asked = os.environ.get(ASKED, "").split()
    if not asked:
        return every[::SOME]
    return [one for one in every if asked == ["all"] or one[0] in asked]


def keys(world: World) -> dict[str, dict[str, str]]:
    """What a browser of each audience holds."""
    held = {NOBODY: {}, VISITOR: {COOKIE: PORTAL_KEY}}
    for role in Role:
        client = Client()
        client.force_login(world.users[role])
        held[str(role)] = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    return held


def everybody_looks_like(look: Look, answers: Answers) -> None:
    """Written while nobody is being answered."""
    answers.wait()
    User.objects.update(language=look.language, theme=look.theme)
    Contact.objects.update(language=look.language)


def test_every_page_can_be_seen_read_and_walked(browser: Browser, live_server: Any, answers: Answers) -> None:
    world = build()
    every, held, wrong = addresses(world), keys(world), dict[str, list[str]]()
    for turn, look in enumerate(ROTATION):
        everybody_looks_like(look, answers)
        window = Window(browser, live_server.url, look)
        told = {"theme": look.theme, settings.LANGUAGE_COOKIE_NAME: look.language}
        for name, path, audience in every[turn :: len(ROTATION)]:
            if found := window.wrong_with(path, told | held[audience]):
                wrong[f"{name} {path} ({audience}, {look})"] = found
        window.close()
    answers.wait()
    print(f"{len(every)} pages")
    assert wrong == {}, json.dumps(wrong, indent=1)


def test_a_page_that_never_comes_to_rest_is_left(browser: Browser) -> None:
    """Whether its script waits for what never comes, or is never done."""
    for endless in ("new Promise(() => {})", "(() => { for (;;); })()"):
        page = browser.new_context().new_page()
        with pytest.raises(Stuck, match="not at rest after 1 s"), patience(page, 1):
            page.evaluate(endless)
    page = browser.new_context().new_page()
    with patience(page, 30):
        assert page.evaluate("1 + 1") == 2
    page.context.close()
